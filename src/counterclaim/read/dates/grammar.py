"""
The date grammar: words with their classes, and patterns over classes instead of over letters.

Comes in: a text. Goes out: matches of the lines of ``knowledge/dates.tsv``, each with the words it covers.
Every word becomes one character that stands for its set of classes ("May" is a month and a modal,
"second" an ordinal and a unit), so that a whole article is a short string and each pattern one compiled
regular expression over it.

    ``the? $ord4 quarter`` matches "the third quarter": the -> literal, third -> class ord4, quarter -> literal.

Limit: a pattern never crosses a blank line, and words are seen without their syntax.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from counterclaim.knowledge import Row, load_table
from counterclaim.read.syntax.numbers import number_words, ordinal_words, read_number

BREAK = "\x02"
OTHER = "\x01"
FIRST_SYMBOL = 0x4E00
NAMED = re.compile(r"(.+):([a-z]\w*)")
MARKS = {"(": "lpar", ")": "rpar"}
DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'"})


class DateWord(NamedTuple):
    """A word of the date grammar: its offsets, its classes, and the number it stands for."""

    lower: str
    start: int
    end: int
    classes: frozenset[str]
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: its line and the words it covers, with the words of each named part."""

    row: Row
    start: int
    end: int
    parts: tuple[tuple[str, tuple[DateWord, ...]], ...]
    words: tuple[DateWord, ...]

    def part(self, name: str) -> tuple[DateWord, ...]:
        """The words of a named part, empty where the pattern matched without it."""
        for key, words in self.parts:
            if key == name:
                return words
        return ()

    def text(self, name: str) -> str:
        """The words of a named part joined by blanks, in lower case."""
        return " ".join(word.lower for word in self.part(name))


@cache
def class_words() -> dict[str, dict[str, tuple[str, str]]]:
    """For each form its classes, each with value and case."""
    forms: dict[str, dict[str, tuple[str, str]]] = {}
    for row in load_table("dates_words"):
        forms.setdefault(row["form"], {})[row["class"]] = (row["value"], row["case"])
    for row in load_table("timezones"):
        forms.setdefault(row["form"], {})["zone"] = (row["offset"], "")
    return forms


def word_value(word: DateWord, name: str) -> str:
    """What the word's form stands for as a member of that class."""
    return class_words().get(word.lower, {}).get(name, ("", ""))[0]


@cache
def _lexer() -> re.Pattern[str]:
    dotted = sorted((form for form in class_words() if form.endswith(".")), key=len, reverse=True)
    shortened = "|".join(rf"\b{re.escape(form)}(?!\w)" for form in dotted)
    return re.compile(
        rf"(?P<para>\n[^\S\n]*\n)|(?P<abbr>{shortened})|(?P<ampm>\b[ap]\.\s?m\b\.?)"
        r"|(?P<clock>\b\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\b\d{1,2}\.\d{2}(?=\s?[ap]\.?m))"
        r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
        r"|(?P<decade>\b\d{3}0['’]?s\b|['’]\d0s\b)|(?P<apos>(?<!\w)['’]\d\d\b)"
        r"|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?(?:/[2-9](?!\d|/))?)|(?P<possessive>['’]s\b)"
        r"|(?P<word>[hq][1-4]\b|[^\W\d_]+)|(?P<mark>[^\w\s])",
        re.IGNORECASE,
    )


@dataclass(slots=True)
class _Piece:
    kind: str
    text: str
    lower: str
    start: int
    end: int


def read_words(text: str) -> list[DateWord]:
    """The text as words of the date grammar; numbers written in several words are one word."""
    pieces = [
        _Piece(found.lastgroup or "", found.group(), found.group().lower().translate(DASHES), *found.span())
        for found in _lexer().finditer(text)
    ]
    lowers = [piece.lower for piece in pieces]
    words: list[DateWord] = []
    spelled, ordinals = number_words(), ordinal_words()
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        if piece.kind == "word" and (piece.lower in spelled or piece.lower in ordinals):
            word, position = _spelled_number(pieces, lowers, position)
            words.append(word)
            continue
        words.append(_make_word(piece))
        position += 1
    return words


def _spelled_number(pieces: list[_Piece], lowers: list[str], position: int) -> tuple[DateWord, int]:
    piece = pieces[position]
    read = read_number(lowers, position) if piece.lower in number_words() else None
    if read is None:
        value = ordinal_words().get(piece.lower)
        return _word_with_number(piece, piece, value, ordinal=value is not None), position + 1
    value, end = read
    # "twenty-first": a ten, a hyphen and an ordinal.
    tail = end + 1 if end < len(lowers) and lowers[end] == "-" else end
    if value in range(20, 100, 10) and tail < len(lowers) and 0 < ordinal_words().get(lowers[tail], 0) < 10:
        return _word_with_number(
            piece, pieces[tail], value + ordinal_words()[lowers[tail]], ordinal=True
        ), tail + 1
    # "nineteen ninety-six": a year in two numbers.
    if value in {18, 19, 20} and end < len(lowers) and lowers[end] in number_words():
        second = read_number(lowers, end)
        if second and 10 <= second[0] <= 99:
            last = pieces[second[1] - 1]
            return DateWord(
                lowers[position],
                piece.start,
                last.end,
                frozenset({"year", "=year_words"}),
                value * 100 + second[0],
            ), second[1]
    return _word_with_number(piece, pieces[end - 1], value, ordinal=False), end


def _word_with_number(first: _Piece, last: _Piece, value: int | None, *, ordinal: bool) -> DateWord:
    single = first is last
    known = class_words().get(first.lower, {}) if single else {}
    classes = set(known)
    if single and first.lower in _literals():
        classes.add(f"={first.lower}")
    if value is not None:
        classes |= _ordinal_classes(value) if ordinal else {"num", "numword"}
        if not ordinal and 2000 <= value < 2100:
            classes.add("yearword")
    return DateWord(
        first.lower if single else f"{first.lower} …", first.start, last.end, frozenset(classes), value
    )


def _ordinal_classes(value: int) -> set[str]:
    classes = {"ordinal"}
    if value <= 31:
        classes.add("dayx")
    if value <= 4:
        classes.add("ord4")
    return classes


def _make_word(piece: _Piece) -> DateWord:
    value: int | None = None
    classes: set[str] = set()
    match piece.kind:
        case "para":
            return DateWord("", piece.start, piece.end, frozenset({"=break"}))
        case "ampm":
            classes = {"ampm"}
            lower = piece.lower.replace(" ", "")
            return DateWord(
                lower if lower.endswith(".") else f"{lower}.", piece.start, piece.end, frozenset(classes)
            )
        case "clock":
            hour, minute = re.split(r"[:.]", piece.lower)[:2]
            if int(hour) <= 24 and int(minute) < 60:
                classes, value = {"clock"}, int(hour) * 60 + int(minute)
        case "ordinal":
            value = int(piece.lower[:-2])
            classes = _ordinal_classes(value)
        case "decade":
            value = int(re.sub(r"\D", "", piece.lower))
            classes = {"decade"}
        case "apos":
            value = int(piece.lower[1:])
            classes = {"yy", "apos"}
        case "number":
            value, classes = _digit_classes(piece.lower)
        case _:
            return DateWord(
                piece.lower, piece.start, piece.end, _classes_of(piece.lower, small=piece.text[0].islower())
            )
    return DateWord(piece.lower, piece.start, piece.end, frozenset(classes), value)


@lru_cache(20_000)
def _classes_of(lower: str, *, small: bool) -> frozenset[str]:
    """The classes of a word or a mark; `small` where it begins with a small letter."""
    known = class_words().get(lower, {}).items()
    classes = {name for name, (_, case) in known if not (case == "cap" and small)}
    name = MARKS.get(lower, lower)
    if name in _literals():
        classes.add(f"={name}")
    return frozenset(classes)


def _digit_classes(text: str) -> tuple[int, set[str]]:
    if "/" in text:
        return 0, {"fraction"}
    value = int(float(text.replace(",", "")[:15]))
    classes = {"num"}
    if "," in text or "." in text:
        return value, classes
    if len(text) <= 2:
        if 1 <= value <= 31:
            classes |= {"dayx", "day"}
        if 1 <= value <= 12:
            classes |= {"monthnum", "hour"}
        if len(text) == 2:
            classes.add("yy")
    elif len(text) == 4:
        if 1400 <= value < 2200:
            classes.add("year")
        if value // 100 < 25 and value % 100 < 60:
            classes.add("hhmm")
    return value, classes


@cache
def _literals() -> frozenset[str]:
    """Every plain word the patterns name; all other words look alike to them."""
    words: set[str] = set()
    for row in load_table("dates"):
        for element in _expand(row["pattern"]).split():
            if element in {"(", ")", ")?", "|"} or element.startswith("(:"):
                continue
            words.update(part for part in _body(element).split("|") if part and not part.startswith("$"))
    return frozenset(words)


def _body(element: str) -> str:
    """The element without its marks and name."""
    bare = element.removeprefix("!").removeprefix("@").removeprefix("=").removesuffix("?")
    named = NAMED.fullmatch(bare)
    return named.group(1) if named else bare


@cache
def _macros() -> dict[str, str]:
    return {f"%{row['id']}": row["pattern"] for row in load_table("dates") if row["make"] == "macro"}


def _expand(pattern: str) -> str:
    for _ in range(4):
        if "%" not in pattern:
            break
        # Longest names first, so that %edge does not eat into %edges.
        for name in sorted(_macros(), key=len, reverse=True):
            pattern = pattern.replace(name, _macros()[name])
    return pattern


@cache
def _symbols() -> dict[frozenset[str], str]:
    """One character for each set of classes a word can have: found by trying all shapes and all forms."""
    sets: set[frozenset[str]] = {frozenset({"=break"}), frozenset({"ampm"}), frozenset({"clock"})}
    figures = [
        *map(str, range(100)),
        # Above that only whether it can be a year, and whether a time, tells numbers apart.
        *("100", "1000", "1060", "1400", "1460", "2200", "2260", "2500", "0130", "01", "99999"),
        *("1,000", "2.5", "1/2", "1990s", "'98", "8:00"),
        *(f"{n}th" for n in range(100)),
    ]
    spelled = [*(form.rstrip(".") for form in class_words()), *number_words(), *ordinal_words()]
    spelled += [*_literals(), *MARKS]
    spelled += ["twenty-first", "twenty-four", *(f"{ten}-first" for ten in ("thirty", "forty"))]
    spelled += ["nineteen ninety-six", "two thousand"]
    forms = dict.fromkeys(spelled)
    forms.update(dict.fromkeys(form.capitalize() for form in spelled))
    forms.update(dict.fromkeys(f"{form}." for form in (*figures, *spelled)))
    forms.update(dict.fromkeys(figures))
    # Nothing is read across an empty line.
    sets.update({word.classes for word in read_words("\n\n".join(forms))})
    sets.discard(frozenset())
    ordered = sorted(sets, key=lambda classes: tuple(sorted(classes)))
    return {classes: chr(FIRST_SYMBOL + number) for number, classes in enumerate(ordered)}


def encode(words: list[DateWord]) -> str:
    """The words as a string of symbols, one character a word."""
    symbols = _symbols()
    return "".join(
        BREAK if "=break" in word.classes else symbols.get(word.classes, OTHER) if word.classes else OTHER
        for word in words
    )


@cache
def _charset(name: str) -> str:
    """The characters a pattern element stands for: a literal's or a class's."""
    wanted = name[1:] if name.startswith("$") else f"={name}"
    found = "".join(symbol for classes, symbol in _symbols().items() if wanted in classes)
    return found or "\x00"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the grammar: its pattern written out, and the symbols of which a text must have one each."""

    row: Row
    pattern: str
    needs: tuple[frozenset[str], ...]


@cache
def _lines() -> tuple[_Line, ...]:
    """The grammar's lines in order."""
    written = [(row, _expand(row["pattern"])) for row in load_table("dates") if row["make"] != "macro"]
    return tuple(_Line(row, pattern, _needs(pattern)) for row, pattern in written)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(_translate(pattern))


def _needs(pattern: str) -> tuple[frozenset[str], ...]:
    """For each element that no match can do without, the symbols it stands for."""
    needs: list[frozenset[str]] = []
    depth = 0
    for element in pattern.split():
        if element.startswith("(") and (element == "(" or element.startswith("(:")):
            depth += 1
        elif element in {")", ")?"}:
            depth -= 1
        elif element == "|" and not depth:
            return ()
        elif not depth and not element.startswith(("!", "@", "=")) and not element.endswith("?"):
            needs.append(_symbols_of(_body(element)))
    return tuple(needs)


@cache
def _symbols_of(body: str) -> frozenset[str]:
    return frozenset("".join(_charset(part) for part in body.split("|") if part))


def _translate(pattern: str) -> str:
    out: list[str] = []
    for element in pattern.split():
        if element == "(":
            out.append("(?:")
        elif element.startswith("(:"):
            out.append(f"(?P<{element[2:]}>")
        elif element in {")", ")?", "|"}:
            out.append(element)
        else:
            out.append(_element(element))
    return "".join(out)


def _element(element: str) -> str:
    for mark, form in (("!@", "(?<!{})"), ("@", "(?<={})"), ("!=", "(?!{})"), ("=", "(?={})")):
        if element.startswith(mark) and len(element) > len(mark):
            return form.format(_alternatives(element[len(mark) :]))
    optional = "?" if element.endswith("?") and len(element) > 1 else ""
    body = element.removesuffix("?") if optional else element
    named = NAMED.fullmatch(body)
    name = named.group(2) if named else ""
    if named:
        body = named.group(1)
    elif body.startswith("$") and "|" not in body:
        name = body[1:]
    inner = _alternatives(body)
    return f"(?P<{name}>{inner}){optional}" if name else f"{inner}{optional}"


def _alternatives(body: str) -> str:
    if body == "|":
        body = ""
    characters = "".join(_charset(part) for part in body.split("|") if part)
    return "[" + "".join(sorted(set(characters))) + "]"


def find_matches(words: list[DateWord]) -> Iterator[Match]:
    """All matches of all lines, overlaps included."""
    symbols = encode(words)
    present = frozenset(symbols)
    for line in _lines():
        # Most lines need a word the text does not have; their expressions are never compiled.
        if any(present.isdisjoint(need) for need in line.needs):
            continue
        expression = _compile(line.pattern)
        for found in expression.finditer(symbols):
            if found.start() == found.end():
                continue
            parts = tuple(
                (name, tuple(words[slice(*found.span(name))]))
                for name in expression.groupindex
                if found.group(name)
            )
            yield Match(
                line.row, found.start(), found.end(), parts, tuple(words[found.start() : found.end()])
            )
