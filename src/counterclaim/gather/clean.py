"""
Leaves in an article what the reporter wrote, and keeps what was left out with the reason.

Comes in: a page's paragraphs, and its title where the page tells it. Goes out: the body's paragraphs, the title,
the dateline, the agency, the authors, stamps of time, and every passage dropped, in the page's order.

    >>> cleaned = clean_paragraphs(("Talks stall", "BAMAKO, May 4 (AFP) – The envoy left on Tuesday. Read more", "Share this article"))
    >>> cleaned.body, cleaned.title, cleaned.agency
    (('The envoy left on Tuesday.',), 'Talks stall', 'Agence France-Presse')
    >>> [(drop.text, drop.reason) for drop in cleaned.dropped]
    [('BAMAKO, May 4 (AFP) –', 'dateline'), ('Read more', 'read_more'), ('Share this article', 'share')]

What counts as clutter stands in knowledge/clutter.tsv. Better let clutter pass than lose a sentence: a caption
without a credit reads like a sentence of the report and stays.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from counterclaim.gather.credits import clean_authors, find_authors, find_credited_agency
from counterclaim.gather.dateline import Filing, find_credit, find_dateline
from counterclaim.gather.published import read_update
from counterclaim.knowledge import Row, load_table
from counterclaim.types import Dateline, Dropped

# A longer paragraph is never clutter as a whole; credits of large stories reach about 500 characters.
_MAX_LINE = 700
# How far from its end a paragraph may carry a "Read more".
_MAX_TAIL = 600
_MAX_TAILS = 8
# More lines than these before the first sentence are no headline and deck but a text of another kind: kept.
_MAX_HEAD = 8
_MAX_TITLE_WORDS = 35
# Fewer words between headline and dateline are a section's name ("World news").
_MIN_DECK = 4
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BULLET = re.compile(r"[•·▪●‣■◦]\s*|[*–-]\s+")
_INLINE_BYLINE = re.compile(r"By [A-Z][^/|.]{2,80}?\s*(?:/|\||\s-)\s+")
# Letters for sounds that no language of the press writes (phonetic signs): words to a pattern, not punctuation.
_AGENCY, _OUTLET = "\u0298", "\u02ac"
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u0298\u02ac])")
_MAX_SENTENCES = 8
_LOOKALIKES = str.maketrans("аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈ", "aeopcyxisjdhqwABEKMHOPCTYXISJ")
_PUNCTUATION = str.maketrans("‘’“”–—…\u00a0", "''\"\"--. ")
_STAMPS = frozenset(("timestamp", "byline", "sign_off"))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """
    A page's paragraphs, told apart.

    Attributes:
        body: What the reporter wrote.
        stamps: Lines above the body that print when the page was posted or updated.
        agency: That of the dateline, else of a byline, credit or copyright line.
        authors: People; organisations only where no person is named.
        modified: The day of the last change, where a stamp prints it.
    """

    body: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    title: str | None = None
    dateline: Dateline | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    modified: str | None = None


@dataclass(slots=True)
class _Piece:
    """A paragraph on its way: what stays of it, and what was taken off before and after."""

    text: str
    is_standfirst: bool = False
    before: list[Dropped] = field(default_factory=list)
    after: list[Dropped] = field(default_factory=list)

    def drop(self, reason: str) -> None:
        self.before.append(Dropped(self.text, reason))
        self.text = ""


def clean_paragraphs(
    paragraphs: Sequence[str],
    *,
    title: str | None = None,
    authors: Sequence[str] = (),
    header: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Cleaned:
    """
    Tells the report from what surrounds it.

    Args:
        title, authors: The page's own, if known.
        header: Lines that the page prints between headline and report, outside of the paragraphs.
        names: What the outlet calls itself.
    """
    pieces = [_Piece(paragraph) for paragraph in paragraphs]
    _drop_clutter(pieces)
    _drop_from_heading_on(pieces)
    found = _drop_head(pieces, title)
    filings = _drop_datelines(pieces)
    people, others = clean_authors(authors, names)
    told = [(line, row["reason"]) for line in header if (row := find_clutter(line))]
    credit_lines = [drop.text for drop in _dropped(pieces) if drop.reason in {"byline", "credits"}]
    credit_lines += [line for line, reason in told if reason in {"byline", "credits"}]
    people = _merge(people, find_authors(credit_lines))
    # What one takes away may bare the page's end to the other; a clean text must come through unchanged.
    count = -1
    while count != (count := len(_dropped(pieces))):
        _drop_repeats(pieces, title or found)
        _drop_from_heading_on(pieces)
        _drop_bios(pieces, people)
    dropped = _dropped(pieces)
    placed = next((i for i, filing in enumerate(filings) if not filing.is_bare_agency), None)
    dateline = None if placed is None else filings[placed].dateline
    # A later story's agency is not this one's.
    agencies = [filing.agency for filing in filings[: 1 if placed is None else placed + 1] if filing.agency]
    agencies += [filing.agency for line in header if (filing := find_credit(line)) and filing.agency]
    credited = [agency for drop in dropped if (agency := find_credited_agency(drop.text, drop.reason))]
    credited += [agency for line, reason in told if (agency := find_credited_agency(line, reason))]
    stamps = (*_stamps(pieces), *(line for line, reason in told if reason in _STAMPS))
    return Cleaned(
        body=tuple(piece.text for piece in pieces if piece.text),
        dropped=dropped,
        title=title or found,
        dateline=dateline,
        agency=next(iter(agencies + credited), None),
        authors=people or others,
        stamps=tuple(dict.fromkeys(stamps)),
        modified=next((day for stamp in stamps if (day := read_update(stamp))), None),
    )


def find_clutter(paragraph: str, *, is_first: bool = False) -> Row | None:
    """The line of knowledge/clutter.tsv by which the whole paragraph is clutter, or None."""
    if len(paragraph) > _MAX_LINE:
        return None
    scopes = ("line", "list", "rest") if is_first else ("line", "inner", "list", "rest")
    marked = _mark(_quieten(paragraph))
    if row := next((row for scope in scopes if (row := _match(scope, marked))), None):
        return row
    # "Reuters contributed to this report. Reporting by Ana Ruiz": sentence by sentence nothing but clutter.
    sentences = _SENTENCE.split(marked)
    if not 1 < len(sentences) <= _MAX_SENTENCES:
        return None
    first: Row | None = None
    for sentence in sentences:
        row = _match("line", sentence)
        if row is None:
            return None
        first = first or row
    return first


def find_tail(paragraph: str) -> tuple[int, Row] | None:
    """Where clutter begins that hangs on the end of a paragraph, and the line that says so."""
    offset = max(0, len(paragraph) - _MAX_TAIL)
    window = _quieten(paragraph[offset:])
    # After a sentence's end only: "He asked what more there was to read" is no link.
    for end in re.finditer(r"(?<=[.!?…\"”’)])\s+(?=\S)", window):
        if row := _match("tail", _mark(window[end.end() :])):
            return offset + end.end(), row
    return None


def _stamps(pieces: list[_Piece]) -> Iterator[str]:
    """Lines of time above the report, or one below it that says "published"; others there belong to comments."""
    body = [i for i, piece in enumerate(pieces) if piece.text] or [len(pieces)]
    for index, piece in enumerate(pieces):
        for drop in piece.before:
            if drop.reason in _STAMPS and (
                index < body[0] or (index > body[-1] and "published" in drop.text.casefold())
            ):
                yield drop.text


# --- passages -----------------------------------------------------------------------------------


def _drop_clutter(pieces: list[_Piece]) -> None:
    in_list: str | None = None
    first = True
    for piece in pieces:
        row = find_clutter(piece.text, is_first=first)
        if row is not None and row["scope"] != "rest":
            in_list = row["reason"] if row["scope"] == "list" else in_list
            piece.drop(row["reason"])
            continue
        if in_list and row is None and (_is_headline(piece.text) or piece.text.isalpha()):
            piece.drop(in_list)
            continue
        in_list = None
        first = False
        _drop_tails(piece)


def _drop_tails(piece: _Piece) -> None:
    # A few stand one behind the other: agency, link, advertisement.
    for _ in range(_MAX_TAILS):
        if not (tail := find_tail(piece.text)):
            return
        start, row = tail
        piece.after.insert(0, Dropped(piece.text[start:], row["reason"]))
        piece.text = piece.text[:start].rstrip()


def _drop_from_heading_on(pieces: list[_Piece]) -> None:
    """
    Drops "Check Also", "About the author" and what follows.

    Only at the page's end: where more than half as much text follows as went before, the heading
    stands inside the report ("About Turkey") and nothing is dropped but the heading's own line.
    """
    sizes = [len(piece.text) for piece in pieces]
    total = sum(sizes)
    before = 0
    for index, piece in enumerate(pieces):
        row = _match("rest", piece.text) if 0 < len(piece.text) <= _MAX_LINE else None
        if row is not None and before and (total - before - sizes[index]) * 2 <= before:
            for late in pieces[index:]:
                if late.text:
                    late.drop(row["reason"])
            return
        before += sizes[index]


def _drop_head(pieces: list[_Piece], title: str | None) -> str | None:
    """Takes headline, deck and summary points off the top; returns the headline found there, if any."""
    body = next((i for i, piece in enumerate(pieces) if piece.text and _is_body(piece.text)), None)
    head = [piece for piece in pieces[:body] if piece.text and not find_dateline(piece.text)]
    # Lines said twice are dropped later and count once: a clean text must come through unchanged.
    if body is None or len({piece.text for piece in head}) > _MAX_HEAD:
        return None
    has_dateline = any(find_dateline(piece.text) for piece in pieces[: body + 1])
    headlines = [piece for piece in head if not _BULLET.match(piece.text) and _is_headline(piece.text)]
    # Dirty copies put the name of a section above the headline: four words make a headline.
    best = next(
        (p for p in headlines if len(_WORD.findall(p.text)) >= 4), headlines[0] if headlines else None
    )
    found: str | None = None
    for piece in head:
        if _is_title(piece.text, title or found):
            piece.drop("duplicate_headline")
        elif _BULLET.match(piece.text):
            piece.drop("summary_points")
        elif title is None and piece is best:
            found, piece.text = piece.text, ""
        elif has_dateline and _is_headline(piece.text):
            # It often says who did what best; a section's name or a copy of what follows says nothing.
            if len(_WORD.findall(piece.text)) < _MIN_DECK or _repeats(piece.text, pieces[body].text):
                piece.drop("deck")
            else:
                piece.is_standfirst = True
    # The headline set as the first sentence, with a full stop: a copy all the same.
    if _is_title(pieces[body].text, title or found) and any(piece.text for piece in pieces[body + 1 :]):
        pieces[body].drop("duplicate_headline")
    return found


def _repeats(deck: str, paragraph: str) -> bool:
    """Nearly all of its words stand in the paragraph, too."""
    words = {word.casefold() for word in _WORD.findall(deck) if len(word) > 3}
    said = {word.casefold() for word in _WORD.findall(paragraph)}
    return len(words & said) * 10 >= len(words) * 8


def _drop_datelines(pieces: list[_Piece]) -> list[Filing]:
    """
    Takes datelines off the paragraphs they open; the first is the article's.

    Further on in a page (a digest, a second story) only a dateline with a date or an agency counts.
    """
    filings: list[Filing] = []
    first = True
    for piece in pieces:
        if piece.is_standfirst:
            continue
        _drop_inline_byline(piece)
        if piece.text and first and (credit := find_credit(piece.text)):
            filings.append(credit)
            piece.drop("byline")
            continue
        while piece.text and (filing := find_dateline(piece.text)) and (filing.strong or first):
            filings.append(filing)
            piece.before.append(Dropped(piece.text[: filing.end_char].strip(), "dateline"))
            piece.text = piece.text[filing.end_char :].lstrip()
        first = first and not piece.text
    return filings


def _drop_inline_byline(piece: _Piece) -> None:
    """Takes "By Ana Ruiz / " off a paragraph whose dateline stands behind it."""
    byline = _INLINE_BYLINE.match(piece.text)
    if byline and (filing := find_dateline(piece.text[byline.end() :])) and filing.strong:
        piece.before.append(Dropped(byline.group().strip(), "byline"))
        piece.text = piece.text[byline.end() :]


def _drop_repeats(pieces: list[_Piece], title: str | None) -> None:
    seen: set[str] = set()
    for piece in pieces:
        # Speakers' names come back in a transcript, "Yes." in an interview.
        if not piece.text or piece.text.endswith(":"):
            continue
        words = len(_WORD.findall(piece.text[:400]))
        key = piece.text.casefold()
        if _is_title(piece.text, title) and not _SENTENCE_END.search(piece.text):
            piece.drop("duplicate_headline")
        elif key in seen and (words >= 6 or not _SENTENCE_END.search(piece.text)):
            piece.drop("repeated")
        else:
            seen.add(key)


def _quieten(text: str) -> str:
    """
    Letters as a reader takes them: advertisements hide from filters behind Cyrillic letters that look Latin.

    In a text all in capitals every word would pass for a name; a byline in capitals is short.
    """
    if text.isascii():
        pass
    elif (shown := text.translate(_LOOKALIKES)) != text and shown.translate(_PUNCTUATION).isascii():
        text = shown
    if len(text) <= 60 or not text.isupper():
        return text
    lower = text.lower()
    return lower if len(lower) == len(text) else text  # the Turkish dotted I becomes two characters


def _drop_bios(pieces: list[_Piece], authors: Sequence[str]) -> None:
    """Drops what is said of the authors below the report ("Marta Kowal covers the Sahel")."""
    for piece in reversed(pieces):
        if not piece.text:
            continue
        row = _match("bio", piece.text) if len(piece.text) <= _MAX_LINE else None
        if row is None or not piece.text.casefold().startswith(tuple(name.casefold() for name in authors)):
            return
        piece.drop(row["reason"])


def _dropped(pieces: list[_Piece]) -> tuple[Dropped, ...]:
    return tuple(drop for piece in pieces for drop in (*piece.before, *piece.after))


def _merge(authors: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for name in (*authors, *more):
        names.setdefault(name.casefold(), name)
    return tuple(names.values())


# --- what a paragraph is --------------------------------------------------------------------------


def _is_body(paragraph: str) -> bool:
    """A sentence of the report rather than a line above it."""
    words = len(_WORD.findall(paragraph[:400]))
    if _BULLET.match(paragraph) and words <= _MAX_TITLE_WORDS:
        return False
    if filing := find_dateline(paragraph):
        return filing.end_char < len(paragraph)
    if words > _MAX_TITLE_WORDS:
        return True
    is_sentence = words >= 3 and _SENTENCE_END.search(paragraph) is not None
    return is_sentence and not _is_question_headline(paragraph)


def _is_question_headline(paragraph: str) -> bool:
    return paragraph.endswith("?") and len(paragraph) < 90 and paragraph.count(".") == 0


def _is_headline(paragraph: str) -> bool:
    if len(paragraph) > 300 or paragraph.endswith((":", ",", ";")):
        return False
    if not 2 <= len(_WORD.findall(paragraph)) <= _MAX_TITLE_WORDS:
        return False
    return _SENTENCE_END.search(paragraph) is None or paragraph.endswith(("?", "!", "…", "..."))


def _is_title(paragraph: str, title: str | None) -> bool:
    """The headline again, perhaps with the site's name after a bar or a full stop."""
    if not title or len(paragraph) > 400:
        return False
    one, other = _title_keys(paragraph), _title_keys(title)
    return bool(one & other)


def _title_keys(text: str) -> frozenset[str]:
    parts = (text, re.split(r"\s+[|–—»-]\s+(?=[^|–—»]{2,40}$)", text)[0])
    return frozenset(key for part in parts if len(key := " ".join(_WORD.findall(part.casefold()))) > 8)


# --- compiled knowledge ---------------------------------------------------------------------------


def _match(scope: str, text: str) -> Row | None:
    pattern, rows = _patterns(scope)
    found = pattern.fullmatch(text)
    return rows[found.lastgroup] if found and found.lastgroup else None


@cache
def _patterns(scope: str) -> tuple[re.Pattern[str], dict[str, Row]]:
    """All patterns of a scope as one, each a named group: one call tells which line matches."""
    rows = {row["id"]: row for row in load_table("clutter") if row["scope"] == scope}
    return re.compile(
        "|".join(f"(?P<{name}>{expand(row['regex'])})" for name, row in rows.items()), re.IGNORECASE
    ), rows


def expand(regex: str) -> str:
    """A pattern with its named pieces ({names}, {stamp} ...) written out."""
    for name, piece in _pieces():
        regex = regex.replace(f"{{{name}}}", piece)
    return regex


@cache
def _pieces() -> tuple[tuple[str, str], ...]:
    pieces: list[tuple[str, str]] = [("agency", _AGENCY), ("outlet", f"[{_AGENCY}{_OUTLET}]")]
    for row in load_table("clutter_parts"):
        regex = row["regex"]
        for name, piece in pieces:
            regex = regex.replace(f"{{{name}}}", piece)
        pieces.append((row["id"], f"(?:{regex})"))
    return tuple(pieces)


def _mark(text: str) -> str:
    """Each known agency and outlet as one sign, so that no pattern has to spell four hundred names."""
    agencies, outlets = _names()
    return outlets.sub(_OUTLET, agencies.sub(_AGENCY, text))


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    agencies = {name for row in load_table("agencies") for name in (row["name"], *row.split("variants"))}
    # "REUTERS" in a picture's credit; longer names are printed in capitals only among capitals.
    agencies |= {name.upper() for name in agencies if " " not in name}
    outlets = {row["name"].removeprefix("The ") for row in load_table("outlets")}
    outlets |= {name.upper() for name in outlets}
    return _any_of(agencies), _any_of(outlets)


def _any_of(names: set[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?=[A-ZČd])(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
