"""
What a store keeps so that fusion need not start over: sketches and bands of articles, gists, blocks and links of tellings.

Comes in: a connection in a transaction that writes. Goes out: what `gather.lineage` and `fuse.growth` ask for, and rows. All of it could be
made anew from the readings, and is when the version or its knowledge is another than the one that made it.

Known limit: names in these tables are shortened to numbers, which mean nothing outside them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Column, Connection, Select, bindparam, delete, func, insert, select, update

from counterclaim.store import tables
from counterclaim.store.bulk import Rows, Values, insert_rows
from counterclaim.types import Copy, Story

G = TypeVar("G")
V = TypeVar("V")

# Variables of one statement.
AT_ONCE = 500
_SIGNATURE = "fusion"


class Printed(NamedTuple):
    """What is known of an article without its text; `length` is the text's."""

    id: str
    ref: str
    outlet: str | None
    agency: str | None
    url: str | None
    published: str | None
    length: int

    @property
    def order(self) -> tuple[str, int, str, str]:
        """As `gather.duplicates.order_of`."""
        return self.published or "9999", -self.length, self.ref, self.id


class Sketch(NamedTuple):
    """What an article is compared by."""

    article: str
    length: int
    bands: Sequence[int]
    terms: Mapping[str, float]


class KeptGist(NamedTuple):
    """A telling's row: its number, the text of its gist, the telling it is a copy of, and the event it is of."""

    number: int
    article: str
    text: str
    copy_of: int | None
    event: str | None


class Kept(Generic[G]):
    """
    The index of one store, within one transaction.

    Args:
        read: Makes a gist of its text and of its article's terms.
    """

    def __init__(self, connection: Connection, read: Callable[[str, dict[str, float]], G]) -> None:
        self._connection = connection
        self._read = read
        self._gists: dict[int, G] = {}
        self._terms: dict[str, dict[str, float]] = {}
        self._links: dict[int, list[tuple[int, int, float]]] = {}

    # --- what is to be done ---

    def is_of(self, signature: str) -> bool:
        """Whether what is kept was made by this version."""
        name = tables.about.c
        query = select(name.value).where(name.name == _SIGNATURE)
        return self._connection.execute(query).scalar() == signature

    def forget(self, signature: str) -> None:
        """Start over: every article is to be fused, by this version."""
        forget(self._connection)
        self._connection.execute(insert(tables.about).values(name=_SIGNATURE, value=signature))
        article = tables.articles.c.id
        self._connection.execute(
            insert(tables.pending).from_select(["article"], select(article).order_by(article))
        )

    def count_pending(self) -> int:
        """How many articles are to be fused."""
        query = select(func.count(tables.pending.c.article.distinct()))
        return int(self._connection.execute(query).scalar_one())

    def list_pending(self, most: int) -> tuple[list[str], list[str], list[str]]:
        """
        Articles to be fused: those known from before, those that are no longer in the store, and at most so many new ones.

        Those known are all of them, as what is kept of them may be wrong. The new ones come in the order of their dates.
        """
        waiting, article, known = tables.pending.c.article, tables.articles.c, tables.sketches.c.article
        told = select(known).where(known == waiting).exists()
        here = select(article.id).where(article.id == waiting).exists()
        before = self._connection.execute(select(waiting).where(told | ~here).distinct()).scalars().all()
        present: set[str] = set()
        for part in _batched(sorted(before), AT_ONCE):
            query = select(article.id).where(article.id.in_(part))
            present |= set(self._connection.execute(query).scalars())
        new = (
            select(article.id)
            .where(article.id.in_(select(waiting)), ~select(known).where(known == article.id).exists())
            .order_by(func.coalesce(article.published, "9999"), article.id)
            .limit(most)
        )
        return (
            sorted(present),
            sorted(set(before) - present),
            list(self._connection.execute(new).scalars()),
        )

    def settle(self, articles: Collection[str]) -> None:
        """These are fused."""
        self._delete(tables.pending.c.article, articles)

    def find_waiting(self, articles: Collection[str]) -> set[str]:
        """Those of these that are still to be fused."""
        waiting = tables.pending.c.article
        return set(self._scalars(select(waiting), waiting, articles))

    # --- articles ---

    def add_sketches(self, sketches: Iterable[Sketch]) -> None:
        """Of articles that have none."""
        sketches = list(sketches)
        number = self._next(tables.sketches.c.number)
        made: list[Values] = []
        bands: list[Values] = []
        for number, one in enumerate(sketches, start=number):  # noqa: B020  goes on from there
            packed = b"".join(band.to_bytes(8, "little", signed=True) for band in one.bands)
            made.append((number, one.article, one.length, packed, json.dumps(dict(one.terms))))
            bands += [(band, number) for band in one.bands]
        names = ("number", "article", "length", "bands", "terms")
        insert_rows(self._connection, Rows(tables.sketches, names, made))
        insert_rows(self._connection, Rows(tables.bands, ("band", "sketch"), sorted(set(bands))))

    def drop_sketches(self, articles: Collection[str]) -> None:
        """Of articles that are gone."""
        column, band = tables.sketches.c, tables.bands.c
        rows: list[tuple[int, int]] = []
        for number, packed in self._rows(select(column.number, column.bands), column.article, articles):
            rows += [(one, number) for one in _unpack(packed)]
        _execute_many(
            self._connection,
            delete(tables.bands).where(band.band == bindparam("a"), band.sketch == bindparam("b")),
            rows,
        )
        self._delete(column.article, articles)

    def find_sharing(self, articles: Collection[str]) -> dict[str, set[str]]:
        """The others that share a band with each of these."""
        column, band = tables.sketches.c, tables.bands.c
        by_band: dict[int, set[str]] = defaultdict(set)
        own = list(self._rows(select(column.article, column.bands), column.article, articles))
        for article, packed in own:
            for one in _unpack(packed):
                by_band[one].add(article)
        query = select(band.band, column.article).join_from(
            tables.bands, tables.sketches, column.number == band.sketch
        )
        found: dict[str, set[str]] = defaultdict(set)
        for one, other in self._rows(query, band.band, by_band):
            for article in by_band[one]:
                found[article].add(other)
        return {article: others - {article} for article, others in found.items()}

    def load_printed(self, articles: Collection[str]) -> dict[str, Printed]:
        """What is known of these articles."""
        article, sketch = tables.articles.c, tables.sketches.c
        query = select(
            *(article.id, article.ref, article.outlet, article.agency, article.url, article.published),
            sketch.length,
        ).join_from(tables.articles, tables.sketches, sketch.article == article.id)
        return {row[0]: Printed(*row) for row in self._rows(query, article.id, articles)}

    def load_texts(self, articles: Collection[str]) -> dict[str, str]:
        """Their texts."""
        article = tables.articles.c
        return dict(self._rows(select(article.id, article.text), article.id, articles))

    def load_copied_from(self, articles: Collection[str]) -> dict[str, str]:
        """Those that were copied from one of these, with which."""
        copy = tables.copies.c
        return dict(self._rows(select(copy.article, copy.copied_from), copy.copied_from, articles))

    def load_stories(self, articles: Collection[str], ids: Collection[str] = ()) -> tuple[Story, ...]:
        """The stories that these articles are in, and those of these ids; with the copies that are left of them."""
        copy, article, story = tables.copies.c, tables.articles.c, tables.stories.c
        wanted = {*self._scalars(select(copy.story), copy.article, articles), *ids}
        query = (
            select(tables.copies, article.ref, article.outlet, article.url, article.published)
            .join_from(tables.copies, tables.articles, article.id == copy.article)
            .order_by(copy.story, copy.number)
        )
        members: dict[str, list[Copy]] = defaultdict(list)
        for row in self._rows(query, copy.story, wanted):
            members[row.story].append(
                Copy(
                    *(row.article, row.ref, row.outlet, row.url, row.published),
                    *(row.copied_from, row.cut, row.added),
                )
            )
        return tuple(
            Story(name, origin, tuple(members[name]))
            for name, origin in self._rows(select(story.id, story.origin), story.id, wanted)
        )

    # --- tellings ---

    def load_rows(self, articles: Collection[str]) -> list[KeptGist]:
        """The tellings of these articles."""
        gist = tables.gists.c
        query = select(gist.number, gist.article, gist.gist, gist.copy_of, gist.event)
        return [KeptGist(*row) for row in self._rows(query, gist.article, articles)]

    def add_gists(self, told: Sequence[tuple[str, str, str]]) -> list[int]:
        """
        The numbers of new tellings, in their order.

        Args:
            told: Article, anchor and the text of the gist.
        """
        first = self._next(tables.gists.c.number)
        values: list[Values] = [(number, *one) for number, one in enumerate(told, start=first)]
        insert_rows(self._connection, Rows(tables.gists, ("number", "article", "anchor", "gist"), values))
        return list(range(first, first + len(told)))

    def drop_gists(self, numbers: Collection[int]) -> None:
        """Of tellings that are gone."""
        self._delete(tables.gists.c.number, numbers)

    def set_copies(self, copies: Mapping[int, int | None]) -> None:
        """Which telling each of these is a copy of; None for one that is compared itself."""
        gist = tables.gists.c
        _execute_many(
            self._connection,
            update(tables.gists).where(gist.number == bindparam("a")).values(copy_of=bindparam("b")),
            list(copies.items()),
        )

    def set_events(self, events: Mapping[int, str]) -> None:
        """Which event each of these is of."""
        gist = tables.gists.c
        _execute_many(
            self._connection,
            update(tables.gists).where(gist.number == bindparam("a")).values(event=bindparam("b")),
            list(events.items()),
        )

    def load_gists(self, numbers: Iterable[int]) -> dict[int, G]:
        """The gists of these."""
        numbers = list(numbers)
        gist = tables.gists.c
        missing = [number for number in numbers if number not in self._gists]
        rows = list(self._rows(select(gist.number, gist.article, gist.gist), gist.number, missing))
        self._load_terms({article for _, article, _ in rows})
        self._gists |= {number: self._read(text, self._terms[article]) for number, article, text in rows}
        return {number: self._gists[number] for number in numbers}

    def read(self, row: KeptGist) -> G:
        """The gist of a row."""
        if row.number not in self._gists:
            self._load_terms({row.article})
            self._gists[row.number] = self._read(row.text, self._terms[row.article])
        return self._gists[row.number]

    def _load_terms(self, articles: set[str]) -> None:
        sketch = tables.sketches.c
        missing = articles - set(self._terms)
        self._terms |= dict(self._rows(select(sketch.article, sketch.terms), sketch.article, missing))
        # Of an article that is gone, what is kept of its tellings goes next.
        self._terms |= {article: {} for article in missing - set(self._terms)}

    def load_members(self, keys: Iterable[int]) -> dict[int, set[int]]:
        """Who is in each of these blocks."""
        block = tables.blocks.c
        found: dict[int, set[int]] = defaultdict(set)
        for key, number in self._rows(select(block.key, block.gist), block.key, sorted(set(keys))):
            found[key].add(number)
        return found

    def load_links(self, numbers: Collection[int]) -> list[tuple[int, int, float]]:
        """All pairs that fit with one of these."""
        link = tables.links.c
        query = select(link.left, link.right, link.score)
        missing = [number for number in numbers if number not in self._links]
        self._links |= {number: [] for number in missing}
        for side, column in enumerate((link.left, link.right)):
            for left, right, score in self._rows(query, column, missing):
                self._links[(left, right)[side]].append((left, right, score))
        known, asked = self._links, set(numbers)
        # Of one that two of these have in common, only what the first has.
        return [one for number in asked for one in known[number] if one[0] == number or one[0] not in asked]

    def load_events(self, numbers: Collection[int]) -> dict[int, str]:
        """The event that each of these is of; those that are of none yet are left out."""
        gist = tables.gists.c
        query = select(gist.number, gist.event).where(gist.event.is_not(None))
        return dict(self._rows(query, gist.number, numbers))

    def load_told(self, events: Collection[str]) -> dict[str, set[int]]:
        """The tellings of these events."""
        gist = tables.gists.c
        found: dict[str, set[int]] = defaultdict(set)
        for event, number in self._rows(select(gist.event, gist.number), gist.event, events):
            found[event].add(number)
        return found

    def load_copies(self, numbers: Collection[int]) -> dict[int, int]:
        """Of these, those that are copies, and of which; and the copies of these."""
        gist = tables.gists.c
        query = select(gist.number, gist.copy_of).where(gist.copy_of.is_not(None))
        return dict(self._rows(query, gist.number, numbers)) | dict(self._rows(query, gist.copy_of, numbers))

    def load_anchored(self, anchors: Collection[str]) -> list[int]:
        """The tellings that go by these anchors."""
        gist = tables.gists.c
        return list(self._scalars(select(gist.number), gist.anchor, anchors))

    def change_blocks(self, left: Iterable[tuple[int, int]], entered: Iterable[tuple[int, int]]) -> None:
        """Who is in which block no longer, and who is now: keys and numbers."""
        block = tables.blocks.c
        gone = delete(tables.blocks).where(block.key == bindparam("a"), block.gist == bindparam("b"))
        _execute_many(self._connection, gone, list(left))
        insert_rows(self._connection, Rows(tables.blocks, ("key", "gist"), sorted(set(entered))))

    def change_links(
        self, unlinked: Iterable[tuple[int, int, float]], linked: Iterable[tuple[int, int, float]]
    ) -> None:
        """Which pairs fit no longer, and which do now."""
        self._links.clear()
        link = tables.links.c
        gone = delete(tables.links).where(link.left == bindparam("a"), link.right == bindparam("b"))
        _execute_many(self._connection, gone, [one[:2] for one in unlinked])
        values: list[Values] = [tuple(one) for one in linked]
        insert_rows(self._connection, Rows(tables.links, ("left", "right", "score"), values))

    # --- how it is asked ---

    def _next(self, column: Column[int]) -> int:
        return (self._connection.execute(select(func.max(column))).scalar() or 0) + 1

    def _rows(self, query: Select[Any], column: Column[Any], values: Iterable[object]) -> Iterator[Any]:
        for part in _batched(values, AT_ONCE):
            # All at once: one by one takes twice the time.
            yield from self._connection.execute(query.where(column.in_(part))).all()

    def _scalars(self, query: Select[Any], column: Column[Any], values: Iterable[object]) -> Iterator[Any]:
        for row in self._rows(query, column, values):
            yield row[0]

    def _delete(self, column: Column[Any], values: Iterable[object]) -> None:
        for part in _batched(values, AT_ONCE):
            self._connection.execute(delete(column.table).where(column.in_(part)))


def forget(connection: Connection) -> None:
    """Nothing is kept any longer, neither of what was compared nor stories and events; the next fusion starts over."""
    made = (
        tables.changes,
        tables.terms,
        tables.term_labels,
        tables.event_terms,
        tables.tellings,
        tables.events,
    )
    index = (tables.blocks, tables.links, tables.gists, tables.bands, tables.sketches, tables.pending)
    for table in (*made, tables.copies, tables.stories, *index):
        connection.execute(delete(table))
    connection.execute(delete(tables.about).where(tables.about.c.name == _SIGNATURE))


def mark(connection: Connection, articles: Iterable[str]) -> None:
    """These were read, judged, corrected or taken away, and are to be fused."""
    values: list[Values] = [(article,) for article in sorted(set(articles))]
    insert_rows(connection, Rows(tables.pending, ("article",), values))


def _batched(values: Iterable[V], size: int) -> Iterator[tuple[V, ...]]:
    rest = iter(values)
    while part := tuple(islice(rest, size)):
        yield part


def _unpack(packed: bytes) -> list[int]:
    return [int.from_bytes(packed[at : at + 8], "little", signed=True) for at in range(0, len(packed), 8)]


def _execute_many(connection: Connection, statement: Any, rows: Sequence[tuple[object, object]]) -> None:
    if rows:
        connection.execute(statement, [{"a": one, "b": other} for one, other in rows])
