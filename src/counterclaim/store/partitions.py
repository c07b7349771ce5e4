"""
Readings as a folder of Parquet files: the tables of a store, parted by day and region, for those who read with many machines.

Comes in: readings, or such a folder and a store. Goes out: files, or rows of the store. Each table of `docs/schema.md` that is read
from articles is a folder, and in it ``day=2024-03-01/region=Middle East/PART.parquet``: DuckDB and others query it as it lies:

    SELECT field, count(*) FROM read_parquet('parquet/claims/**/*.parquet', hive_partitioning = true) GROUP BY field

A part is some readings that were written together. It is made in ``_making`` and put in place by one process alone (`commit`), which
then lists it in ``_parts``; a part of the same name is the same part, so that one made twice, because a machine was lost meanwhile, is
there once.

Known limit: the folder must be one that all machines see. An article that two pages lead to in different parts stands in both, and
once in the store that they are loaded into.
"""

import json
import shutil
import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Float, Integer, Table

from counterclaim.errors import ExtraMissing, InputError
from counterclaim.knowledge import load_table
from counterclaim.store import tables
from counterclaim.store.bulk import Rows, Values
from counterclaim.store.rows import BATCH, READ_TABLES, make_rows, make_storable
from counterclaim.store.schema import bump_generation
from counterclaim.store.store import Store, now
from counterclaim.store.writing import write_rows
from counterclaim.types import Reading, Rejection

if TYPE_CHECKING:
    import pyarrow as pa

MAKING, PARTS = "_making", "_parts"
# In the name of a folder, for what tells no day or no country.
UNKNOWN = "unknown"
_RECORDED = "recorded_at"


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page that was read, as the store lists it."""

    fingerprint: str
    ref: str
    article: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A page that could not be read."""

    ref: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Part:
    """
    Readings written together.

    Attributes:
        name: The same for the same pages of the same input.
        item: The input they come from.
        files: Relative to the folder.
        made: Where they were made.
        at: Of an archive, the offset of the last record that is in it.
        names: Under which else pages of this or an earlier part were found: fingerprint and ref.
    """

    name: str
    item: str
    signature: str
    files: tuple[str, ...]
    pages: tuple[PageRow, ...]
    refused: tuple[Refused, ...]
    made: str = ""
    at: int = 0
    names: tuple[tuple[str, str], ...] = ()


def write_part(
    folder: Path,
    name: str,
    item: str,
    signature: str,
    read: Sequence[tuple[Reading, str]],
    refused: Sequence[Refused],
    names: Sequence[tuple[str, str]] = (),
    *,
    at: int = 0,
) -> Part:
    """
    Write a part's files to where parts are made; `commit` puts them in place.

    Args:
        read: Readings with the fingerprints of their pages.
        at: Of an archive, the offset of its last record.
        names: Other names of pages that are in this part or an earlier one: of each its fingerprint and its ref.

    Raises:
        ExtraMissing: pyarrow is not installed.
    """
    # Two may be making it: one on a machine that was taken for lost.
    made = f"{name}.{uuid.uuid4().hex}"
    making = folder / MAKING / made
    by_place: dict[tuple[str, str], dict[str, Reading]] = {}
    for reading, _ in read:
        place = reading.article.published or UNKNOWN, find_region(reading)
        by_place.setdefault(place, {})[reading.article.id] = reading
    files: list[str] = []
    for (day, region), readings in sorted(by_place.items()):
        for rows in make_rows([readings[one] for one in sorted(readings)], recorded_at=""):
            if rows.values:
                where = Path(rows.table.name) / f"day={day}" / f"region={region}" / f"{name}.parquet"
                _write(making / where, rows)
                files.append(where.as_posix())
    pages = tuple(
        PageRow(fingerprint, make_storable(one.article.ref), one.article.id, one.article.sha256)
        for one, fingerprint in read
    )
    others = tuple((fingerprint, make_storable(ref)) for fingerprint, ref in names)
    return Part(name, item, signature, tuple(files), pages, tuple(refused), made, at, others)


def commit(folder: Path, part: Part) -> None:
    """Put a part in place and list it; done again, nothing changes."""
    for file in part.files:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / MAKING / part.made / file).replace(target)
    listed = folder / PARTS / f"{part.name}.json"
    listed.parent.mkdir(parents=True, exist_ok=True)
    unfinished = listed.with_suffix(".part")
    unfinished.write_text(json.dumps(asdict(part)), encoding="utf-8")
    unfinished.replace(listed)
    shutil.rmtree(folder / MAKING / part.made, ignore_errors=True)


def list_parts(folder: Path) -> Iterator[Part]:
    """The parts that are in place, in the order of their names."""
    for path in sorted((folder / PARTS).glob("*.json")):
        made = json.loads(path.read_text(encoding="utf-8"))
        yield Part(
            **{
                **made,
                "files": tuple(made["files"]),
                "pages": tuple(PageRow(**one) for one in made["pages"]),
                "refused": tuple(Refused(**one) for one in made["refused"]),
                "names": tuple((one, ref) for one, ref in made.get("names", ())),
            }
        )


def clean(folder: Path) -> None:
    """Take away what a run that failed was making, and files of parts that were not listed before it did."""
    shutil.rmtree(folder / MAKING, ignore_errors=True)
    if not folder.is_dir():
        return
    listed = {path.stem for path in (folder / PARTS).glob("*.json")}
    for table in READ_TABLES:
        for path in (folder / table.name).rglob("*.parquet"):
            if path.stem not in listed:
                path.unlink()


def read_part(folder: Path, part: Part, recorded_at: str) -> list[Rows]:
    """
    The rows of a part, table by table, each table after those it points at.

    Raises:
        InputError: a file is gone, or has other columns.
        ExtraMissing: pyarrow is not installed.
    """
    parquet = _import()[1]
    by_table: dict[str, list[Values]] = {}
    for file in part.files:
        name = file.partition("/")[0]
        table = tables.metadata.tables[name]
        columns = _columns(table)
        try:
            found = parquet.ParquetFile(folder / file).read(columns=list(columns))
        except (OSError, ValueError, KeyError) as error:
            raise InputError(
                f"{folder / file} cannot be read: {error}. Make the folder anew with counterclaim run --out."
            ) from error
        if found.column_names != list(columns):
            raise InputError(
                f"{folder / file} is of another version of counterclaim. Make the folder anew with counterclaim run --out."
            )
        by_table.setdefault(name, []).extend(
            zip(*(column.to_pylist() for column in found.columns), strict=True)
        )
    made: list[Rows] = []
    for table in READ_TABLES:
        values = by_table.get(table.name, [])
        columns = _columns(table)
        if table is tables.articles:
            values, columns = [(*row, recorded_at) for row in values], (*columns, _RECORDED)
        made.append(Rows(table, columns, values))
    return made


def load_part(store: Store, folder: Path, part: Part) -> int:
    """
    The part's readings and rejections in the store, in one transaction; how many articles are new there or another now.

    Raises:
        InputError: a file is gone, or has other columns.
        ExtraMissing: pyarrow is not installed.
    """
    recorded_at = now()
    made = read_part(folder, part, recorded_at)
    articles = next(rows for rows in made if rows.table is tables.articles)
    ids = [str(row[articles.columns.index("id")]) for row in articles.values]
    written = 0
    with store.write() as connection:
        bump_generation(connection)
        for start in range(0, len(ids), BATCH):
            some = set(ids[start : start + BATCH])

            def make(changed: Collection[str], some: set[str] = some) -> Iterator[Rows]:
                wanted = some & set(changed)
                for table, columns, values in made:
                    at = columns.index("id" if table is tables.articles else "article")
                    yield Rows(table, columns, [row for row in values if row[at] in wanted])

            pages = [
                (page.fingerprint, page.ref, page.article, page.sha256)
                for page in part.pages
                if page.article in some
            ]
            written += write_rows(connection, dict.fromkeys(some, part.signature), pages, make, recorded_at)
    if part.names:
        store.write_names(part.names)
    for one in part.refused:
        store.write_rejection(Rejection(one.ref, one.reason, one.detail))
    return written


def find_region(reading: Reading) -> str:
    """ACLED's name of the region that most of the article's events happened in, the first by name on a tie."""
    regions = _regions()
    counted = Counter(
        region
        for event in reading.events
        if event.place and (region := regions.get(event.place.country or ""))
    )
    return min(counted, key=lambda region: (-counted[region], region), default=UNKNOWN)


@cache
def _regions() -> dict[str, str]:
    return {row["id"]: row["acled_region"] for row in load_table("formats/countries") if row["acled_region"]}


def _columns(table: Table) -> tuple[str, ...]:
    """Those that are written: when it was recorded is said by the store it is loaded into."""
    return tuple(name for name in table.c.keys() if name != _RECORDED)  # noqa: SIM118  not a dictionary


def _write(path: Path, rows: Rows) -> None:
    arrow, parquet = _import()
    path.parent.mkdir(parents=True, exist_ok=True)
    at = {name: number for number, name in enumerate(rows.columns)}
    names = _columns(rows.table)
    missing = [name for name in names if name not in at]
    assert not missing, f"{rows.table.name} is written without {missing}"
    columns = [
        arrow.array([row[at[name]] for row in rows.values], type=_type(arrow, rows.table, name))
        for name in names
    ]
    parquet.write_table(arrow.table(columns, names=list(names)), path, compression="zstd")


def _type(arrow: Any, table: Table, name: str) -> "pa.DataType":
    kind = table.c[name].type
    if isinstance(kind, Boolean):
        return arrow.bool_()
    if isinstance(kind, Integer):
        return arrow.int64()
    if isinstance(kind, Float):
        return arrow.float64()
    # Lists are texts of JSON, as in the store.
    assert isinstance(kind, JSON) or kind.python_type is str
    return arrow.string()


def _import() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415  nothing else of the store needs it
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissing("pyarrow", "parquet") from error
    return pa, pq
