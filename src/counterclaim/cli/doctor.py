"""`counterclaim doctor`: whether this installation is whole and works."""

from dataclasses import asdict

import click

from counterclaim.cli.output import json_option, print_json, print_table, wants_json
from counterclaim.errors import CounterclaimError


@click.command("doctor")
@json_option
def command(*, as_json: bool | None) -> None:
    """
    Check the installation: what is installed in which version, weights and knowledge by their hashes, and a sentence that is read.

    Paste what it prints into a report of a fault. The exit code is 2 where something is wrong.

    \b
    Example:
      counterclaim doctor --json
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.checking import check_installation  # noqa: PLC0415  --help needs none of it

    findings = list(check_installation())
    if wants_json(as_json):
        for one in findings:
            print_json(asdict(one))
    else:
        rows = [("good" if one.good else "WRONG", one.name, one.text) for one in findings]
        print_table(("", "what", "found"), rows)
    if wrong := [one.name for one in findings if not one.good]:
        raise CounterclaimError(f"Something is wrong with: {', '.join(wrong)}. What to do is said above.")
