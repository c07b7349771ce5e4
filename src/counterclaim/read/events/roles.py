"""
From places in the clause to mentions: who fills an event's roles.

Comes in: a trigger, the role places of its pattern, and the article's mentions. Goes out: actors and
recipients, coordinated ones all, in text order. A head that is no mention itself ("Azerbaijani positions",
"dozens of protesters", "the Israel-Hamas war") gives the mentions that say whose it is.

    "clashes between Chad and Niger"   between -> Chad, Niger

Limit: a participant named only two sentences back, without a pronoun here, is not found.
"""

from collections.abc import Iterable, Iterator

from counterclaim.read.events.patterns import Roles, pattern_index
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import (
    at_the_hands_of,
    is_verb,
    objects,
    prepositional,
    prepositions,
    subjects,
    surface_subjects,
    with_preposition,
)
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Mention

_OWNERS = frozenset(("nmod:poss", "amod", "compound", "nmod:desc", "flat", "nmod:unmarked"))


class Participants:
    """The mentions of one document, found by the words they stand on."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.by_head: dict[int, Mention] = {}
        self.twins: dict[int, tuple[Mention, ...]] = {}
        self.covering: dict[int, Mention] = {}
        for mention in tree.mentions:
            known = self.by_head.get(mention.head)
            if known is None or mention.end - mention.start > known.end - known.start:
                self.by_head[mention.head] = mention
            elif (known.start, known.end) == (mention.start, mention.end):
                # "Kyrgyz and Tajik border guards": one phrase, two actors
                self.twins[mention.head] = (*self.twins.get(mention.head, ()), mention)
            for index in range(mention.start, mention.end):
                inner = self.covering.get(index)
                if inner is None or mention.end - mention.start > inner.end - inner.start:
                    self.covering[index] = mention

    def at(self, index: int) -> tuple[Mention, ...]:
        """The mention headed here, else those that say whose this is."""
        mention = self.by_head.get(index)
        if mention is not None:
            return (mention, *self.twins.get(index, ()))
        cover = self.covering.get(index)
        if cover is not None and cover.kind != "adjective":
            return (cover,)
        return self.owners(index)

    def all_at(self, indexes: Iterable[int]) -> tuple[Mention, ...]:
        """The mentions at these heads and at everything coordinated with them."""
        found: list[Mention] = []
        for index in indexes:
            for part in self._together(index):
                found.extend(mention for mention in self.at(part) if mention not in found)
        return tuple(found)

    def _together(self, index: int) -> Iterator[int]:
        """All coordinated with this head; "old foes Peru and Chile" coordinates the names below foes."""
        for part in self.tree.conjuncts(index):
            yield part
            for name in self.tree.child(part, "appos", "flat"):
                # a name that stands for the noun itself is its mention already
                yield from self.tree.conjuncts(name)[1 if part in self.by_head else 0 :]

    def owners(self, index: int, depth: int = 0) -> tuple[Mention, ...]:
        """The mentions that say whose a thing is: "Chadian positions", "the towns of Niger"."""
        tree = self.tree
        found: list[Mention] = []
        for kid in tree.kids[index]:
            if tree.words[kid] == "led" and tree.dep[kid] == "amod":
                # "US-led strikes"
                found.extend(self.by_head[lead] for lead in tree.kids[kid] if lead in self.by_head)
            elif tree.dep[kid] == "nmod:poss" and tree.words[index] in word_class("opposed"):
                continue  # "his rivals" act, not he
            elif tree.dep[kid] in _OWNERS and tree.words[kid] not in word_class("brokers"):
                mention = self.by_head.get(kid) or self.covering.get(kid)
                if mention is not None and self._says_whose(mention, index):
                    found.append(mention)
                    found.extend(
                        more for part in tree.conjuncts(kid)[1:] for more in self.at(part) if more != mention
                    )
        if found or depth >= 2:
            return tuple(dict.fromkeys(found))
        # "the shelling of a clinic" is not the clinic's; "the shelling by troops" is theirs
        blow = tree.words[index] in word_class("blows")
        for word, kid in prepositional(tree, index):
            if (
                word in word_class("agent" if blow else "within")
                and tree.dep[kid] == "nmod"
                and (kid - index) <= 8
            ):
                mention = self.by_head.get(kid)
                if mention is not None and self._is_place_name(word, mention, index):
                    break
                found.extend((mention,) if mention is not None else self.owners(kid, depth + 1))
                if found:
                    break
        return tuple(dict.fromkeys(found))

    def _says_whose(self, mention: Mention, noun: int) -> bool:
        """Whether an adjective names an owner: "military positions" do, a "military operation" does not."""
        return (
            mention.kind != "adjective"
            or mention.actor.country is not None
            or not (
                self.tree.words[noun] in word_class("deeds")
                or self.tree.words[noun] in pattern_index("events/nouns")
            )
        )

    def _is_place_name(self, word: str, mention: Mention, noun: int) -> bool:
        """As in "the towns of Duma and Mar": what a place is called, even where an actor bears that name."""
        return (
            word == "of"
            and mention.kind == "name"
            and mention.actor.actor_id != mention.actor.country
            and self.tree.words[noun] in word_class("settlements")
        )

    def modifiers(self, index: int) -> tuple[Mention, ...]:
        """Mentions among the words before a noun: "Israeli strikes", "the Sudan-Chad war", not "UN-brokered"."""
        tree = self.tree
        found: list[Mention] = []
        for kid in tree.kids[index]:
            if kid >= index or tree.dep[kid] not in {
                "amod",
                "compound",
                "nmod:desc",
                "nmod:unmarked",
                "flat",
            }:
                continue
            if self._is_broker(kid):
                continue
            for part in (*self._below(kid), *tree.conjuncts(kid)):
                mention = self.by_head.get(part) or self.covering.get(part)
                if mention is None or mention.start >= index or mention in found:
                    continue
                actor = mention.actor
                if mention.kind == "adjective" and actor.country is None and actor.sector == "MIL":
                    continue  # "military strikes": a kind of strike, whoever made it
                found.append(mention)
        return tuple(found)

    def _is_broker(self, kid: int) -> bool:
        last = self.tree.words[kid].rpartition("-")[2]
        return last in word_class("brokers") or any(
            self.tree.words[near] in word_class("brokers")
            for near in (kid, min(kid + 2, self.tree.size - 1))
            if self.tree.head[near] == self.tree.head[kid] or near == kid or self.tree.head[kid] == near
        )

    def _below(self, index: int) -> list[int]:
        return [index, *(sub for kid in self.tree.kids[index] if kid < index for sub in self._below(kid))]


class Places:
    """Resolves the role places of one trigger, its support verb included, to token heads and mentions."""

    def __init__(
        self, people: Participants, trigger: int, *, verbal: bool, support: tuple[int, Roles] | None
    ) -> None:
        self.people = people
        self.tree = people.tree
        self.trigger = trigger
        self.verbal = verbal
        self.support = support

    def heads(self, place: str) -> tuple[int, ...]:
        """Token heads standing in one place of the trigger."""
        tree, trigger = self.tree, self.trigger
        if self.verbal:
            match place:
                case "subj":
                    return subjects(tree, trigger)
                case "surface":
                    return surface_subjects(tree, trigger)
                case "obj":
                    return objects(tree, trigger)
                case "iobj":
                    return tree.child(trigger, "iobj")
                case "xsubj":
                    return tuple(
                        head for kid in tree.child(trigger, "xcomp", "ccomp") for head in subjects(tree, kid)
                    )
                case "xarg":
                    return self._arguments_below()
                case "hands":
                    return at_the_hands_of(tree, trigger)
                case "objof":
                    return tuple(
                        kid
                        for head in objects(tree, trigger)
                        for word, kid in prepositional(tree, head)
                        if word in {*word_class("agent"), "of"}
                    )
                case _:
                    return with_preposition(tree, trigger, place)
        match place:
            case "poss":
                return tree.child(trigger, "nmod:poss")
            case "doer":
                # "denied any support for": whoever denies would have given it
                verb = tree.head[trigger]
                held = tree.dep[trigger] == "obj" and is_verb(tree, verb)
                return subjects(tree, verb) if held else ()
            case "clause":
                # "during a call with Oslo, the premier ...": the clause's subject takes part
                if not word_class("while_meeting").intersection(prepositions(tree, trigger)):
                    return ()
                head = tree.head[trigger]
                return subjects(tree, head) if is_verb(tree, head) else (head,)
            case "from" | "by":
                # "calls for calm from Oslo": the phrase may hang on what is called for
                return with_preposition(tree, trigger, place) or tuple(
                    below
                    for kid in tree.child(trigger, "nmod")
                    for below in with_preposition(tree, kid, place)
                )
            case "subj":
                # "remains the largest donor": the subject of a predicate noun
                return (
                    surface_subjects(tree, trigger)
                    if tree.child(trigger, "cop") or tree.dep[trigger] == "xcomp"
                    else ()
                )
            case "obj" | "surface":
                return ()
            case _:
                return with_preposition(tree, trigger, place)

    def _arguments_below(self) -> tuple[int, ...]:
        """Objects and obliques of the infinitive: "agreed to share data with Peru"."""
        tree = self.tree
        found: list[int] = []
        for verb in tree.child(self.trigger, "xcomp", "advcl"):
            for below in (verb, *tree.child(verb, "xcomp")):
                found.extend(tree.child(below, "iobj", "obj"))
                found.extend(kid for _, kid in prepositional(tree, below) if not is_verb(tree, kid))
        return tuple(head for head in found if self.people.at(head))

    def mentions(self, place: str) -> tuple[Mention, ...]:
        """Mentions standing in one place of the trigger."""
        if not self.verbal and place == "adj":
            return self.people.modifiers(self.trigger)
        if place == "objposs":
            return tuple(
                mention for head in objects(self.tree, self.trigger) for mention in self.people.owners(head)
            )
        return self.people.all_at(self.heads(place))

    def fill(self, groups: tuple[tuple[str, ...], ...]) -> tuple[Mention, ...]:
        """The first alternative that names anybody; the places of one alternative together."""
        for group in groups:
            found: list[Mention] = []
            for place in group:
                found.extend(mention for mention in self.mentions(place) if mention not in found)
            if found:
                return tuple(found)
        return ()


def fill_roles(places: Places, roles: Roles) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """
    Actors and recipients of a trigger.

    A support verb's own arguments come first: in "rebels carried out an attack", the rebels attack. In a
    group joined by ``&`` all parties are actors, and a recipient already an actor is dropped.
    """
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    if places.support is not None:
        verb, lent = places.support
        at_verb = Places(places.people, verb, verbal=True, support=None)
        actors = at_verb.fill(lent.actors)
        recipients = at_verb.fill(lent.recipients)
    reciprocal = any(len(group) > 1 for group in roles.actors)
    if not actors or reciprocal:
        own = places.fill(roles.actors)
        actors = tuple(dict.fromkeys((*actors, *own)))
    if not recipients:
        recipients = places.fill(roles.recipients)
    return actors, tuple(mention for mention in recipients if mention not in actors)
