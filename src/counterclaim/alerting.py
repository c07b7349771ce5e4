"""
Who wanted to be told of what, and telling them.

Comes in: a store whose events are up to date, and the rules of a plan. Goes out: alerts, written to the store with the moment up to which it was
looked at, in one transaction, and then sent. What is killed between the two is sent when it starts again; what is killed between sending and
noting so may be sent twice, with the same id. To a file nothing is written twice.

Only what tells of news is told of: a rule that is new finds nothing in what the store held before.
"""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from counterclaim.errors import ExtraMissing, InputError
from counterclaim.fuse.owners import find_owner
from counterclaim.gather.web.sources import Rule
from counterclaim.store import watched
from counterclaim.store.events import Connection
from counterclaim.store.store import Store, now

_MARK = "alerted until"
_CHANGES = {
    "toll_revised": "revised",
    "denied": "denied",
    "contradiction_opened": "opened",
    "contradiction_closed": "settled",
}
# Unverified events are looked for in so many days before the day asked for: as long as a watch may have stood still.
_LOOK_BACK = 14
# Lines of one message that is sent.
_TOGETHER = 20


def begin_alerts(store: Store) -> None:
    """What the store holds by now is no news; where it was looked at before, it is from then on."""
    with store.write() as connection:
        if watched.read_mark(connection, _MARK) is None:
            watched.write_mark(connection, _MARK, now())


def make_alerts(store: Store, rules: Sequence[Rule], today: str | None = None) -> int:
    """What is new since the last look, written to the store to be sent; how many."""
    if not rules:
        return 0
    moment = now()
    with store.write() as connection:
        since = watched.read_mark(connection, _MARK)
        made: list[dict[str, Any]] = []
        if since is not None:
            events = _Events(connection, watched.find_touched(connection, since), since)
            for rule in rules:
                found = (
                    _find_unverified(connection, rule, today or moment[:10])
                    if rule.when == "unverified"
                    else events.find(rule)
                )
                for told in found:
                    made += [_make(rule, to, told, moment) for to in rule.to]
        added = watched.add_alerts(connection, made)
        watched.write_mark(connection, _MARK, moment)
    return added


def _make(rule: Rule, to: str, told: dict[str, Any], moment: str) -> dict[str, Any]:
    key = repr((rule.id, to, told.pop("key")))
    name = hashlib.sha256(key.encode()).hexdigest()[:16]
    told = {"id": name, "when": rule.when, **told}
    return {
        "id": name,
        "rule": rule.id,
        "event": told["event"],
        "told": told,
        "recipient": _name(to),
        "made_at": moment,
    }


def _name(to: str) -> str:
    """Where it goes: of an address that may hold a password a hash."""
    return to if to.startswith("file:") else hashlib.sha256(to.encode()).hexdigest()[:16]


class _Events:
    """Events with something new in them."""

    def __init__(self, connection: Connection, ids: Sequence[str], since: str) -> None:
        self._rows = {row.id: row for row in watched.find_listed(connection, ids)}
        self._terms: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in watched.find_event_terms(connection, ids):
            self._terms[row.event] |= {(row.kind, row.value.casefold()), (row.kind, row.label.casefold())}
        self._changes = watched.find_changes(connection, ids)
        members = watched.find_members(connection, ids)
        seen = watched.find_seen(connection, sorted({row.article for row in members}))
        self._new = {article for article, at in seen.items() if at >= since}
        self._origins: dict[str, dict[str, bool]] = defaultdict(dict)
        for row in members:
            origin = row.origin or row.article
            name = (find_owner(origin, None) or origin).casefold()
            self._origins[row.event][name] = (
                self._origins[row.event].get(name, True) and row.article in self._new
            )

    def find(self, rule: Rule) -> Iterator[dict[str, Any]]:
        """What the rule asks for."""
        chosen = {name for name, row in self._rows.items() if _suits(rule, row, self._terms[name])}
        if rule.when in {"new_event", "second_origin"}:
            for name in sorted(chosen):
                is_new = self._origins[name].values()
                before = sum(not one for one in is_new)
                if (rule.when == "new_event" and not before) or (
                    rule.when == "second_origin" and before < 2 <= len(is_new)
                ):
                    yield {"key": name, **_describe(self._rows[name])}
            return
        for change in self._changes:
            told = change.claim.partition(":")[0] in self._new and change.kind == _CHANGES[rule.when]
            is_asked = rule.when != "toll_revised" or change.field.startswith("counts.")
            if change.event in chosen and told and is_asked:
                how = {"field": change.field, "claimant": change.claimant, "value": change.value}
                how |= {
                    "against": change.against,
                    "against_value": change.against_value,
                    "claim": change.claim,
                }
                yield {"key": (change.claim, change.field), **_describe(self._rows[change.event]), **how}


def _find_unverified(connection: Connection, rule: Rule, today: str) -> Iterator[dict[str, Any]]:
    last = date.fromisoformat(today) - timedelta(days=rule.days)
    names = watched.find_unverified(
        connection, (last - timedelta(days=_LOOK_BACK)).isoformat(), last.isoformat()
    )
    terms: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in watched.find_event_terms(connection, names):
        terms[row.event] |= {(row.kind, row.value.casefold()), (row.kind, row.label.casefold())}
    for row in watched.find_listed(connection, names):
        if _suits(rule, row, terms[row.id]):
            yield {"key": row.id, **_describe(row), "grade": row.grade}


def _suits(rule: Rule, row: Any, terms: set[tuple[str, str]]) -> bool:
    actors = {(kind, name.casefold()) for name in rule.actor for kind in ("actor", "recipient")}
    # By its codes, too: "Armenia [ARM GOV]".
    codes = {
        code
        for kind, label in terms
        if kind in {"actor", "recipient"}
        for code in label.strip("]").rpartition("[")[2].split()
    }
    return (
        (not rule.type or row.type in rule.type)
        and (not rule.country or row.country in rule.country)
        and (not rule.actor or bool(actors & terms) or any(name.casefold() in codes for name in rule.actor))
    )


def _describe(row: Any) -> dict[str, Any]:
    names = ("type", "label", "place", "country", "start", "end", "grade", "origins", "dead_low", "dead_high")
    return {"event": row.id, **{name: getattr(row, name) for name in names}}


# --- sending ---


def check_recipients(rules: Iterable[Rule]) -> None:
    """
    That every alert can go where it is to go.

    Raises:
        InputError: an address is none that Apprise knows. ExtraMissing: it is not installed.
    """
    for to in dict.fromkeys(to for rule in rules for to in rule.to):
        if not to.startswith("file:") and not _load_apprise().Apprise().add(to):
            scheme = to.partition(":")[0]
            raise InputError(
                f"An alert is to go to {scheme}:…, which Apprise cannot use. Write it as "
                "https://github.com/caronc/apprise/wiki shows, or file:PATH."
            )


def _load_apprise() -> Any:
    try:
        import apprise  # noqa: PLC0415  of an extra, and slow to load
    except ImportError as error:
        raise ExtraMissing("apprise", "watch") from error
    return apprise


def send_alerts(store: Store, rules: Iterable[Rule]) -> tuple[int, int]:
    """Send what waits; how many were sent, and how many still wait because who is told could not be reached."""
    addresses = {(rule.id, _name(to)): to for rule in rules for to in rule.to}
    waiting: dict[str, list[Any]] = defaultdict(list)
    for row in watched.find_unsent(store):
        # Of a rule that is no more, or tells others now.
        if to := addresses.get((row.rule, row.recipient)):
            waiting[to].append(row.told)
    sent = failed = 0
    for to, told in waiting.items():
        for start in range(0, len(told), _TOGETHER):
            part = told[start : start + _TOGETHER]
            names = [one["id"] for one in part]
            if _send(to, part):
                watched.note_sent(store, names)
                sent += len(part)
            else:
                watched.note_unsent(store, names)
                failed += len(part)
    return sent, failed


def _send(to: str, told: Sequence[dict[str, Any]]) -> bool:
    if to.startswith("file:"):
        try:
            _append(Path(to.removeprefix("file:")), told)
        except OSError:
            return False
        return True
    sender = _load_apprise().Apprise()
    lines = "\n".join(describe(one) for one in told)
    title = describe(told[0])[:120] if len(told) == 1 else f"{len(told)} alerts"
    return bool(sender.add(to)) and bool(sender.notify(body=lines, title=f"Counterclaim: {title}"))


def describe(told: dict[str, Any]) -> str:
    """An alert in one line, for people."""
    what = told["when"].replace("_", " ")
    line = f"{what}: {told['label']}"
    if "claim" in told:
        line += f": {told['claimant']} says {told['field']} {told['value']}"
        line += f" (before: {told['against_value']}, {told['against']})" if told["against_value"] else ""
    return f"{line} [{told['event']}, {told['grade']}]"


def _append(path: Path, told: Sequence[dict[str, Any]]) -> None:
    """Those that the file does not hold yet, as lines of JSON; a line that a kill cut off is completed by none."""
    known: set[str] = set()
    size = path.stat().st_size if path.exists() else 0
    with path.open("a+b") as file:
        # What may have been written without being noted is at most what is sent together.
        file.seek(max(0, size - 1_000_000))
        for line in file.read().splitlines():
            try:
                known.add(json.loads(line)["id"])
            except (ValueError, KeyError, TypeError):
                continue
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                file.write(b"\n")
        for one in told:
            if one["id"] not in known:
                file.write(json.dumps(one, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
