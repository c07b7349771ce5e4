"""
The whole flow on one screen.

    gather   pages    -> articles   each alone; then near-copies collapse into stories
    read     article  -> claims     each alone
    fuse     claims   -> events     all together, disagreement kept

The order is fixed by meaning: attribution needs to know who the mentions are, events need to know whose
words they stand in, counts need the events they count. A stage is a function from the parsed text and
what earlier stages found to new frozen records; none edits another's output.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from counterclaim.gather import to_article
from counterclaim.read.acled import mark_events
from counterclaim.read.actors import (
    OwnActors,
    Phrase,
    find_mentions,
    find_role_mismatches,
    load_actors,
    read_phrases,
)
from counterclaim.read.attribution import find_attributions, find_source_flags
from counterclaim.read.casualties import find_counts
from counterclaim.read.claims import find_sentences, make_claims, make_events
from counterclaim.read.coreference import find_anaphors
from counterclaim.read.dates import find_times
from counterclaim.read.events import find_frames
from counterclaim.read.factuality import judge_frames
from counterclaim.read.parse import load_language, parse
from counterclaim.read.places import find_toponyms
from counterclaim.read.syntax import Tree, read_tree, settle
from counterclaim.signature import make_signature
from counterclaim.types import Article, Event, Judgement, Page, Reading, Story

if TYPE_CHECKING:
    from counterclaim.store.store import Store

# How often events are made anew because another process wrote to the store meanwhile.
FUSE_ATTEMPTS = 3


def read_mentions(
    doc: Doc, article: Article, actors: OwnActors | None = None
) -> tuple[Tree, tuple[Phrase, ...]]:
    """The parsed text as the one repaired tree that knows everybody it speaks of, and its actor phrases."""
    tree = read_tree(doc)
    phrases = read_phrases(tree, actors, article.published)
    named = find_mentions(tree, phrases, article)
    return settle(tree, named + find_anaphors(tree, phrases, named)), phrases


def read_article(article: Article, language: Language, actors: OwnActors | None = None) -> Reading:
    """Everything the article says: who did what to whom, where, when, how many, and who says so."""
    tree, phrases = read_mentions(parse(article.text, language), article, actors)
    toponyms = find_toponyms(tree, article)
    times = find_times(tree, article)
    attributions = find_attributions(tree)
    frames = judge_frames(tree, find_frames(tree, attributions), attributions, times)
    told = make_events(tree, frames, attributions, toponyms, times, find_counts(tree))
    events = mark_events(tree, told, article.published)
    flags = find_role_mismatches(phrases, article, tree.mentions) + find_source_flags(tree, attributions)
    return Reading(
        article=article,
        attributions=attributions,
        events=events,
        toponyms=toponyms,
        times=times,
        claims=make_claims(events, find_sentences(tree)),
        flags=tuple(sorted(flags, key=lambda flag: (flag.start_char, flag.kind))),
        signature=make_signature(language, actors.digest if actors else ""),
        mentions=tree.mentions,
    )


def read_text(
    text: str,
    language: Language,
    *,
    published: str | None = None,
    verbatim: bool = False,
    actors: str | Path | None = None,
) -> Reading:
    """
    What one report says, given as text: cleaned unless `verbatim`, then read.

    Args:
        published: ISO date of publication, if known; relative dates ("on Tuesday") are counted from it.
        verbatim: Take the text as it is: nothing dropped, offsets are the text's own.
        actors: A table of your own actors, which go before the bundled ones.

    Raises:
        Unreadable: the text is empty or not English.
        InputError: the table is not there, or a line of it cannot be used.
    """
    page = Page(ref="text", body=text.encode(), kind="text", published=published)
    own = load_actors(actors) if actors else None
    return read_article(to_article(page, verbatim=verbatim), language, own)


def read_page(page: Page, *, model: str = "", verbatim: bool = False, actors: str = "") -> Reading:
    """One page from bytes to claims, with this process's own language: what an executor calls for each."""
    own = load_actors(actors) if actors else None
    return read_article(to_article(page, verbatim=verbatim), load_language(model or None), own)


def fuse_readings(
    readings: Iterable[Reading], judgements: Iterable[Judgement] = ()
) -> tuple[tuple[Story, ...], tuple[Event, ...]]:
    """All readings together: copies collapsed into stories, claims into events. Judgements are people's."""
    from counterclaim.fuse import fuse  # noqa: PLC0415  reading one article needs neither
    from counterclaim.gather.duplicates import collapse  # noqa: PLC0415

    read = tuple(readings)
    stories = collapse(reading.article for reading in read)
    return stories, fuse(read, stories, tuple(judgements))


class Fused(NamedTuple):
    """
    What a store came to when its events were made anew.

    Attributes:
        overturned: How many pairs of tellings that rules had joined earlier now stand in different events.
    """

    articles: int
    stories: int
    claims: int
    events: int
    contested: int
    overturned: int


def fuse_store(store: "Store") -> Fused:
    """Stories and events of a store, made anew from all that was read and judged by now."""
    # Here and not above: reading one article needs no store.
    from counterclaim.fuse.judging import find_overturned  # noqa: PLC0415
    from counterclaim.store.queries import load_judgements, load_settled  # noqa: PLC0415
    from counterclaim.store.rows import load_readings  # noqa: PLC0415
    from counterclaim.store.schema import read_generation  # noqa: PLC0415

    for attempt in range(1, FUSE_ATTEMPTS + 1):
        with store.read() as connection:
            generation = read_generation(connection)
            readings = tuple(load_readings(connection))
            judged, settled = load_judgements(connection), load_settled(connection)
        stories, events = fuse_readings(readings, judged)
        overturned = find_overturned(settled, events, readings, stories, judged)
        # Another process that wrote meanwhile fuses when it is done; at last, what it took away is left out here.
        unchanged = generation if attempt < FUSE_ATTEMPTS else None
        if store.write_fusion(stories, events, overturned, generation=unchanged):
            break
    return Fused(
        articles=len(readings),
        stories=len(stories),
        claims=sum(len(reading.claims) for reading in readings),
        events=len(events),
        contested=sum(bool(event.contested) for event in events),
        overturned=len(overturned),
    )
