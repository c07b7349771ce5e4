"""
What people decide, for the command line and the pages alike: which tellings are of one event, and what is wrong with a claim.

Comes in: an open store, names as people type them, and who decides and why. Goes out: the store with a decision or a
correction more, or one taken back. Events are made anew by `pipeline.fuse_store`, which is left to the caller.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from counterclaim.errors import InputError
from counterclaim.export.labels import make_labels
from counterclaim.fuse.judging import doubt, merge, split
from counterclaim.fuse.tellings import make_tellings
from counterclaim.knowledge import load_table
from counterclaim.store.corrections import find_correction, list_corrections, list_for
from counterclaim.store.events import Connection
from counterclaim.store.overlay import correct, find_shift
from counterclaim.store.queries import (
    find_article,
    find_claim,
    find_known_actor,
    find_known_place,
    find_pages_of,
    list_judgements,
    load_event,
    load_judgements,
    load_stories,
)
from counterclaim.store.rows import load_readings
from counterclaim.store.store import Store
from counterclaim.types import Correction, Judgement, Reading, Telling

# As long as the store keeps names of people.
LONGEST_NAME = 64
LONGEST_REASON = 2000
RULE = "rule"
STANCES = (
    "says",
    "confirms",
    "denies",
    "accuses",
    "demands",
    "warns",
    "expects",
    "promises",
    "doubts",
    "cannot_verify",
)

_CODES = re.compile(r"(?P<name>.+?)\s*\[(?P<codes>[A-Z]{3}(?: [A-Z]{2,3})*)\]$")
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}(?:/\d{4}-\d{2}-\d{2})?$")
_COUNT = re.compile(r"(?P<low>\d{0,9})(?P<open>\.\.)?(?P<high>\d{0,9})(?:\s+(?P<kind>[a-z_]+))?$")
_SPOT = re.compile(
    r"(?:(?P<name>.+?)\s*@\s*)?(?P<lat>-?\d{1,2}(?:\.\d+)?)\s*,\s*(?P<lon>-?\d{1,3}(?:\.\d+)?)$"
)


class Decided(NamedTuple):
    """
    A decision about events.

    Attributes:
        number: What it is undone by.
        members: (article, event mention) of the tellings that it may have moved.
        undone: For one taken back, what it was.
    """

    number: int
    event: str
    members: set[tuple[str, str]]
    undone: str = ""


def check_name(by: str) -> str:
    """
    The name under which something is decided.

    Raises:
        InputError: it is empty, too long, or the one that rules sign with.
    """
    name = by.strip()
    if not name or name == RULE or len(name) > LONGEST_NAME:
        raise InputError(
            f"{name!r} cannot be who judges. Give a name of at most {LONGEST_NAME} letters with --by; "
            f"{RULE!r} is what rules sign with."
        )
    return name


# --- which tellings are of one event ---


def decide(store: Store, name: str, verb: str, names: Sequence[str], *, by: str, reason: str) -> Decided:
    """
    Merge events, split tellings from one, or say that it cannot be told.

    Raises:
        InputError: a name is no event or telling, or nothing would be left.
    """
    if not names:
        what = (
            "tellings: counterclaim show claims --event"
            if verb == "split"
            else "events: counterclaim show events"
        )
        raise InputError(f"{verb} what? List the {what}{f' {name}' if verb == 'split' else ''}")
    with store.read() as connection:
        judged = load_judgements(connection)
    event, ours = load_tellings(store, name)
    if verb == "split":
        named = _find_tellings(event, ours, names)
        rest = [telling for telling in ours if telling not in named]
        if not rest:
            raise InputError(f"That is all of {event}: nothing would be left of it.")
        made: tuple[Judgement, ...] = split(named, rest, judged, by=by, reason=reason)
    else:
        theirs: list[Telling] = []
        for other in names:
            found, tellings = load_tellings(store, other)
            if found == event:
                raise InputError(f"{other!r} is {event} itself. Give another event.")
            theirs += tellings
        make = merge if verb == "merge" else doubt
        made = make(ours, theirs, judged, by=by, reason=reason)
        ours = [*ours, *theirs]
    number = store.write_decision(verb, made, about=event, by=by, reason=reason)
    return Decided(number, event, {(telling.article.id, telling.mention.id) for telling in ours})


def undo_decision(store: Store, name: str, *, by: str) -> Decided:
    """
    Take the latest decision about an event back.

    Raises:
        InputError: nobody judged it.
    """
    event, tellings = load_tellings(store, name)
    with store.read() as connection:
        rows = list_judgements(connection, {telling.anchor for telling in tellings})
    holding = [row for row in rows if row["decision"] is not None and row["undone_at"] is None]
    if not holding:
        raise InputError(f"Nobody has judged {event}, or it was taken back. See: counterclaim judge {event}")
    latest = holding[0]
    number = latest["decision"]
    assert isinstance(number, int)
    store.undo_decision(number, by=by)
    # The tellings on both sides of what is taken back: they may part, or come together again.
    anchors = {row[side] for row in holding if row["decision"] == number for side in ("left", "right")}
    members = _find_members(store, anchors)
    members |= {(telling.article.id, telling.mention.id) for telling in tellings}
    return Decided(number, event, members, str(latest["verb"]))


def load_tellings(store: Store, name: str) -> tuple[str, list[Telling]]:
    """
    The event's id and its tellings.

    Raises:
        InputError: no event or several go by the name.
    """
    with store.read() as connection:
        row, members, readings, stories = load_event(connection, name)
    chosen = frozenset(members)
    tellings = [
        telling
        for telling in make_tellings(readings, stories)
        if (telling.article.id, telling.mention.id) in chosen
    ]
    return str(row["id"]), tellings


def _find_members(store: Store, anchors: set[object]) -> set[tuple[str, str]]:
    articles = {str(anchor).partition(":")[0] for anchor in anchors}
    with store.read() as connection:
        readings = tuple(load_readings(connection, sorted(articles)))
        tellings = make_tellings(readings, load_stories(connection, articles))
    return {(one.article.id, one.mention.id) for one in tellings if one.anchor in anchors}


def _find_tellings(event: str, tellings: Sequence[Telling], names: Sequence[str]) -> list[Telling]:
    """The event's tellings that go by these names."""
    found: list[Telling] = []
    for name in names:
        article, _, part = name.partition(":")
        of_article = [one for one in tellings if article and one.article.id.startswith(article)]
        meant = [
            one
            for one in of_article
            if not part or part == one.mention.id or any(part == claim.id for claim in one.claims)
        ]
        if not meant:
            raise InputError(
                f"No telling of {event} goes by {name!r}. List what is told: counterclaim show claims --event {event}"
            )
        if len({one.article.id for one in meant}) > 1:
            raise InputError(f"{name!r} may be any of several articles. Give more of the article's id.")
        # What nothing but its place in the reading tells apart goes together.
        anchors = {one.anchor for one in meant}
        found += [one for one in tellings if one.anchor in anchors and one not in found]
    return found


# --- what is wrong with a claim ---


def correct_claim(
    store: Store,
    name: str,
    verb: Literal["accept", "reject", "recode"],
    asked: Mapping[str, str],
    *,
    by: str,
    reason: str,
) -> Correction:
    """
    A person's word on a claim: it is right (``accept``), wrong (``reject``), or should be another (``recode``).

    Args:
        name: ``ARTICLE:cN``; of the field ``type``, a rejection is of the whole telling.
        asked: For ``recode`` the new values as typed: ``type``, ``actor``, ``recipient``, ``place``, ``date``, ``count``.

    Raises:
        InputError: there is no such claim, or a value cannot be used.
    """
    with store.read() as connection:
        # A claim of the reading, whether or not somebody rejected it; or one that a person added.
        try:
            reading, number = find_claim(connection, name, as_read=True)
        except InputError:
            reading, number = find_claim(connection, name)
        values = _read_values(connection, asked) if verb == "recode" else {}
    claim = next(one for one in reading.claims if one.id == number)
    event = next(one for one in reading.events if one.id == claim.event)
    attribution = next((one for one in reading.attributions if one.id == claim.attribution), None)
    if verb == "recode" and not values:
        raise InputError(
            "What should it be? Give --type, --actor, --recipient, --place, --date or --count; or --reject."
        )
    if isinstance(count := values.get("count"), dict) and not count["kind"]:
        kinds = [one.kind for one in event.counts]
        is_count = claim.field.startswith("counts.")
        count["kind"] = (
            claim.field.removeprefix("counts.") if is_count else kinds[0] if len(kinds) == 1 else "dead"
        )
    made = Correction(
        id=0,
        verb=verb,
        article=reading.article.id,
        ref=reading.article.ref,
        url=reading.article.url,
        claim=claim.id,
        field=claim.field,
        sentence=reading.article.text[claim.sentence_start_char : claim.sentence_end_char],
        sentence_start_char=claim.sentence_start_char,
        start_char=claim.start_char,
        end_char=claim.end_char,
        trigger_start_char=event.trigger.start_char,
        source_start_char=attribution.source.start_char if attribution and attribution.source else None,
        machine=f"{claim.value} ({claim.victims})" if claim.victims else claim.value,
        values=values,
        by=by,
        reason=_check_reason(reason),
        made_at="",
    )
    return _write(store, made)


def add_telling(
    store: Store, article: str, words: str, asked: Mapping[str, str], *, by: str, reason: str
) -> Correction:
    """
    An event that the reading missed, at these words of the article.

    Args:
        words: As the text has them, once.
        asked: As for `correct_claim`, and ``says`` and ``stance``; a type is needed.

    Raises:
        InputError: the text does not have the words, or twice, or a value cannot be used.
    """
    with store.read() as connection:
        (reading,) = load_readings(connection, [find_article(connection, article)])
        values = _read_values(connection, asked)
        text = reading.article.text
        start = _find_once(text, words)
        if "type" not in values:
            raise InputError("What happened? Give --type, such as ASSAULT or ASSAULT/drone.")
        if asked.get("says"):
            values["speaker"] = _read_actor(connection, asked["says"])
        stance = asked.get("stance") or "says"
        if stance not in STANCES:
            raise InputError(f"There is no stance {stance!r}. Stances: {', '.join(STANCES)}.")
        values["stance"] = stance
        if isinstance(count := values.get("count"), dict):
            count["kind"] = count["kind"] or "dead"
    first, last = _find_sentence(reading, start, start + len(words))
    made = Correction(
        id=0,
        verb="add",
        article=reading.article.id,
        ref=reading.article.ref,
        url=reading.article.url,
        claim="",
        field="type",
        sentence=text[first:last],
        sentence_start_char=first,
        start_char=start,
        end_char=start + len(words),
        trigger_start_char=start,
        source_start_char=None,
        machine="",
        values=values,
        by=by,
        reason=_check_reason(reason),
        made_at="",
    )
    return _write(store, made)


def undo_correction(store: Store, number: int, *, by: str) -> Correction:
    """
    Take a correction back.

    Raises:
        InputError: there is no such correction, or it was taken back before.
    """
    with store.read() as connection:
        found = find_correction(connection, number)
    if found is None:
        raise InputError(f"There is no correction {number}. List them with: counterclaim corrections")
    if found.undone_at is not None:
        raise InputError(
            f"Correction {number} was taken back by {found.undone_by} on {found.undone_at[:10]}."
        )
    store.undo_correction(number, by=by)
    return found


def find_lost(connection: Connection) -> dict[int, str]:
    """The corrections that hold and have no place any longer, each with the reason in words."""
    holding = list_corrections(connection, holding=True)
    if not holding:
        return {}
    reasons = {"text": "the text changed", "reading": "the reading no longer finds what it was about"}
    lost = {one.id: "the article is gone" for one in holding}
    articles = find_pages_of(connection, holding)
    for reading in load_readings(connection, articles, as_read=True):
        said = list_for(connection, [reading.article]).get(reading.article.id, [])
        made = correct(reading, said)
        for one in said:
            lost.pop(one.id, None)
        lost |= {one.id: reasons[why] for one, why in made.lost}
    return lost


def load_labels(connection: Connection) -> tuple[list[dict[str, object]], int]:
    """The corrections that hold as training labels, and how many have no place any longer."""
    holding = list_corrections(connection, holding=True)
    if not holding:
        return [], 0
    lost = find_lost(connection)
    readings = list(load_readings(connection, find_pages_of(connection, holding), as_read=True))
    said = list_for(connection, [reading.article for reading in readings])
    shifts: dict[int, int] = {}
    for reading in readings:
        for one in said.get(reading.article.id, ()):
            shift = find_shift(one, reading.article.id, reading.article.text)
            if shift is not None and one.id not in lost:
                shifts[one.id] = shift
    return make_labels(readings, said, shifts), len(lost)


def _write(store: Store, made: Correction) -> Correction:
    number = store.write_correction(made)
    with store.read() as connection:
        found = find_correction(connection, number)
    assert found is not None
    return found


def _check_reason(reason: str) -> str:
    if len(reason) > LONGEST_REASON:
        raise InputError(f"A reason has at most {LONGEST_REASON:,} characters.")
    return reason.strip()


def _find_once(text: str, words: str) -> int:
    start = text.find(words) if words.strip() else -1
    if start < 0:
        raise InputError("The article does not have these words. Copy them from its text, to the letter.")
    if text.find(words, start + 1) >= 0:
        raise InputError("The article has these words more than once. Give more of them.")
    return start


def _find_sentence(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The sentence of a claim there, else the paragraph."""
    for claim in reading.claims:
        if claim.sentence_start_char <= start and end <= claim.sentence_end_char:
            return claim.sentence_start_char, claim.sentence_end_char
    text = reading.article.text
    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    return first, last if last >= 0 else len(text)


def _read_values(connection: Connection, asked: Mapping[str, str]) -> dict[str, object]:
    """What was typed, as values; fields left blank are left out."""
    values: dict[str, object] = {}
    given = {name: text.strip() for name, text in asked.items() if text and text.strip()}
    if "type" in given:
        values["type"] = _read_type(given["type"])
    for name, field in (("actor", "actors"), ("recipient", "recipients")):
        if name in given:
            parts = [part.strip() for part in given[name].split(";") if part.strip()]
            values[field] = [_read_actor(connection, part) for part in parts]
    if "place" in given:
        values["place"] = _read_place(connection, given["place"])
    if "date" in given:
        values["date"] = _read_days(given["date"])
    if "count" in given:
        values["count"] = _read_count(given["count"])
    return values


def _read_type(text: str) -> str:
    kind, *modes = re.split(r"[/,\s]+", text.strip())
    kind = kind.upper()
    types = [row["id"] for row in load_table("plover/types")]
    if kind not in types:
        raise InputError(f"There is no type {kind!r}. Types: {', '.join(types)}.")
    known = [row["mode"] for row in load_table("plover/modes") if row["type"] == kind]
    for mode in modes:
        if mode not in known:
            raise InputError(f"{kind} has no mode {mode!r}. Modes: {', '.join(known) or 'none'}.")
    return "/".join((kind, *modes))


def _read_actor(connection: Connection, text: str) -> dict[str, object]:
    """Someone whom the store knows by id or name, a country, or ``Name [ARM MIL]``."""
    found = find_known_actor(connection, text)
    if found is not None:
        return found
    for row in load_table("countries"):
        names = {row["id"], row["name"], *row.split("variants")}
        if text.casefold() in {name.casefold() for name in names}:
            return {"actor_id": row["id"], "name": row["name"], "country": row["id"], "sector": "GOV"}
    match = _CODES.match(text)
    if not match:
        return {"actor_id": None, "name": text[:200], "country": None, "sector": None}
    countries = {row["id"] for row in load_table("countries")}
    country, *sectors = match["codes"].split()
    if country not in countries:
        country, sectors = "", [country, *sectors]
    known = {row["id"] for row in load_table("sectors")}
    for sector in sectors:
        if sector not in known:
            raise InputError(
                f"There is no country or sector {sector!r}. Sectors: {', '.join(sorted(known))}."
            )
    return {
        "actor_id": None,
        "name": match["name"],
        "country": country or None,
        "sector": sectors[0] if sectors else None,
        "other_sectors": sectors[1:],
    }


def _read_place(connection: Connection, text: str) -> dict[str, object]:
    """A place that the store or the gazetteer knows, or ``NAME @ LAT,LON``."""
    match = _SPOT.match(text)
    if match:
        lat, lon = float(match["lat"]), float(match["lon"])
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise InputError(f"{text!r} is not on Earth: latitude -90 to 90, longitude -180 to 180.")
        return {"name": match["name"] or f"{lat}, {lon}", "lat": lat, "lon": lon, "precision": "site"}
    found = find_known_place(connection, text)
    if found is not None:
        return found
    # Here and not above: few corrections name a place that no article did.
    from counterclaim.read.places.gazetteer import load_gazetteer, name_key, open_gazetteer  # noqa: PLC0415

    # Opened anew: a page is answered by another thread each time.
    entries = open_gazetteer(load_gazetteer().path).find(name_key(text))
    if not entries:
        raise InputError(f"No place {text!r} is known. Give it as NAME @ LATITUDE,LONGITUDE.")
    best = max(entries, key=lambda one: one.population)
    return {
        "name": best.name,
        "geonameid": best.geonameid,
        "lat": best.lat,
        "lon": best.lon,
        "country": best.country,
        "admin1": best.admin1,
        "feature_code": best.feature,
        "precision": best.precision,
    }


def _read_days(text: str) -> str:
    if not _DAYS.match(text):
        raise InputError(f"{text!r} is no day. Write 2022-09-13, or 2022-09-13/2022-09-14.")
    start, _, end = text.partition("/")
    if end and end < start:
        raise InputError(f"{end} is before {start}.")
    return text


def _read_count(text: str) -> dict[str, object]:
    """``105``, ``20..`` (at least), ``..300``, ``20..30``; with a kind, as in ``12 injured``."""
    match = _COUNT.match(text.strip())
    if not match or not (match["low"] or match["high"]):
        raise InputError(
            f"{text!r} is no count. Write 105, 20.. (at least), ..300 (at most) or 20..30; or 12 injured."
        )
    low = int(match["low"]) if match["low"] else None
    high = int(match["high"]) if match["high"] else None if match["open"] else low
    if low is not None and high is not None and high < low:
        raise InputError(f"{high} is less than {low}.")
    return {"low": low, "high": high, "kind": match["kind"]}
