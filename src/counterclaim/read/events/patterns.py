"""
The event patterns of `knowledge/events`, compiled for matching.

Comes in: rows of ``verbs``, ``nouns`` and ``operators`` in the notation of `knowledge/README.md`. Goes out:
patterns indexed by every surface form of their trigger words, so that a wrong lemma or tag does no harm.

    attack+on  obj=%talks !on=budget    ->   a trigger word, its particle, and conditions on its arguments

Limit: forms are made by rule plus the irregulars table; a verb missing there is inflected regularly.
"""

from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from counterclaim.errors import KnowledgeError
from counterclaim.knowledge import Row, load_table
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.forms import noun_forms, verb_forms

# A condition on words is worth more than one on mere presence; a particle nearly makes another verb.
_WEIGHT_WORDS, _WEIGHT_PRESENT, _WEIGHT_ABSENT = 3.0, 1.0, 0.25


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: this argument is there, is headed by one of these words, or must not be."""

    argument: str
    words: frozenset[str]
    negative: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way of writing a trigger: words that lead up to it, the word itself, words that follow."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """Where participants stand: alternatives in order of preference, each a group that is taken together."""

    actors: tuple[tuple[str, ...], ...]
    recipients: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled line: what must hold around a trigger, and what event it then is."""

    rule: str
    terms: tuple[Condition, ...]
    weight: float
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    roles: Roles


@dataclass(frozen=True, slots=True)
class Operator:
    """A compiled line of ``operators``: a word that acts on the event in one of its argument slots."""

    rule: str
    part: str
    slots: tuple[str, ...]
    terms: tuple[Condition, ...]
    weight: float
    force: str
    fallback: str
    roles: Roles


@dataclass(frozen=True, slots=True)
class Support:
    """A verb that lends its arguments to an event noun: "carried out", "came under"."""

    rule: str
    slot: str
    roles: Roles


Index = dict[str, tuple[tuple[Trigger, str], ...]]


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """The named word lists patterns refer to as ``%talks``, in every form."""
    classes: dict[str, frozenset[str]] = {}
    for row in load_table("events/classes"):
        forms: set[str] = set()
        for word in row.split("words", "|"):
            if word.startswith("%"):
                forms |= classes[word[1:]]
            else:
                forms |= noun_forms(word)
        classes[row["id"]] = frozenset(forms)
    return classes


def _expand(words: str, row: Row, *, verbs: bool) -> frozenset[str]:
    forms: set[str] = set()
    for word in words.replace("_", " ").split("|"):
        if word.startswith("%"):
            if word[1:] not in word_classes():
                raise KnowledgeError(
                    f"{row.table}.tsv line {row.line}: no word class {word!r} in events/classes.tsv."
                )
            forms |= word_classes()[word[1:]]
        else:
            forms |= noun_forms(word) | (verb_forms(word) if verbs else frozenset())
    return frozenset(forms)


def compile_terms(row: Row, column: str = "frame") -> tuple[tuple[Condition, ...], float]:
    """The conditions of a cell and how specific they are together."""
    terms: list[Condition] = []
    weight = 0.0
    for piece in row[column].split():
        negative = piece.startswith("!")
        argument, equals, words = piece.lstrip("!").partition("=")
        for name in argument.split("|"):
            if name.removesuffix("state").removesuffix("@") not in word_class("arguments"):
                raise KnowledgeError(
                    f"{row.table}.tsv line {row.line}: {piece!r} names no argument. Join two words with an underscore, "
                    "or add the name to arguments in english.tsv."
                )
        verbs = argument in {
            "verb",
            "xcomp",
            "near",
            "ccomp",
            "to",
            "of",
            "for",
            "from",
            "by",
            "without",
            "head",
            "comp",
        }
        terms.append(
            Condition(argument, _expand(words, row, verbs=verbs) if equals else frozenset(), negative)
        )
        if negative:
            weight += _WEIGHT_ABSENT
        else:
            weight += _WEIGHT_WORDS if equals else _WEIGHT_PRESENT
    return tuple(terms), weight


def compile_roles(cell: str, default: Roles) -> Roles:
    """``A=subj&with R=on|against``: groups joined by ``&``, alternatives by ``|``; ``-`` for nobody."""
    actors, recipients = default.actors, default.recipients
    for piece in cell.split():
        name, _, places = piece.partition("=")
        groups = () if places == "-" else tuple(tuple(group.split("&")) for group in places.split("|"))
        if name == "A":
            actors = groups
        else:
            recipients = groups
    return Roles(actors, recipients)


def _groups(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple((place,) for place in cell.split("|"))


VERB_ROLES = Roles(_groups("subj"), _groups("obj"))
NOUN_ROLES = Roles(_groups("by|subj|poss|adj|from"), _groups("on|against|upon|with|of"))


def _triggers(row: Row, *, verbs: bool) -> list[tuple[str, Trigger]]:
    """Surface forms of every alternative in ``words``; ``carry+out`` for verbs, ``air+strike`` for nouns."""
    found: list[tuple[str, Trigger]] = []
    for alternative in row.split("words", "|"):
        parts = alternative.split("+")
        if verbs:
            trigger, forms = Trigger((), tuple(parts[1:])), verb_forms(parts[0])
        else:
            trigger, forms = Trigger(tuple(parts[:-1]), ()), noun_forms(parts[-1])
        found.extend([(form, trigger) for form in forms])
    return sorted(found, key=itemgetter(0))


@cache
def pattern_index(table: str) -> dict[str, tuple[tuple[Trigger, Pattern], ...]]:
    """Every pattern of ``events/verbs`` or ``events/nouns`` under each surface form of its triggers."""
    verbs = table == "events/verbs"
    index: dict[str, list[tuple[Trigger, Pattern]]] = {}
    for row in load_table(table):
        terms, weight = compile_terms(row)
        roles = compile_roles(row["roles"], VERB_ROLES if verbs else NOUN_ROLES)
        pattern = Pattern(
            row.rule, terms, weight, row["type"], row.split("modes"), row.split("contexts"), roles
        )
        for form, trigger in _triggers(row, verbs=verbs):
            index.setdefault(form, []).append((trigger, pattern))
    return {form: tuple(entries) for form, entries in index.items()}


@cache
def operator_index() -> dict[str, tuple[tuple[Trigger, Operator], ...]]:
    """Every operator under each surface form of its words."""
    index: dict[str, list[tuple[Trigger, Operator]]] = {}
    for row in load_table("events/operators"):
        terms, weight = compile_terms(row)
        operator = Operator(
            rule=row.rule,
            part=row["part"],
            slots=row.split("slots", "|"),
            terms=terms,
            weight=weight,
            force=row["force"],
            fallback=row["fallback"],
            roles=compile_roles(row["roles"], VERB_ROLES if row["part"] == "verb" else NOUN_ROLES),
        )
        for form, trigger in _triggers(row, verbs=row["part"] == "verb"):
            index.setdefault(form, []).append((trigger, operator))
    return {form: tuple(entries) for form, entries in index.items()}


@cache
def support_index() -> dict[str, tuple[tuple[Trigger, Support], ...]]:
    """Every support verb under each of its forms."""
    index: dict[str, list[tuple[Trigger, Support]]] = {}
    nobody = Roles((), ())
    for row in load_table("events/support"):
        support = Support(row.rule, row["slot"], compile_roles(row["roles"], nobody))
        for form, trigger in _triggers(row, verbs=True):
            index.setdefault(form, []).append((trigger, support))
    return {form: tuple(entries) for form, entries in index.items()}


@cache
def compositions() -> dict[tuple[str, str, str], tuple[str, tuple[str, ...], str]]:
    """(force, type, mode) of the embedded event to the type, modes and rule of the whole; ``*`` for any mode."""
    table: dict[tuple[str, str, str], tuple[str, tuple[str, ...], str]] = {}
    for row in load_table("events/compositions"):
        for mode in row.split("mode", "|") or ("*",):
            table[row["force"], row["inner"], mode] = (row["type"], row.split("modes"), row.rule)
    return table


@cache
def instrument_modes() -> dict[str, str]:
    """Words that say with what an assault was made, to the mode they make it."""
    return {
        form: row["mode"]
        for row in load_table("events/instruments")
        for word in row.split("words", "|")
        for form in noun_forms(word)
    }


@cache
def context_words() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word to (the words after it, context) for every line of ``contexts``."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in load_table("events/contexts"):
        for phrase in row.split("words", "|"):
            first, *rest = phrase.split()
            if rest:
                for last in noun_forms(rest[-1]):
                    index.setdefault(first, []).append(((*rest[:-1], last), row["context"]))
            else:
                for form in noun_forms(first):
                    index.setdefault(form, []).append(((), row["context"]))
    return {first: tuple(entries) for first, entries in index.items()}
