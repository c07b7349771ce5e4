"""
What is told in a story, or practised in an exercise: no event of this world, and marked ``hypothetical``.

Comes in: the tree and the frames. Goes out: the same frames, those inside a story or an exercise marked, with the line that says so.

    "In the novel, rebels storm the palace in Lagos."   ASSAULT + hypothetical, by events/pretence/stories

A story is told in the present tense: what "a film shows" may be a recording, what "the film imagined" is none. Limit: the sentences behind
"In the novel, …" that name no story are read as news.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.clauses import is_verb, prepositions, surface_subjects
from counterclaim.read.syntax.forms import noun_forms, verb_forms
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Frame

_LONGEST_CLIMB = 8
_PRESENT = frozenset(("VBP", "VBZ", "VB", "VBG"))
# A story told in the past is one that people tell of what was.
_ANYTIME = frozenset(("noun.story", "noun.exercise"))
_NOUNS = ("noun.story", "noun.show", "noun.exercise")


def mark_pretence(tree: Tree, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames, those that are told in a story or practised with ``hypothetical``."""
    if not any(
        word in _words(part) for part in (*_NOUNS, "verb.practises", "adj.sham") for word in tree.words
    ):
        return frames
    return tuple(_mark(tree, frame) for frame in frames)


def _mark(tree: Tree, frame: Frame) -> Frame:
    own = _work(tree, frame.trigger)
    # A war game is held, and no war.
    is_game = own is not None and own[0] == "noun.exercise" and frame.type == "ASSAULT"
    rule = own[1] if own is not None and is_game else next(_found(tree, frame.trigger), None)
    if rule is None or "hypothetical" in frame.auxiliary:
        return frame
    return replace(frame, auxiliary=(*frame.auxiliary, "hypothetical"), rules=(*frame.rules, rule))


def _found(tree: Tree, trigger: int) -> Iterator[str]:
    """The lines that put the trigger into a story or an exercise, nearest first."""
    if tree.words[trigger] in _words("noun.exercise"):
        return
    for kid in tree.child(trigger, "amod", "compound"):
        if tree.words[kid] in _words("adj.sham"):
            yield _words("adj.sham")[tree.words[kid]]
    at = trigger
    for _ in range(_LONGEST_CLIMB):
        yield from _frame_of(tree, at)
        head, dep = tree.head[at], tree.dep[at]
        if head == at:
            return
        if dep in {"acl", "acl:relcl", "nmod"} and not is_verb(tree, head) and head != trigger:
            name = _work(tree, head)
            if name is not None and _holds(tree, at, head, name):
                yield name[1]
        if is_verb(tree, head) and dep in {
            "ccomp",
            "xcomp",
            "obj",
            "obl",
            "advcl",
            "acl",
            "nmod",
            "parataxis",
        }:
            if tree.words[head] in _words("verb.practises") and head != trigger:
                yield _words("verb.practises")[tree.words[head]]
            if rule := _told_by(tree, head):
                yield rule
        at = head


def _frame_of(tree: Tree, clause: int) -> Iterator[str]:
    """As in "In the film, gunmen seize …": the clause's story or exercise."""
    for kid in tree.child(clause, "obl", "obl:tmod", "nmod"):
        if "in" not in prepositions(tree, kid):
            continue
        name = _work(tree, kid)
        if name is None:
            continue
        part, rule = name
        opens = kid < clause and is_verb(tree, clause)
        is_now = tree.tag[clause] in _PRESENT or any(
            tree.tag[aux] in _PRESENT for aux in tree.child(clause, "aux", "aux:pass")
        )
        # "killed during a drill" was killed: what is practised is told in the present, behind its frame.
        if opens and (is_now or part == "noun.story"):
            yield rule


def _told_by(tree: Tree, verb: int) -> str | None:
    """As in "The drama opens with agents bombing …": what a story tells, in the present."""
    if tree.words[verb] not in _words("verb.tells"):
        return None
    for subject in surface_subjects(tree, verb):
        name = _work(tree, subject)
        if name is None:
            continue
        part, rule = name
        # What a film shows may be a recording.
        shows = tree.words[verb] in _words("verb.shows") and tree.words[subject] in _words("noun.recording")
        if not shows and (part in _ANYTIME or tree.tag[verb] in _PRESENT):
            return rule
    return None


def _holds(tree: Tree, inside: int, noun: int, name: tuple[str, str]) -> bool:
    """As in "a novel in which rebels storm …", "a film about a plot": what the story holds, not whom it belongs to."""
    if tree.dep[inside] == "nmod":
        return "about" in prepositions(tree, inside)
    between = tree.words[noun + 1 : inside]
    inner = "in" in between or "where" in between
    return inner and (name[0] in _ANYTIME or tree.tag[inside] in _PRESENT)


def _work(tree: Tree, noun: int) -> tuple[str, str] | None:
    """The part and the line of a noun that is a story or an exercise; a name behind it ("the film Civil War") is that noun."""
    for at in (noun, *tree.child(noun, "compound", "appos", "flat", "nmod:desc")):
        # A "war game" is no game.
        for name in (f"{tree.words[at - 1]} {tree.words[at]}" if at else "", tree.words[at]):
            for part in _NOUNS:
                rule = _words(part).get(name)
                if rule is not None and not (name == "series" and tree.words[at + 1 : at + 2] == ["of"]):
                    return part, rule
    return None


@cache
def _words(part: str) -> dict[str, str]:
    """Each form with its line."""
    forms: dict[str, str] = {}
    for row in load_table("events/pretence"):
        if row["part"] != part:
            continue
        for word in row.split("words", "|"):
            kind = part.partition(".")[0]
            inflected = (
                verb_forms(word) if kind == "verb" else noun_forms(word) if kind == "noun" else (word,)
            )
            forms.update(dict.fromkeys((word, *inflected), row.rule))
    return forms
