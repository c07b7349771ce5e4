"""Reads news of conflict and diplomacy into events in which every value keeps who said it."""

__version__ = "0.1.0"
