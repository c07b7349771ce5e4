"""
Whether all is well: a store by its file, texts and rows, an installation by what is there and by a sentence that it reads.

Comes in: an open store, or nothing. Goes out: findings, one a question, each good or bad with what to do. Nothing is changed.
"""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from counterclaim import __version__
from counterclaim.gather import make_id
from counterclaim.knowledge import knowledge_hash, load_table, table_names
from counterclaim.signature import make_signature
from counterclaim.store import checking
from counterclaim.store.checking import Finding

if TYPE_CHECKING:
    from counterclaim.store.store import Store


def check_store(store: "Store") -> Iterator[Finding]:
    """One finding a question about a store: is the file whole, are the texts as they were read, does every row point to one that is there."""
    return checking.check_store(store, make_id=make_id, signature=make_signature())


def check_installation() -> Iterator[Finding]:
    """What is installed, weights and knowledge by their hashes, and one sentence that is read."""
    yield Finding(
        "version",
        True,
        f"counterclaim {__version__}, Python {platform.python_version()}, {platform.platform()}",
    )
    yield from _check_libraries()
    for name, look in (
        ("weights", _look_at_weights),
        ("knowledge", _look_at_knowledge),
        ("reading", _read_a_sentence),
    ):
        try:
            good, text = look()
        except Exception as error:  # noqa: BLE001  whatever is broken is what is asked for
            good, text = (
                False,
                f"{type(error).__name__}: {error}. Install anew: pip install --force-reinstall counterclaim",
            )
        yield Finding(name, good, text)


def _check_libraries() -> Iterator[Finding]:
    """Each library that is needed, with its version; an extra's only where it is there."""
    from packaging.requirements import Requirement  # noqa: PLC0415

    try:
        lines = requires("counterclaim") or ()
    except PackageNotFoundError:
        yield Finding(
            "libraries", True, "not compared: this runs from a folder of source and is not installed"
        )
        return
    for line in lines:
        wanted = Requirement(line)
        extra = wanted.marker is not None and "extra" in str(wanted.marker)
        if extra and "dev" in str(wanted.marker):
            continue
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            if not extra:
                yield Finding(wanted.name, False, f"is not installed. Run: pip install '{wanted}'")
            continue
        fits = wanted.specifier.contains(found, prereleases=True)
        yield Finding(
            wanted.name,
            fits,
            found if fits else f"{found} does not fit {wanted.specifier}. Run: pip install '{wanted}'",
        )


def _look_at_weights() -> tuple[bool, str]:
    from counterclaim.read.parse import weights_hash  # noqa: PLC0415

    return True, f"hash {weights_hash()}"


def _look_at_knowledge() -> tuple[bool, str]:
    lines = sum(len(load_table(name)) for name in table_names())
    return True, f"hash {knowledge_hash()}, {len(table_names())} tables of {lines} lines"


def _read_a_sentence() -> tuple[bool, str]:
    from counterclaim.pipeline import read_text  # noqa: PLC0415

    reading = read_text(
        "The army said on Wednesday that rebels had killed 12 soldiers near Goma.", published="2021-05-12"
    )
    told = [(claim.field, claim.value) for claim in reading.claims]
    dead = next((value for field, value in told if field == "counts.dead"), None)
    good = dead is not None and dead.startswith("12") and bool(reading.attributions)
    return (
        good,
        "a sentence is read as it should be"
        if good
        else f"a sentence is read wrongly: {told}. Install anew.",
    )
