"""`counterclaim check`: whether a store is whole."""

from dataclasses import asdict

import click

from counterclaim.cli.output import db_option, json_option, print_json, print_table, wants_json
from counterclaim.errors import StoreError


@click.command("check")
@click.argument("path", metavar="[DB]", required=False)
@db_option
@json_option
def command(*, path: str | None, db: str, as_json: bool | None) -> None:
    """
    Check a store: is the file whole, are the texts as they were read, does every row point to one that is there.

    DB is the store, as with --db. Nothing is changed. The exit code is 2 where something is wrong.

    \b
    Example:
      counterclaim check demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.checking import check_store  # noqa: PLC0415  --help needs none of it
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(path or db) as store:
        findings = list(check_store(store))
        if wants_json(as_json):
            for one in findings:
                print_json(asdict(one))
        else:
            rows = [("good" if one.good else "WRONG", one.name, one.text) for one in findings]
            print_table(("", "what", "found"), rows)
        if wrong := [one.name for one in findings if not one.good]:
            raise StoreError(f"{store.location} is damaged ({', '.join(wrong)}): what to do is said above.")
