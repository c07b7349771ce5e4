"""Where the tests find the public corpora and the one loaded set of language weights."""

import os
from pathlib import Path

# As the commands have it (cli/__init__.py), before NumPy is loaded: with another number of threads the last digits are others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from spacy.language import Language

from counterclaim.read.parse import load_language

# Without limits one job reads in the process that asks, with the weights that are loaded: tests of commands run many, and
# tests of limits set them.
os.environ.setdefault("COUNTERCLAIM_MAX_PAGE_SECONDS", "0")
os.environ.setdefault("COUNTERCLAIM_MAX_PAGE_MEMORY", "0")

ROOT = Path(__file__).parent.parent
CORPORA = Path(os.environ.get("COUNTERCLAIM_CORPORA", ROOT.parent / "shared" / "corpora"))
SEED_ARTICLE = Path(os.environ.get("COUNTERCLAIM_SEED", ROOT.parent / "shared" / "seed" / "article.txt"))


@pytest.fixture(scope="session")
def language() -> Language:
    """The bundled weights, loaded once for the whole run."""
    return load_language()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of public corpora; tests that ask for it are skipped where it is missing."""
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora at {CORPORA}: set COUNTERCLAIM_CORPORA to the folder that holds them")
    return CORPORA


@pytest.fixture(scope="session")
def seed_article() -> Path:
    """The scraped report everything started from; tests that ask for it are skipped where it is missing."""
    if not SEED_ARTICLE.is_file():
        pytest.skip(f"no article at {SEED_ARTICLE}: set COUNTERCLAIM_SEED to the file")
    return SEED_ARTICLE
