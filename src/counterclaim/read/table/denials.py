"""
Denials and admissions that only point back: "Baku denied it", "Moscow rejected the accusation", "the rebels denied involvement".

In: the parsed text, its event mentions, the attributions. Out: the event mentions and, for each denial that points back, one more of the event
that it denies, told by whoever denies it: in the table a claim against that event, and no event of its own.
Example: "Kyiv said Russian forces shelled a hospital. Moscow denies the accusation." -> the ASSAULT at "shelled", denied by Moscow.
Limit: denied is the nearest event that somebody else tells of, at most two sentences back, and that the one who denies may have done; where
another side did it by all that is said, nothing is linked.
"""

from collections.abc import Sequence
from dataclasses import replace

from counterclaim.read.syntax import Tree
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.table.happenings import key_of, may_be_one
from counterclaim.types import Attribution, EventMention

DENIAL = "table/denial"
_BACK = 2  # sentences
_STANCES = frozenset(("denies", "confirms"))
_DEEDS = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "THREATEN", "SANCTION", "RETREAT", "AID"))
_UNREAL = frozenset(("future", "hypothetical", "negation"))


def add_denials(
    tree: Tree, events: Sequence[EventMention], attributions: Sequence[Attribution]
) -> tuple[EventMention, ...]:
    """The events with those that only a denial or an admission points back to, in text order, ids anew."""
    by_id = {attribution.id: attribution for attribution in attributions}
    added = list(events)
    for denial in attributions:
        if not _points_back(tree, denial, events):
            continue
        meant = _find_meant(tree, denial, events, by_id)
        if meant is None:
            continue
        added.append(
            replace(
                meant,
                counts=(),
                attribution=denial.id,
                stance=denial.stance,
                rules=(DENIAL,),
            )
        )
    if len(added) == len(events):
        return tuple(events)
    added.sort(key=lambda event: event.trigger.start_char)
    return tuple(replace(event, id=f"e{number}") for number, event in enumerate(added, start=1))


def _points_back(tree: Tree, denial: Attribution, events: Sequence[EventMention]) -> bool:
    """Whether what is denied is "it" or "the charge", and no event of its own."""
    content = denial.content
    if denial.stance not in _STANCES or denial.source is None:
        return False
    span = tree.covering(content.start_char, content.end_char)
    if span is None or any(
        content.start_char <= event.trigger.start_char < content.end_char for event in events
    ):
        return False
    words = [at for at in range(span.start, span.end) if not tree.punct[at]]
    if len(words) == 1 and tree.words[words[0]] in word_class("points_back"):
        return True
    head = span.root.i
    # "The claim that …" has its own content; a report "of clashes" its own event.
    own = any(tree.dep[kid] in {"acl", "acl:relcl", "ccomp", "nmod"} for kid in tree.kids[head])
    return tree.words[head] in word_class("charges") and not own


def _find_meant(
    tree: Tree, denial: Attribution, events: Sequence[EventMention], by_id: dict[str, Attribution]
) -> EventMention | None:
    """The nearest deed before it that somebody else tells and the one who speaks may have done; None where there is none."""
    source = denial.source
    assert source is not None
    sentences = [at for at in range(source.head + 1) if tree.starts[at]]
    first = tree.idx[sentences[max(0, len(sentences) - 1 - _BACK)]]
    for event in reversed(events):
        told = by_id.get(event.attribution) if event.attribution else None
        if (
            event.type not in _DEEDS
            or not first <= event.trigger.start_char < denial.content.start_char
            or set(event.auxiliary) & _UNREAL
            or event.stance not in {"says", "accuses"}
            or (denial.stance == "denies" and (told is None or told.source is None))
            or (
                told is not None
                and told.source is not None
                and key_of(told.source.actor) == key_of(source.actor)
            )
        ):
            continue
        if not event.actors or any(may_be_one(source.actor, one.actor) for one in event.actors):
            return event
    return None
