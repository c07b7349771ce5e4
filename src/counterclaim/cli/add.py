"""`counterclaim add`: an event that the reading of an article missed."""

import click

from counterclaim.cli.correct import (
    actor_option,
    by_option,
    collect,
    count_option,
    date_option,
    finish,
    place_option,
    reason_option,
    recipient_option,
)
from counterclaim.cli.judge import find_name
from counterclaim.cli.output import db_option, json_option


@click.command("add", no_args_is_help=True)
@click.argument("article", metavar="ARTICLE")
@click.option("--words", metavar="TEXT", required=True, help="The words that tell it, as the text has them.")
@click.option(
    "--type", "kind", metavar="TYPE", required=True, help="What happened, such as ASSAULT or ASSAULT/drone."
)
@actor_option
@recipient_option
@place_option
@date_option
@count_option
@click.option("--says", metavar="WHO", help="Who says so; the outlet itself where left out.")
@click.option("--stance", metavar="STANCE", help="How: says, denies, accuses, demands …  [default: says]")
@by_option
@reason_option
@db_option
@json_option
def command(
    *,
    article: str,
    words: str,
    kind: str,
    actor: str | None,
    recipient: str | None,
    place: str | None,
    date: str | None,
    count: str | None,
    says: str | None,
    stance: str | None,
    by: str | None,
    reason: str,
    db: str,
    as_json: bool | None,
) -> None:
    """
    Add an event that the reading of an article missed.

    ARTICLE is an id that show articles prints; it may be shortened. The rest is as for counterclaim correct.

    \b
    Example:
      counterclaim add 1f2e3d4c --words "closed the crossing" --type COERCE/restrict --actor Georgia --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.deciding import add_telling  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    asked = collect(
        type=kind,
        actor=actor,
        recipient=recipient,
        place=place,
        date=date,
        count=count,
        says=says,
        stance=stance,
    )
    with open_store(db) as store:
        made = add_telling(store, article, words, asked, by=find_name(by), reason=reason)
        finish(store, made, as_json=as_json)
