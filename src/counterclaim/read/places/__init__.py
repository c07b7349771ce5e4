"""
Toponyms and places: every place name in the text, the place it means, and where each event happened.

In: the parsed text and its article; nobody has been looked for yet. Out: `Place` records with offsets, coordinates, country
and precision, in text order. Example: "Shells hit the spa town of Jermuk, Armenian officials said." -> Jermuk
(39.84, 45.67, ARM, city) and Armenian (adjectival, the country's point); the event "hit" happened in Jermuk.
A capital that stands for its government stays listed but is never where an event happened. What no table knows stays
listed without coordinates, precision ``unresolved``.
Limit: the bundled gazetteer's towns start at 500 inhabitants; `counterclaim gazetteer` makes larger ones.

    gazetteer.py   which places a name may stand for
    pieces.py      the text in words as names need them
    clues.py       what the words around a name say of it
    stretches.py   which runs of words may be a name
    toponyms.py    which of them name a place
    resolve.py     which of its bearers a name means here
    event_place.py where an event happened
    offsets.py     what is said of being beside that place
    compiler.py    how a gazetteer's file is made
    geonames.py    the full GeoNames dump, for the compiler
"""

from counterclaim.read.places.event_place import choose_place
from counterclaim.read.places.gazetteer import GazetteerEntry
from counterclaim.read.places.offsets import add_offset
from counterclaim.read.places.pieces import PiecedText
from counterclaim.read.places.resolve import resolve_places
from counterclaim.read.places.toponyms import Candidate, name_places
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Article, Mention, Place

__all__ = ["add_offset", "choose_place", "find_toponyms", "leave_people_out"]


def find_toponyms(tree: Tree, article: Article) -> tuple[Place, ...]:
    """Every place name of the text, adjectives and demonyms included, with the place it means."""
    around = PiecedText(tree)
    named = name_places(around)
    return tuple(
        _make_place(candidate, entry)
        for candidate, entry in zip(named, resolve_places(around, named, article), strict=True)
    )


def leave_people_out(toponyms: tuple[Place, ...], mentions: tuple[Mention, ...]) -> tuple[Place, ...]:
    """The toponyms but those that end what the actor stage knows as a leader's name: "Michael Jordan"."""
    people = {one.end_char: one.start_char for one in mentions if one.rule.startswith("leaders/")}
    return tuple(one for one in toponyms if people.get(one.end_char, one.end_char) > one.start_char)


def _make_place(candidate: Candidate, entry: GazetteerEntry | None) -> Place:
    if entry is None:
        return Place(
            text=candidate.text,
            start_char=candidate.start_char,
            end_char=candidate.end_char,
            name=candidate.text,
            geonameid=None,
            lat=None,
            lon=None,
            country=None,
            admin1=None,
            feature_code=None,
            precision="unresolved",
            adjectival=candidate.adjective,
            rule="name_tag",
        )
    return Place(
        text=candidate.text,
        start_char=candidate.start_char,
        end_char=candidate.end_char,
        name=entry.name,
        geonameid=entry.geonameid,
        lat=round(entry.lat, 4),
        lon=round(entry.lon, 4),
        country=entry.country,
        admin1=entry.admin1,
        feature_code=entry.feature,
        precision=entry.precision,
        adjectival=candidate.adjective,
        rule=entry.rule,
    )
