"""`counterclaim explain`: why a claim is as it is: the sentence, the cue, the rules and their knowledge lines."""

from typing import TYPE_CHECKING

import click

from counterclaim.cli.output import db_option, json_option, make_console, print_json, wants_json
from counterclaim.cli.words import (
    describe_actor,
    describe_count,
    describe_dates,
    describe_event,
    describe_flag,
    describe_parties,
    describe_speaker,
)
from counterclaim.types import Attribution, Claim, EventMention, Flag, Mention, Place, Reading, Span, Timex

if TYPE_CHECKING:
    from rich.text import Text

Step = tuple[str, str]
LONGEST_CELL = 80


@click.command("explain", no_args_is_help=True)
@click.argument("claim", metavar="CLAIM")
@db_option
@json_option
def command(*, claim: str, db: str, as_json: bool | None) -> None:
    """
    Print why a claim is as it is.

    CLAIM is a name that show claims or show matrix prints, such as 1f2e3d4c:c12. What is printed: the sentence,
    who speaks and by which cue, and for each value the rule and the line of the knowledge file that made it.

    \b
    Example:
      counterclaim explain 1f2e3d4c:c12 --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.store.queries import find_claim  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store, store.read() as connection:
        reading, number = find_claim(connection, claim)
    found = next(one for one in reading.claims if one.id == number)
    event = next(one for one in reading.events if one.id == found.event)
    attribution = next((one for one in reading.attributions if one.id == found.attribution), None)
    steps = explain(reading, found, event, attribution)
    if wants_json(as_json):
        print_json(
            {
                "claim": f"{reading.article.id}:{found.id}",
                "ref": reading.article.ref,
                "outlet": reading.article.outlet,
                "agency": reading.article.agency,
                "published": reading.article.published,
                "field": found.field,
                "value": found.value,
                "victims": found.victims,
                "stance": found.stance,
                "says": describe_speaker(attribution, reading.article),
                "sentence": reading.article.text[found.sentence_start_char : found.sentence_end_char],
                "start_char": found.start_char,
                "end_char": found.end_char,
                "why": [{"part": part, "because": because} for part, because in steps],
                "signature": reading.signature,
            }
        )
        return
    console = make_console()
    console.print(_make_header(reading, found, attribution))
    console.print(_highlight(reading.article.text, found, attribution))
    console.print(_make_steps(steps))


def explain(
    reading: Reading, claim: Claim, event: EventMention, attribution: Attribution | None
) -> list[Step]:
    """What made the claim, part by part, each with its rule and the knowledge line behind it."""
    steps = [*_explain_speaker(reading, attribution)]
    steps.append(("event", f"{describe_event(event)}, from “{event.trigger.text}”"))
    steps += [("rule", describe_rule(rule)) for rule in event.rules]
    if event.actors or event.recipients:
        steps.append(("parties", describe_parties(event)))
        for mention in (*event.actors, *event.recipients):
            steps += _explain_mention(mention)
    if event.place:
        steps += _explain_place(event.place)
    steps += _explain_date(reading, event)
    for count in event.counts:
        steps.append(("count", f"{describe_count(count)}, from “{count.text}”"))
        steps += [("rule", describe_rule(count.rule))] if count.rule else []
    steps += [("flag", _describe_flag(flag)) for flag in reading.flags if _concerns(flag, claim)]
    steps.append(("read by", reading.signature))
    return steps


def describe_rule(rule: str) -> str:
    """The knowledge line behind a rule, with its file and line; the rule itself where it is no line."""
    from counterclaim.knowledge import find_row  # noqa: PLC0415

    row = find_row(rule)
    if row is None:
        return rule
    cells = ", ".join(f"{name}={_cut(value)}" for name, value in row.cells if value and name != "id")
    return f"knowledge/{row.table}.tsv:{row.line} {row['id']}: {cells}"


def _cut(value: str) -> str:
    """The cell, or its beginning: a list of forty words is for the file, whose line is named."""
    return value if len(value) <= LONGEST_CELL else f"{value[:LONGEST_CELL]}…"


def _explain_speaker(reading: Reading, attribution: Attribution | None) -> list[Step]:
    article = reading.article
    if attribution is None:
        credited = "the agency credited" if article.agency else "the outlet"
        return [
            ("who says", f"{describe_speaker(None, article)}: nobody is named, so {credited} speaks itself")
        ]
    steps = [("who says", f"{describe_speaker(attribution, article)} ({attribution.stance})")]
    if attribution.source:
        steps += _explain_mention(attribution.source)
    if attribution.cue:
        steps.append(("cue", f"“{attribution.cue.text}” (lemma {attribution.cue.lemma})"))
    if attribution.rule:
        steps.append(("rule", describe_rule(attribution.rule)))
    if attribution.within:
        outer = next(one for one in reading.attributions if one.id == attribution.within)
        steps.append(("as told by", f"{describe_speaker(outer, article)} ({outer.stance})"))
    return steps


def _explain_mention(mention: Mention) -> list[Step]:
    said = f"“{mention.text}” is {describe_actor(mention.actor)}, a {mention.kind}"
    if mention.antecedent is not None:
        said += f", who was named at character {mention.antecedent}"
    return [("mention", said), *([("rule", describe_rule(mention.rule))] if mention.rule else [])]


def _explain_place(place: Place) -> list[Step]:
    from counterclaim.read.claims import describe_place  # noqa: PLC0415

    parts = [describe_place(place), place.admin1, place.country]
    where = ", ".join(part for part in parts if part)
    if place.lat is None or place.lon is None:
        found = "not found in the gazetteer: no coordinates"
    else:
        found = (
            f"{place.lat:.4f}, {place.lon:.4f}, GeoNames {place.geonameid}, as precise as a {place.precision}"
        )
        if place.relation != "at":
            # No point is reckoned from distance and direction.
            found += f"; the point is that of {place.name} itself"
    steps = [("place", f"“{place.text}” is {where}: {found}")]
    return [*steps, ("rule", describe_rule(place.rule))] if place.rule else steps


def _explain_date(reading: Reading, event: EventMention) -> list[Step]:
    date, article = event.date, reading.article
    if date is None:
        return []
    steps = [("date", f"“{date.text}” is {describe_dates(date.start, date.end)}, to the {date.precision}")]
    expression = next((time for time in reading.times if _same_span(time, date)), None)
    if expression:
        steps[0] = ("date", f"{steps[0][1]}; TIMEX3 {expression.type} {expression.value}")
    if article.published:
        steps.append(("counted from", f"{article.published}, published ({article.published_from})"))
    if expression and expression.rule:
        steps.append(("rule", describe_rule(expression.rule)))
    return steps


def _same_span(time: Timex, date: object) -> bool:
    return (time.start_char, time.end_char) == (getattr(date, "start_char", 0), getattr(date, "end_char", 0))


def _describe_flag(flag: Flag) -> str:
    words = " ".join(flag.text.split())
    return f"{flag.kind.replace('_', ' ')}: “{words}” {describe_flag(flag)}".strip()


def _concerns(flag: Flag, claim: Claim) -> bool:
    """Flags in the claim's own sentence, and what the article could not verify of what its speaker says."""
    from counterclaim.fuse.tellings import UNVERIFIED_FLAG  # noqa: PLC0415

    if claim.sentence_start_char <= flag.start_char < claim.sentence_end_char:
        return True
    touched = not flag.touches or claim.attribution in flag.touches
    return flag.kind == UNVERIFIED_FLAG and claim.attribution is not None and touched


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
