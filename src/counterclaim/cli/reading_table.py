"""
One article's reading for people: what is known of it, then one line for each event as each source tells it.

On a terminal narrower than a table can be read on, each event becomes a few lines of its own.
"""

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.cli.output import make_table
from counterclaim.export.words import (
    describe_count,
    describe_dates,
    describe_event,
    describe_flag,
    describe_parties,
    describe_speaker,
)
from counterclaim.types import Article, EventMention, Reading
from counterclaim.values import print_place

# Eight columns need about twelve characters each.
NARROW = 90
HEADERS = ("who says", "stance", "what", "who → whom", "where", "when", "how many")
QUOTES = "\"“‘'«"
FROM = {
    "given": "as given",
    "metadata": "from the page",
    "dateline": "from the dateline",
    "inferred": "inferred",
    "unknown": "unknown",
}


def make_reading_table(reading: Reading, width: int) -> RenderableType:
    """Header, events and flags of one article."""
    parts: list[RenderableType] = [*_header(reading.article)]
    rows = [_cells(event, reading) for event in reading.events]
    if not rows:
        parts.append(Text("  No events found."))
    elif width < NARROW:
        parts += [_block(cells) for cells in rows]
    else:
        table = make_table()
        filled = [number for number in range(len(HEADERS)) if any(cells[number] for cells in rows)]
        for number in filled:
            table.add_column(HEADERS[number], overflow="fold")
        for cells in rows:
            table.add_row(*(Text(cells[number]) for number in filled))
        parts.append(table)
    parts += [_flag(flag.kind, flag.text, describe_flag(flag)) for flag in reading.flags]
    parts.append(Text(""))
    return Group(*parts)


def _header(article: Article) -> list[Text]:
    published = FROM[article.published_from]
    if article.published:
        published = f"{article.published} ({published})"
    outlet = article.outlet or "unknown"
    known = [f"outlet: {outlet}"]
    known += [f"agency: {article.agency}"] if article.agency else []
    known.append(f"published: {published}")
    if article.dateline and article.dateline.place:
        known.append(f"filed from: {article.dateline.place}")
    if article.dropped:
        known.append(f"left out: {len(article.dropped)} passages")
    return [Text(article.title or article.ref, style="bold"), Text(" · ".join(known), style="dim")]


def _cells(event: EventMention, reading: Reading) -> tuple[str, ...]:
    attribution = next((one for one in reading.attributions if one.id == event.attribution), None)
    place = ""
    if event.place:
        place = ", ".join(part for part in (print_place(event.place), event.place.country) if part)
    return (
        describe_speaker(attribution, reading.article),
        event.stance,
        describe_event(event),
        describe_parties(event),
        place,
        describe_dates(event.date.start, event.date.end) if event.date else "",
        "; ".join(map(describe_count, event.counts)),
    )


def _block(cells: tuple[str, ...]) -> Text:
    speaker, stance, what, *rest = cells
    details = "\n".join(f"    {name}: {cell}" for name, cell in zip(HEADERS[3:], rest, strict=True) if cell)
    return Text(f"  {speaker} {stance}: {what}\n{details}".rstrip())


def _flag(kind: str, text: str, detail: str) -> Text:
    words = " ".join(text.split()) or "?"
    line = Text()
    line.append(f"! {kind.replace('_', ' ')}: ", style="bold")
    line.append(words if words[0] in QUOTES else f"“{words}”")
    if detail:
        line.append(f" {detail}", style="dim")
    return line
