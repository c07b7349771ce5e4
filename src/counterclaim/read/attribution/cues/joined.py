"""
What one cue does to another: a citation lends its source, a denial takes up what was said, and cues of the sourcing itself go.

Comes in: the drafts of verbs and phrases. Goes out: the same, changed or left out. In ``Chad accused them of burning a clinic, a charge
they denied`` they deny the burning. Its limit: one sentence.
"""

from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.flags import find_notes
from counterclaim.read.attribution.lines import TOPIC, hedges, noun_lines
from counterclaim.read.attribution.source.phrases import name_of
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Stance

# Characters of "a charge", "an accusation", "claims"; longer phrases say what they hold themselves.
LONGEST_TAKEN_UP = 20


TAKING_UP: frozenset[Stance] = frozenset(("denies", "confirms", "doubts", "cannot_verify"))


def leave_out_sourcing(tree: Tree, drafts: list[Draft]) -> list[Draft]:
    """
    The drafts without those that tell of the sourcing itself.

    "An aide who asked not to be named", "declined to comment": the flags tell that. The "declined" of "declined to say
    how many" is part of another cue.
    """
    silent = [(start, end, kind) for kind, start, end in find_notes(tree) if kind != "unverified"]
    kept = []
    for draft in drafts:
        word = draft.anchor
        opens = {word.idx, *(start for start, _ in draft.pieces)}
        around = {kind for start, end, kind in silent if any(start <= at < end for at in opens)}
        swallowed = any(
            other is not draft and other.cue[0] <= word.i < other.cue[1] and other.anchor.i > word.i
            for other in drafts
        )
        asked = "no_comment" in around and (draft.line.rule == TOPIC or draft.stance == "denies")
        if not (swallowed or asked or "anonymous_source" in around):
            kept.append(draft)
    return kept


def cite(tree: Tree, draft: Draft, verbs: list[Draft]) -> None:
    """``The agency reported P, citing the navy``: the navy says P, through the agency that reported it."""
    if draft.line.frames != ("speaker",):
        return
    sentence = tree.line_of[draft.anchor.i]
    reports = [
        verb
        for verb in verbs
        if sentence[0] <= verb.anchor.i <= sentence[1]
        and verb.source is not None
        and verb.line.stance == "says"
    ]
    if not reports:
        return
    draft.through = min(
        reports, key=lambda verb: (verb.anchor.i != draft.anchor.head.i, abs(verb.anchor.i - draft.anchor.i))
    )
    draft.pieces = list(draft.through.pieces)
    draft.stance = draft.through.stance
    if draft.through.source is not None:
        draft.via.append(name_of(tree, draft.through.source))


def take_up(tree: Tree, draft: Draft, verbs: list[Draft]) -> None:
    """
    What a denial behind a comma denies: all that was said before the comma.

    ``Chad accused the rebels of burning a clinic, a charge they denied``, ``…, which they denied``: the burning.
    """
    if draft.stance not in TAKING_UP or len(draft.pieces) != 1:
        return
    start, end = draft.pieces[0]
    which = next((c for c in draft.anchor.lefts if c.lower == "which" and c.dep == "obj" and c.i > 0), None)
    if which is not None:
        comma = which.nbor(-1).idx
    elif (
        draft.root is not None
        and (draft.root.lemma in noun_lines() or draft.root.lemma in hedges("figure"))
        and end - start < LONGEST_TAKEN_UP
    ):
        comma = len(tree.text[:start].rstrip()) - 1
    else:
        return
    if comma < 0 or tree.text[comma] != ",":
        return
    for other in verbs:
        for number, (first, last) in enumerate(other.pieces):
            if other is not draft and first < comma <= last and other.anchor.idx < comma:
                other.pieces[number] = (first, comma)
                draft.pieces = [(first, comma)]
                return
