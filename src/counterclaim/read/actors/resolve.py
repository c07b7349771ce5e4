"""
Who a phrase speaks of: from its core and everything that modifies it to actors with country and sector.

In: a phrase and the date of publication. Out: actors (several where countries are coordinated) and the rule.
Example: "Armenia's Defense Ministry" -> ARM.GOV.MOD, Armenian Defence Ministry, ARM, GOV.
Limit: a person known only from the text gets the country and sector of the titles beside the name, nothing more.
"""

from dataclasses import replace

from counterclaim.read.actors.lexicon import Entry, row_words
from counterclaim.read.actors.metonyms import find_reading
from counterclaim.read.actors.nouns import resolve_noun, sector_actor
from counterclaim.read.actors.owners import find_owners, is_participial, role_entries
from counterclaim.read.actors.persons import resolve_own, resolve_person
from counterclaim.read.actors.phrases import is_definite, is_located, is_seated, names_place
from counterclaim.read.actors.records import Part, Phrase, Resolved
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Actor

# Names that may be a place's too; a country's is read by other rules.
_NAMES = frozenset(("person", "surname", "name", "organisation", "group", "body", "capital"))


def resolve(tree: Tree, phrase: Phrase, published: str | None) -> Resolved | None:
    """The actors of a phrase; None where it speaks of nobody."""
    core = phrase.core
    if core is None:
        return None
    kind = core.kind
    if kind in _NAMES and not phrase.parts and names_place(tree, phrase):
        return None
    if kind in {"person", "surname", "name"}:
        return resolve_person(tree, phrase, core, published)
    if kind in {"country", "organisation", "group"} and core.entry is not None and core.entry.own:
        return _resolve_own(tree, phrase, core, core.entry)
    if kind in {"country", "demonym", "adjective"}:
        return _resolve_country(tree, phrase, core)
    if kind in {"capital", "metonym"}:
        return _resolve_seat(tree, phrase, core)
    if kind in {"organisation", "group"}:
        return _resolve_body(tree, phrase, core)
    if kind == "body":
        return _resolve_unknown_body(tree, phrase, core)
    if kind in {"office", "title", "role"}:
        return resolve_noun(tree, phrase, core)
    return None


def _resolve_own(tree: Tree, phrase: Phrase, core: Part, entry: Entry) -> Resolved | None:
    """A state or body of the user's table: several where one name has several codes."""
    titles = tuple(title for title in role_entries(phrase) if title.kind == "title")
    if titles and not titles[-1].plural:
        # The table may file a person under a country: "Prime Minister Hale".
        lent = replace(entry, sector=None)
        made = resolve_own(phrase, lent, titles, find_owners(tree, phrase))
        name = tree.written(core.start, core.end)
        actors = tuple(replace(actor, actor_id=None, name=name) for actor in made.actors)
        return replace(made, actors=actors, person=None)
    read = _resolve_country if core.kind == "country" else _resolve_body
    resolved = read(tree, phrase, core)
    if resolved is None or len(core.entries) == 1:
        return resolved
    return replace(
        resolved,
        actors=tuple(
            Actor(
                one.country if one.kind == "country" else one.key,
                one.name,
                one.country,
                one.sector,
                one.other,
            )
            for one in core.entries
        ),
    )


def _located_with(tree: Tree, phrase: Phrase) -> bool:
    """Whether the phrase, or the one it is coordinated with, stands after a word of place."""
    if phrase.preposition:
        return is_located(phrase)
    index = phrase.head
    for _ in range(8):
        if tree.dep[index] not in {"conj", "appos"}:
            return False
        index = tree.head[index]
        for back in range(index - 1, max(index - 4, -1), -1):
            if tree.pos[back] == "ADP":
                return tree.words[back] in row_words("actor_words", "locative", "words")
            if tree.pos[back] not in {"DET", "ADJ", "PROPN", "NOUN"}:
                break
    return False


def _resolve_country(tree: Tree, phrase: Phrase, core: Part) -> Resolved | None:
    demonym = core.entry_of("demonym")
    country = core.entry_of("country")
    adjective = core.entry_of("adjective")
    if country is not None and not (demonym is not None and demonym.plural):
        before = phrase.words[: core.start - phrase.start]
        if _located_with(tree, phrase) or "former" in before:
            return None
        if any(word in row_words("actor_words", "region", "words") for word in before):
            return None
        if is_participial(tree, core):
            return None
        actor = Actor(country.key, country.name, country.country, country.sector)
        return Resolved((actor,), "name", country.rule)
    if demonym is not None and (demonym.plural or _is_noun_use(tree, phrase, core)):
        people = not is_definite(phrase) or len(phrase.words) > 2 or not demonym.plural
        text = tree.written(phrase.start, phrase.end)
        actor = Actor(None, text, demonym.country, "CVL" if people else None)
        return Resolved((actor,), "nominal", demonym.rule)
    subject = tree.dep[phrase.head] in {"nsubj", "nsubj:pass"} and tree.head[phrase.head] >= phrase.end
    if adjective is not None and is_definite(phrase) and subject:
        text = tree.written(phrase.start, phrase.end)
        return Resolved((Actor(None, text, adjective.country, None),), "nominal", adjective.rule)
    return None


def _is_noun_use(tree: Tree, phrase: Phrase, core: Part) -> bool:
    """Whether a word that may be adjective or noun is a noun here: "an Armenian", "three Japanese"."""
    before = phrase.words[: core.start - phrase.start]
    if not before or core.end != phrase.end:
        return False
    return tree.pos[core.end - 1] in {"NOUN", "PROPN"} and (
        before[-1] in word_class("one") or tree.pos[core.start - 1] == "NUM"
    )


def _resolve_seat(tree: Tree, phrase: Phrase, core: Part) -> Resolved | None:
    entry = core.entry
    if entry is None:
        return None
    if _is_dateline(tree, core):
        return None
    before = phrase.words[: core.start - phrase.start]
    if any(word in row_words("actor_words", "region", "words") for word in before):
        return None
    rule = find_reading(tree, phrase)
    if rule is None or is_participial(tree, core):
        return None
    return Resolved((seat_actor(entry),), "metonym", rule if entry.kind == "capital" else entry.rule)


def _is_dateline(tree: Tree, core: Part) -> bool:
    """Whether a city in capitals opens a report: "TBILISI, Sept 14 (Reuters) -"."""
    name = "".join(tree.forms[core.start : core.end])
    if not name.isupper() or len(name) < 4 or core.end >= len(tree):
        return False
    opens = tree.starts[core.start] or core.start == 0 or tree.forms[core.start - 1].isspace()
    return (
        opens
        and tree.forms[core.end] in {",", "(", "-", "–", "—", ":", "/"}
        and not _shouts(tree, core.end + 8)
    )


def _shouts(tree: Tree, index: int) -> bool:
    """Whether the words around are in capitals too."""
    near = [word for word in tree.forms[max(0, index - 4) : index + 5] if word.isalpha()]
    return sum(map(str.isupper, near)) > 0.7 * len(near)


def seat_actor(entry: Entry) -> Actor:
    """A capital or seat that acts: the government, or who works in the building."""
    if entry.kind == "metonym":
        return Actor(entry.key, entry.name, entry.country, entry.sector)
    if entry.sector == "PRE":
        return Actor(entry.key, entry.name, entry.country, "PRE")
    return sector_actor(entry.key, entry.country or entry.key, "GOV")


def _resolve_body(tree: Tree, phrase: Phrase, core: Part) -> Resolved | None:
    entry = core.entry
    if entry is None or is_participial(tree, core):
        return None
    if is_seated(phrase) or _in_dateline(tree, core):
        return None
    actor = Actor(entry.key, entry.name, entry.country, entry.sector, entry.other)
    return Resolved((actor,), "name", entry.rule)


def _in_dateline(tree: Tree, core: Part) -> bool:
    """Whether an agency stands in brackets before the dash that opens a report: "(Reuters) -"."""
    before, after = core.start - 1, core.end
    if before < 0 or after + 1 >= len(tree) or tree.forms[before] != "(" or tree.forms[after] != ")":
        return False
    return tree.forms[after + 1] in {"-", "–", "—", "--"} or core.start < 12


def _resolve_unknown_body(tree: Tree, phrase: Phrase, core: Part) -> Resolved | None:
    if is_seated(phrase) or _in_dateline(tree, core) or _is_taken(tree, phrase, core):
        return None
    return resolve_unknown_body(tree, phrase, core, None)


def _is_taken(tree: Tree, phrase: Phrase, core: Part) -> bool:
    """Whether a single unknown name is what troops take or shell: a place, whatever the tagger says of it."""
    at = phrase.head
    return (
        core.end - core.start == 1
        and not phrase.parts
        and tree.dep[at] in {"obj", "nsubj:pass"}
        and tree.lemmas[tree.head[at]] in row_words("actor_words", "occupied", "words")
    )


def resolve_unknown_body(tree: Tree, phrase: Phrase, core: Part, beside: Phrase | None) -> Resolved:
    """An organisation that no table knows, with what a phrase in apposition says of it."""
    owners = find_owners(tree, phrase)
    if beside is not None:
        lent = resolve_noun(tree, beside, beside.core) if beside.core is not None else None
        if lent is not None and lent.actors:
            name = tree.written(core.start, core.end)
            first = lent.actors[0]
            return Resolved(
                (Actor(None, name, first.country, first.sector, first.other_sectors),), "name", lent.rule
            )
    country = next((owner.country for owner in owners if owner.country), None)
    if country is None:
        country = next((entry.country for entry in core.entries if entry.country), None)
    titles = role_entries(phrase)
    inside = tuple(entry for entry in core.entries if entry.kind in {"office", "role"})
    sector = next((entry.sector for entry in (*reversed(titles), *reversed(inside)) if entry.sector), None)
    name = tree.written(core.start, core.end)
    return Resolved((Actor(None, name, country, sector),), "name", "unknown/body")
