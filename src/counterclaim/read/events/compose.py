"""
What a word does to the event it governs: agreeing to, demanding, refusing, threatening, ending.

Comes in: the events the patterns found. Goes out: events composed over them, by `operators` (which word acts
on which argument) and `compositions` (what the force makes of the type), innermost first.

    "refused to hold talks with Chad"   reject over CONSULT: REJECT meet
    "urged Chad to end its raids"       demand over (stop over ASSAULT = RETREAT): REQUEST yield

Limit: an operator and its event must share a sentence.
"""

from collections.abc import Iterator

from counterclaim.read.attribution import innermost
from counterclaim.read.events.match import EventDraft, holds, written_at
from counterclaim.read.events.patterns import Operator, compositions, operator_index
from counterclaim.read.events.roles import Participants, Places, fill_roles
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import is_passive, is_verb, prepositions, surface_subjects
from counterclaim.read.syntax.polarity import is_inverted
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import ASSERTING, Attribution, Mention

_MAX_REACH = 3  # "agreed | to help | to end | the blockade": words a force passes through
_AGREED = frozenset(("CONSULT", "COOPERATE", "SUPPORT", "AID", "AGREE", "RETREAT", "CONCEDE"))


def compose(
    tree: Tree, people: Participants, events: list[EventDraft], attributions: tuple[Attribution, ...]
) -> list[EventDraft]:
    """The events with every operator applied; those swallowed by a composition are marked consumed."""
    carried: dict[int, EventDraft] = {}
    for event in events:
        for carrier in event.carriers:
            carried.setdefault(carrier, event)
    result = list(events)
    for index, operator in sorted(
        _operators(tree, people), key=lambda pair: (-_depth(tree, pair[0]), pair[0])
    ):
        places = Places(people, index, verbal=operator.part != "noun", support=None)
        complements = list(_complements(tree, places, operator))
        inner, at = _inner(tree, complements, carried, index)
        composed = _apply(tree, places, operator, index, inner, at, complements, carried)
        if composed is None:
            continue
        standing = carried.get(index)
        if standing is not None and standing.trigger == index and inner is None:
            continue  # a pattern for this very word knows more than a bare fallback
        if standing is not None and standing.trigger == index and standing in result:
            standing.consumed = True
            if standing.type == composed.type:
                composed.rules = (*composed.rules, *standing.rules)
                composed.recipients = composed.recipients or standing.recipients
        if inner is not None:
            if not _survives(tree, inner, operator, attributions):
                for event in result:
                    # "agreed to hold a summit": verb and noun are one event
                    if event is inner or (event.light_verb == inner.trigger and event.type == inner.type):
                        event.consumed = True
            elif operator.force == "stop":
                inner.told_by = _teller_outside(tree, inner, attributions)
        carried[index] = composed
        if composed not in result:
            result.append(composed)
    result.extend(_obligations(tree, people, carried, attributions))
    return result


def _operators(tree: Tree, people: Participants) -> Iterator[tuple[int, Operator]]:
    index_of = operator_index()
    for index, word in enumerate(tree.words):
        entries = index_of.get(word)
        if entries is None:
            continue
        best: tuple[float, Operator] | None = None
        for trigger, operator in entries:
            verbs = operator.part == "verb"
            if verbs != (is_verb(tree, index) and tree.dep[index] != "amod") and operator.part != "adj":
                continue
            if operator.part == "adj" and tree.pos[index] not in {"ADJ", "VERB", "NOUN"}:
                continue
            weight = operator.weight + 3.0 * len(trigger.after or trigger.before)
            places = Places(people, index, verbal=operator.part != "noun", support=None)
            if (
                (best is None or weight > best[0])
                and written_at(tree, index, trigger, verbs=verbs)
                and holds(tree, places, operator.terms)
                and next(_complements(tree, places, operator), None) is not None
            ):
                best = (weight, operator)
        if best is not None:
            yield index, best[1]


def _complements(tree: Tree, places: Places, operator: Operator) -> Iterator[int]:
    """Heads of the phrases and clauses the operator acts on, coordinated ones too."""
    index = places.trigger
    for slot in operator.slots:
        if slot == "xcomp":
            heads = tuple(
                kid
                for kid in tree.child(index, "xcomp", "ccomp", "acl")
                if (tree.tag[kid] == "VBG" and operator.part == "verb")
                or any(tree.words[mark] == "to" for mark in tree.child(kid, "mark"))
            ) or tuple(
                kid
                for kid in tree.child(index, "advcl")
                if any(tree.words[mark] == "to" for mark in tree.child(kid, "mark"))
            )
            heads = tuple(kid for kid in heads if tree.dep[kid] != "acl" or operator.part != "verb") or tuple(
                kid for head in tree.child(index, "obj") for kid in tree.child(head, "acl")
            )
        elif slot == "ccomp":
            heads = tree.child(index, "ccomp")
        elif slot == "poss":
            heads = tree.child(index, "nmod:poss")
        elif slot == "head":
            heads = (tree.head[index],) if tree.head[index] != index else ()
        else:
            heads = places.heads(slot)
        for head in heads:
            yield from tree.conjuncts(head)


def _inner(
    tree: Tree, complements: list[int], carried: dict[int, EventDraft], operator: int
) -> tuple[EventDraft | None, int]:
    """The event a complement holds, itself or under words that let the force through."""
    level = [head for head in complements if head != operator]
    seen = set(level)
    for reach in range(_MAX_REACH):
        for head in level:
            event = carried.get(head)
            if event is not None and event.trigger != operator:
                return event, head
        below: list[int] = []
        for head in level:
            below.extend(kid for kid in _passes(tree, head, reach) if kid not in seen)
        seen.update(below)
        level = below
    return None, -1


def _passes(tree: Tree, index: int, reach: int) -> list[int]:
    """Where the event may hide below a word that names none: "help | restore", "a series of | talks"."""
    if is_verb(tree, index):
        if tree.words[index] not in word_class("light_verbs") and reach > 0:
            return []
        return [kid for kid in tree.kids[index] if tree.dep[kid] in {"xcomp", "obj", "nsubj:pass"}]
    if tree.words[index] in word_class("measures") or tree.words[index] in word_class("vessels"):
        return [
            kid
            for kid in tree.kids[index]
            if tree.dep[kid] == "acl"
            or (tree.dep[kid] == "nmod" and word_class("passing").intersection(prepositions(tree, kid)))
        ]
    return []


def _apply(
    tree: Tree,
    places: Places,
    operator: Operator,
    index: int,
    inner: EventDraft | None,
    at: int,
    complements: list[int],
    carried: dict[int, EventDraft],
) -> EventDraft | None:
    actors, addressed = fill_roles(places, operator.roles)
    if operator.force == "doer":
        # "claimed responsibility for", "was behind": says who did it, adds no event of its own
        if inner is not None and not inner.actors and actors:
            inner.actors = actors
            inner.recipients = tuple(one for one in inner.recipients if one not in actors)
            inner.rules = (*inner.rules, operator.rule)
        return None
    if inner is None:
        if not operator.fallback:
            return None
        kind, _, modes = operator.fallback.partition(":")
        if not actors and operator.part == "noun":
            actors = _from_complement(places, complements, addressed)
        return EventDraft(
            kind,
            tuple(modes.split("+")) if modes else (),
            (),
            index,
            actors,
            addressed,
            (operator.rule,),
            (index,),
        )
    table = compositions()
    entry = next(
        (table[key] for mode in (*inner.modes, "*") if (key := (operator.force, inner.type, mode)) in table),
        None,
    )
    if entry is None or entry[0] == "-":
        return None
    kind, modes_made, rule = entry
    if not actors:
        actors = inner.actors if operator.force in {"stop", "pass"} else ()
        if operator.part == "noun" and not actors:
            actors = _from_complement(places, complements, addressed)
    if operator.force == "demand" and not addressed:
        addressed = _partners(tree, index, actors, carried)
    recipients = _recipients(operator.force, actors, addressed, inner)
    kept = inner.modes if modes_made == ("=",) else modes_made
    if kind == "=":
        kind = inner.type
    return EventDraft(
        kind,
        kept,
        inner.contexts,
        index,
        actors,
        recipients,
        (*inner.rules, operator.rule, rule),
        (index, at),
    )


def _partners(
    tree: Tree, index: int, actors: tuple[Mention, ...], carried: dict[int, EventDraft]
) -> tuple[Mention, ...]:
    """As in "held calls with Oslo and Rome asking for a truce": those in the talks are asked."""
    if tree.dep[index] not in {"acl", "advcl", "xcomp", "conj"}:
        return ()
    at = index
    for _ in range(_MAX_REACH):
        at = tree.head[at]
        talks = carried.get(at)
        if talks is not None and talks.type == "CONSULT":
            return tuple(one for one in (*talks.actors, *talks.recipients) if one not in actors)
    return ()


def _from_complement(
    places: Places, complements: list[int], addressed: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """As in "calls for calm from Oslo": the parser hangs "from Oslo" on calm."""
    for head in complements:
        found = Places(places.people, head, verbal=False, support=None).fill((("from",), ("by",)))
        if found:
            return tuple(one for one in found if one not in addressed)
    return ()


def _recipients(
    force: str, actors: tuple[Mention, ...], addressed: tuple[Mention, ...], inner: EventDraft
) -> tuple[Mention, ...]:
    """Whom a composed event is directed at."""
    others = tuple(one for one in (*inner.actors, *inner.recipients) if one not in actors)
    if force == "demand":
        # "called for an end to the strikes on Oman" does not ask those who are struck
        third = inner.recipients if inner.type not in {"RETREAT", "CONCEDE"} else ()
        found = addressed or tuple(one for one in inner.actors if one not in actors) or third
    elif force in {"threaten", "stop", "pass"}:
        found = inner.recipients or addressed or others
    else:
        found = addressed or others
    return tuple(one for one in dict.fromkeys(found) if one not in actors)


def _survives(
    tree: Tree, inner: EventDraft, operator: Operator, attributions: tuple[Attribution, ...]
) -> bool:
    """
    Whether the event under an operator stays a record of its own.

    It does where an attribution carries it as demanded, warned of or denied, so that its stance keeps it from
    counting as having happened; and where an end is put to violence that the text presupposes ("its raids").
    """
    if operator.force == "pass":
        return False
    if operator.force == "stop":
        return inner.type == "ASSAULT" and taken_for_granted(tree, inner.trigger)
    if operator.force in {"agree", "promise"} and inner.type in _AGREED:
        return False  # "agreed to hold a summit" tells one thing
    start = tree.idx[inner.trigger]
    return any(
        attribution.stance not in ASSERTING
        and attribution.content.start_char <= start < attribution.content.end_char
        for attribution in attributions
    )


def taken_for_granted(tree: Tree, trigger: int) -> bool:
    """Whether the noun of an event says that it goes on: "its raids", "the shelling", "hostilities"."""
    return not is_verb(tree, trigger) and (
        tree.words[trigger] in word_class("ongoing")
        or any(
            tree.dep[kid] == "nmod:poss" or tree.words[kid] in word_class("definite")
            for kid in tree.kids[trigger]
        )
    )


def _teller_outside(
    tree: Tree, inner: EventDraft, attributions: tuple[Attribution, ...]
) -> tuple[str | None, ...]:
    """Who tells what a demand takes for granted: in "called for an end to the raids" not the one who calls."""
    start = tree.idx[inner.trigger]
    attribution = innermost(attributions, start, start + len(tree.forms[inner.trigger]))
    if attribution is None or attribution.stance in ASSERTING:
        return ()
    return (attribution.within,)


def _obligations(
    tree: Tree, people: Participants, carried: dict[int, EventDraft], attributions: tuple[Attribution, ...]
) -> Iterator[EventDraft]:
    """As in "said Ghana must withdraw": a demand made by a modal in somebody's words."""
    table = compositions()
    for index, word in enumerate(tree.words):
        if word not in word_class("obligation"):
            continue
        if tree.dep[index] == "aux" and word in word_class("duty"):
            verb = tree.head[index]
        elif tree.dep[index] != "aux" and not tree.child(index, "obj"):
            verb = next(
                (
                    kid
                    for kid in tree.child(index, "xcomp")
                    if any(tree.words[mark] == "to" for mark in tree.child(kid, "mark"))
                ),
                -1,
            )
        else:
            verb = -1
        if verb >= 0 and is_inverted(tree, verb):
            continue  # "should Iran attack": a condition
        if verb < 0 or (word != "must" and any(tree.words[kid] in {"not", "n't"} for kid in tree.kids[verb])):
            continue
        speaker = _speaker(tree, index, attributions)
        owed = people.all_at(surface_subjects(tree, verb))
        if speaker is None or not (owed or (is_passive(tree, verb) and word in {"must", "should"})):
            continue  # "said the raids must be halted" asks whoever can halt them
        if any(
            one.actor.country in {None, speaker.actor.country}
            and one.actor.actor_id == speaker.actor.actor_id
            for one in owed
        ):
            continue
        inner = carried.get(verb)
        entry = None
        if inner is not None:
            entry = next(
                (
                    table[key]
                    for mode in (*inner.modes, "*")
                    if (key := ("demand", inner.type, mode)) in table
                ),
                None,
            )
        rules = (
            (*inner.rules, entry[2]) if inner is not None and entry is not None else ("english/obligation",)
        )
        modes = entry[1] if entry is not None else ()
        yield EventDraft("REQUEST", modes, (), index, (speaker,), owed, rules, (index,))


def _speaker(tree: Tree, index: int, attributions: tuple[Attribution, ...]) -> Mention | None:
    start = tree.idx[index]
    attribution = innermost(attributions, start, start + len(tree.forms[index]))
    return None if attribution is None else attribution.source


def _depth(tree: Tree, index: int) -> int:
    depth, at = 0, index
    while tree.head[at] != at and depth < 60:
        at = tree.head[at]
        depth += 1
    return depth
