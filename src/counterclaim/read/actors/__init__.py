"""
Who is spoken of: every phrase that names or describes somebody who acts in politics, resolved to an actor.

In: the parsed text and its article (for the date of publication). Out: mentions, in order; each with an actor:

    actor_id   what it stands for                          country    sector
    ARM        a state, by its alpha-3 code                ARM        GOV
    ARM.MIL    an arm of a state, whoever serves in it     ARM        MIL
    ARM.GOV.MOD  one office or institution of a state      ARM        GOV
    CSTO, hezbollah  a body of organisations.tsv, groups.tsv (their ids)
    nikol-pashinyan  a person of leaders.tsv (a slug)
    None       somebody known only from this text

Example: "Kyrgyz and Tajik border guards" -> two mentions over the same words, KGZ MIL and TJK MIL.
Limit: phrases that need earlier text ("the ministry", "its soldiers", a bare surname) are left to coreference.
"""

from counterclaim.read.actors.mentions import find_mentions
from counterclaim.read.actors.own import OwnActors, load_actors
from counterclaim.read.actors.phrases import read_phrases
from counterclaim.read.actors.records import Phrase
from counterclaim.read.actors.roles import find_role_mismatches

__all__ = ["OwnActors", "Phrase", "find_mentions", "find_role_mismatches", "load_actors", "read_phrases"]
