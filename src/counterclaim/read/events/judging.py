"""
Which of the events that patterns propose are kept, which are retyped, and what context proposes besides.

Comes in: a tree, its frames after factuality, and the judge (read/parse/judge.py). Goes out: the frames with how sure each is: the probability that an
event of that type stands there at all.

    "The mayor promised to call back."   CONSULT by events/verbs, .04: left out

Limit: without the bundled weights (``--model``) the patterns work alone, and no frame has a confidence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from counterclaim.read.events.patterns import Roles, pattern_index
from counterclaim.read.events.roles import Participants, Places, fill_roles
from counterclaim.read.parse import KINDS, Judge
from counterclaim.read.syntax.clauses import is_verb
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Frame, Mention

Floats = NDArray[np.float32]
Shares = NDArray[np.float64]

# Chosen on an eighth of the labelled documents, whose labels the judge never saw: of the words above it 81 in 100 are events of that type, and of the
# events 69 in 100 are found; at 0.3 it is 79 and 71, at 0.4 82 and 67, at 0.5 86 and 64.
MIN_CONFIDENCE = 0.35
# Context alone proposes an event, or gives one another type, only where it is this sure.
_PROPOSE = 0.7
_RETYPE = 0.6
_WORDS = ("VERB", "NOUN", "PROPN", "ADJ")
# Of a noun or verb that no pattern knows: who does it and whom it reaches, by where they stand.
_VERB = Roles((("subj",), ("by",)), (("obj",),))
_NOUN = Roles((("by",), ("nmod:poss",)), (("against",), ("on",), ("of",)))


def weigh_frames(
    tree: Tree, frames: tuple[Frame, ...], judge: Judge | None, *, minimum: float = MIN_CONFIDENCE
) -> tuple[Frame, ...]:
    """
    The frames at least as sure as `minimum`, each with its confidence, retyped or added where context is sure; in text order.

    With a `minimum` of 0 every frame is kept as the patterns made it, none is added. The patterns' frames come back as they are where there is no judge.
    """
    if judge is None:
        return frames
    tokens = candidates(tree, frames)
    judged = judge(tree.doc, tokens, signs(tree, frames, tokens))
    if judged is None:
        return frames
    # Four digits: the last ones of a product differ with the number of threads it is made by.
    row = dict(zip(tokens, judged[0].astype(np.float64).round(4), strict=True))
    if not minimum:
        return tuple(replace(frame, confidence=_sure(tree, frame, row)) for frame in frames)
    weighed = [_weigh(tree, frame, row) for frame in frames]
    weighed.extend(_proposed(tree, frames, row))
    kept = (frame for frame in weighed if (frame.confidence or 0.0) >= minimum)
    return tuple(sorted(kept, key=lambda frame: (frame.trigger, frame.type, frame.told_by != ())))


def candidates(tree: Tree, frames: Sequence[Frame]) -> list[int]:
    """The words to judge: triggers, verbs, and nouns that some pattern knows."""
    nouns = pattern_index("events/nouns")
    asked = {frame.trigger for frame in frames}
    asked.update(
        at
        for at, kind in enumerate(tree.pos)
        if kind == "VERB" or (kind == "NOUN" and tree.words[at] in nouns)
    )
    return sorted(asked)


def signs(tree: Tree, frames: Sequence[Frame], tokens: Sequence[int]) -> Floats:
    """What grammar and knowledge say of each word, one row each: types proposed, who takes part, kind of word."""
    size = len(KINDS)
    table = np.zeros((len(tokens), size + 12), dtype=np.float32)
    at_row = {token: row for row, token in enumerate(tokens)}
    table[:, 0] = 1
    for frame in frames:
        row = table[at_row[frame.trigger]]
        row[0], row[KINDS.index(frame.type)] = 0, 1
        for place, people in enumerate((frame.actors, frame.recipients)):
            row[size + place] = max(row[size + place], bool(people))
            row[size + 2 + place] = max(row[size + 2 + place], _known(people, "country"))
            row[size + 4 + place] = max(row[size + 4 + place], _known(people, "sector"))
    for token, row in at_row.items():
        for place, kind in enumerate(_WORDS):
            table[row, size + 6 + place] = tree.pos[token] == kind
        table[row, size + 10] = tree.dep[token] in {"amod", "compound"}
        table[row, size + 11] = tree.head[token] == token
    # Yes or no weighs as much as a vector's usual step.
    return 2 * table


def _known(people: Sequence[Mention], what: str) -> bool:
    return any(getattr(one.actor, what) is not None for one in people)


def _sure(tree: Tree, frame: Frame, row: dict[int, Shares]) -> float:
    if tree.pos[frame.trigger] == "AUX" and tree.head[frame.trigger] in row:
        # "Armenia must withdraw": the demand hangs on a modal, which nobody labelled; whether there is an event at all, its verb says.
        return round(1 - float(row[tree.head[frame.trigger]][0]), 4)
    return float(row[frame.trigger][KINDS.index(frame.type)])


def _weigh(tree: Tree, frame: Frame, row: dict[int, Shares]) -> Frame:
    kinds = row[frame.trigger]
    best = int(kinds[1:].argmax()) + 1
    if KINDS[best] != frame.type and kinds[best] >= _RETYPE:
        return replace(
            frame,
            type=KINDS[best],
            modes=(),
            confidence=float(kinds[best]),
            rules=(*frame.rules, f"judge/{frame.type}-to-{KINDS[best]}"),
        )
    return replace(frame, confidence=_sure(tree, frame, row))


def _proposed(tree: Tree, frames: tuple[Frame, ...], row: dict[int, Shares]) -> Iterator[Frame]:
    """Events that no pattern sees and context is sure of; not the noun of a verb, or the verb of a noun, that has one already."""
    taken = {frame.trigger for frame in frames}
    people = Participants(tree)
    for token, kinds in row.items():
        best = int(kinds[1:].argmax()) + 1
        if token in taken or kinds[best] < _PROPOSE:
            continue
        if tree.head[token] in taken or any(kid in taken for kid in tree.kids[token]):
            continue
        verbal = is_verb(tree, token)
        places = Places(people, token, verbal=verbal, support=None)
        actors, recipients = fill_roles(places, _VERB if verbal else _NOUN)
        yield Frame(
            type=KINDS[best],
            modes=(),
            contexts=(),
            trigger=token,
            actors=actors,
            recipients=recipients,
            rules=(f"judge/{KINDS[best]}",),
            confidence=float(kinds[best]),
        )
