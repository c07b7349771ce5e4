"""
What made a result, in one short line: same bytes and same signature, same reading.

Comes in: the loaded language. Goes out: the versions and hashes that decide how a text is read, such as
``counterclaim 0.1.0 · spacy 3.8.7 · knowledge 9c1f0a77b2d3 · gazetteer 52b1c0de8f43 · weights en_core-1.0.0``.

It does not name Python or the processor: floating point may differ in the last bit between machines,
which has not been seen to change a reading.
"""

from typing import TYPE_CHECKING

from counterclaim import __version__
from counterclaim.knowledge import knowledge_hash

if TYPE_CHECKING:
    from spacy.language import Language


def make_signature(language: "Language", actors: str = "") -> str:
    """
    Package, spaCy, knowledge, gazetteer and weights, by version or by hash of the content where it is data.

    Args:
        actors: The digest of the user's own table of actors, if there is one.
    """
    # Here and not above: a command that reads nothing skips them.
    from spacy.about import __version__ as spacy_version  # noqa: PLC0415

    from counterclaim.read.places.gazetteer import load_gazetteer  # noqa: PLC0415

    meta = language.meta
    weights = meta.get("weights_hash") or f"{meta['lang']}_{meta['name']}-{meta['version']}"
    return " · ".join(
        (
            f"counterclaim {__version__}",
            f"spacy {spacy_version}",
            f"knowledge {knowledge_hash()}",
            f"gazetteer {load_gazetteer().about['hash']}",
            f"weights {weights}",
            *((f"actors {actors}",) if actors else ()),
        )
    )
