"""`counterclaim show`: what a store holds: articles, events, claims, the claim matrix, rejections."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterclaim.cli.output import (
    db_option,
    json_option,
    make_console,
    print_json,
    print_table,
    say,
    wants_json,
)
from counterclaim.errors import InputError

if TYPE_CHECKING:
    from counterclaim.store.events import Connection
    from counterclaim.store.queries import Filter

Row = dict[str, object]

limit_option = click.option(
    "--limit", type=click.IntRange(1), help="Show so many at most; on a terminal, 50 unless told."
)
ON_A_SCREEN = 50
PAGE = 500
REALIS = ("happened", "historical", "expected")
SORTS = ("origins", "newest", "news", "deaths", "confidence")


@click.group("show", no_args_is_help=True)
def command() -> None:
    """
    List what a store holds.

    \b
    Example:
      counterclaim show events --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"


@command.command("articles")
@db_option
@limit_option
@json_option
def show_articles(*, db: str, limit: int | None, as_json: bool | None) -> None:
    """
    List the articles, the stories they are copies of, and how much each says.

    \b
    Example:
      counterclaim show articles --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.store.queries import list_articles  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store, store.read() as connection:
        rows = list_articles(connection)
    _print(
        rows,
        ("article", "published", "outlet / agency", "title", "copy of", "events", "claims"),
        lambda row: (
            _short(row["id"]),
            row["published"],
            " / ".join(str(part) for part in (row["outlet"], row["agency"]) if part),
            row["title"] or row["ref"],
            _short(row["copied_from"]),
            row["events"],
            row["claims"],
        ),
        as_json=as_json,
        limit=limit,
    )


@command.command("events")
@db_option
@click.option(
    "--country", multiple=True, metavar="CODE", help="Where it was: ISO 3166-1 alpha-3, such as ARM."
)
@click.option(
    "--actor", multiple=True, metavar="NAME", help="Who did it or to whom it was done: a name or code."
)
@click.option("--type", "kind", multiple=True, metavar="TYPE", help="A PLOVER type, such as ASSAULT.")
@click.option("--since", metavar="DATE", help="On that day or later.")
@click.option("--until", metavar="DATE", help="On that day or earlier.")
@click.option("--claimant", multiple=True, metavar="NAME", help="Who says something of it: a name or code.")
@click.option(
    "--status",
    type=click.Choice(["contested", "denied", *REALIS]),
    help="Contested by its claimants; denied by some of them; or whether it happened, as they tell it.",
)
@click.option("--deaths", type=click.IntRange(0), metavar="N", help="At least so many dead.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="P", help="At least so likely right.")
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="origins",
    show_default=True,
    help="The most of it first: independent origins, latest day, latest news, deaths, confidence.",
)
@limit_option
@json_option
def show_events(
    *,
    db: str,
    country: tuple[str, ...],
    actor: tuple[str, ...],
    kind: tuple[str, ...],
    since: str | None,
    until: str | None,
    claimant: tuple[str, ...],
    status: str | None,
    deaths: int | None,
    min_confidence: float | None,
    sort: str,
    limit: int | None,
    as_json: bool | None,
) -> None:
    """
    List the events, those that most independent origins tell of first.

    Of several values of one option any will do; several options hold together.

    \b
    Examples:
      counterclaim show events --db demo.db
      counterclaim show events --country ARM --type ASSAULT --since 2022-09-01 --sort deaths --db demo.db
      counterclaim show events --claimant Pashinyan --status contested --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.store.queries import Filter, count_events, find_terms  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store, store.read() as connection:
        chosen = Filter(
            since=_check_day(since, "--since"),
            until=_check_day(until, "--until"),
            type=tuple(_check_type(name) for name in kind),
            country=tuple(name.upper() for name in country),
            actor=tuple(
                value for name in actor for value in find_terms(connection, ("actor", "recipient"), name)
            ),
            claimant=tuple(
                value for name in claimant for value in find_terms(connection, ("claimant",), name)
            ),
            realis=(status,) if status in REALIS else (),
            contested=status == "contested",
            denied=status == "denied",
            deaths=deaths,
            confidence=min_confidence,
        )
        rows = _list_events(connection, chosen, sort, limit or (None if wants_json(as_json) else ON_A_SCREEN))
        total, is_more = count_events(connection, chosen)
    if wants_json(as_json):
        for row in rows:
            print_json(row)
        return
    if not rows:
        say("Nothing to list.")
        return
    print_table(
        ("event", "what", "dead", "origins", "stories", "articles", "contested"),
        [
            (
                row["id"],
                row["label"],
                _range(row["dead_low"], row["dead_high"]),
                row["origins"],
                row["stories"],
                row["articles"],
                _join(row["contested"]),
            )
            for row in rows
        ],
    )
    if len(rows) < total:
        more = f"{total - len(rows)}{' or more' if is_more else ''}"
        say(f"{more} more: --limit {total} shows {'them' if is_more else 'all'}.")


def _list_events(connection: "Connection", chosen: "Filter", sort: str, limit: int | None) -> list[Row]:
    """The events, page by page, each with its parties, counts and place."""
    from counterclaim.store.queries import list_event_page, list_event_terms  # noqa: PLC0415

    rows: list[Row] = []
    after: str | None = None
    while limit is None or len(rows) < limit:
        wanted = PAGE if limit is None else min(PAGE, limit - len(rows))
        page = list_event_page(connection, chosen, order=sort, after=after, limit=wanted)
        terms = list_event_terms(connection, [str(row["id"]) for row in page.rows], ("actor", "recipient"))
        for row in page.rows:
            told = terms.get(str(row["id"]), [])
            rows.append(
                {
                    **row,
                    "actors": [one["label"] for one in told if one["kind"] == "actor"],
                    "recipients": [one["label"] for one in told if one["kind"] == "recipient"],
                    "counts": _count(row),
                }
            )
        after = page.after
        if after is None:
            break
    return rows


def _count(row: Row) -> list[Row]:
    if row["dead_low"] is None and row["dead_high"] is None:
        return []
    return [{"kind": "dead", "low": row["dead_low"], "high": row["dead_high"]}]


def _range(low: object, high: object) -> str:
    if low is None and high is None:
        return ""
    return str(low) if low == high else f"{'' if low is None else low}–{'' if high is None else high}"


def _check_day(day: str | None, option: str) -> str | None:
    if day is not None:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise InputError(f"{option} {day!r} is not a date. Write it like 2022-09-14.") from None
    return day


def _check_type(name: str) -> str:
    from counterclaim.knowledge import load_table  # noqa: PLC0415

    types = [row["id"] for row in load_table("plover/types")]
    if name.upper() not in types:
        nearest = difflib.get_close_matches(name.upper(), types, n=1)
        raise InputError(
            f"{name!r} is not a type. "
            + (f"Did you mean {nearest[0]}?" if nearest else f"Types: {', '.join(types)}.")
        )
    return name.upper()


@command.command("claims")
@db_option
@click.option("--event", metavar="EVENT", help="Only claims about this event.")
@click.option("--article", metavar="ARTICLE", help="Only claims of this article.")
@click.option("--field", metavar="FIELD", help="Only claims of this field, such as counts.dead.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Only claims of events at least so likely right, and of those that nothing judged.",
)
@limit_option
@json_option
def show_claims(
    *,
    db: str,
    event: str | None,
    article: str | None,
    field: str | None,
    min_confidence: float,
    limit: int | None,
    as_json: bool | None,
) -> None:
    """
    List the claims: who says which value of which field of which event.

    What a person corrected is listed as corrected, with what the machine had read beside it; what was rejected is left out:
    counterclaim corrections list has it.

    \b
    Example:
      counterclaim show claims --field counts.dead --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.store.queries import (  # noqa: PLC0415
        find_article,
        find_event,
        list_claims,
        list_fields,
    )
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store, store.read() as connection:
        if event:
            event = str(find_event(connection, event)["id"])
        if field and field not in (fields := list_fields(connection)):
            nearest = difflib.get_close_matches(field, fields, n=1)
            hint = f"Did you mean {nearest[0]}?" if nearest else f"Fields: {', '.join(fields)}."
            raise InputError(f"No claim has the field {field!r}. {hint}")
        if article:
            article = find_article(connection, article)
        rows = list_claims(
            connection, article=article, event=event, field=field, min_confidence=min_confidence
        )
    _print(
        rows,
        ("claim", "who says", "stance", "field", "value", "event", "published"),
        lambda row: (
            _short_claim(row["claim"]),
            _speaker(row),
            row["stance"],
            row["field"],
            _value(row),
            row["event"],
            row["published"],
        ),
        as_json=as_json,
        limit=limit,
    )


@command.command("rejections")
@db_option
@limit_option
@json_option
def show_rejections(*, db: str, limit: int | None, as_json: bool | None) -> None:
    """
    List the pages that could not be read, and why.

    \b
    Example:
      counterclaim show rejections --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.store.queries import list_rejections  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store, store.read() as connection:
        rows = list_rejections(connection)
    _print(
        rows,
        ("page", "reason", "detail"),
        lambda row: (row["ref"], row["reason"], row["detail"]),
        as_json=as_json,
        limit=limit,
    )


@command.command("matrix")
@click.argument("event", required=False, metavar="[EVENT]")
@click.option(
    "--rule", metavar="NAME", help="How to choose between claimants, as for export; range unless told."
)
@click.option(
    "--hierarchy",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="For the rule hierarchy: a claimant, country, sector or outlet a line, the most trusted first.",
)
@db_option
@json_option
def show_matrix(
    *, event: str | None, rule: str | None, hierarchy: Path | None, db: str, as_json: bool | None
) -> None:
    """
    Print who says what about an event; about the main event where none is given.

    Rows are claimants, columns are fields. Losses of different groups are different columns: they add.
    Below them stand each column's status and what the resolution rule makes of it; above, the event's grade.

    \b
    Examples:
      counterclaim show matrix --db demo.db
      counterclaim show matrix --rule conservative --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.fuse import matrix  # noqa: PLC0415
    from counterclaim.fuse.grade import grade  # noqa: PLC0415
    from counterclaim.fuse.resolution import make_rule, resolve  # noqa: PLC0415
    from counterclaim.store.queries import load_event  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    chosen = make_rule(rule or ("hierarchy" if hierarchy else "range"), hierarchy)
    with open_store(db) as store, store.read() as connection:
        row, members, readings, stories = load_event(connection, event)
    made = matrix(members, readings, stories)
    resolved, graded = resolve(made, chosen), grade(made)
    if wants_json(as_json):
        from counterclaim.export.matrix import resolution_to_json, to_json  # noqa: PLC0415

        print_json({"event": row, **to_json(made), **resolution_to_json(resolved, graded, chosen)})
    else:
        from counterclaim.cli.matrix_table import make_matrix_table  # noqa: PLC0415

        console = make_console()
        console.print(make_matrix_table(row, made, resolved, graded, chosen, console.width))


def _print(
    rows: Sequence[Row],
    headers: Sequence[str],
    cells: Callable[[Row], Iterable[object]],
    *,
    as_json: bool | None,
    limit: int | None,
) -> None:
    if wants_json(as_json):
        for row in islice(rows, limit):
            print_json(row)
        return
    shown = rows[: limit or ON_A_SCREEN]
    if not rows:
        say("Nothing to list.")
        return
    print_table(headers, [tuple(cells(row)) for row in shown])
    if len(shown) < len(rows):
        say(f"{len(rows) - len(shown)} more: --limit {len(rows)} shows all.")


def _short(article: object) -> str:
    return str(article or "")[:8]


def _short_claim(claim: object) -> str:
    article, _, number = str(claim).partition(":")
    return f"{article[:8]}:{number}"


def _value(row: Row) -> str:
    """The value; where a person gave another, the machine's beside it."""
    value = f"{row['value']} ({row['victims']})" if row["victims"] else str(row["value"])
    if not row["correction"]:
        return value
    if row["correction"] == "accept":
        return f"{value} [{row['corrected_by']} agrees]"
    machine = f", not {row['machine']}" if row["machine"] else ""
    return f"{value} [{row['corrected_by']}{machine}]"


def _speaker(row: Row) -> str:
    if not row["source"]:
        return str(row["agency"] or row["outlet"] or "the article")
    codes = " ".join(str(code) for code in (row["country"], row["sector"]) if code)
    return f"{row['source']} [{codes}]" if codes else str(row["source"])


def _join(values: object) -> str:
    return ", ".join(map(str, values)) if isinstance(values, list) else ""
