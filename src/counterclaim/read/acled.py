"""
What ACLED would call an event: its sub-event types, which PLOVER's types and modes do not hold.

Comes in: the parsed article and its events. Goes out: the same events; those that asserting sources tell carry a sub-event type in
`acled` and the knowledge line that gave it among their `rules`. ACLED records one incident once, by the highest of its types: of the
events of a sentence one is marked, the others are part of it.

    "Police fired tear gas at a march and arrested ten"   Protest with intervention, on the tear gas alone

A line of `acled/marks` asks for facts of the event (who did it, to whom, by which mode), facts of its sentence, and words near it; the
first line that holds is taken, and of a sentence's events the one whose line stands first.

Limit: what a sentence tells of two places is one incident unless both are named as the places of their events.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from counterclaim.knowledge import Row, load_table
from counterclaim.read.syntax.tree import Stretch, Tree, Word
from counterclaim.types import ASSERTING, EventMention, Mention

Group = frozenset[tuple[str, ...]]
_VERBAL = frozenset(("VERB", "AUX"))
# Clauses that tell something else than the clause they hang on, if they have a subject of their own.
_APART = frozenset(("conj", "parataxis", "advcl", "ccomp", "acl:relcl"))
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "obl:agent", "nsubj:outer"))
_OBJECTS = frozenset(("obj", "iobj"))
_INCIDENTAL = frozenset(("historical", "future", "hypothetical", "negation"))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of `acled/marks`, ready to be asked."""

    row: Row
    place: int
    types: frozenset[str]
    needs: tuple[frozenset[str], ...]
    forbids: frozenset[str]
    near: tuple[Group, ...]
    far: Group


def mark_events(
    tree: Tree, events: tuple[EventMention, ...], published: str | None = None
) -> tuple[EventMention, ...]:
    """
    The events, each incident's chief one with its sub-event type in `acled`.

    Args:
        published: ISO date; what is dated in an earlier year but one is history, which ACLED's rows are not made from.
    """
    by_sentence: dict[int, list[EventMention]] = {}
    for event in events:
        if _may_be_recorded(event, published):
            token = tree[tree.token_at(event.trigger.start_char)]
            by_sentence.setdefault(token.sent.start, []).append(event)
    marked: dict[str, Row] = {}
    for start, found in by_sentence.items():
        marked.update(_mark_sentence(tree, tree[start].sent, found))
    return tuple(
        replace(event, acled=marked[event.id]["sub_event"], rules=(*event.rules, marked[event.id].rule))
        if event.id in marked
        else event
        for event in events
    )


def _may_be_recorded(event: EventMention, published: str | None) -> bool:
    """Somebody asserts that it happened, lately, and says at least who, where or how many."""
    if event.stance not in ASSERTING or _INCIDENTAL & set(event.auxiliary):
        return False
    if event.date and published and int(event.date.end[:4]) < int(published[:4]) - 1:
        return False
    return bool(event.actors or event.recipients or event.counts or event.place)


def _mark_sentence(tree: Tree, sentence: Stretch, events: list[EventMention]) -> dict[str, Row]:
    """By event, its line: one event of each incident."""
    scenes = [_Scene(tree, sentence, event) for event in events]
    shared = _find_shared(sentence, scenes)
    found = [(line, scene) for scene in scenes if (line := _find_line(scene, shared))]
    told = [one for one in found if not one[1].is_background] or found
    told.sort(key=lambda one: (one[0].place, one[1].event.trigger.start_char, not one[1].event.actors))
    marked: dict[str, Row] = {}
    places: set[str] = set()
    chief = told[0][1] if told else None
    for line, scene in told:
        place = scene.event.place.name if scene.event.place else ""
        if marked and (not place or place in places or "" in places or scene.is_with(chief)):
            continue
        chief = scene
        places.add(place)
        if line.row["sub_event"]:
            marked[scene.event.id] = line.row
    return marked


def _find_line(scene: "_Scene", shared: frozenset[str]) -> _Line | None:
    facts = scene.facts | shared
    for line in _lines():
        if line.types and scene.event.type not in line.types:
            continue
        if line.forbids & facts or not all(any(one in facts for one in need) for need in line.needs):
            continue
        if not all(scene.has(group) for group in line.near) or scene.has(line.far):
            continue
        return line
    return None


class _Scene:
    """An event with what its clause says around it."""

    def __init__(self, tree: Tree, sentence: Stretch, event: EventMention) -> None:
        self.event = event
        self.sentence = sentence
        self.token = tree[tree.token_at(event.trigger.start_char)]
        self.clause = _find_clause(self.token)
        self.words = _spell(self.clause)
        self.at: dict[str, list[int]] = {}
        for place, forms in enumerate(self.words):
            for form in forms:
                self.at.setdefault(form, []).append(place)
        self.is_background = _is_background(self.token)
        self.facts = frozenset(self._find_facts(tree))

    def is_with(self, other: "_Scene | None") -> bool:
        """Both stand in one clause."""
        return other is not None and (self.token in other.clause or other.token in self.clause)

    def has(self, group: Group) -> bool:
        """One of these words or phrases stands in the clause."""
        return any(self._follows(at, phrase) for phrase in group for at in self.at.get(phrase[0], ()))

    def _follows(self, at: int, phrase: tuple[str, ...]) -> bool:
        rest = self.words[at : at + len(phrase)]
        return len(rest) == len(phrase) and all(
            word in forms for word, forms in zip(phrase, rest, strict=True)
        )

    def _find_facts(self, tree: Tree) -> Iterator[str]:
        event = self.event
        yield from (f"mode={mode}" for mode in event.modes)
        yield from (f"context={context}" for context in event.contexts)
        yield from (f"count={count.kind}" for count in event.counts)
        acting = self._name_kinds(tree, event.actors, _SUBJECTS)
        victims = tuple(count.victims for count in event.counts if count.victims)
        hit = self._name_kinds(tree, event.recipients or victims, _OBJECTS)
        yield from (f"by={kind}" for kind in acting or {"nobody"})
        yield from (f"on={kind}" for kind in hit or {"nobody"})
        if len(event.actors) > 1 and not event.recipients:
            yield "mutual"
        where = event.place.country if event.place else None
        others = {one.actor.country for one in event.recipients} | {where}
        own = {one.actor.country for one in event.actors}
        if own - {None} and others - {None} and not own & others:
            yield "foreign"
        if event.place is not None:
            yield "placed"

    def _name_kinds(self, tree: Tree, mentions: tuple[Mention, ...], relations: frozenset[str]) -> set[str]:
        """Of what kind the parties are: as resolved, else by the words that stand in their place."""
        kinds: set[str] = set()
        for mention in mentions:
            kinds |= _name_kind(mention, _spell(list(tree.between(mention.start, mention.end))))
        if not kinds:
            for token in _find_dependents(self.token, relations):
                if not (named := _kinds_of(_spell(list(token.subtree)))):
                    continue
                kinds |= named
        return kinds


def _find_shared(sentence: Stretch, scenes: list[_Scene]) -> frozenset[str]:
    """What one event of a sentence says of the others."""
    facts: set[str] = set()
    words = {form for forms in _spell(list(sentence)) for form in forms}
    foreground = [scene for scene in scenes if not scene.is_background]
    if any(scene.event.type == "PROTEST" for scene in scenes) or words & _words("protesters"):
        facts.add("protest")
    crowd = {"by=crowd", "by=protesters"}
    for scene in foreground or scenes:
        modes = set(scene.event.modes)
        if scene.event.type == "PROTEST" and modes & {"riot", "vandalize"}:
            facts.add("riot")
        if scene.event.type == "ASSAULT" and crowd & scene.facts and not modes & {"crowd-control"}:
            facts.add("riot")
        if scene.event.type == "ASSAULT" and "by=crowd" not in scene.facts:
            facts |= {"harm"} if {"count=dead", "count=injured"} & scene.facts else set()
    left = any(scene.event.type == "RETREAT" and "withdraw" in scene.event.modes for scene in scenes)
    if left or words & _words("vacated"):
        facts.add("vacated")
    return frozenset(facts)


def _name_kind(mention: Mention, words: list[frozenset[str]]) -> set[str]:
    """`state`, `group`, `civilians`, `crowd`, `protesters`; and `armed` for those who fight."""
    named = _kinds_of(words)
    if named & {"crowd", "protesters", "group"} or named == {"state", "armed"}:
        return named
    if mention.actor.country in _bodies() and mention.actor.sector is None:
        return {"state"}
    row = _sectors().get(mention.actor.sector or "")
    if row is None:
        return {"state"} if mention.actor.country and mention.kind != "adjective" else named
    kind = "group" if row["kind"] == "unidentified" else row["kind"]
    found = {kind} if kind else set()
    if row["armed"] == "yes" and "civilians" not in named:
        found.add("armed")
    if mention.kind in {"name", "metonym"} and mention.actor.actor_id == mention.actor.country:
        found.add("armed")  # a state as such strikes and is struck by its forces
    if mention.actor.sector == "COP":
        found.add("police")
    return found | (named if kind != "civilians" else named - {"armed"})


def _kinds_of(words: list[frozenset[str]]) -> set[str]:
    """What the words of a phrase say of its kind, by `acled/words`; the head's word counts most, so the last class found wins."""
    found: set[str] = set()
    for kind in ("protesters", "crowd", "group", "armed", "civilians"):
        if any(forms & _words(kind) for forms in words):
            found.add(kind)
    if "group" not in found:
        return found
    # "Pro-government fighters" are of the state's side, as ACLED counts its affiliates.
    return {"state" if any(forms & _words("loyal") for forms in words) else "group", "armed"}


# --- clauses and words ---


def _find_clause(token: Word) -> list[Word]:
    """The words of the clause the token stands in, clauses with a subject of their own left out."""
    head = token
    while head.head.i != head.i and (head.pos not in _VERBAL or not _has_subject(head)):
        if head.dep in _APART and _has_subject(head):
            break
        head = head.head
    kept: list[Word] = []
    stack = [head]
    inside = {head.i, *(one.i for one in token.ancestors), token.i}
    while stack:
        here = stack.pop()
        kept.append(here)
        stack.extend(
            kid
            for kid in here.children
            if kid.i in inside or not (kid.dep in _APART and kid.pos in _VERBAL and _has_subject(kid))
        )
    return sorted(kept, key=lambda one: one.i)


def _has_subject(token: Word) -> bool:
    return any(kid.dep in _SUBJECTS for kid in token.children)


def _find_dependents(token: Word, relations: frozenset[str]) -> list[Word]:
    """Subjects or objects of the verb; a verb without its own shares those of the verb it is coordinated with."""
    for _ in range(3):
        found = [kid for kid in token.children if kid.dep in relations]
        if any(kid.dep in {"nsubj:pass", "aux:pass"} for kid in token.children):
            wanted = "nsubj:pass" if relations is _OBJECTS else "obl:agent"
            return [kid for kid in token.children if kid.dep == wanted]
        if found or token.dep not in {"conj", "xcomp", "advcl"} or token.head.i == token.i:
            return found
        if relations is _OBJECTS:
            return []
        token = token.head
    return []


def _is_background(token: Word) -> bool:
    """Told as what came before or as the reason: after, over, amid, on the anniversary of."""
    here = token
    for _ in range(4):
        openers = {kid.lower for kid in here.children if kid.dep in {"case", "mark"}}
        if openers & _words("background"):
            return True
        if here.head.i == here.i or (here.pos in _VERBAL and here.dep in {"root", "ROOT", "conj"}):
            return False
        here = here.head
    return False


def _spell(tokens: list[Word]) -> list[frozenset[str]]:
    """Each word as it stands and as its lemma, in lower case."""
    return [frozenset((token.lower, token.lemma)) for token in tokens]


# --- knowledge ---


@cache
def _lines() -> tuple[_Line, ...]:
    return tuple(
        _Line(
            row=row,
            place=place,
            types=frozenset(row.split("type")),
            needs=tuple(frozenset(need.split("|")) for need in row.split("if")),
            forbids=frozenset(row.split("unless")),
            near=tuple(_group(part) for part in row.split("near", "&")),
            far=_group(row["far"]),
        )
        for place, row in enumerate(load_table("acled/marks"))
    )


def _group(cell: str) -> Group:
    """Alternatives joined by ``|``; ``%name`` stands for a class of `acled/words`; a phrase is its words in a row."""
    found: set[tuple[str, ...]] = set()
    for part in filter(None, (one.strip() for one in cell.split("|"))):
        if part.startswith("%"):
            found |= _class(part[1:])
        else:
            found.add(tuple(part.split()))
    return frozenset(found)


@cache
def _class(name: str) -> Group:
    row = next(row for row in load_table("acled/words") if row["id"] == name)
    return _group(row["words"])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _class(name) if len(phrase) == 1)


@cache
def _sectors() -> dict[str, Row]:
    return {row["id"]: row for row in load_table("formats/sectors")}


@cache
def _bodies() -> frozenset[str]:
    return frozenset(row["id"] for row in load_table("formats/bodies"))
