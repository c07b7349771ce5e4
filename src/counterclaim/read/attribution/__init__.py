"""
Who says so: every stretch of the text that somebody is said to have said, with source, cue, content and stance.

Comes in: the parsed document and the mentions in it, pronouns resolved. Goes out: attributions in text order, and flags
on the sourcing. In ``“We hold the ridge,” the general told Radio Andes, adding that the army must leave.`` the general
says he holds the ridge (through Radio Andes) and demands that the army leave. A content broken by its own reporting
words becomes one attribution for each stretch, with the same cue.

What no knowledge line reads is taken from the weights' own labels, with the rule ``weights/attribution``, or
``weights/topic`` for a noun phrase that the source only speaks of.

Its limit: the parse. Where it goes wrong quotation marks and commas still give the content; the source may be lost.
"""

from counterclaim.read.attribution.cues.adjectives import find_adjective_drafts
from counterclaim.read.attribution.cues.adverbs import find_adverb_drafts
from counterclaim.read.attribution.cues.headlines import find_headline_drafts
from counterclaim.read.attribution.cues.joined import cite, leave_out_sourcing, take_up
from counterclaim.read.attribution.cues.labels import find_labelled_drafts, trim_to_labels
from counterclaim.read.attribution.cues.loose_quotes import find_following_quotes
from counterclaim.read.attribution.cues.nouns import find_noun_drafts
from counterclaim.read.attribution.cues.phrases import find_phrase_drafts
from counterclaim.read.attribution.cues.statements import find_statement_drafts
from counterclaim.read.attribution.cues.turns import find_turn_drafts
from counterclaim.read.attribution.cues.verbs import find_verb_drafts
from counterclaim.read.attribution.cues.width import widen_cues
from counterclaim.read.attribution.flags import find_flags
from counterclaim.read.attribution.records import make_records
from counterclaim.read.attribution.source.carriers import resolve_carriers
from counterclaim.read.attribution.tellers import innermost, tellers
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Attribution, Flag

__all__ = ("find_attributions", "find_source_flags", "innermost", "tellers")


def find_attributions(tree: Tree) -> tuple[Attribution, ...]:
    """Everything that somebody is said to say, think or intend, in text order, with ids ``a1``, ``a2``."""
    if not len(tree):
        return ()
    turns = find_turn_drafts(tree)
    statements = list(find_statement_drafts(tree))
    phrases = [*(() if turns else find_headline_drafts(tree)), *find_phrase_drafts(tree)]
    attitudes = list(find_adjective_drafts(tree))
    spoken = {index for draft in phrases + attitudes + statements for index in range(*draft.cue)}
    verbs = [draft for draft in find_verb_drafts(tree) if draft.anchor.i not in spoken]
    for draft in phrases:
        cite(tree, draft, verbs)
    for draft in verbs:
        take_up(tree, draft, verbs)
    drafts = (
        turns
        + statements
        + phrases
        + attitudes
        + verbs
        + list(find_noun_drafts(tree, verbs))
        + list(find_adverb_drafts(tree))
    )
    drafts += find_following_quotes(tree, drafts)
    trim_to_labels(tree, drafts)
    drafts += list(find_labelled_drafts(tree, drafts))
    drafts = leave_out_sourcing(tree, drafts)
    for draft in drafts:
        resolve_carriers(tree, draft)
    widen_cues(tree, drafts)
    return make_records(tree, drafts)


def find_source_flags(tree: Tree, attributions: tuple[Attribution, ...]) -> tuple[Flag, ...]:
    """What a careful reader should know of the sourcing: unverified, no comment, anonymous, circular."""
    return find_flags(tree, attributions)
