"""`counterclaim judge`: say which tellings are of one event, take it back, or see what was judged."""

import getpass
from typing import TYPE_CHECKING

import click

from counterclaim.cli.output import db_option, json_option, print_json, print_table, say, wants_json
from counterclaim.errors import InputError

if TYPE_CHECKING:
    from counterclaim.store.store import Store

Row = dict[str, object]

_VERDICTS = {"same": "of one event", "different": "of different events", "unsure": "cannot be told"}


@click.command("judge", no_args_is_help=True)
@click.argument("event")
@click.argument("verb", required=False, type=click.Choice(("merge", "split", "unsure", "undo")))
@click.argument("names", nargs=-1, metavar="[OTHER...]")
@click.option("--by", metavar="NAME", help="Who judges.  [default: the login name]")
@click.option("--reason", metavar="TEXT", default="", help="Why, for those who come later.")
@db_option
@json_option
def command(
    *,
    event: str,
    verb: str | None,
    names: tuple[str, ...],
    by: str | None,
    reason: str,
    db: str,
    as_json: bool | None,
) -> None:
    """
    Say that events are one, that an event is two, or that it cannot be told; without a verb, list what was judged.

    \b
    merge OTHER...   this event and the others are one
    split TELLING... these tellings are another event than the rest
    unsure OTHER     whether they are one cannot be told: rules decide, whatever was judged before
    undo             take the latest decision about this event back

    A TELLING is ARTICLE:e3, or the claim ARTICLE:c12 that it makes, or an ARTICLE for all that it tells of the event;
    each may be shortened. What is judged is kept with who judged and why. It outweighs the rules, also when articles
    are added or read anew, and events are made anew at once.

    \b
    Example:
      counterclaim judge E1f2e3d4c merge E5a6b7c8d --reason "one raid, told by both sides" --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.deciding import decide, undo_decision  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    by = find_name(by)
    with open_store(db) as store:
        if verb is None:
            _list(store, event, as_json=as_json)
            return
        if verb == "undo":
            _refuse_names(names)
            decided = undo_decision(store, event, by=by)
        else:
            decided = decide(store, event, verb, names, by=by, reason=reason)
        from counterclaim.fusing import fuse_store  # noqa: PLC0415

        fuse_store(store)
        done: Row = {"decision": decided.number, "verb": verb, "event": decided.event, "by": by}
        done |= {"undone": decided.undone} if verb == "undo" else {"reason": reason}
        done["events"] = _find_events(store, decided.members)
    if wants_json(as_json):
        print_json(done)
    else:
        _print_done(done, store.location)


def find_name(by: str | None) -> str:
    """
    Who decides: as given, else the login name.

    Raises:
        InputError: it cannot be a name, or there is none.
    """
    from counterclaim.deciding import check_name  # noqa: PLC0415

    return check_name(by if by is not None else _find_login())


def _find_login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError("The login name is not known here. Say who judges: --by NAME") from error


def _refuse_names(names: tuple[str, ...]) -> None:
    if names:
        raise InputError("undo takes back the latest decision about the event; it needs no other name.")


def _find_events(store: "Store", members: set[tuple[str, str]]) -> list[Row]:
    from counterclaim.store.queries import list_events, list_members  # noqa: PLC0415

    with store.read() as connection:
        told = list_members(connection, members)
        rows = {row["id"]: row for row in list_events(connection)}
    return [{**rows[event], "tellings": number} for event, number in told.items()]


def _print_done(done: Row, db: str) -> None:
    undone = f", which was: {done['undone']}" if done["verb"] == "undo" else ""
    say(f"Decision {done['decision']} by {done['by']}: {done['verb']} {done['event']}{undone}.")
    events = done["events"]
    assert isinstance(events, list)
    print_table(
        ("event", "what", "tellings", "origins", "articles"),
        [(row["id"], row["label"], row["tellings"], row["origins"], row["articles"]) for row in events],
    )
    if done["verb"] != "undo" and events:
        say(f"Take it back with: counterclaim judge {events[0]['id']} undo --db {db}")


def _list(store: "Store", name: str, *, as_json: bool | None) -> None:
    from counterclaim.deciding import load_tellings  # noqa: PLC0415
    from counterclaim.store.queries import list_judgements  # noqa: PLC0415

    event, tellings = load_tellings(store, name)
    with store.read() as connection:
        rows = list_judgements(connection, {telling.anchor for telling in tellings})
    names = {telling.anchor: f"{telling.article.id}:{telling.mention.id}" for telling in tellings}
    for row in rows:
        # The names by which the other verbs know them; none where they are of other events, or no longer told.
        row["telling"], row["other"] = names.get(str(row["left"])), names.get(str(row["right"]))
    if wants_json(as_json):
        for row in rows:
            print_json(row)
    elif not rows:
        say(f"Nothing was judged about {event}: it is told once.")
    else:
        print_table(("by", "judged", "tellings", "why", "when", ""), list(_describe(rows)))


def _describe(rows: list[Row]) -> list[tuple[object, ...]]:
    """A person's decision on one line, however many pairs it comes down to; a rule's judgements one by one."""
    pairs: dict[object, int] = {}
    for row in rows:
        pairs[row["decision"]] = pairs.get(row["decision"], 0) + 1
    lines: list[tuple[object, ...]] = []
    seen: set[object] = set()
    for row in rows:
        number = row["decision"]
        if number is None:
            lines.append(
                (
                    row["by"],
                    _VERDICTS[str(row["verdict"])],
                    _name_pair(row),
                    row["reason"],
                    _day(row["made_at"]),
                    _state(row),
                )
            )
        elif number not in seen:
            seen.add(number)
            many = f"{pairs[number]} pairs" if pairs[number] > 1 else _name_pair(row)
            lines.append((row["by"], row["verb"], many, row["reason"], _day(row["made_at"]), _state(row)))
    return lines


def _name_pair(row: Row) -> str:
    def name(telling: object, anchor: object) -> str:
        article, _, mention = str(telling or anchor).partition(":")
        return f"{article[:8]}:{mention}" if telling else f"{article[:8]} (elsewhere)"

    return f"{name(row['telling'], row['left'])} and {name(row['other'], row['right'])}"


def _day(when: object) -> str:
    return str(when)[:10]


def _state(row: Row) -> str:
    if row["undone_at"]:
        return f"taken back by {row['undone_by']} on {_day(row['undone_at'])}"
    if row["overturned_at"]:
        return f"overturned on {_day(row['overturned_at'])}: {row['overturned_because']}"
    return ""
