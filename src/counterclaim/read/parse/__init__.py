"""
Words, sentences, grammar and names of a text, as a spaCy `Doc` over exactly that text.

In: the text of an article and a loaded language. Out: a `Doc` whose `text` is that text to the character, with
lemmas, tags, Universal Dependencies and named entities; no sentence runs over the border of a paragraph.
Example: "105 troops died. Baku denied it." -> two sentences; "105" is nummod of "troops", that nsubj of "died".
Limit: a sentence of more than `LONGEST` tokens is cut, preferably behind a mark that ends a sentence or a clause.
"""

import functools
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from counterclaim.errors import WeightsMissing
from counterclaim.read.parse import encoder as _encoder  # noqa: F401  spaCy finds the component by its registration
from counterclaim.read.parse.judge import KINDS, REALIS, Judge, load_judge
from counterclaim.read.parse.paragraphs import find_paragraphs
from counterclaim.read.parse.partaking import Partaking, load_partaking

__all__ = [
    "BUNDLED",
    "KINDS",
    "REALIS",
    "Judge",
    "Partaking",
    "load_judge",
    "load_language",
    "load_partaking",
    "parse",
    "parse_all",
    "weights_hash",
]

BUNDLED = Path(__file__).parent.parent.parent / "weights" / "encoder"
# Short paragraphs are read together up to this many words, as in training: what stands around them tells of them.
WINDOW = 150
# Tables and scraped menus come as "sentences" of thousands of tokens; the longest of the treebanks has 159.
LONGEST = 240
# The tokenizer takes punctuation off a word one mark at a time, so a run of 100,000 marks takes it minutes.
LONGEST_WORD = 250

_COLUMNS: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]
_TAG, _POS, _, _LEMMA, _DEP, _HEAD, _IOB, _KIND = range(len(_COLUMNS))
_ENDS = frozenset((".", "!", "?", ".”", "”"))
_PIECE = re.compile(rf"\s+|\S{{1,{LONGEST_WORD}}}")


def weights_hash() -> str:
    """Return the first twelve letters of the SHA-256 of the bundled weights, as written when they were trained."""
    return str(_bundled_meta()["weights_hash"])


@functools.cache
def _bundled_meta() -> dict[str, object]:
    try:
        loaded: dict[str, object] = json.loads((BUNDLED / "meta.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WeightsMissing(
            f"The language weights are missing from {BUNDLED}. Run: pip install --force-reinstall counterclaim,"
            " or in a checkout: make train"
        ) from None
    return loaded


def load_language(name: str | None = None) -> Language:
    """
    Return the language that reads English; loaded once a process.

    Args:
        name: An installed spaCy pipeline, or the path of one, with Universal Dependencies labels; the bundled
            weights where None.

    Raises:
        WeightsMissing: The pipeline is not installed, or its labels are not those of Universal Dependencies.
    """
    return _load(name)


@functools.cache
def _load(name: str | None) -> Language:
    if name is None:
        _bundled_meta()
        return spacy.load(BUNDLED)
    try:
        language = spacy.load(name)
    except OSError:
        raise WeightsMissing(
            f"The spaCy pipeline {name!r} is not installed. Install it with pip, or leave the name out"
            " to use the bundled weights"
        ) from None
    # "obl" is the Universal Dependencies label that no other English scheme has.
    if not any("obl" in labels for labels in language.pipe_labels.values()):
        raise WeightsMissing(
            f"The spaCy pipeline {name!r} does not parse with Universal Dependencies labels, which the reading"
            " rules are written in. Leave the name out to use the bundled weights"
        )
    return language


def parse(text: str, language: Language) -> Doc:
    """Return the text with words, sentences, grammar and names; `doc.text == text` whatever the text holds."""
    return next(parse_all((text,), language))


def parse_all(texts: Iterable[str], language: Language, *, batch_size: int = 64) -> Iterator[Doc]:
    """
    Yield each text parsed, in order; the result does not depend on the batch.

    Args:
        texts: The texts, each taken as it is.
        language: What `load_language` returned.
        batch_size: How many texts are held and parsed together.
    """
    waiting = iter(texts)
    while batch := list(itertools.islice(waiting, batch_size)):
        cut = [_windows(text, language) for text in batch]
        parsed = language.pipe([window for windows in cut for _, window in windows], batch_size=256)
        for text, windows in zip(batch, cut, strict=True):
            starts = [offsets for offsets, _ in windows]
            yield _assemble(text, starts, list(itertools.islice(parsed, len(windows))), language)


# -- windows ----------------------------------------------------------------------------------------------------------


def _windows(text: str, language: Language) -> list[tuple[list[int], Doc]]:
    """
    Return the text as windows to read, each with where its tokens start.

    A window holds whole paragraphs, their first words marked as sentence starts; white space is no token in it.
    """
    windows: list[tuple[list[int], Doc]] = []
    words: list[str] = []
    starts: list[int] = []
    borders: list[bool | None] = []

    def close() -> None:
        if words:
            spaces = [
                start + len(word) < after
                for word, start, after in zip(words, starts, starts[1:], strict=False)
            ]
            window = Doc(language.vocab, words=words, spaces=[*spaces, False], sent_starts=list(borders))
            windows.append((starts[:], window))
            words.clear()
            starts.clear()
            borders.clear()

    for start, end in find_paragraphs(text):
        found: list[tuple[str, int]] = []
        for at, piece in _pieces(text, start, end):
            found.extend(
                (token.text, at + token.idx) for token in language.tokenizer(piece) if not token.is_space
            )
        for first, last in _cuts([word for word, _ in found]):
            if len(words) + last - first > WINDOW:
                close()
            borders.extend([True, *[None] * (last - first - 1)])
            words.extend(word for word, _ in found[first:last])
            starts.extend(offset for _, offset in found[first:last])
    close()
    return windows


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield a paragraph in one piece, or cut where a word is longer than any word is."""
    begin, length = start, 0
    for found in _PIECE.finditer(text, start, end):
        if found.group().isspace():
            length = 0
            continue
        if length:
            yield begin, text[begin : found.start()]
            begin = found.start()
        length = found.end() - found.start()
        length = length if length == LONGEST_WORD else 0
    if begin < end:
        yield begin, text[begin:end]


def _cuts(words: list[str]) -> Iterator[tuple[int, int]]:
    first = 0
    while len(words) - first > LONGEST:
        last = first + LONGEST
        for marks in (_ENDS, ";:", ","):
            at = next((i for i in range(last, first + LONGEST // 2, -1) if words[i - 1] in marks), 0)
            if at:
                last = at
                break
        yield first, last
        first = last
    if first < len(words):
        yield first, len(words)


# -- one Doc over the whole text --------------------------------------------------------------------------------------


def _assemble(text: str, starts: list[list[int]], windows: list[Doc], language: Language) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    places: list[int] = []
    at = 0

    def fill(gap: str) -> None:
        if gap.startswith(" ") and words:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)

    for offsets, window in zip(starts, windows, strict=True):
        for start, token in zip(offsets, window, strict=True):
            if start > at:
                fill(text[at:start])
            word = token.text
            places.append(len(words))
            words.append(word)
            spaces.append(False)
            at = start + len(word)
    fill(text[at:])
    doc = Doc(language.vocab, words=words, spaces=spaces)
    if words:
        table = _table(len(words), np.asarray(places, dtype=np.int64), windows, language)
        doc.from_array(_COLUMNS, table.view(np.uint64))  # type: ignore[arg-type]  # spaCy's hint forgets unsigned hashes
    _carry_spans(doc, places, windows)
    _carry_states(doc, places, windows)
    return doc


def _carry_spans(doc: Doc, places: list[int], windows: list[Doc]) -> None:
    """Carry the windows' spans over; those that meet at the border of two windows are one."""
    found: dict[str, list[tuple[int, int]]] = {}
    first = 0
    for window in windows:
        for name, group in window.spans.items():
            spans = found.setdefault(name, [])
            for span in group:
                if spans and spans[-1][1] == first + span.start == first:
                    spans[-1] = (spans[-1][0], first + span.end)
                else:
                    spans.append((first + span.start, first + span.end))
        first += len(window)
    for name, spans in found.items():
        doc.spans[name] = SpanGroup(
            doc, name=name, spans=[Span(doc, places[start], places[end - 1] + 1) for start, end in spans]
        )


def _carry_states(doc: Doc, places: list[int], windows: list[Doc]) -> None:
    """Carry over the vectors the encoder left for each word; white space has none. Another pipeline leaves none of that kind."""
    states = [
        window.tensor for window in windows if window.tensor.ndim == 2 and len(window.tensor) == len(window)
    ]
    if places and len(states) == len(windows):
        doc.tensor = np.zeros((len(doc), states[0].shape[1]), dtype=states[0].dtype)
        doc.tensor[places] = np.concatenate(states)


def _table(
    length: int, places: NDArray[np.int64], windows: list[Doc], language: Language
) -> NDArray[np.int64]:
    """Return the windows' annotation as one table, with rows for the white space between their tokens."""
    strings = language.vocab.strings
    table = np.zeros((length, len(_COLUMNS)), dtype=np.int64)
    table[:, _TAG] = np.uint64(strings.add("_SP")).astype(np.int64)
    table[:, _POS] = strings["SPACE"]
    table[:, _DEP] = np.uint64(strings.add("dep")).astype(np.int64)
    table[:, _IOB] = 2
    # White space hangs on the token before it, at the start of a text on the first.
    table[1:, _HEAD] = -1
    if len(places):
        lead = int(places[0])
        table[:lead, _HEAD] = lead - np.arange(lead)
        rows = np.concatenate([_lemmatised(window) for window in windows])
        first = np.repeat(np.cumsum([0, *map(len, windows[:-1])]), [len(window) for window in windows])
        within = np.arange(len(rows)) - first
        heads = places[first + within + rows[:, _HEAD]]
        table[places] = rows
        table[places, _HEAD] = heads - places
    _bridge_names(table)
    return table


def _lemmatised(window: Doc) -> NDArray[np.int64]:
    """Return the annotation of a window; lemmas of words in capitals are written small, as they are elsewhere."""
    rows: NDArray[np.int64] = window.to_array(_COLUMNS).astype(np.uint64).view(np.int64)
    letters = [char for char in window.text if char.isalpha()]
    shouted = sum(map(str.isupper, letters)) > 0.6 * len(letters)
    for i, token in enumerate(window):
        lemma = token.lemma_ or token.lower_
        if shouted and token.pos_ != "PROPN":
            lemma = lemma.lower()
        if lemma != token.lemma_:
            rows[i, _LEMMA] = np.uint64(window.vocab.strings.add(lemma)).astype(np.int64)
    return rows


def _bridge_names(table: NDArray[np.int64]) -> None:
    """Keep a name whole over the white space inside it ("New  York")."""
    for row in np.flatnonzero(table[:-1, _IOB] == 2):
        if row and table[row + 1, _IOB] == 1:
            table[row, _IOB] = 1
            table[row, _KIND] = table[row + 1, _KIND]
