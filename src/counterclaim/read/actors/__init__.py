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

from counterclaim.read.actors.lexicon import Entry, load_lexicon, row_words, surname
from counterclaim.read.actors.mentions import find_mentions, make_mention, speaks_of_loss
from counterclaim.read.actors.nouns import noun_actors
from counterclaim.read.actors.own import OwnActors, load_actors
from counterclaim.read.actors.owners import find_owners, role_entries
from counterclaim.read.actors.phrases import (
    find_countries,
    is_located,
    is_pair,
    names_place,
    read_phrases,
)
from counterclaim.read.actors.records import STATE, Owner, Phrase, Resolved
from counterclaim.read.actors.resolve import resolve
from counterclaim.read.actors.roles import find_role_mismatches

# What coreference asks stands beside what the pipeline asks: it reads the same phrases with the same dictionary.
__all__ = [
    "STATE",
    "Entry",
    "OwnActors",
    "Owner",
    "Phrase",
    "Resolved",
    "find_countries",
    "find_mentions",
    "find_owners",
    "find_role_mismatches",
    "is_located",
    "is_pair",
    "load_actors",
    "load_lexicon",
    "make_mention",
    "names_place",
    "noun_actors",
    "read_phrases",
    "resolve",
    "role_entries",
    "row_words",
    "speaks_of_loss",
    "surname",
]
