"""
Reading into a folder of Parquet, and from it into a store: for more articles than one machine reads, or one store is filled with at once.

Comes in: paths, and an executor. Goes out: `store.partitions`, parted by day and region. The unit of work is a file that holds many
articles, or some fifty small ones; what is read of it is put in place some hundred articles at a time. A run that was stopped goes on where it
stopped; a file that did not change is not looked at again.

Which events there are does not depend on the parts. An event that crosses midnight or a border is told in several, and the store that these
are loaded into compares tellings a day before and after what each of them says, in a week before it was printed, and by every country
that each of them names (`fuse.block`); so that parts loaded one after the other, each fused before the next, give the events
of all at once.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Literal

from counterclaim.errors import InputError
from counterclaim.executors import processes, serial
from counterclaim.executors.serial import reject_on_error
from counterclaim.gather.archives import find_place
from counterclaim.gather.pages import find_pages, walk
from counterclaim.store.partitions import (
    PARTS,
    Part,
    Refused,
    clean,
    commit,
    list_parts,
    load_part,
    write_part,
)
from counterclaim.store.store import Store, fingerprint_page
from counterclaim.types import Page, Reading, Rejection

Executor = Literal["serial", "processes", "ray"]
EXECUTORS: tuple[Executor, ...] = ("serial", "processes", "ray")

# Articles put in place together, and small files that are worked on together.
ARTICLES = 100
FILES = 50
# Rejections put in place together: of an archive in another language there are many.
REFUSED = 2000
# A file larger than this is worked on alone, in bytes.
LARGE = 2_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """
    Files that one worker reads.

    Attributes:
        name: The same for the same files, unchanged.
        known: Fingerprints of their pages that are in place, and refs of those that were refused.
        number: How many parts of it are in place.
        start: Of an archive, the offset of the last record that is in place: what stands before it is not read again.
    """

    name: str
    paths: tuple[str, ...]
    known: frozenset[str] = frozenset()
    number: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """All parts of an item are there."""

    item: str


@dataclass(frozen=True, slots=True)
class How:
    """What `run` was asked for."""

    signature: str
    verbatim: bool = False
    model: str = ""
    actors: str = ""
    min_confidence: float | None = None
    published: str | None = None
    published_from: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class Parted:
    """What a run into a folder did; `known` counts files."""

    read: int = 0
    known: int = 0
    rejected: int = 0
    parts: int = 0
    refused: list[Refused] = field(default_factory=list)


Watch = Callable[[int, int, Parted], None]


def read_into(
    folder: Path,
    paths: Sequence[str],
    how: How,
    *,
    executor: Executor = "serial",
    workers: int = 1,
    address: str = "",
    watch: Watch | None = None,
) -> Parted:
    """
    Read what the paths hold into the folder; what is there already is not read again.

    Args:
        paths: Files and folders, which all workers must see.
        workers: How many processes or actors.
        address: Of a Ray cluster.
        watch: Told how many items are done, of how many.

    Raises:
        InputError: nothing is there, or the folder holds something else.
        ExtraMissing: the executor, or Parquet, needs a library.
    """
    _check(folder, how.signature)
    parted = Parted()
    clean(folder)
    items = _find_items(folder, paths, how, parted)
    work = partial(read_item, folder=str(folder.absolute()), how=how)
    results: Iterable[Part | Finished]
    if executor == "ray":
        from counterclaim.executors.ray import map_items  # noqa: PLC0415  needs the extra

        results = map_items(work, items, workers=workers, address=address)
    elif executor == "processes":
        results = processes.map_items(work, items, jobs=workers)
    else:
        results = serial.map_items(work, items)
    done = 0
    try:
        for result in results:
            if isinstance(result, Part):
                commit(folder, result)
                parted.read += len(result.pages)
                parted.rejected += len(result.refused)
                parted.refused += result.refused
                parted.parts += 1
            else:
                _finish(folder, result)
                done += 1
            if watch:
                watch(done, len(items), parted)
    finally:
        clean(folder)
    return parted


def load_into(store: Store, folder: Path, *, watch: Callable[[int, int], None] | None = None) -> int:
    """
    Load a folder's parts into a store; how many articles are new there. Events are made by `fusing.fuse_store`.

    Raises:
        InputError: the folder is none that `read_into` made.
    """
    parts = list(list_parts(folder))
    if not parts:
        raise InputError(f"{folder} holds no parts. Make them first: counterclaim run PATH --out {folder}")
    written = 0
    for number, part in enumerate(parts):
        if watch:
            watch(number, len(parts))
        written += load_part(store, folder, part)
    return written


def read_item(item: Item, *, folder: str, how: How) -> Iterator[Part | Finished]:
    """What a worker does: read an item's files and write their parts to where parts are made."""
    read: list[tuple[Reading, str]] = []
    refused: list[Refused] = []
    names: list[tuple[str, str]] = []
    number, at = item.number, item.start

    def write() -> Part:
        name = f"{item.name}-{number:06}"
        return write_part(Path(folder), name, item.name, how.signature, read, refused, names, at=at)

    seen = set(item.known)
    pages = find_pages(
        item.paths,
        published=how.published,
        published_from=how.published_from,
        columns=dict(given.split("=", 1) for given in how.columns),
        find_start=lambda _: item.start,
    )
    for page in pages:
        # A bookmark's record is looked at again.
        if page.ref in seen:
            continue
        if (place := find_place(page.ref)) and len(item.paths) == 1:
            at = place.offset
        if isinstance(page, Rejection):
            refused.append(_refuse(page))
        else:
            fingerprint = fingerprint_page(page, verbatim=how.verbatim)
            if fingerprint in seen:
                names.append((fingerprint, page.ref))
                continue
            seen.add(fingerprint)
            result = reject_on_error(partial(_read, how=how), _name, page)
            if isinstance(result, Rejection):
                refused.append(_refuse(result))
            else:
                read.append((result, fingerprint))
        if len(read) == ARTICLES or len(refused) == REFUSED:
            yield write()
            read, refused, names, number = [], [], [], number + 1
    if read or refused or names:
        yield write()
    yield Finished(item.name)


def _read(page: Page, *, how: How) -> Reading:
    from counterclaim.pipeline import read_page  # noqa: PLC0415  loaded by who works

    more = {} if how.min_confidence is None else {"min_confidence": how.min_confidence}
    return read_page(page, model=how.model, verbatim=how.verbatim, actors=how.actors, **more)


def _name(page: Page) -> str:
    return page.ref


def _refuse(rejection: Rejection) -> Refused:
    return Refused(rejection.ref, rejection.reason, rejection.detail)


def _check(folder: Path, signature: str) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file. Give a folder with --out.")
    parts = folder / PARTS
    if folder.is_dir() and any(folder.iterdir()) and not parts.is_dir():
        raise InputError(f"{folder} holds something else. Give another folder with --out.")
    first = next(list_parts(folder), None)
    if first and first.signature != signature:
        raise InputError(
            f"{folder} was read by another version, or with other options ({first.signature}). Give another folder with --out."
        )
    parts.mkdir(parents=True, exist_ok=True)


def _find_items(folder: Path, paths: Sequence[str], how: How, parted: Parted) -> list[Item]:
    """The work that is left, the largest first, so that the last to end are small."""
    finished = {path.stem for path in (folder / PARTS).glob("*.done")}
    known: dict[str, list[Part]] = {}
    for part in list_parts(folder):
        known.setdefault(part.item, []).append(part)
    small: list[tuple[str, str]] = []
    items: list[tuple[int, Item]] = []

    def add(name: str, group: tuple[str, ...], size: int) -> None:
        parts = known.get(name, [])
        pages = {page.fingerprint for part in parts for page in part.pages}
        pages |= {one.ref for part in parts for one in part.refused}
        start = max((part.at for part in parts), default=0)
        items.append((size, Item(name, group, frozenset(pages), len(parts), start)))

    listed = {
        line for path in (folder / PARTS).glob("*.done") for line in path.read_text("utf-8").splitlines()
    }
    for path in chain.from_iterable(map(walk, paths)):
        mark = _mark(path, how)
        if mark in listed:
            parted.known += 1
            continue
        size = Path(path).stat().st_size
        if size > LARGE:
            add(mark, (path,), size)
        else:
            small.append((mark, path))
    for start in range(0, len(small), FILES):
        group = small[start : start + FILES]
        name = _digest(*(mark for mark, _ in group))
        add(name, tuple(path for _, path in group), 0)
        if name not in finished:
            (folder / PARTS / f"{name}.files").write_text("\n".join(mark for mark, _ in group), "utf-8")
    return [item for _, item in sorted(items, key=lambda one: (-one[0], one[1].name))]


def _finish(folder: Path, finished: Finished) -> None:
    """Note that all of an item is in place, by the marks of its files."""
    files = folder / PARTS / f"{finished.item}.files"
    unfinished = files.with_suffix(".part")
    unfinished.write_text(files.read_text("utf-8") if files.exists() else finished.item, "utf-8")
    unfinished.replace(files.with_suffix(".done"))
    files.unlink(missing_ok=True)


def _mark(path: str, how: How) -> str:
    """A name for the file as it is and as it is to be read."""
    found = Path(path).stat()
    return _digest(str(Path(path).absolute()), str(found.st_size), str(found.st_mtime_ns), repr(how))


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=10).hexdigest()
