"""`counterclaim correct`: say that a claim is right, wrong, or should be another; or take that back."""

import click

from counterclaim.cli.judge import find_name
from counterclaim.cli.output import db_option, json_option, print_json, say, wants_json
from counterclaim.errors import InputError

by_option = click.option("--by", metavar="NAME", help="Who says so.  [default: the login name]")
reason_option = click.option("--reason", metavar="TEXT", default="", help="Why, for those who come later.")
type_option = click.option(
    "--type", "kind", metavar="TYPE", help="What happened, such as ASSAULT or ASSAULT/drone."
)
actor_option = click.option("--actor", metavar="WHO", help="Who did it; several between semicolons.")
recipient_option = click.option("--recipient", metavar="WHO", help="To whom it was done.")
place_option = click.option("--place", metavar="WHERE", help="A place's name, or NAME @ LATITUDE,LONGITUDE.")
date_option = click.option("--date", metavar="DAYS", help="2022-09-13, or 2022-09-13/2022-09-14.")
count_option = click.option(
    "--count", metavar="HOW-MANY", help="105, 20.. (at least), ..300 (at most), 20..30; or '12 injured'."
)


@click.command("correct", no_args_is_help=True)
@click.argument("claim", metavar="CLAIM")
@type_option
@actor_option
@recipient_option
@place_option
@date_option
@count_option
@click.option("--accept", "verb", flag_value="accept", help="It is right as it is.")
@click.option(
    "--reject",
    "verb",
    flag_value="reject",
    help="It is wrong; of the field type: nothing of the kind is told there.",
)
@by_option
@reason_option
@db_option
@json_option
def command(
    *,
    claim: str,
    kind: str | None,
    actor: str | None,
    recipient: str | None,
    place: str | None,
    date: str | None,
    count: str | None,
    verb: str | None,
    by: str | None,
    reason: str,
    db: str,
    as_json: bool | None,
) -> None:
    """
    Say that a claim is right, wrong, or should be another.

    CLAIM is a name that show claims or show matrix prints, such as 1f2e3d4c:c12. WHO is a name or id that the store
    knows, a country, or a name with codes, as in "Border guards [ARM MIL]". What the machine read is kept beside what you
    say, and your word holds when the article is read anew. Take it back with: counterclaim corrections undo NUMBER

    \b
    Example:
      counterclaim correct 1f2e3d4c:c12 --count 105 --reason "the text says 105, not 10" --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.deciding import correct_claim  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    asked = collect(type=kind, actor=actor, recipient=recipient, place=place, date=date, count=count)
    if verb and asked:
        raise InputError(f"--{verb} goes with no other value: give one or the other.")
    with open_store(db) as store:
        made = correct_claim(
            store,
            claim,
            "accept" if verb == "accept" else "reject" if verb == "reject" else "recode",
            asked,
            by=find_name(by),
            reason=reason,
        )
        finish(store, made, as_json=as_json)


def collect(**given: str | None) -> dict[str, str]:
    """The options that were given."""
    return {name: value for name, value in given.items() if value}


def finish(store: object, made: object, *, as_json: bool | None) -> None:
    """Make the events anew and say what was done."""
    from counterclaim.fusing import fuse_store  # noqa: PLC0415
    from counterclaim.store.store import Store  # noqa: PLC0415
    from counterclaim.types import Correction  # noqa: PLC0415

    assert isinstance(store, Store)
    assert isinstance(made, Correction)
    fuse_store(store)
    if wants_json(as_json):
        from dataclasses import asdict  # noqa: PLC0415

        print_json(asdict(made))
        return
    about = (
        f"{made.article[:8]}:{made.claim} ({made.field} {made.machine})" if made.claim else made.article[:8]
    )
    say(f"Correction {made.id} by {made.by}: {made.verb} {about}.")
    say(f"Take it back with: counterclaim corrections undo {made.id} --db {store.location}")
