"""
Actor and agent dictionaries of PETRARCH, TABARI and Phoenix, turned into a table of one's own actors.

In: the lines of a dictionary. Out: rows for `own.write_rows`, and what could not be understood, with line numbers.

    NORTHMARCH_ [NMA]             an actor and its CAMEO code: country, then three letters a role
    +NORTHMARCHER                 another name of the actor above
    ADA_MOOR                      an actor whose codes stand below
        [NMAGOV 20101104-20141109]  from one day to another; <20101104 before, >20101104 from then on
        [NMAELI]                  otherwise
    HARBOUR_PILOT {} [~BUS]       an agent: what the noun adds to the country beside it; {} irregular or no plural
    !PERSON! = MAN, WOMAN         a set of words, put in for !PERSON! wherever it stands
    # and <!-- --> comments

Example: "ADA_MOOR [NMAGOV >20101104]" -> person Ada Moor, NMA, GOV, from 2010-11-04.
Limit: the dictionaries are in capitals, so "ETA" becomes "Eta" (which finds ETA); what a code says beyond country and
PLOVER's sectors is only kept in the column `code` (an agent with nothing else lends UNK); whether a name is a person's is guessed: one with dates is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from counterclaim.knowledge import Row, load_table
from counterclaim.read.actors.lexicon import row_words
from counterclaim.read.actors.own import OwnActor, make_slug

_BLOCK = re.compile(r"\[([^\[\]]*)\]")
_CODE = re.compile(r"[A-Z0-9]{3,}(/[A-Z0-9]{3,})*|-{3}|\+{3}|#{3}")
_NOBODY = frozenset(("---", "+++", "###"))
_AGENT = re.compile(r"([A-Z]{3})*~([A-Z]{3})*")
_PLURALS = re.compile(r"\{([^{}]*)\}")
_SET = re.compile(r"!([A-Z_]+)!")
_ACRONYM_LENGTH = 6
# The manual's rule: 30 and below are of this century.
_THIS_CENTURY = 30


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that could not be understood."""

    line: int
    text: str
    reason: str


@dataclass(slots=True)
class _Actor:
    """An actor being read: its names, and its codes with their dates."""

    line: int
    text: str
    names: list[str] = field(default_factory=list)
    codes: list[tuple[str, str, str]] = field(default_factory=list)


def read_petrarch(lines: Iterable[str]) -> tuple[tuple[OwnActor, ...], tuple[Problem, ...]]:
    """The actors and agents of one dictionary, in its order, and the lines that are malformed."""
    reader = _Reader()
    for number, line in enumerate(lines, start=1):
        try:
            reader.take(number, line)
        except ValueError as error:
            reader.problems.append(Problem(number, line.strip(), str(error)))
    reader.close()
    return tuple(reader.rows), tuple(reader.problems)


class _Reader:
    """One pass over the lines of a dictionary."""

    def __init__(self) -> None:
        self.rows: list[OwnActor] = []
        self.problems: list[Problem] = []
        self._sets: dict[str, list[str]] = {}
        self._open: _Actor | None = None
        self._in_comment = False

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        text = self._uncomment(line)
        if not text.strip():
            return
        if text.startswith("!") and "=" in text:
            name, _, words = text.partition("=")
            self._sets[name.strip().strip("!")] = [word.strip() for word in words.split(",") if word.strip()]
            return
        name = _PLURALS.sub(" ", _BLOCK.sub(" ", text)).strip()
        blocks = [block.strip() for block in _BLOCK.findall(text)]
        if any(mark in name for mark in "[]{}"):
            raise ValueError("a bracket is not closed")
        if any("~" in block for block in blocks):
            self.close()
            self._take_agent(name, blocks, _PLURALS.findall(text))
            return
        if name.startswith("+"):
            if self._open is None:
                raise ValueError("there is no actor above that this could be another name of")
            name = name.removeprefix("+").strip()
            self._open.names.extend(_spell(name))
        elif name:
            self.close()
            self._open = _Actor(number, text.strip(), _spell(name))
        elif self._open is None:
            raise ValueError("there is no actor above that this code could belong to")
        if self._open is not None:
            self._open.codes.extend(_read_block(block) for block in blocks)

    def close(self) -> None:
        """Make rows of the actor read last."""
        actor, self._open = self._open, None
        if actor is None:
            return
        if actor.codes:
            self.rows.extend(_make_rows(actor))
        elif not any(actor.line <= problem.line for problem in self.problems):
            self.problems.append(Problem(actor.line, actor.text, "the actor has no code"))

    def _uncomment(self, line: str) -> str:
        if self._in_comment or line.lstrip().startswith("<!"):
            self._in_comment = "-->" not in line
            return ""
        # "[###]" is a code, not a comment.
        return re.sub(r"(?<!\[)(?<!#)#(?!#*\]).*", "", line.rstrip("\r\n"))

    def _take_agent(self, name: str, blocks: list[str], plurals: list[str]) -> None:
        code = blocks[0].replace(" ", "")
        if len(blocks) > 1 or not _AGENT.fullmatch(code):
            raise ValueError(
                f"{blocks} is no code of an agent, which is a ~ before or behind threes of letters"
            )
        sector, other = _read_sectors(code.replace("~", ""))
        nouns = [noun for each in (name, *plurals) for noun in self._expand(each) if noun]
        if not nouns:
            raise ValueError("the agent has no name")
        words = [noun.replace("_", " ").strip().lower() for noun in nouns]
        self.rows.append(
            OwnActor(
                words[0],
                make_slug(words[0]),
                "agent",
                tuple(words[1:]),
                "",
                sector or "UNK",
                other,
                code=code,
            )
        )

    def _expand(self, name: str) -> list[str]:
        """A name with each word of the sets it names."""
        found = _SET.search(name)
        if found is None:
            return [name.strip()]
        if found[1] not in self._sets:
            raise ValueError(f"the set {found[0]} is not defined above")
        words = self._sets[found[1]]
        return [made for word in words for made in self._expand(name.replace(found[0], word, 1))]


# -- codes -------------------------------------------------------------------------------------------------------------


@cache
def _pieces() -> dict[str, Row]:
    return {row["id"]: row for row in load_table("cameo_sectors")}


def _read_block(block: str) -> tuple[str, str, str]:
    """
    A code with its first and last day.

    >>> _read_block("NMAGOV 101104-141109"), _read_block("NMA <20101104")
    (('NMAGOV', '2010-11-04', '2014-11-09'), ('NMA', '', '2010-11-03'))
    """
    code, _, dates = block.partition(" ")
    code, dates = code.upper(), dates.replace(" ", "")
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code or block!r} is no code of an actor")
    if not dates:
        return code, "", ""
    if dates[0] == "<":
        return code, "", (_read_date(dates[1:]) - timedelta(days=1)).isoformat()
    if dates[0] == ">":
        return code, _read_date(dates[1:]).isoformat(), ""
    first, dash, last = dates.partition("-")
    if not dash:
        raise ValueError(f"{dates!r} is no date: write <DATE, >DATE or DATE-DATE")
    start, until = _read_date(first), _read_date(last)
    if start > until:
        raise ValueError(f"{dates} ends before it begins")
    return code, start.isoformat(), until.isoformat()


def _read_date(text: str) -> date:
    if not re.fullmatch(r"\d{6}|\d{8}", text):
        raise ValueError(f"{text!r} is no date: write YYYYMMDD or YYMMDD")
    if len(text) == 6:
        text = ("20" if int(text[:2]) <= _THIS_CENTURY else "19") + text
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise ValueError(f"there is no day {text}") from None


def _read_sectors(code: str) -> tuple[str, tuple[str, ...]]:
    """The sector that a code without its country stands for, and those it adds."""
    known = [_pieces()[code[at : at + 3]] for at in range(0, len(code), 3) if code[at : at + 3] in _pieces()]
    first = next((row for row in known if row["place"] == "sector"), known[0] if known else None)
    if first is None:
        return "", ()
    others = dict.fromkeys(row["sector"] for row in known if row is not first and row["sector"])
    others.pop(first["sector"], None)
    return first["sector"], tuple(others)


# -- rows --------------------------------------------------------------------------------------------------------------


def _make_rows(actor: _Actor) -> Iterator[OwnActor]:
    """One row for each code and stretch of time."""
    name, *variants = dict.fromkeys(actor.names)
    dated = any(start or until for _, start, until in actor.codes)
    plain = all(len(one) == 3 for code, _, _ in actor.codes for one in code.split("/"))
    for code, start, until in actor.codes:
        base = OwnActor(name, make_slug(name), "body", tuple(variants), start=start, until=until, code=code)
        if code in _NOBODY:
            yield replace(base, kind="nobody")
            continue
        for one in code.split("/"):
            country, rest = one[:3], one[3:]
            special = _pieces().get(country)
            sector, other = _read_sectors(rest)
            if special is not None and special["place"] == "body":
                further = tuple(each for each in (sector, *other) if each and each != special["sector"])
                sector, other = (special["sector"], further) if special["sector"] else (sector, other)
                yield replace(base, country=country, sector=sector, other=other)
            elif plain:
                row_id = country if len(code) == 3 else base.id
                yield replace(base, id=row_id, kind="country", country=country)
            else:
                kind = "person" if dated else "body"
                yield replace(base, kind=kind, country=country, sector=sector, other=other)


def _spell(name: str) -> list[str]:
    """
    A name of the dictionary as newspapers write it, with the acronym that may stand behind it.

    >>> _spell("NATIONAL_FRONT_OF_NORTHMARCH_(NFN)_"), _spell("THE_U.N."), _spell("ORDER,_THE_")
    (['National Front of Northmarch', 'NFN'], ['U.N.'], ['Order'])
    """
    words = name.replace("_", " ").split()
    text = " ".join(words)
    inside = re.findall(r"\(([^()]*)\)", text)
    text = re.sub(r"\s*\([^()]*\)", "", text).removesuffix(", THE")
    if text.startswith("THE ") and len(text) > len("THE "):
        text = text[len("THE ") :]
    if not any(map(str.isalpha, text)):
        raise ValueError(f"{name!r} is no name")
    spelled = [_spell_word(word, first=not place) for place, word in enumerate(text.split())]
    acronyms = [word for word in inside if word.isalpha() and len(word) <= _ACRONYM_LENGTH]
    return [" ".join(spelled), *acronyms]


def _spell_word(word: str, *, first: bool) -> str:
    if "." in word.rstrip(".") or not set(word) & set("AEIOUYÁÉÍÓÚ"):
        return word
    if not first and word.lower() in row_words("actor_words", "linking", "words"):
        return word.lower()
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
