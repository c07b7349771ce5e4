"""`counterclaim explain`: why a claim is as it is: the sentence, the cue, the rules and their knowledge lines."""

from typing import TYPE_CHECKING

import click

from counterclaim.cli.output import db_option, json_option, make_console, print_json, wants_json
from counterclaim.errors import InputError
from counterclaim.export.words import describe_speaker
from counterclaim.types import Attribution, Claim, Reading, Span

if TYPE_CHECKING:
    from rich.text import Text

Step = tuple[str, str]


@click.command("explain", no_args_is_help=True)
@click.argument("claim", metavar="CLAIM")
@db_option
@json_option
def command(*, claim: str, db: str, as_json: bool | None) -> None:
    """
    Print why a claim is as it is.

    CLAIM is a name that show claims or show matrix prints, such as 1f2e3d4c:c12. What is printed: the sentence,
    what people said of it, who speaks and by which cue, and for each value the rule and the line of the knowledge file that made it.

    \b
    Example:
      counterclaim explain 1f2e3d4c:c12 --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.export.corrections import describe_correction, to_json  # noqa: PLC0415
    from counterclaim.export.explanation import explain, explanation_to_json  # noqa: PLC0415
    from counterclaim.store.queries import find_claim  # noqa: PLC0415
    from counterclaim.store.rows import load_corrected  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store, store.read() as connection:
        try:
            reading, number = find_claim(connection, claim)
        except InputError:
            # What somebody rejected can still be asked about.
            reading, number = find_claim(connection, claim, as_read=True)
        (corrected,) = load_corrected(connection, [reading.article.id])
    said = corrected.marks.get(number, ())
    found = next(one for one in reading.claims if one.id == number)
    event = next(one for one in reading.events if one.id == found.event)
    attribution = next((one for one in reading.attributions if one.id == found.attribution), None)
    if wants_json(as_json):
        made = explanation_to_json(reading, number)
        print_json({**made, "corrections": [to_json(one) for one in said]} if said else made)
        return
    console = make_console()
    console.print(_make_header(reading, found, attribution))
    console.print(_highlight(reading.article.text, found, attribution))
    steps = [("person", describe_correction(one)) for one in said]
    console.print(_make_steps([*steps, *explain(reading, found, event, attribution)]))


def _make_header(reading: Reading, claim: Claim, attribution: Attribution | None) -> "Text":
    from rich.text import Text  # noqa: PLC0415

    article = reading.article
    victims = f" ({claim.victims})" if claim.victims else ""
    header = Text()
    header.append(f"{claim.field} = {claim.value}{victims}\n", style="bold")
    header.append(f"{describe_speaker(attribution, article)} {claim.stance}\n")
    known = " · ".join(
        part
        for part in (article.title or article.ref, article.outlet, article.agency, article.published)
        if part
    )
    header.append(f"{known}\n", style="dim")
    return header


def _highlight(text: str, claim: Claim, attribution: Attribution | None) -> "Text":
    """The sentence, its value between guillemets, source and cue between brackets; colours say the same."""
    from rich.text import Text  # noqa: PLC0415

    marks = [(Span("", claim.start_char, claim.end_char), ("«", "»"), "bold reverse")]
    if attribution and attribution.source:
        source = attribution.source
        marks.append((Span("", source.start_char, source.end_char), ("[", "]"), "bold cyan"))
    if attribution and attribution.cue:
        marks.append(
            (Span("", attribution.cue.start_char, attribution.cue.end_char), ("{", "}"), "bold magenta")
        )
    start, end = claim.sentence_start_char, claim.sentence_end_char
    line, at = Text("  "), start
    for span, (opening, closing), style in sorted(marks, key=lambda mark: mark[0].start_char):
        if span.start_char < at or span.end_char > end:
            continue  # in another sentence, or within the value itself
        line.append(text[at : span.start_char])
        line.append(f"{opening}{text[span.start_char : span.end_char]}{closing}", style=style)
        at = span.end_char
    line.append(text[at:end])
    line.append("\n")
    return line


def _make_steps(steps: list[Step]) -> "Text":
    from rich.text import Text  # noqa: PLC0415

    lines = Text()
    for part, because in steps:
        indent = "    " if part in {"rule", "mention", "cue"} else "  "
        lines.append(f"{indent}{part}: ", style="bold" if indent == "  " else "dim")
        lines.append(f"{because}\n")
    return lines
