"""
Words of violence in other fields: sport, accidents, animals, figures of speech. Events read off them are left out.

Comes in: the tree and the frames. Goes out: the frames that stay.

    "Six were killed when a bridge collapsed in Genoa."   ASSAULT, left out by events/other_fields/mishaps

Each field has its signs in knowledge/events/other_fields.tsv, and words in whose sentence it is another matter: a bomb at a refinery, a mob at a
match. Limit: an accident that somebody is charged with later is read as what it was called first.
"""

import re
from collections.abc import Iterable
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.clauses import is_verb, objects, surface_subjects, with_preposition
from counterclaim.read.syntax.forms import noun_forms, verb_forms
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Frame

# Types that sport borrows its words from.
_BORROWED = frozenset(("ASSAULT", "COERCE", "RETREAT", "CONCEDE", "THREATEN", "MOBILIZE", "REJECT"))
# Two likely signs weigh as much as a sure one, and one sure sign alone may be a slip.
_SURE, _ENOUGH = 2, 3
_SCORE = re.compile(r"(?<![\d-])\d{1,3}[-–]\d{1,3}(?![\d-])")
_MOST_WORDS = 3


def leave_other_fields_out(tree: Tree, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames without those of sport, accidents, animals and figures of speech."""
    return tuple(frame for frame in frames if not _is_elsewhere(tree, frame))


def _is_elsewhere(tree: Tree, frame: Frame) -> bool:
    if frame.type not in _BORROWED:
        return False
    if _is_sport(tree, frame):
        return True
    if frame.type != "ASSAULT":
        return False
    return _is_accident(tree, frame) or _is_beast(tree, frame) or _is_figure(tree, frame)


# --- sport ----------------------------------------------------------------------------------------


def _is_sport(tree: Tree, frame: Frame) -> bool:
    """Its sentence speaks of a game, or the paragraph does and the sentence of nothing else, and nobody of a force takes part."""
    first, last = tree.line_of[frame.trigger]
    if _holds(tree, first, last, "sport_not"):
        return False
    if _weigh_sport(tree, first, last) >= _ENOUGH:
        return True
    paragraph = tree.paragraph_of[frame.trigger]
    while first and tree.paragraph_of[first - 1] == paragraph:
        first -= 1
    while last + 1 < tree.size and tree.paragraph_of[last + 1] == paragraph:
        last += 1
    return not _holds(tree, first, last, "sport_not") and _weigh_sport(tree, first, last) >= _ENOUGH


def _weigh_sport(tree: Tree, first: int, last: int) -> int:
    sure = set(_hits(tree, first, last, "sport"))
    likely = set(_hits(tree, first, last, "sport_sign")) - sure
    scores = len(_SCORE.findall(tree.written(first, last + 1)))
    return _SURE * (len(sure) + min(scores, 1)) + len(likely)


# --- accidents ------------------------------------------------------------------------------------


def _is_accident(tree: Tree, frame: Frame) -> bool:
    """Nobody does it, and its clause names a mishap: "when a ferry capsized", "a blast at a factory"."""
    if frame.actors:
        return False
    first, last = tree.line_of[frame.trigger]
    if _holds(tree, first, last, "hostile"):
        return False
    mishaps, vehicles = _words("mishap"), _words("vehicle")
    for at in range(first, last + 1):
        if tree.words[at] in mishaps and is_verb(tree, at):
            subjects = (*surface_subjects(tree, at), *tree.child(at, "nsubj:pass"))
            if any(_is_one(tree, subject, vehicles) for subject in subjects):
                return True
    return any(
        tree.pos[at] == "NOUN" and tree.words[at] in _words("burst") and _bursts_by_itself(tree, at)
        for at in range(first, last + 1)
    )


def _bursts_by_itself(tree: Tree, burst: int) -> bool:
    """As in "an explosion at a refinery", "a boiler explosion"; not "set on fire", "a blast in the city"."""
    if any(tree.words[kid] in _words("fuel") for kid in tree.child(burst, "compound", "amod")):
        return True
    sites = [one for word in ("at", "in", "inside") for one in with_preposition(tree, burst, word)]
    sites += tree.child(burst, "compound")
    return any(_is_one(tree, part, _words("works")) for one in sites for part in tree.conjuncts(one))


# --- animals --------------------------------------------------------------------------------------


def _is_beast(tree: Tree, frame: Frame) -> bool:
    """Whom it is done to, or who does it, is an animal, and nobody else is named in that part."""
    at = frame.trigger
    if not is_verb(tree, at):
        return False
    animals = _words("animal")
    done_to = [part for head in objects(tree, at) for part in tree.conjuncts(head)]
    done_by = [part for head in surface_subjects(tree, at) for part in tree.conjuncts(head)]
    # The Tamil Tigers and Navy SEALs are none.
    beasts = {
        one
        for one in (*done_to, *done_by)
        if _is_one(tree, one, animals) and (tree.forms[one].islower() or tree.starts[one])
    }
    if done_to and beasts.issuperset(done_to):
        return True
    return bool(done_by) and not frame.actors and beasts.issuperset(done_by)


# --- figures of speech ----------------------------------------------------------------------------


def _is_figure(tree: Tree, frame: Frame) -> bool:
    """What is attacked is an idea, or the attack is of a kind that hurts nobody."""
    at = frame.trigger
    figures, kinds = _words("figure"), _words("figure_kind")
    if any(tree.words[kid] in kinds for kid in tree.child(at, "compound", "amod")):
        return True
    against = [
        one
        for word in ("on", "against")
        for head in (at, tree.head[at])
        for one in with_preposition(tree, head, word)
    ]
    targets = [*objects(tree, at), *against] if is_verb(tree, at) else against
    return bool(targets) and all(_is_one(tree, one, figures) for one in targets)


# --- words ----------------------------------------------------------------------------------------


def _is_one(tree: Tree, noun: int, words: frozenset[str]) -> bool:
    """The noun, or it with what stands right before it, is among the words."""
    return tree.words[noun] in words or (noun > 0 and f"{tree.words[noun - 1]} {tree.words[noun]}" in words)


def _holds(tree: Tree, first: int, last: int, part: str) -> bool:
    return next(iter(_hits(tree, first, last, part)), None) is not None


def _hits(tree: Tree, first: int, last: int, part: str) -> Iterable[str]:
    """The words of a part in a stretch, several words as one."""
    words = _words(part)
    for at in range(first, last + 1):
        for length in range(1, _MOST_WORDS):
            phrase = " ".join(tree.words[at : at + length])
            if phrase in words:
                yield phrase
        # "kick-off" is three tokens
        joined = "".join(tree.words[at : at + 3])
        if "-" in joined and joined in words:
            yield joined


@cache
def _words(part: str) -> frozenset[str]:
    forms: set[str] = set()
    for row in load_table("events/other_fields"):
        if row["part"] == part:
            for word in row.split("words", "|"):
                # The table of irregulars knows "bomb" as a verb, too.
                plurals = {form for form in noun_forms(word) if not form.endswith(("ed", "ing"))}
                forms.update(verb_forms(word) if part == "mishap" else plurals)
                forms.add(word)
    return frozenset(forms)
