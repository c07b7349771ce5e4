"""
Tolls told without a word for what happened: "Police put the dead at 45", "the toll stands at 45", "22 pupils were missing".

In: the parsed text, its event mentions, all counts, the attributions. Out: the event mentions and, for each count that none of them has, one
more of the passage's event, told by whoever gives the number: rival tolls of one event are then two claims of one column.
Example: "Rebels raided Gao. Police put the dead at 45." -> an ASSAULT at "dead", 45 dead, told by the police.
Limit: the passage's event is the nearest before it that such a number can measure, at most three sentences back.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from counterclaim.knowledge import load_table
from counterclaim.read.attribution import tellers
from counterclaim.read.syntax import Tree
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.table.figures import is_of_fighting
from counterclaim.types import Attribution, Count, EventMention, Span

TOLL = "table/toll"
# What is counted of people in an attack, a raid or a protest; other numbers ("200 tanks") need their own word.
_KINDS = frozenset(("dead", "injured", "casualties", "missing", "captured", "abducted", "arrested"))
_BACK = 3  # sentences
_UNREAL = frozenset(("future", "hypothetical", "historical", "negation"))
_NONE = word_class("none_of_it")


def add_tolls(
    tree: Tree,
    events: Sequence[EventMention],
    counts: Sequence[Count],
    attributions: Sequence[Attribution],
    left_out: Collection[int] = (),
) -> tuple[EventMention, ...]:
    """
    The events with those that only a number tells, in text order, ids anew.

    Args:
        left_out: Words at which an event was proposed and left out as unsure: no number of their sentence makes one after all.
    """
    taken = {(count.start_char, count.kind) for event in events for count in event.counts}
    by_id = {attribution.id: attribution for attribution in attributions}
    added = list(events)
    for count in counts:
        if (count.start_char, count.kind) in taken:
            continue
        begin, end = _sentence(tree, count.trigger)
        untold = not any(begin <= at < end for at in left_out) and is_of_fighting(
            tree, count, counts, events, attributions
        )
        if not untold and not _is_toll(tree, count):
            continue
        passage = find_passage(tree, count.trigger, events, _types()[count.kind])
        if passage is None and not untold:
            continue
        start = tree.idx[count.trigger]
        word = Span(tree.forms[count.trigger], start, start + len(tree.forms[count.trigger]))
        told_by = tellers(tuple(attributions), word.start_char, word.end_char) or (None,)
        for teller in told_by:
            attribution = by_id[teller.id] if teller else None
            added.append(
                EventMention(
                    id="",
                    type=passage.type if passage else "ASSAULT",
                    modes=passage.modes if passage else (),
                    contexts=passage.contexts if passage else (),
                    auxiliary=(),
                    trigger=word,
                    actors=(),
                    recipients=(count.victims,) if count.victims else (),
                    place=None,
                    date=None,
                    counts=(count,),
                    attribution=attribution.id if attribution else None,
                    stance=attribution.stance if attribution else "says",
                    rules=(TOLL,),
                    confidence=passage.confidence if passage else None,
                )
            )
    if len(added) == len(events):
        return tuple(events)
    added.sort(key=lambda event: event.trigger.start_char)
    return tuple(replace(event, id=f"e{number}") for number, event in enumerate(added, start=1))


def find_passage(
    tree: Tree, at: int, events: Sequence[EventMention], types: Sequence[str]
) -> EventMention | None:
    """The event that a number at this token measures: the nearest before it of a fitting type that happened; none where it has a past of its own."""
    sentences = [index for index in range(at + 1) if tree.starts[index]]
    first = tree.idx[sentences[max(0, len(sentences) - 1 - _BACK)]]
    here = tree.idx[sentences[-1]]
    near = [
        event
        for event in events
        if event.type == types[0]
        and TOLL not in event.rules
        and first <= event.trigger.start_char < tree.idx[at]
        and not set(event.auxiliary) & _UNREAL
        and event.stance not in {"denies", "demands", "expects", "warns"}
    ]
    # A number has the event of its own sentence already where there is one that it could measure.
    if any(event.trigger.start_char >= here for event in near):
        return None
    return near[-1] if near else None


def _is_toll(tree: Tree, count: Count) -> bool:
    """Whether the number counts people and has no cause of its own: "the tsunami killed 230,000", "nobody was killed" are none."""
    if count.kind not in _KINDS or (count.low is None and count.high is None):
        return False
    begin, end = _sentence(tree, count.trigger)
    if any(word in _NONE for word in tree.words[begin : count.trigger]):
        return False
    if any(form.isdigit() and len(form) == 4 and form[:2] in {"19", "20"} for form in tree.forms[begin:end]):
        return False
    subjects = [kid for kid in tree.kids[count.trigger] if tree.dep[kid] == "nsubj"]
    return tree.pos[count.trigger] != "VERB" or all(
        count.start_char <= tree.idx[subject] < count.end_char for subject in subjects
    )


def _sentence(tree: Tree, at: int) -> tuple[int, int]:
    begin = next((index for index in range(at, -1, -1) if tree.starts[index]), 0)
    end = next((index for index in range(at + 1, tree.size) if tree.starts[index]), tree.size)
    return begin, end


def _types() -> dict[str, tuple[str, ...]]:
    return {row["kind"]: row.split("types") for row in load_table("casualties_kinds")}
