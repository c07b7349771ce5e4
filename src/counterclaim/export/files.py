"""
Files that commands write: whole or not at all, and never over something that nobody meant to lose.

Comes in: a path that somebody gave, and what may stand there. Goes out: a stream; the file takes its name at the end and keeps the
mode of the one before it. A store that is being read is never written over, whatever is asked; anything else that is there only where
that is asked for, or where the one who writes knows it for their own.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from counterclaim.errors import InputError

# What SQLite keeps beside a database: writing over these damages it as surely.
_BESIDE = ("", "-wal", "-shm", "-journal")
_SQLITE = b"SQLite format 3\0"


def check_output(
    output: str | Path | IO[Any],
    *,
    overwrite: bool,
    store: Path | None = None,
    others: Iterable[str | Path | None] = (),
    is_ours: Callable[[Path], bool] | None = None,
) -> None:
    """
    Say whether a file may be written there, before the work is done that it is for.

    Args:
        overwrite: What is there may go.
        store: The database in use, which never may.
        others: What else is written: two outputs cannot have one name.
        is_ours: Whether the file that is there was made by the same command and not changed since, so that it may be made anew.

    Raises:
        InputError: it is the store, another output, or there is a file that was not asked to be overwritten.
    """
    if not isinstance(output, str | Path) or str(output) == "-":
        return
    path = Path(output)
    if store is not None and any(_is_same(path, Path(f"{store}{end}")) for end in _BESIDE):
        raise InputError(
            f"{output} is the store itself. Give another path: --output would put its end to it."
        )
    if any(other is not None and str(other) != "-" and _is_same(path, Path(other)) for other in others):
        raise InputError(f"{output} was given for two outputs. Give each its own path.")
    if overwrite or not path.is_file() or not path.stat().st_size:
        return
    if is_ours is None or not is_ours(path):
        what = "is a database" if _is_database(path) else "is there already"
        raise InputError(f"{output} {what}. Give another path, or overwrite it with --force.")


@contextmanager
def open_output(output: str | Path | IO[Any], *, is_binary: bool = False) -> Iterator[IO[Any]]:
    """A stream to the path or standard output; a file appears under its name when it is whole, or not at all."""
    if not isinstance(output, str | Path):
        yield output
        return
    if str(output) == "-":
        yield sys.stdout.buffer if is_binary else sys.stdout
        return
    path = Path(output).resolve()
    # What is no file, such as a pipe or /dev/stdout, is written to as it is.
    straight = path.exists() and not path.is_file()
    part = path if straight else path.with_name(f".{path.name}.{os.getpid()}.part")
    # A part is made, never found: somebody else's link of that name would lead elsewhere.
    mode = "w" if straight else "x"
    made = False
    try:
        with part.open(f"{mode}b") if is_binary else part.open(mode, encoding="utf-8", newline="") as stream:
            made = not straight
            yield stream
            if made:
                # On the disk before it takes the name: a full one is noticed by now, and a power cut leaves the old file.
                stream.flush()
                os.fsync(stream.fileno())
        if made:
            _keep_mode(path, part)
            part.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(
            f"{output} cannot be written: {error.strerror or error}. Give another path, or make room."
        ) from error
    finally:
        if made:
            part.unlink(missing_ok=True)


def write_file(output: str | Path, text: str) -> None:
    """The text as a file, as `open_output` makes one."""
    with open_output(output) as stream:
        stream.write(text)


def _keep_mode(path: Path, part: Path) -> None:
    with suppress(FileNotFoundError, PermissionError):
        part.chmod(path.stat().st_mode & 0o7777)


def _is_same(one: Path, other: Path) -> bool:
    """The same file by whatever name, or the same name of one to be made."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False
