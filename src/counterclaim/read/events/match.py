"""
Where the patterns fire: event triggers with their participants, before anything is composed over them.

Comes in: a `Tree` and the article's mentions. Goes out: one `EventDraft` for each trigger, by the most specific
pattern that holds; the words of a support verb point to the noun they support.

    "Rebels carried out an attack on Goma."   ASSAULT, trigger attack, carried by "carried"

Limit: one event a trigger; "convicted and jailed" needs its two words.
"""

from dataclasses import dataclass

from counterclaim.read.events.patterns import (
    Condition,
    Pattern,
    Support,
    Trigger,
    instrument_modes,
    pattern_index,
    support_index,
)
from counterclaim.read.events.roles import Participants, Places, fill_roles
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import is_passive, is_verb, objects, prepositions
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Mention

_NOMINAL = frozenset(("NOUN", "PROPN"))
_NEAR = 7  # words either side in which lexical evidence counts
_INSTRUMENT_REACH = 6


@dataclass(slots=True)
class EventDraft:
    """An event under construction: compositions change it before it becomes a `Frame`."""

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    trigger: int
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    rules: tuple[str, ...]
    carriers: tuple[int, ...]
    told_by: tuple[str | None, ...] = ()
    consumed: bool = False
    light_verb: int = -1


def written_at(tree: Tree, index: int, trigger: Trigger, *, verbs: bool) -> bool:
    """The words the trigger needs around it are there: particles after a verb, modifiers before a noun."""
    if verbs:
        at = index
        for word in trigger.after:
            window = range(at + 1, min(at + (5 if at == index else 3), tree.size))
            at = next(
                (
                    near
                    for near in window
                    if tree.words[near] == word
                    and (near == at + 1 or tree.head[near] == index or tree.head[near] == at)
                    and tree.dep[near] != "mark"
                ),
                -1,
            )
            if at < 0:
                return False
        return True
    at = index
    for word in reversed(trigger.before):
        at -= 1
        if at >= 0 and tree.words[at] == "-":
            at -= 1
        if at < 0 or tree.words[at] != word:
            return False
    return True


def holds(tree: Tree, places: Places, terms: tuple[Condition, ...]) -> bool:
    """Every condition of a pattern is met at this trigger."""
    return all(_term_holds(tree, places, term) for term in terms)


def _term_holds(tree: Tree, places: Places, term: Condition) -> bool:
    index = places.trigger
    if term.argument == "near":
        low, high = max(0, index - _NEAR), min(tree.size, index + _NEAR + 1)
        met = any(word in term.words for word in tree.words[low:high])
        return met != term.negative
    heads = tuple(
        head
        for name in term.argument.split("|")
        for argument, at, kind in (name.partition("@"),)
        for head in _heads_of(tree, places, argument)
        if not at or _is_somebody(places.people, head, kind)
    )
    if term.words:
        met = any(
            _is_one_of(tree, part, term.words) or _compound_in(tree, part, term.words)
            for head in heads
            for part in tree.conjuncts(head)
        )
    else:
        met = bool(heads)
    return met != term.negative


def _is_somebody(people: Participants, head: int, kind: str) -> bool:
    """Somebody is mentioned there; for the kind ``state`` a country by its name, its capital or its government."""
    found = people.all_at((head,))
    if kind != "state":
        return bool(found)
    return any(one.actor.country is not None and one.actor.sector == "GOV" for one in found)


def _is_one_of(tree: Tree, index: int, words: frozenset[str]) -> bool:
    if tree.words[index] in words:
        return True
    return index > 0 and f"{tree.words[index - 1]} {tree.words[index]}" in words


def _compound_in(tree: Tree, index: int, words: frozenset[str]) -> bool:
    """As in "peace talks" meets =peace, "30 tons of aid" meets =aid, "both troops" meets =troops."""
    for kid in tree.kids[index]:
        if tree.dep[kid] == "compound" and kid == index - 1 and tree.words[kid] in words:
            return True
        if (
            tree.dep[kid] == "nmod"
            and (tree.words[index] in word_class("measures") or tree.pos[index] == "NUM")
            and (tree.words[kid] in words or _compound_in(tree, kid, words))
        ):
            return True
    return False


def _heads_of(tree: Tree, places: Places, argument: str) -> tuple[int, ...]:
    index = places.trigger
    match argument:
        case "xcomp":
            return tree.child(index, "xcomp") or tuple(
                kid
                for kid in (
                    *tree.child(index, "advcl", "ccomp"),
                    *(kid for head in tree.child(index, "obj") for kid in tree.child(head, "acl")),
                )
                if any(tree.words[mark] == "to" for mark in tree.child(kid, "mark"))
            )
        case "ccomp":
            return tree.child(index, "ccomp")
        case "prt":
            return tree.child(index, "compound:prt", "advmod")
        case "adv":
            return tree.child(index, "advmod", "compound:prt")
        case "comp":
            return tree.child(index, "xcomp", "acl", "ccomp", "advcl")
        case "verb":
            head = tree.head[index]
            return (
                (head,)
                if head != index and tree.dep[index] in {"obj", "obl", "nsubj", "nsubj:pass", "xcomp"}
                else ()
            )
        case "head":
            head = tree.head[index]
            return (head,) if head != index else ()
        case "mod":
            return tuple(
                kid
                for kid in tree.kids[index]
                if kid < index
                and tree.dep[kid] in {"amod", "compound", "nmod:poss", "nmod:desc", "nummod", "advmod"}
            )
        case "subj" if not places.verbal:
            return places.heads("subj") if places.support is None else (places.support[0],)
        case "adj":
            return tuple(mention.head for mention in places.people.modifiers(index))
        case "det":
            return tree.child(index, "det")
        case "pass":
            return (index,) if is_passive(tree, index) else ()
        case "active":
            return () if is_passive(tree, index) else (index,)
        case _:
            return places.heads(argument)


def find_events(tree: Tree, people: Participants) -> list[EventDraft]:
    """Every event the verb and noun patterns find, in text order."""
    verbs, nouns = pattern_index("events/verbs"), pattern_index("events/nouns")
    found: list[EventDraft] = []
    for index, word in enumerate(tree.words):
        verb_entries = verbs.get(word)
        noun_entries = nouns.get(word)
        if verb_entries is None and noun_entries is None:
            continue
        best: EventDraft | None = None
        if verb_entries is not None and _may_be_verb(tree, index):
            best = _match_verb(tree, people, index, verb_entries)
        if best is None and noun_entries is not None:
            best = _match_noun(tree, people, index, noun_entries)
        if best is not None:
            found.append(best)
    return found


def _is_gerund_noun(tree: Tree, index: int) -> bool:
    """As in "a day of fighting": a gerund behind a preposition that governs nothing is a noun."""
    return (
        tree.words[index].endswith("ing")
        and (
            bool(tree.child(index, "case"))
            or (prepositions(tree, index) == ("of",) and tree.pos[tree.head[index]] == "NOUN")
        )
        and not tree.child(index, "obj", "xcomp", "ccomp")
    )


def _may_be_verb(tree: Tree, index: int) -> bool:
    if _is_gerund_noun(tree, index):
        return False
    if is_verb(tree, index):
        if tree.dep[index] in {"xcomp", "obj"} and tree.child(index, "nummod"):
            return False  # "leaving nine wounded": so many people, the event is what left them
        return tree.dep[index] not in {"amod", "compound"}
    if tree.pos[index] == "ADJ" and tree.tag[index] in {"JJ", "VBN"}:
        # "were wounded", tagged as an adjective
        return tree.dep[index] != "amod" and bool(tree.child(index, "cop", "aux:pass", "nsubj:pass"))
    # a gerund tagged as a noun that still governs an object: "denied shelling positions"
    return tree.words[index].endswith("ing") and bool(tree.child(index, "obj"))


def _match_verb(
    tree: Tree, people: Participants, index: int, entries: tuple[tuple[Trigger, Pattern], ...]
) -> EventDraft | None:
    places = Places(people, index, verbal=True, support=None)
    chosen: Pattern | None = None
    best = -1.0
    for trigger, pattern in entries:
        weight = pattern.weight + 3.0 * len(trigger.after)
        if (
            weight > best
            and written_at(tree, index, trigger, verbs=True)
            and holds(tree, places, pattern.terms)
        ):
            chosen, best = pattern, weight
    if chosen is None or chosen.type == "-":
        return None
    actors, recipients = fill_roles(places, chosen.roles)
    modes = chosen.modes or _instruments(tree, index, chosen.type)
    return EventDraft(
        chosen.type, modes, chosen.contexts, index, actors, recipients, (chosen.rule,), (index,)
    )


def _match_noun(
    tree: Tree, people: Participants, index: int, entries: tuple[tuple[Trigger, Pattern], ...]
) -> EventDraft | None:
    if not any(trigger.before for trigger, _ in entries) and not _may_be_noun(tree, index):
        return None
    verb, support = find_support(tree, index)
    places = Places(people, index, verbal=False, support=None if support is None else (verb, support.roles))
    chosen: Pattern | None = None
    best = -1.0
    for trigger, pattern in entries:
        weight = pattern.weight + 3.0 * len(trigger.before)
        if (
            weight > best
            and (trigger.before or _may_be_noun(tree, index))
            and written_at(tree, index, trigger, verbs=False)
            and holds(tree, places, pattern.terms)
        ):
            chosen, best = pattern, weight
    if chosen is None or chosen.type == "-":
        return None
    actors, recipients = fill_roles(places, chosen.roles)
    modes = chosen.modes or _instruments(tree, index, chosen.type)
    rules = (chosen.rule,) if support is None else (chosen.rule, support.rule)
    carriers = (index,) if support is None else (index, verb)
    found = EventDraft(chosen.type, modes, chosen.contexts, index, actors, recipients, rules, carriers)
    measured = index
    if tree.dep[index] == "nmod" and {"in", "of", "worth"}.intersection(prepositions(tree, index)):
        measured = tree.head[index]  # "provide ten million in aid"
    if tree.dep[measured] in {"obj", "nsubj:pass"}:
        found.light_verb = tree.head[measured]
    return found


def _may_be_noun(tree: Tree, index: int) -> bool:
    if tree.dep[index] in {"compound", "amod"} and tree.head[index] > index:
        return False  # "attack helicopters": the head noun decides what it is
    if tree.words[index] in word_class("months") and tree.forms[index][0].isupper():
        return False
    if tree.pos[index] in _NOMINAL or _is_gerund_noun(tree, index):
        return True
    # a gerund or participle the tagger took for a verb: "the shelling of Goma"
    return tree.words[index].endswith("ing") and bool(tree.child(index, "det", "nmod:poss", "amod"))


def find_support(tree: Tree, index: int) -> tuple[int, Support | None]:
    """The verb that lends its arguments to this noun, through coordination: "launched raids and strikes"."""
    noun = index
    while tree.dep[noun] == "conj" and tree.pos[tree.head[noun]] in _NOMINAL:
        noun = tree.head[noun]
    dep, verb = tree.dep[noun], tree.head[noun]
    if dep == "nmod" and tree.words[verb] in word_class("measures"):
        # "a wave of arrests", "a series of strikes"
        noun, dep, verb = verb, tree.dep[verb], tree.head[verb]
    found = _support_above(tree, noun, verb, dep)
    return found if found is not None else _support_below(tree, noun)


def _support_above(tree: Tree, noun: int, verb: int, dep: str) -> tuple[int, Support] | None:
    if verb == noun or dep in {"acl", "acl:relcl"} or not is_verb(tree, verb):
        return None
    for trigger, support in support_index().get(tree.words[verb], ()):
        if not written_at(tree, verb, trigger, verbs=True):
            continue
        if support.slot == "obj":
            fits = noun in objects(tree, verb)
        elif support.slot == "subj":
            fits = dep in {"nsubj", "nsubj:pass"}
        else:
            fits = dep in {
                "obl",
                "obl:agent",
                "nmod",
                "xcomp",
                "advmod",
            } and support.slot in prepositions(tree, noun)
        if fits:
            return verb, support
    return None


def _support_below(tree: Tree, noun: int) -> tuple[int, Support | None]:
    """As in "strikes carried out by Niger", "the raid they launched", "clashes erupted" with the verb hung below."""
    for verb in tree.child(noun, "acl", "acl:relcl"):
        for trigger, support in support_index().get(tree.words[verb], ()):
            fits = (support.slot == "obj" and noun in objects(tree, verb)) or (
                support.slot == "subj" and tree.words[verb] in word_class("intransitive")
            )
            if fits and written_at(tree, verb, trigger, verbs=True):
                return verb, support
    return -1, None


def _instruments(tree: Tree, index: int, event_type: str) -> tuple[str, ...]:
    """With what an assault was made, where words beside the trigger say so."""
    if event_type != "ASSAULT":
        return ()
    table = instrument_modes()
    low, high = max(0, index - _INSTRUMENT_REACH), min(tree.size, index + _INSTRUMENT_REACH + 1)
    modes: list[str] = []
    for near in range(low, high):
        mode = table.get(tree.words[near])
        if mode is None or mode in modes or near == index:
            continue
        at_noun = tree.head[near] == index and tree.dep[near] in {"compound", "amod", "nmod", "obl", "nsubj"}
        joined = tree.dep[near] in {"obl", "nmod", "obl:agent"} and any(
            word in word_class("tool") for word in prepositions(tree, near)
        )
        if at_noun or (joined and near > index):
            modes.append(mode)
    return tuple(modes)
