"""
What made a result, in one short line: same bytes and same signature, same reading.

Comes in: the loaded language, or what would be loaded. Goes out: the versions and hashes that decide how a text is read, such as
``counterclaim 0.1.0 · spacy 3.8.7 · knowledge 9c1f0a77b2d3 · gazetteer 52b1c0de8f43 · weights en_core-1.0.0``.

It does not name Python or the processor: floating point may differ in the last bit between machines,
which has not been seen to change a reading.
"""

import json
import sqlite3
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from counterclaim import __version__
from counterclaim.knowledge import knowledge_hash
from counterclaim.settings import SETTINGS, read_setting

if TYPE_CHECKING:
    from spacy.language import Language

MIN_CONFIDENCE = float(next(one.default for one in SETTINGS if one.name == "min_confidence"))


def make_signature(model: str = "", actors: str = "", min_confidence: float = MIN_CONFIDENCE) -> str:
    """
    The signature of what would be read so. Of the bundled weights and gazetteer nothing is loaded but their names.

    Args:
        model: An installed spaCy pipeline; the bundled weights where empty.
        actors: The path of the user's own table of actors, if there is one.

    Raises:
        InputError: the table of actors is not there, or a line of it cannot be used.
        WeightsMissing: the pipeline is not installed.
    """
    digest = ""
    if actors:
        from counterclaim.read.actors import load_actors  # noqa: PLC0415  as below

        digest = load_actors(actors).digest
    if not model:
        return _sign(_find_weights(), _find_gazetteer(), digest, min_confidence)
    # Here and not above: reading nothing is to load nothing.
    from counterclaim.read.parse import load_language  # noqa: PLC0415

    return sign(load_language(model), digest, min_confidence)


def sign(language: "Language", actors: str = "", min_confidence: float = MIN_CONFIDENCE) -> str:
    """
    Package, spaCy, knowledge, gazetteer and weights, by version or by hash of the content where it is data.

    Args:
        actors: The digest of the user's own table of actors, if there is one.
        min_confidence: Part of it where it is another than the default.
    """
    from counterclaim.read.places.gazetteer import load_gazetteer  # noqa: PLC0415  as above

    meta = language.meta
    weights = meta.get("weights_hash") or f"{meta['lang']}_{meta['name']}-{meta['version']}"
    return _sign(weights, load_gazetteer().about["hash"], actors, min_confidence)


def _sign(weights: str, gazetteer: str, actors: str, min_confidence: float) -> str:
    return " · ".join(
        (
            f"counterclaim {__version__}",
            f"spacy {_spacy()}",
            f"knowledge {knowledge_hash()}",
            f"gazetteer {gazetteer}",
            f"weights {weights}",
            *((f"actors {actors}",) if actors else ()),
            *(() if min_confidence == MIN_CONFIDENCE else (f"confidence {min_confidence:g}",)),
        )
    )


@cache
def _spacy() -> str:
    """Its version; looking that up parses a file of its installation, too slow for each article."""
    return version("spacy")


def _find_weights() -> str:
    """The hash of the bundled weights; none where they are missing, which is said when they are loaded."""
    meta = files("counterclaim.weights") / "encoder" / "meta.json"
    return str(json.loads(meta.read_text(encoding="utf-8"))["weights_hash"]) if meta.is_file() else ""


def _find_gazetteer() -> str:
    """The hash of the gazetteer in use."""
    chosen = read_setting("gazetteer")
    if chosen:
        from counterclaim.read.places.gazetteer import load_gazetteer  # noqa: PLC0415  says what is wrong with it

        return load_gazetteer().about["hash"]
    with as_file(files("counterclaim.knowledge") / "places" / "gazetteer.sqlite") as path:
        return _ask(path)


def _ask(path: Path) -> str:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return str(connection.execute("SELECT value FROM about WHERE field = 'hash'").fetchone()[0])
    finally:
        connection.close()
