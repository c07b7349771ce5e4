"""
Whose somebody is: the countries and bodies that modify a phrase, own it or stand behind it.

In: a phrase. Out: owners, several where they are coordinated; each lends a country, a sector or itself.
Example: "the Kyrgyz and Tajik guards" -> KGZ and TJK; "Hamas fighters" -> the group; "Moscow-led forces" -> nobody.
Limit: of a chain of owners ("France's ally's army") only the nearest that is known counts.
"""

from dataclasses import replace

from counterclaim.read.actors.lexicon import Entry, row_words
from counterclaim.read.actors.metonyms import find_reading
from counterclaim.read.actors.records import STATE, Owner, Part, Phrase
from counterclaim.read.syntax.classes import HYPHENS, word_class
from counterclaim.read.syntax.tree import Tree


def find_owners(tree: Tree, phrase: Phrase) -> tuple[Owner, ...]:
    """The countries and bodies that modify a phrase: adjectives first, then what stands behind it, then its owner."""
    shared = [owner_of(part) for part in phrase.shared]
    owners = [owner for owner in shared if owner is not None]
    nearest: Owner | None = None
    hyphenated: list[Owner] = []
    last: Part | None = None
    for part in reversed(phrase.parts):
        if part.kind == "word" or is_participial(tree, part):
            continue
        owner = owner_of(part)
        if part.kind in {"capital", "metonym"} and find_reading(tree, phrase, modifying="compound") is None:
            owner = _lend_place(part, phrase)
        if owner is None:
            continue
        following, last = last, part
        if nearest is None:
            nearest = owner
        elif following is not None and _is_minority(part, following):
            nearest = owner  # "Kosovo Serb leaders" are of Kosovo
        elif (
            part.end < len(tree) and tree.forms[part.end] in HYPHENS and part.kind in {"adjective", "country"}
        ):
            # "Turkish-Syrian border guards" serve both.
            hyphenated.insert(0, owner)
        elif nearest.country is None and owner.country is not None:
            nearest = replace(nearest, country=owner.country, state=owner.state)
    if nearest is not None and last is not None and last.kind == "country" and phrase.owner is not None:
        # "China's Taiwan Affairs Office": what it deals with; "Turkey's Syrian proxies" are Syrian.
        beyond = phrase.owner.core
        if beyond is not None and beyond.kind == "country":
            return owners_through(tree, phrase.owner)
    if nearest is not None:
        if (
            nearest.state is None
            and phrase.tail
            and phrase.tail_word in row_words("actor_words", "inhabited", "words")
        ):
            # "an Islamic State affiliate in the Philippines": of the group, but there.
            there = next((owner for tail in phrase.tail for owner in owners_through(tree, tail)), None)
            nearest = replace(nearest, country=there.country) if there is not None else nearest
        return (*owners, *hyphenated, nearest)
    if phrase.tail:
        tails = [owner for tail in phrase.tail for owner in owners_through(tree, tail)]
        if tails:
            return tuple(dict.fromkeys(tails))
    if phrase.owner is not None:
        seat = phrase.owner.core is not None and phrase.owner.core.kind == "capital"
        if seat and find_reading(tree, phrase, modifying="possessive") is None:
            lent = _lend_place(phrase.owner.core, phrase) if phrase.owner.core is not None else None
            return (*owners, *((lent,) if lent is not None else ()))
        return owners_through(tree, phrase.owner)
    return tuple(owners)


def _lend_place(part: Part, phrase: Phrase) -> Owner | None:
    """The country of a capital that says where somebody is at home: "Kabul police", "a Minsk court"."""
    place, core = part.entry, phrase.core
    noun = core.entry if core is not None and core.kind in {"office", "role", "title"} else None
    if place is None or noun is None or part.kind != "capital":
        return None
    rooted = noun.sector in row_words("actor_words", "rooted", "words")
    return Owner(place.country) if rooted else None


def _is_minority(part: Part, following: Part) -> bool:
    """Whether a country stands right before another, or its people: "Bosnian Serb", "the US Iran envoy"."""
    states = {"adjective", "country", "demonym"}
    return part.end == following.start and part.kind in states and following.kind in states


def is_participial(tree: Tree, part: Part) -> bool:
    """Whether a part is the first half of "Moscow-led", "US-backed": whose help, not whose."""
    at = part.end
    return (
        at + 1 < len(tree)
        and tree.forms[at] in HYPHENS
        and (
            tree.pos[at + 1] in {"VERB", "ADJ"}
            or tree.words[at + 1].endswith(tuple(word_class("compounded")))
        )
        and not tree.forms[at + 1][:1].isupper()
        and tree.words[at + 1] not in row_words("actor_words", "lending", "words")
    )


def owner_of(part: Part) -> Owner | None:
    """What a part lends to the noun it modifies: a country, or the body itself."""
    entry = part.entry_of(
        "adjective", "country", "demonym", "capital", "metonym", "organisation", "group", "person"
    )
    if part.kind == "surname":
        # "the Assad regime", "the Biden administration"
        known = next((one for one in part.entries if one.kind == "surname" and one.detail == "alone"), None)
        return Owner(known.country, known.country) if known is not None else None
    if part.kind == "place" and part.entry is not None:
        return Owner(part.entry.country)  # of that country, but no arm of its state
    if entry is None or part.kind in {"title", "role", "office", "name"}:
        return None
    if entry.kind in {"organisation", "group"}:
        return Owner(entry.country, sector=entry.sector, entry=entry)
    if entry.kind == "metonym":
        return Owner(entry.country, entry.country, entry.sector, entry)
    sector = entry.sector if entry.sector == "PRE" else None
    return Owner(entry.country, entry.key if entry.kind != "person" else entry.country, sector)


def owners_through(tree: Tree, phrase: Phrase) -> tuple[Owner, ...]:
    """Whose a phrase is when another phrase owns it: "France's", "of the Libyan army's", "the Kremlin's"."""
    core = phrase.core
    if core is None:
        return find_owners(tree, phrase)
    own = owner_of(core)
    if own is not None:
        return (own,)
    beyond = find_owners(tree, phrase)
    entry = core.entry
    if entry is not None and core.kind in {"office", "title", "role"} and entry.sector:
        if not beyond:
            return ()
        return tuple(replace(owner, sector=owner.sector or entry.sector) for owner in beyond)
    return beyond


def find_sector(nouns: tuple[Entry, ...]) -> tuple[str | None, tuple[str, ...]]:
    """
    The sector, and others beside it, that titles, roles and offices in one phrase lend together.

    The last noun decides, unless its sector is only a default: "a rebel spokesman" is of the rebels.
    """
    given = [noun for noun in nouns if noun.sector]
    if not given:
        return None, ()
    chosen = given[-1]
    if "lent" in chosen.detail:
        # "civilian officials", "hostage negotiators" are neither civilians nor hostages.
        chosen = next((noun for noun in reversed(given[:-1]) if noun.sector != "CVL"), chosen)
    opposed = chosen.sector in STATE and any("OPP" in noun.other for noun in given)
    if opposed and "OPP" not in chosen.other:
        return chosen.sector, (*chosen.other, "OPP")  # "an opposition lawmaker"
    return chosen.sector, chosen.other


def role_entries(phrase: Phrase) -> tuple[Entry, ...]:
    """The titles, roles and offices that stand before the core, after those that own it ("for the rebels")."""
    behind = phrase.tail if phrase.tail_word in row_words("actor_words", "belonging", "words") else ()
    if phrase.owner is not None:
        behind = (phrase.owner, *behind)  # "the rebels' spokesman"
    parts = (*(owner.core for owner in behind if owner.core is not None), *phrase.parts)
    found = [part.entry for part in parts if part.kind in {"title", "role", "office"}]
    return tuple(entry for entry in found if entry is not None)
