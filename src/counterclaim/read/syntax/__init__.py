"""
The one grammar that every stage asks: a parsed text as a tree, its slips repaired once, questions answered once.

    tree      columns, words, sentences, paragraphs, mentions
    repairs   what the parse contradicts itself in, after the parse and again once the names are known
    clauses   subjects, objects, agents, voice, control, antecedents, prepositional arguments
    polarity  negation, modality, tense
    forms     inflection and stems
    quotes    where quotation marks pair
    classes   relations, tags and small sets of words

It knows no stage, and reads knowledge only for closed classes of English.
"""

from counterclaim.read.syntax.repairs import read_tree, settle
from counterclaim.read.syntax.tree import Stretch, Tree, Word

__all__ = ("Stretch", "Tree", "Word", "read_tree", "settle")
