"""
Offices, titles and role nouns: with a country they make actors, alone they lend a sector.

In: a phrase with such a noun at its core. Out: its actors, and whether earlier text is needed to understand it.
Example: "Malian troops" -> MLI.MIL; "the ministry" -> anaphoric.
Limit: what a noun means in another trade ("a tennis court") is not told apart.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors.lexicon import Entry, load_lexicon, row_words
from counterclaim.read.actors.owners import find_owners, find_sector, is_participial, role_entries
from counterclaim.read.actors.phrases import is_definite, is_indefinite, is_seated, words
from counterclaim.read.actors.records import STATE, Owner, Part, Phrase, Resolved
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Actor

_SECTOR_NOUNS = {
    "GOV": "government",
    "MIL": "armed forces",
    "COP": "police",
    "JUD": "judiciary",
    "LEG": "parliament",
    "SPY": "intelligence services",
}


def resolve_noun(tree: Tree, phrase: Phrase, core: Part) -> Resolved | None:
    """The actors of a phrase about an office, a title or a role; None where the noun speaks of nobody here."""
    entry = core.entry
    if entry is None:
        return None
    # "the military" is a noun whatever the tagger says; a bare "military" at the end of nothing is not.
    adjectival = tree.pos[core.end - 1] == "ADJ" and core.end - core.start == 1 and not entry.plural
    if adjectival and phrase.start == core.start:
        return None
    owners = find_owners(tree, phrase)
    if core.kind == "office" and is_seated(phrase):
        return None
    if (
        tree.dep[phrase.head] in {"compound", "amod"}
        and phrase.start <= tree.head[phrase.head] - 1 < phrase.end
    ):
        return None
    entry = _best_noun(core, entry, owned=bool(owners))
    needs = entry.detail.split(";")
    named = any(
        part.kind in {"name", "body", "person", "surname", "group", "organisation"}
        or is_participial(tree, part)
        for part in phrase.parts
    )
    capitalised = _unknown_name(tree, phrase, core)
    anaphoric = not named and capitalised is None and _needs_antecedent(phrase, owners)
    counted = entry.key == "civilian" and any(tree.pos[at] == "NUM" for at in range(phrase.start, core.start))
    if "modifier" in needs and not (owners or named or anaphoric or counted or capitalised is not None):
        return None
    if "modifier" in needs and "former" in phrase.words:
        return None
    if "plural" in needs and not entry.plural and not words(phrase) & {"ethnic", "another"}:
        return None
    if "speaker" in needs and phrase.end < len(tree) and tree.words[phrase.end] in {"of", "for"}:
        return None
    if "speaker" in needs and not phrase.parts:
        withheld = row_words("actor_words", "withheld", "words")
        if not (entry.plural or words(phrase) & withheld or is_indefinite(phrase)):
            return None
        if core.start > phrase.start and tree.pos[core.start - 1] in {"NOUN", "PROPN"}:
            return None
    earlier = role_entries(phrase)
    former = bool(words(phrase) & row_words("actor_words", "former", "words"))
    anonymous = _is_anonymous(phrase, core, entry)
    made = _noun_actors(tree, phrase, entry, earlier, owners, capitalised, former=former)
    titled = tree.forms[core.end - 1][:1].isupper() and not entry.plural
    called = capitalised is not None and (entry.body or titled)
    kind = "name" if called or (core.kind == "office" and owners) else "nominal"
    titles = (*earlier, entry) if core.kind == "title" else earlier
    return Resolved(made, kind, entry.rule, anaphoric and not owners, anonymous, titles)


def _best_noun(core: Part, entry: Entry, *, owned: bool) -> Entry:
    """Among readings of one noun: offices before titles before roles, and of two roles the one whose needs are met."""
    for kind in ("office", "title"):
        found = core.entry_of(kind)
        if found is not None:
            return found
    readings = [reading for reading in core.entries if reading.kind == "role"]
    for reading in readings:
        needs = reading.detail.split(";")
        if ("modifier" not in needs or owned) and ("plural" not in needs or reading.plural):
            return reading
    return readings[0] if readings else entry


def _needs_antecedent(phrase: Phrase, owners: tuple[Owner, ...]) -> bool:
    if owners or any(part.kind in {"name", "body", "person", "surname"} for part in phrase.parts):
        return False
    if phrase.core is not None and phrase.core.kind == "office" and not is_indefinite(phrase):
        return True
    if phrase.pronoun is not None:
        return True
    if (
        phrase.owner is not None
        and phrase.owner.core is not None
        and phrase.owner.core.kind in {"role", "title", "office"}
    ):
        return True
    return is_definite(phrase) or any(is_definite(tail) for tail in phrase.tail)


def _unknown_name(tree: Tree, phrase: Phrase, core: Part) -> str | None:
    """The phrase as a name where capitalised words that no table knows stand before a noun: "the Maute group"."""
    named = [
        index
        for index in range(phrase.start, core.start)
        if tree.pos[index] == "PROPN"
        and tree.forms[index][:1].isupper()
        and not any(part.start <= index < part.end for part in phrase.parts)
    ]
    titled = tree.forms[core.end - 1][:1].isupper()
    opening = bool(named) and named[0] == phrase.start and tree.starts[phrase.start]
    inside = set(tree.words[core.start : core.end])
    if (
        not named
        and titled
        and core.kind == "role"
        and tree.forms[core.start][:1].isupper()
        and inside & {"of", "for"}
    ):
        return tree.written(core.start, core.end)  # "the Union of Dockers"
    if not named or (opening and len(named) == 1 and not titled):
        return None
    if tree.words[core.end - 1] in row_words("actor_words", "homeland", "words"):
        return None  # "Zamfara state" is a place.
    first = named[0]
    # "New Mexico's governor": all of its owner.
    while (
        first > phrase.start
        and tree.pos[first - 1] in {"PROPN", "ADJ"}
        and tree.forms[first - 1][:1].isupper()
    ):
        first -= 1
    return tree.written(first, core.end)


def _is_anonymous(phrase: Phrase, core: Part, entry: Entry) -> bool:
    if core.kind == "office" or entry.body:
        return False
    if phrase.words and phrase.words[0] == "the":
        return False
    withheld = words(phrase) & row_words("actor_words", "withheld", "words")
    indefinite = bool(phrase.words) and phrase.words[0] in word_class("one") - {"another"}
    spoken = "anonymous" in entry.detail
    return spoken or (core.kind == "title" and (bool(withheld) or indefinite or entry.plural))


def _noun_actors(
    tree: Tree,
    phrase: Phrase,
    entry: Entry,
    earlier: tuple[Entry, ...],
    owners: tuple[Owner, ...],
    capitalised: str | None,
    *,
    former: bool,
) -> tuple[Actor, ...]:
    sector, other = find_sector((*earlier, entry))
    text = tree.written(phrase.start, phrase.end)
    if former and sector in STATE:
        return tuple(Actor(None, text, owner.country, "ELI") for owner in owners) or (
            Actor(None, text, None, "ELI"),
        )
    if entry.key == "elite":
        return tuple(Actor(None, text, owner.country, "ELI") for owner in owners) or (
            Actor(None, text, None, "ELI"),
        )
    actors: list[Actor] = []
    for owner in owners or (Owner(None),):
        actor = _owned_actor(
            phrase, entry, sector, other, owner, capitalised or text, lesser=_is_lesser(phrase)
        )
        if actor not in actors:
            actors.append(actor)
    return tuple(actors)


def noun_actors(tree: Tree, phrase: Phrase, entry: Entry, owners: tuple[Owner, ...]) -> tuple[Actor, ...]:
    """The actors of a phrase whose owners earlier text has supplied: "its soldiers", "the country's army"."""
    former = bool(words(phrase) & row_words("actor_words", "former", "words"))
    return _noun_actors(tree, phrase, entry, role_entries(phrase), owners, None, former=former)


def _is_lesser(phrase: Phrase) -> bool:
    return bool(words(phrase) & row_words("actor_words", "lesser", "words"))


def _owned_actor(
    phrase: Phrase,
    entry: Entry,
    sector: str | None,
    other: tuple[str, ...],
    owner: Owner,
    text: str,
    *,
    lesser: bool,
) -> Actor:
    body = owner.entry
    if body is not None and body.kind == "group":
        if words(phrase) & row_words("actor_words", "offshoot", "words"):
            return Actor(None, text, owner.country or body.country, body.sector, body.other)
        # "Hamas fighters", "the Taliban leadership": the group itself acts in its people.
        if entry.kind == "title":
            return Actor(None, text, body.country, body.sector, body.other)
        if entry.key == "civilian" and words(phrase) & row_words("actor_words", "ranks", "words"):
            return Actor(body.key or None, body.name, body.country, body.sector, body.other)  # "its men"
        if sector not in {None, "REB", "UAF", "PRM", "PTY", "MIL", "GOV", body.sector}:
            return Actor(None, text, body.country, sector, other)
        return Actor(body.key, body.name, body.country, body.sector, body.other)
    if body is not None:
        if entry.sector is None:
            return Actor(None, text, owner.country, body.sector or "GOV", body.other)
        return Actor(None, text, owner.country, sector or owner.sector, other)
    country, state = owner.country, owner.state
    if country is None or state is None:
        return Actor(None, text, country, sector or owner.sector, other)
    if owner.sector == "PRE":
        return Actor(None, text, country, "PRE", tuple(s for s in (sector,) if s))
    if sector is None:
        sector = owner.sector or ("GOV" if entry.key == "leader" or entry.kind == "title" else None)
    adjective = load_lexicon().country_adjectives.get(state, state)
    if entry.kind == "office":
        code = office_code(entry)
        if not code and sector in STATE:
            return sector_actor(state, country, sector)
        if not code:
            return Actor(None, text, country, sector, other)
        return Actor(f"{state}.{sector}.{code}", f"{adjective} {_office_name(entry)}", country, sector)
    if entry.kind == "title" and "unique" in entry.detail and not entry.plural and not lesser:
        return Actor(
            f"{state}.{sector}.{entry.key.upper()}", f"{adjective} {entry.name}", country, sector, other
        )
    if sector in STATE and entry.kind == "role" and not other and entry.plural:
        return sector_actor(state, country, sector)
    if sector in STATE and entry.kind == "role" and entry.body:
        return sector_actor(state, country, sector)
    return Actor(None, text, country, sector, other)


def sector_actor(state: str, country: str, sector: str) -> Actor:
    """An arm of a state, whoever serves in it: ``ARM.MIL``, Armenian armed forces."""
    adjective = load_lexicon().country_adjectives.get(state, state)
    return Actor(f"{state}.{sector}", f"{adjective} {_SECTOR_NOUNS[sector]}", country, sector)


@cache
def _offices() -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["code"], row.split("names")[0]) for row in load_table("offices")}


def office_code(entry: Entry) -> str:
    """The last piece of the actor ids of an office; empty for a whole sector."""
    return _offices()[entry.key][0]


def _office_name(entry: Entry) -> str:
    """The first of the office's names, so that "Defense Ministry" and "Ministry of Defence" are one."""
    return _offices()[entry.key][1]
