"""
The whole flow on one screen.

    gather   pages    -> articles   each alone; then near-copies collapse into stories
    read     article  -> claims     each alone
    fuse     claims   -> events     all together, disagreement kept

The order is fixed by meaning: attribution needs to know who the mentions are, events need to know whose
words they stand in, counts need the events they count. A stage is a function from the parsed text and
what earlier stages found to new frozen records; none edits another's output. `running.run` takes whole
archives through it and keeps what was read; it is not loaded here, since one article needs no store.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path

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
from counterclaim.read.events import (
    MIN_CONFIDENCE,
    find_frames,
    judge_frames,
    leave_other_fields_out,
    mark_pretence,
    mark_proposed,
    weigh_frames,
)
from counterclaim.read.parse import load_judge, load_language, parse
from counterclaim.read.places import find_toponyms, leave_people_out
from counterclaim.read.syntax import Tree, read_tree, settle
from counterclaim.read.table import add_denials, add_tolls, make_event_table
from counterclaim.signature import sign
from counterclaim.types import Article, Event, Judgement, Page, Reading, Rejection, Story


def read_mentions(
    doc: Doc, article: Article, actors: OwnActors | None = None
) -> tuple[Tree, tuple[Phrase, ...]]:
    """The parsed text as the one repaired tree that knows everybody it speaks of, and its actor phrases."""
    tree = read_tree(doc)
    # Places first: "police in Athens, Georgia" are of the country that Athens turns out to be in.
    tree.toponyms = find_toponyms(tree, article)
    phrases = read_phrases(tree, actors, article.published)
    named = find_mentions(tree, phrases, article)
    settled = settle(tree, named + find_anaphors(tree, phrases, named))
    settled.toponyms = leave_people_out(tree.toponyms, settled.mentions)
    return settled, phrases


def read_article(
    article: Article,
    language: Language,
    actors: OwnActors | None = None,
    *,
    min_confidence: float = MIN_CONFIDENCE,
) -> Reading:
    """Everything the article says: who did what to whom, where, when, how many, and who says so."""
    tree, phrases = read_mentions(parse(article.text, language), article, actors)
    toponyms = tree.toponyms
    times = find_times(tree, article)
    attributions = find_attributions(tree)
    coded = judge_frames(tree, find_frames(tree, attributions), attributions, times, article.published)
    weighed = weigh_frames(tree, coded, load_judge(), minimum=min_confidence)
    marked = mark_proposed(tree, weighed, coded, attributions, times, article.published)
    frames = leave_other_fields_out(tree, mark_pretence(tree, marked))
    counts = find_counts(tree)
    told = make_events(tree, frames, attributions, toponyms, times, counts)
    left_out = {frame.trigger for frame in coded} - {frame.trigger for frame in frames}
    told = add_denials(tree, add_tolls(tree, told, counts, attributions, left_out), attributions)
    events = mark_events(tree, told, article.published)
    claims = make_claims(events, find_sentences(tree))
    flags = find_role_mismatches(phrases, article, tree.mentions) + find_source_flags(tree, attributions)
    reading = Reading(
        article=article,
        attributions=attributions,
        events=events,
        toponyms=toponyms,
        times=times,
        claims=claims,
        flags=tuple(sorted(flags, key=lambda flag: (flag.start_char, flag.kind))),
        signature=sign(language, actors.digest if actors else "", min_confidence),
        mentions=tree.mentions,
        event_table=make_event_table(tree, events, claims, times, attributions),
    )
    tree.release()
    return reading


def read_text(
    text: str,
    language: Language | None = None,
    *,
    published: str | None = None,
    verbatim: bool = False,
    actors: str | Path | None = None,
    min_confidence: float = MIN_CONFIDENCE,
) -> Reading:
    """
    What one report says, given as text: cleaned unless `verbatim`, then read.

    Args:
        language: What `load_language` returned; the bundled weights, loaded once a process, where it is left out.
        published: ISO date of publication, if known; relative dates ("on Tuesday") are counted from it.
        verbatim: Take the text as it is: nothing dropped, offsets are the text's own.
        actors: A table of your own actors, which go before the bundled ones.
        min_confidence: Leave out events less sure than this; 0 keeps all that the patterns propose.

    Raises:
        Unreadable: the text is empty or not English.
        InputError: the table is not there, or a line of it cannot be used.
    """
    page = Page(ref="text", body=text.encode(), kind="text", published=published)
    own = load_actors(actors) if actors else None
    return read_article(
        to_article(page, verbatim=verbatim), language or load_language(), own, min_confidence=min_confidence
    )


def read_page(
    page: Page,
    *,
    model: str = "",
    verbatim: bool = False,
    actors: str = "",
    min_confidence: float = MIN_CONFIDENCE,
) -> Reading:
    """One page from bytes to claims, with this process's own language: what an executor calls for each."""
    own = load_actors(actors) if actors else None
    language = load_language(model or None)
    return read_article(to_article(page, verbatim=verbatim), language, own, min_confidence=min_confidence)


def read_many(
    paths: Sequence[str | Path],
    *,
    jobs: int = 1,
    published: str | None = None,
    verbatim: bool = False,
    strict: bool = False,
    model: str = "",
    actors: str = "",
    min_confidence: float = MIN_CONFIDENCE,
) -> Iterator[Reading | Rejection]:
    """
    What the articles in files, folders and tables say, in their order, a few at a time.

    Args:
        paths: As `find_pages` takes them.
        jobs: How many processes read at the same time. With more than one, keep the call under
            ``if __name__ == "__main__":``, as for any pool of processes.
        published: Publication date of pages that tell none.
        verbatim: Take each text as it is: nothing dropped, offsets its own.
        strict: Raise what the first article that cannot be read raises, instead of a `Rejection` in its place.
        model: An installed spaCy pipeline; the bundled weights where empty.
        actors: A table of your own actors.
        min_confidence: Leave out events less sure than this.

    Raises:
        InputError: a path does not exist, or a date or table cannot be used.
    """
    from counterclaim.executors.processes import map_articles  # noqa: PLC0415  reading one text needs neither
    from counterclaim.gather.pages import find_pages  # noqa: PLC0415

    pages = find_pages([str(path) for path in paths], published=published)
    function = partial(
        _read_found, model=model, verbatim=verbatim, actors=actors, min_confidence=min_confidence
    )
    yield from map_articles(function, pages, name=attrgetter("ref"), jobs=jobs, strict=strict)


def _read_found(found: Page | Rejection, **how: object) -> Reading | Rejection:
    return found if isinstance(found, Rejection) else read_page(found, **how)  # type: ignore[arg-type]  # of read_many


def fuse_readings(
    readings: Iterable[Reading], judgements: Iterable[Judgement] = ()
) -> tuple[tuple[Story, ...], tuple[Event, ...]]:
    """All readings together: copies collapsed into stories, claims into events. Judgements are people's."""
    from counterclaim.fuse import fuse  # noqa: PLC0415  reading one article needs neither
    from counterclaim.gather.duplicates import collapse  # noqa: PLC0415

    read = tuple(readings)
    stories = collapse(reading.article for reading in read)
    return stories, fuse(read, stories, tuple(judgements))
