"""
What is to be watched, as a file says it.

Comes in: a file in TOML. Goes out: a `Plan`. Every name and value is checked before anything is fetched, and a mistake is told with where it is.

    every = "15m"
    [[source]]
    url = "https://example.org/feed.xml"
    [[alert]]
    when = "new_event"
    country = ["ARM"]
    to = ["file:alerts.jsonl"]
"""

import difflib
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from counterclaim.errors import InputError
from counterclaim.gather.web.addresses import tidy
from counterclaim.knowledge import load_table

CONDITIONS = (
    "new_event",
    "second_origin",
    "toll_revised",
    "denied",
    "contradiction_opened",
    "contradiction_closed",
    "unverified",
)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")


@dataclass(frozen=True, slots=True)
class Source:
    """
    A feed, sitemap or list.

    Attributes:
        url: Its address, or the path of a list on this machine.
        every: Seconds between two looks.
        keep, drop: Patterns of addresses that are taken, and that are not.
    """

    url: str
    every: float
    is_file: bool = False
    outlet: str | None = None
    keep: re.Pattern[str] | None = None
    drop: re.Pattern[str] | None = None

    def takes(self, url: str) -> bool:
        """Whether a page of this address is wanted."""
        return not (self.keep and not self.keep.search(url)) and not (self.drop and self.drop.search(url))


@dataclass(frozen=True, slots=True)
class Rule:
    """
    What somebody wants to be told of.

    Attributes:
        id: The same for the same condition and recipients.
        when: One of `CONDITIONS`.
        country, actor, type: Only events there, with one of these in them, of these types; all where empty.
        days: For ``unverified``: so many days after it was first told.
        to: ``file:PATH``, or an address as Apprise takes it.
    """

    id: str
    when: str
    to: tuple[str, ...]
    country: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    days: int = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """
    All of the file.

    Attributes:
        delay: Seconds between two requests to one host.
        seconds: Longest time for one answer.
        allow: Private hosts and networks that may be asked.
    """

    sources: tuple[Source, ...]
    rules: tuple[Rule, ...] = ()
    delay: float = 2.0
    seconds: float = 30.0
    agent: str = ""
    allow: tuple[str, ...] = ()


def read_plan(path: str | Path) -> Plan:
    """
    The plan that a file holds.

    Raises:
        InputError: it is not there, is no TOML, or a name or value in it cannot be used.
    """
    path = Path(path)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"There is no file {path}. Write one: docs/watch.md shows how.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} cannot be read as TOML: {error}. Correct it.") from error
    check = _Checker(str(path))
    check.names(told, {"every", "delay", "seconds", "agent", "allow", "source", "alert"}, "")
    every = check.duration(told, "every", 900.0, "")
    sources = [
        _read_source(check, one, every, f"source {number}", path.parent)
        for number, one in enumerate(check.tables(told, "source"), start=1)
    ]
    if not sources:
        raise InputError(f'{path} names no source. Add one: [[source]] and below it url = "https://…"')
    twice = [
        one.url for number, one in enumerate(sources) if one.url in {other.url for other in sources[:number]}
    ]
    if twice:
        raise InputError(f"{path} names {twice[0]} twice. Leave one out.")
    return Plan(
        tuple(sources),
        tuple(
            _read_rule(check, one, f"alert {number}", path.parent)
            for number, one in enumerate(check.tables(told, "alert"), start=1)
        ),
        delay=check.duration(told, "delay", 2.0, ""),
        seconds=check.duration(told, "seconds", 30.0, ""),
        agent=check.text(told, "agent", ""),
        allow=check.texts(told, "allow", ""),
    )


def _read_source(
    check: "_Checker", told: Mapping[str, Any], every: float, where: str, folder: Path
) -> Source:
    check.names(told, {"url", "list", "every", "outlet", "keep", "drop"}, where)
    if ("url" in told) == ("list" in told):
        raise check.wrong(where, "has to name a url, or a list on this machine. Give one of them")
    if "list" in told:
        url = str(folder / check.text(told, "list", where))
    else:
        try:
            url = tidy(check.text(told, "url", where))
        except InputError as error:
            raise check.wrong(where, str(error).rstrip(".")) from error
    pattern = partial(check.pattern, told, where=where)
    return Source(
        url,
        check.duration(told, "every", every, where),
        "list" in told,
        check.text(told, "outlet", where) or None,
        pattern("keep"),
        pattern("drop"),
    )


def _read_rule(check: "_Checker", told: Mapping[str, Any], where: str, folder: Path) -> Rule:
    check.names(told, {"when", "country", "actor", "type", "days", "to"}, where)
    when = check.text(told, "when", where)
    if when not in CONDITIONS:
        raise check.wrong(where, f"has when = {when!r}. Give one of {', '.join(CONDITIONS)}")
    types = tuple(one.upper() for one in check.texts(told, "type", where))
    known = {row["id"] for row in load_table("event_families")}
    for one in types:
        if one not in known:
            raise check.wrong(where, f"has the type {one!r}. Give one of {', '.join(sorted(known))}")
    to = tuple(
        f"file:{folder / one.removeprefix('file:')}" if one.startswith("file:") else one
        for one in check.texts(told, "to", where)
    )
    if not to:
        raise check.wrong(where, 'tells nobody. Add to = ["file:alerts.jsonl"]')
    days = told.get("days", 3)
    if not isinstance(days, int) or isinstance(days, bool) or days < 1:
        raise check.wrong(where, "has days that are no whole number above zero")
    country = tuple(one.upper() for one in check.texts(told, "country", where))
    actor = check.texts(told, "actor", where)
    digest = hashlib.sha256(repr((when, sorted(country), sorted(actor), sorted(types), days)).encode())
    return Rule(digest.hexdigest()[:12], when, to, country, actor, types, days)


@dataclass(frozen=True, slots=True)
class _Checker:
    """Says where in the file a mistake is."""

    path: str

    def wrong(self, where: str, what: str) -> InputError:
        return InputError(f"{self.path}: {where or 'the file'} {what}.")

    def names(self, told: Mapping[str, Any], known: set[str], where: str) -> None:
        for name in told:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(sorted(known))}"
                raise self.wrong(where, f"has {name!r}, which is not known. {hint.rstrip('.')}")

    def tables(self, told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        found = told.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.wrong("", f"has a {name!r} that is no list of tables. Write [[{name}]]")
        return found

    def text(self, told: Mapping[str, Any], name: str, where: str) -> str:
        found = told.get(name, "")
        if not isinstance(found, str):
            raise self.wrong(where, f"has a {name!r} that is no text. Put it in quotes")
        return found

    def texts(self, told: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
        found = told.get(name, [])
        found = [found] if isinstance(found, str) else found
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.wrong(where, f'has a {name!r} that is no list of texts. Write ["…"]')
        return tuple(found)

    def duration(self, told: Mapping[str, Any], name: str, default: float, where: str) -> float:
        found = told.get(name, default)
        if isinstance(found, (int, float)) and not isinstance(found, bool) and found >= 0:
            return float(found)
        match = _DURATION.fullmatch(found.strip()) if isinstance(found, str) else None
        if not match:
            raise self.wrong(where, f'has {name} = {found!r}. Write it like "15m" (s, m, h, d) or in seconds')
        return float(match[1]) * _UNITS[match[2]]

    def pattern(self, told: Mapping[str, Any], name: str, where: str) -> re.Pattern[str] | None:
        text = self.text(told, name, where)
        try:
            return re.compile(text) if text else None
        except re.error as error:
            raise self.wrong(where, f"has a {name!r} that is no pattern: {error}") from error
