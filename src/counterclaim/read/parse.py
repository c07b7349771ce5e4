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
from spacy.tokens import Doc

from counterclaim.errors import WeightsMissing

BUNDLED = Path(__file__).parent.parent / "weights" / "cnn"
# Tables and scraped menus come as "sentences" of thousands of tokens; the longest of the treebanks has 159.
LONGEST = 300
# The tokenizer takes punctuation off a word one mark at a time, so a run of 100,000 marks takes it minutes.
LONGEST_WORD = 250

_COLUMNS: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]
_TAG, _POS, _, _LEMMA, _DEP, _HEAD, _IOB, _KIND = range(len(_COLUMNS))
_BLANK_LINE = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*")
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


@functools.cache
def load_language(name: str | None = None) -> Language:
    """
    Return the language that reads English; loaded once a process.

    Args:
        name: An installed spaCy pipeline, or the path of one, with Universal Dependencies labels; the bundled
            weights where None.

    Raises:
        WeightsMissing: The pipeline is not installed, or its labels are not those of Universal Dependencies.
    """
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


# -- paragraphs -------------------------------------------------------------------------------------------------------


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the paragraphs of a text as character spans: no sentence runs over their borders.

    A cleaned article has one paragraph a line, so a line break is a border, unless the lines were broken to fit
    a width: then each is followed by a word that would not have fitted on it.
    """
    blocks: list[tuple[int, int]] = []
    at = 0
    for gap in _BLANK_LINE.finditer(text):
        blocks.append((at, gap.start()))
        at = gap.end()
    blocks.append((at, len(text)))
    width = max((_wrapped_width(text[start:end].split("\n")) for start, end in blocks), default=0)
    for start, end in blocks:
        lines = text[start:end].split("\n")
        at = begin = start
        for line, following in itertools.pairwise(lines):
            at += len(line) + 1
            if not (width and _fills(line, following, width)):
                yield begin, at - 1
                begin = at
        if end > begin:
            yield begin, end


def _wrapped_width(lines: list[str]) -> int:
    """Return the width that three or more lines were broken to fit, or 0 where they were not."""
    if len(lines) < 3:
        return 0
    width = max(len(line.rstrip()) for line in lines)
    # Typewriters, e-mail and wire services break between 40 and 120 columns.
    if not 40 <= width <= 120:
        return 0
    return width if all(_fills(line, after, width) for line, after in itertools.pairwise(lines)) else 0


def _fills(line: str, following: str, width: int) -> bool:
    word = following.split(maxsplit=1)[:1]
    return bool(word) and len(line.rstrip()) <= width < len(line.rstrip()) + 1 + len(word[0])


# -- windows ----------------------------------------------------------------------------------------------------------


def _windows(text: str, language: Language) -> list[tuple[list[int], Doc]]:
    """Return the text as pieces to parse, each with where its tokens start; white space is no token in them."""
    windows: list[tuple[list[int], Doc]] = []
    for start, end in find_paragraphs(text):
        words: list[str] = []
        starts: list[int] = []
        for at, piece in _pieces(text, start, end):
            for token in language.tokenizer(piece):
                if not token.is_space:
                    words.append(token.text)
                    starts.append(at + token.idx)
        for first, last in _cuts(words):
            spaces = [
                starts[i] + len(words[i]) < starts[i + 1] if i + 1 < last else False
                for i in range(first, last)
            ]
            windows.append((starts[first:last], Doc(language.vocab, words=words[first:last], spaces=spaces)))
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
        for marks in (".!?", ";:", ","):
            at = next((i for i in range(last, first + LONGEST // 2, -1) if words[i - 1][-1] in marks), 0)
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
        doc.from_array(_COLUMNS, table.view(np.uint64))  # type: ignore[arg-type]  # spaCy's hint forgets that hashes are unsigned
    return doc


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
