"""
Denials and admissions that only point back: "Baku denied it", "Moscow called the accusation baseless", "the rebels claimed responsibility".

In: the parsed text, its event mentions, the attributions. Out: the event mentions and, for each denial that points back, one more of the event
that it denies, told by whoever denies it: in the table a claim against that event, and no event of its own.
Example: "Kyiv said Russian forces shelled a hospital. Moscow denies the accusation." -> the ASSAULT at "shelled", denied by Moscow.
Whoever claims responsibility is the one who did it, by that claim.
Limit: denied is the nearest event that somebody else tells of, at most two sentences back, and that the one who denies may have done; where
another side did it by all that is said, nothing is linked.
"""

from collections.abc import Sequence
from dataclasses import replace

from counterclaim.read.actors import STATE
from counterclaim.read.syntax import Tree
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.table.happenings import key_of, may_be_one
from counterclaim.types import Actor, Attribution, EventMention, Stance

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
    events = [_with_claimant(event, by_id) for event in events]
    added = list(events)
    for denial in attributions:
        stance = _stance(tree, denial, events)
        if stance is None or denial.source is None:
            continue
        meant = _find_meant(tree, denial, stance, events, by_id)
        if meant is None:
            continue
        owned = replace(meant, actors=(denial.source,)) if _owns_up(tree, denial) else meant
        added.append(replace(owned, counts=(), attribution=denial.id, stance=stance, rules=(DENIAL,)))
    added.sort(key=lambda event: event.trigger.start_char)
    return tuple(replace(event, id=f"e{number}") for number, event in enumerate(added, start=1))


def _with_claimant(event: EventMention, by_id: dict[str, Attribution]) -> EventMention:
    """As in "claimed responsibility for the attack": of the attack, whoever claims it is the actor."""
    told = by_id.get(event.attribution) if event.attribution else None
    if event.stance != "confirms" or told is None or told.source is None or not _is_owning(told):
        return event
    if any(key_of(one.actor) != key_of(told.source.actor) for one in event.actors):
        return event
    return replace(event, actors=(told.source,), rules=(*event.rules, DENIAL))


def _is_owning(told: Attribution) -> bool:
    """Whether it is told by "claimed responsibility for", "took responsibility for"."""
    return told.cue is not None and not word_class("owning_up").isdisjoint(told.cue.text.lower().split())


def _stance(tree: Tree, told: Attribution, events: Sequence[EventMention]) -> Stance | None:
    """Whether it denies or confirms something told before, in words that only point back to it; None where it does neither."""
    content = told.content
    span = tree.covering(content.start_char, content.end_char)
    if told.source is None or span is None:
        return None
    inside = [one for one in events if content.start_char <= one.trigger.start_char < content.end_char]
    if _owns_up(tree, told):
        return None if inside else "confirms"
    charges = [at for at in range(span.start, span.end) if tree.words[at] in word_class("charges")]
    if told.stance == "says" and charges and _is_untrue(tree, charges[0], span.start, span.end):
        # "The accusation" is an event of its own: it is what is denied that matters.
        return None if any(one.type != "ACCUSE" for one in inside) else "denies"
    if told.stance not in _STANCES or inside:
        return None
    words = [at for at in range(span.start, span.end) if not tree.punct[at]]
    if len(words) == 1 and tree.words[words[0]] in word_class("points_back"):
        return told.stance
    head = span.root.i
    return told.stance if head in charges and not _has_content(tree, head) else None


def _has_content(tree: Tree, noun: int) -> bool:
    """As in "the claim that …", "reports of clashes": what is charged stands behind it."""
    return any(tree.dep[kid] in {"acl", "acl:relcl", "ccomp", "nmod"} for kid in tree.kids[noun])


def _is_untrue(tree: Tree, charge: int, start: int, end: int) -> bool:
    """As in "the accusation baseless", "the allegation was false"; not in "not false", nor of a charge with its own content."""
    untrue = [at for at in range(charge + 1, end) if tree.words[at] in word_class("untrue")]
    if not untrue or any(tree.dep[kid] in {"ccomp", "acl:relcl"} for kid in tree.kids[charge]):
        return False
    return word_class("none_of_it").isdisjoint(tree.words[start : untrue[0]])


def _owns_up(tree: Tree, told: Attribution) -> bool:
    """As in "claimed responsibility", "took responsibility for it"; nobody does by "no group claimed …"."""
    span = tree.covering(told.content.start_char, told.content.end_char)
    if span is None or told.stance not in {"says", "confirms"}:
        return False
    words = [tree.words[at] for at in range(span.start, span.end) if not tree.punct[at]]
    if _is_owning(told):
        return word_class("points_back").issuperset(words)
    # "Responsibility", "responsibility for it".
    return word_class("owning_up").issuperset(words[:1]) and (
        len(words) == 1 or (words[1:2] == ["for"] and word_class("points_back").issuperset(words[2:]))
    )


def _find_meant(
    tree: Tree,
    denial: Attribution,
    stance: Stance,
    events: Sequence[EventMention],
    by_id: dict[str, Attribution],
) -> EventMention | None:
    """The nearest deed before it that somebody else tells and the one who speaks may have done; None where there is none."""
    source = denial.source
    assert source is not None
    sentences = [at for at in range(source.head + 1) if tree.starts[at]]
    first = tree.idx[sentences[max(0, len(sentences) - 1 - _BACK)]]
    # "It accused Yerevan of a provocation. Yerevan denied it": the accusation is meant, and nothing told before it.
    accused = [
        one.content.start_char
        for one in by_id.values()
        if one.stance == "accuses"
        and one.content.start_char < denial.content.start_char
        and not (one.source and key_of(one.source.actor) == key_of(source.actor))
    ]
    first = max([first, *accused])
    for event in reversed(events):
        told = by_id.get(event.attribution) if event.attribution else None
        if (
            event.type not in _DEEDS
            or not first <= event.trigger.start_char < denial.content.start_char
            or set(event.auxiliary) & _UNREAL
            or event.stance not in {"says", "accuses"}
            or (stance == "denies" and (told is None or told.source is None))
            or (
                told is not None
                and told.source is not None
                and key_of(told.source.actor) == key_of(source.actor)
            )
        ):
            continue
        if not event.actors or any(_may_be(source.actor, one.actor) for one in event.actors):
            return event
    return None


def _may_be(source: Actor, actor: Actor) -> bool:
    """
    Whether who speaks may be who did it.

    A government answers for "government jets" and "the army" of no country named; "gunmen" may be anybody's.
    """
    nameless = actor.actor_id is None and actor.country is None
    answers = source.sector in STATE and actor.sector in STATE
    return (nameless and (answers or actor.sector in {None, "UAF"})) or may_be_one(source, actor)
