"""
What the encoder predicted, kept from one run to the next: rules change, sentences and weights do not.

    keep_parses(load_language())

From then on a window of words that was read before, by these weights and this code, is not put through the network again;
everything after it (lemmas, repairs, every stage) runs as always. The file is in COUNTERCLAIM_PARSES, else in the user's
cache folder. It may be deleted at any time.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, MutableMapping
from pathlib import Path

from spacy.language import Language

from counterclaim.read.parse import encoder, pieces, trees

# What stands between a window's words and what is kept of it.
CODE = (encoder, pieces, trees)


def keep_parses(language: Language, folder: Path | None = None) -> None:
    """
    Have the language remember what it predicts, in a file for its weights and its code; at most once a process.

    A language that is not the bundled encoder stays as it is.
    """
    if not language.has_pipe("encoder"):
        return
    component = language.get_pipe("encoder")
    if not isinstance(component, encoder.Encoder) or component.kept is not None:
        return
    code = hashlib.sha256(b"".join(Path(str(module.__file__)).read_bytes() for module in CODE)).hexdigest()
    name = f"parses-{language.meta['weights_hash']}-{code[:8]}.db"
    component.kept = Kept((folder or find_folder()) / name)


def find_folder() -> Path:
    """Where parses are kept, by the environment."""
    given = os.environ.get("COUNTERCLAIM_PARSES")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "counterclaim"


class Kept(MutableMapping[str, bytes]):
    """A file of keys and values that several processes may use at once; nothing in it needs to outlive a power cut."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Each statement is a transaction of its own: two processes never wait for each other long.
        self._file = sqlite3.connect(path, isolation_level=None, timeout=60)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")

    def __getitem__(self, key: str) -> bytes:
        row = self._file.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        value: bytes = row[0]
        return value

    def __setitem__(self, key: str, value: bytes) -> None:
        self._file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, value))

    def __delitem__(self, key: str) -> None:
        self._file.execute("DELETE FROM kept WHERE key = ?", (key,))

    def __iter__(self) -> Iterator[str]:
        for (key,) in self._file.execute("SELECT key FROM kept"):
            yield key

    def __len__(self) -> int:
        (count,) = self._file.execute("SELECT count(*) FROM kept").fetchone()
        return int(count)
