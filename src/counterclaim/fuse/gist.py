"""
What two tellings are compared by, and nothing else: small enough to be kept beside each telling and read back by the thousand.

Comes in: a `Telling`. Goes out: its `Gist`, and a text of it that a store keeps. Everything that `match.fit` asks and everything that
blocks are made of is a function of the gist, so that of two gists that are equal nothing need be compared again.

"Oreno's army said rebels shelled Kitwe on Monday" is ASSAULT, happened, 2024-05-06, Kitwe, by rebels; that the army says so is not in
it: who tells decides nothing about which event it is.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import NamedTuple

from counterclaim.fuse.words import find_terms
from counterclaim.types import Count, DateRange, Place, Realis, Telling, Victims

_PLACE = ("name", "geonameid", "lat", "lon", "country", "admin1", "feature_code", "precision")
_VICTIMS = ("country", "sector", "name")


class Figure(NamedTuple):
    """How many, of whom."""

    kind: str
    low: int | None
    high: int | None
    victims: Victims | None


@dataclass(frozen=True, slots=True)
class Gist:
    """
    A telling as fusion compares it.

    Attributes:
        anchor, mention: Name it; the order of both is the order of all tellings.
        print: The same for what copies of one story tell in the same sentence.
        terms: The most telling words of its article, as `words.find_terms` weighs them.
    """

    anchor: str
    mention: str
    article: str
    story: str
    published: str | None
    type: str
    modes: tuple[str, ...]
    realis: Realis
    date: DateRange | None
    place: Place | None
    did: frozenset[str]
    suffered: frozenset[str]
    figures: tuple[Figure, ...]
    trigger: str
    start_char: int
    print: str
    terms: dict[str, float] = field(compare=False, repr=False, hash=False)

    @property
    def order(self) -> tuple[str, str]:
        """Sorts tellings."""
        return self.anchor, self.mention


def make_gist(telling: Telling) -> Gist:
    """The telling's gist."""
    mention, article = telling.mention, telling.article
    date, place = mention.date, mention.place
    return Gist(
        telling.anchor,
        mention.id,
        article.id,
        telling.story,
        article.published,
        mention.type,
        mention.modes,
        telling.realis,
        DateRange("", 0, 0, date.start, date.end, date.precision) if date else None,
        Place("", 0, 0, *(getattr(place, name) for name in _PLACE)) if place else None,
        telling.did,
        telling.suffered,
        tuple(Figure(one.kind, one.low, one.high, victims_of(one)) for one in mention.counts),
        mention.trigger.text,
        mention.trigger.start_char,
        _print(telling),
        find_terms(article.text),
    )


def victims_of(count: Count) -> Victims | None:
    """Whose losses: by country and sector, else by name; None where nobody says."""
    if count.victims is None:
        return None
    actor = count.victims.actor
    if actor.country or actor.sector:
        return Victims(actor.country, actor.sector)
    return Victims(None, None, actor.name)


def _print(telling: Telling) -> str:
    """Of the sentence, where in it the trigger stands, and how and by whom it is told."""
    mention = telling.mention
    start, end = _find_sentence(telling)
    sentence = " ".join(telling.article.text[start:end].split())
    told = mention.type, mention.stance, mention.auxiliary, telling.claimant.key
    whole = repr((sentence, mention.trigger.start_char - start, *told))
    return hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _find_sentence(telling: Telling) -> tuple[int, int]:
    """Of its trigger; the trigger alone where the claim of its type is gone."""
    trigger = telling.mention.trigger
    return next(
        (
            (claim.sentence_start_char, claim.sentence_end_char)
            for claim in telling.claims
            if claim.start_char == trigger.start_char
        ),
        (trigger.start_char, trigger.end_char),
    )


def to_text(gist: Gist) -> str:
    """All but the terms, which are the article's and are kept once."""
    date, place = gist.date, gist.place
    return json.dumps(
        [
            *(gist.anchor, gist.mention, gist.article, gist.story, gist.published),
            *(gist.type, gist.modes, gist.realis),
            [date.start, date.end, date.precision] if date else None,
            [getattr(place, name) for name in _PLACE] if place else None,
            sorted(gist.did),
            sorted(gist.suffered),
            [
                (*one[:3], [getattr(one.victims, name) for name in _VICTIMS] if one.victims else None)
                for one in gist.figures
            ],
            *(gist.trigger, gist.start_char, gist.print),
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_text(text: str, terms: dict[str, float]) -> Gist:
    """The gist that `to_text` made the text of; with the terms of its article."""
    anchor, mention, article, story, published, kind, modes, realis, *rest = json.loads(text)
    date, place, did, suffered, figures, trigger, start_char, printed = rest
    return Gist(
        *(anchor, mention, article, story, published, kind, tuple(modes), realis),
        DateRange("", 0, 0, *date) if date else None,
        Place("", 0, 0, *place) if place else None,
        *(frozenset(did), frozenset(suffered)),
        tuple(
            Figure(what, low, high, Victims(*whose) if whose else None) for what, low, high, whose in figures
        ),
        trigger,
        start_char,
        printed,
        terms,
    )
