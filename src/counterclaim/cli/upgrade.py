"""`counterclaim upgrade`: bring a store of an earlier version to this one's tables."""

import click

from counterclaim.cli.output import db_option


@click.command("upgrade")
@db_option
def command(*, db: str) -> None:
    """
    Bring a store that an earlier version made to the tables of this one, whole or not at all.

    A copy of the file as it was is kept beside it; of a store on a server, make a backup first. It never happens
    by itself: earlier versions cannot use the store afterwards, and somebody may still be using one.

    \b
    Example:
      counterclaim upgrade --db conflict.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.store.schema import SCHEMA_VERSION  # noqa: PLC0415
    from counterclaim.store.store import upgrade_store  # noqa: PLC0415

    location, before, copy = upgrade_store(db)
    if before == SCHEMA_VERSION:
        click.echo(f"{location} is up to date (schema {before}).")
        return
    click.echo(f"Upgraded {location} from schema {before} to {SCHEMA_VERSION}.")
    if copy is not None:
        click.echo(f"As it was: {copy}. Delete it when all is well.")
    click.echo(f"What this version reads differently it reads anew: counterclaim run PATH --db {location}")
