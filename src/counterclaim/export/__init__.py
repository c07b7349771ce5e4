"""Readings and stores written for others: one file per format."""
