"""
PLOVER events read off the parse: who did what to whom, before anyone asks who says so.

Comes in: the parsed article, its mentions and attributions. Goes out: frames in trigger order: a type, its
modes and contexts, actors and recipients, and the knowledge lines applied (pattern first, compositions after).

    "Kenya urged Sudan to withdraw"   REQUEST yield, Kenya -> Sudan, by operators/urge over verbs/withdraw

Limit: an event must have a trigger word; "Goma is in rebel hands" has none.
"""

from counterclaim.read.events.compose import compose
from counterclaim.read.events.context import Topics
from counterclaim.read.events.factuality import judge_frames, mark_proposed
from counterclaim.read.events.judging import MIN_CONFIDENCE, weigh_frames
from counterclaim.read.events.match import EventDraft, find_events
from counterclaim.read.events.other_fields import leave_other_fields_out
from counterclaim.read.events.patterns import compositions
from counterclaim.read.events.pretence import mark_pretence
from counterclaim.read.events.roles import Participants, Places
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import is_verb, objects, with_preposition
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Attribution, Frame, Mention

__all__ = [
    "MIN_CONFIDENCE",
    "find_frames",
    "judge_frames",
    "leave_other_fields_out",
    "mark_pretence",
    "mark_proposed",
    "weigh_frames",
]

_MAX_DEPTH = 3  # "welcomed | the resumption | of ties | with Oslo"


def find_frames(tree: Tree, attributions: tuple[Attribution, ...]) -> tuple[Frame, ...]:
    """Every event the text speaks of, ordered by trigger; asserted, demanded and denied ones alike."""
    people = Participants(tree)
    events = compose(tree, people, find_events(tree, people), attributions)
    events = _merge_light([event for event in events if not event.consumed])
    events.extend(_blamed(tree, people, events, attributions))
    for event in events:
        _add_losers(tree, people, event)
        _address(tree, people, event, events)
    events = [_joined(part) for event in events for part in _dyads(tree, people, event)]
    surroundings = Topics(tree)
    frames = (
        Frame(
            type=event.type,
            modes=event.modes,
            contexts=surroundings.contexts(event),
            trigger=event.trigger,
            actors=event.actors,
            recipients=event.recipients,
            rules=event.rules,
            told_by=event.told_by,
        )
        for event in events
    )
    return tuple(sorted(frames, key=lambda frame: (frame.trigger, frame.type, frame.told_by != ())))


def _merge_light(events: list[EventDraft]) -> list[EventDraft]:
    """As in "signed a deal", "launched an inquiry": verb and noun found the same event; it is told once, by the verb."""
    by_trigger = {event.trigger: event for event in events}
    kept: list[EventDraft] = []
    for event in events:
        verb = by_trigger.get(event.light_verb)
        if verb is None or verb is event or verb.type != event.type:
            kept.append(event)
            continue
        verb.modes = verb.modes or event.modes
        verb.actors = verb.actors or event.actors
        verb.recipients = verb.recipients or tuple(one for one in event.recipients if one not in verb.actors)
        verb.contexts = tuple(dict.fromkeys((*verb.contexts, *event.contexts)))
        verb.rules = (*verb.rules, *event.rules)
    return kept


def _blamed(
    tree: Tree, people: Participants, events: list[EventDraft], attributions: tuple[Attribution, ...]
) -> list[EventDraft]:
    """
    The accused as actor of what it is accused of, told by the accuser alone.

    "The violence, which Baku blames on Yerevan": the violence as the outlet tells it, and, told by Baku, with
    Yerevan as its actor.
    """
    accusing = [
        (attribution.cue, attribution)
        for attribution in attributions
        if attribution.stance == "accuses" and attribution.cue is not None
    ]
    added: list[EventDraft] = []
    for accusation in [event for event in events if event.type == "ACCUSE"]:
        word = tree.idx[accusation.trigger]
        # The cue may begin before its verb: "has blamed".
        attribution = next((told for cue, told in accusing if cue.start_char <= word < cue.end_char), None)
        if attribution is None or not accusation.recipients:
            continue
        places = Places(people, accusation.trigger, verbal=is_verb(tree, accusation.trigger), support=None)
        heads = {
            part for place in ("obj", "for") for head in places.heads(place) for part in tree.conjuncts(head)
        }
        for event in events:
            if event.trigger not in heads or event is accusation or event.actors == accusation.recipients:
                continue
            if event.type == "ACCUSE":
                continue
            event.told_by = (attribution.within,)
            added.append(
                EventDraft(
                    event.type,
                    event.modes,
                    event.contexts,
                    event.trigger,
                    accusation.recipients,
                    tuple(one for one in event.recipients if one not in accusation.recipients),
                    (*event.rules, accusation.rules[0]),
                    (),
                    (attribution.id,),
                )
            )
    return added


def _add_losers(tree: Tree, people: Participants, event: EventDraft) -> None:
    """As in "Chad's toll from the fighting rose to ten soldiers": whose toll it is suffered in the event."""
    toll = tree.head[event.trigger]
    if event.type != "ASSAULT" or tree.dep[event.trigger] not in {"nmod", "acl"}:
        return
    if tree.words[toll] not in word_class("tolls"):
        return
    owners = people.all_at(tree.child(toll, "nmod:poss"))
    fighting = tree.child(event.trigger, "case") and with_preposition(tree, event.trigger, "with")
    if owners and fighting and not event.recipients:
        # "its toll from the fighting with Niger": both fight
        event.actors = tuple(dict.fromkeys((*owners, *event.actors)))
    if event.recipients:
        return
    dead: tuple[Mention, ...] = ()
    verb = tree.head[toll]
    if tree.dep[toll] in {"nsubj", "nsubj:pass"} and is_verb(tree, verb):
        dead = tuple(
            one
            for one in people.all_at(with_preposition(tree, verb, "to"))
            if one.actor.sector is not None and one.kind == "nominal"
        )
    event.recipients = tuple(one for one in dead or owners if one not in event.actors)


def _address(tree: Tree, people: Participants, event: EventDraft, events: list[EventDraft]) -> None:
    """
    Whom praise or blame of a thing reaches: whoever did it or is part of it.

    As in "condemned an attack by Chad", "welcomed a resumption of ties between Chad and Niger". Who suffers what is
    condemned is not blamed. A pronoun for the actors themselves ("postponed their meeting") is nobody else.
    """
    own = {one.actor for one in event.actors}
    event.recipients = tuple(one for one in event.recipients if one.kind != "pronoun" or one.actor not in own)
    if event.recipients or event.type not in {"ACCUSE", "SUPPORT"} or not is_verb(tree, event.trigger):
        return
    level = [part for head in objects(tree, event.trigger) for part in tree.conjuncts(head)]
    deeds = {deed.trigger: deed for deed in events if deed is not event}
    words = word_class("doers" if event.type == "ACCUSE" else "parties")
    for _ in range(_MAX_DEPTH):
        for head in level:
            deed = deeds.get(head)
            found = [] if deed is None else [*deed.actors]
            if deed is not None and event.type == "SUPPORT":
                found.extend(deed.recipients)
            if not found:
                found = [one for word in words for one in people.all_at(with_preposition(tree, head, word))]
            reached = tuple(dict.fromkeys(one for one in found if one.actor not in own))
            if reached:
                event.recipients = reached
                return
        level = [kid for head in level for kid in tree.child(head, "nmod")]


def _joined(event: EventDraft) -> EventDraft:
    """Forces of several countries that exercise or deploy together, against nobody named, cooperate."""
    countries = {one.actor.country for one in event.actors} - {None}
    if event.type == "MOBILIZE" and len(countries) > 1 and not event.recipients:
        for mode in event.modes:
            entry = compositions().get(("joint", event.type, mode))
            if entry is not None:
                event.type, event.modes = entry[0], entry[1]
                event.rules = (*event.rules, entry[2])
                break
    return event


def _dyads(tree: Tree, people: Participants, event: EventDraft) -> list[EventDraft]:
    """As in "held separate calls with A and B" are two calls; any other contact is one event with all its parties."""
    if event.type != "CONSULT" or not any(
        tree.words[kid] in word_class("separately")
        for part in (event.trigger, *tree.child(event.trigger, "obj"))
        for kid in tree.kids[part]
    ):
        return [event]
    places = Places(people, event.trigger, verbal=is_verb(tree, event.trigger), support=None)
    partners = [one for one in places.mentions("with") or places.mentions("obj") if one in event.actors]
    callers = tuple(one for one in event.actors if one not in partners)
    if len(partners) < 2 or not callers:
        return [event]
    return [
        EventDraft(
            event.type,
            event.modes,
            event.contexts,
            event.trigger,
            (*callers, partner),
            event.recipients,
            event.rules,
            event.carriers,
            event.told_by,
        )
        for partner in partners
    ]
