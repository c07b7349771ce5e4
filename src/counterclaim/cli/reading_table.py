"""
One article's reading for people: what is known of it, then what it tells of.

One row for each happening, the most important first, with the words it stands in; or, where mentions are asked for, one line for each
event as each source tells it.

On a terminal narrower than a table can be read on, each event becomes a few lines of its own. What is only implied says so.
"""

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.cli.output import make_table
from counterclaim.export.words import (
    describe_actor,
    describe_count,
    describe_dates,
    describe_event,
    describe_flag,
    describe_parties,
    describe_speaker,
)
from counterclaim.types import Article, Attribution, Basis, EventMention, EventRow, Reading
from counterclaim.values import print_place

# Eight columns need about twelve characters each.
NARROW = 90
HEADERS = ("who says", "stance", "what", "who → whom", "where", "when", "how many")
ROW_HEADERS = ("what", "who → whom", "where", "when", "how many", "who says", "in the words")
# Characters of a quotation: a line or two of its column.
QUOTED = 90
QUOTES = "\"“‘'«"
FROM = {
    "given": "as given",
    "metadata": "from the page",
    "dateline": "from the dateline",
    "inferred": "inferred",
    "unknown": "unknown",
}


def make_reading_table(reading: Reading, width: int, *, mentions: bool = False) -> RenderableType:
    """
    Header, events and flags of one article.

    Args:
        width: Of the terminal, in characters.
        mentions: One line for each event as each source tells it, instead of one for each happening.
    """
    parts: list[RenderableType] = [*_header(reading.article)]
    headers = HEADERS if mentions else ROW_HEADERS
    rows = (
        [_cells(event, reading) for event in reading.events]
        if mentions
        else [_row(row, reading) for row in reading.event_table]
    )
    if not rows:
        parts.append(Text("  No events found."))
    elif width < NARROW:
        parts += [(_block if mentions else _row_block)(cells) for cells in rows]
    else:
        table = make_table()
        filled = [number for number in range(len(headers)) if any(cells[number] for cells in rows)]
        for number in filled:
            table.add_column(headers[number], overflow="fold")
        for cells in rows:
            table.add_row(*(Text(cells[number]) for number in filled))
        parts.append(table)
    parts += [_flag(flag.kind, flag.text, describe_flag(flag)) for flag in reading.flags]
    parts.append(Text(""))
    return Group(*parts)


def _row(row: EventRow, reading: Reading) -> tuple[str, ...]:
    """The cells of one happening."""
    members = {event.id: event for event in reading.events}
    told = [members[member] for member in row.members]
    actors, recipients = (
        ", ".join(dict.fromkeys(describe_actor(cell.value.actor) + _how(cell.basis) for cell in cells))
        for cells in (row.actors, row.recipients)
    )
    place = ""
    if row.place:
        named = row.place.value
        place = ", ".join(part for part in (print_place(named), named.country) if part) + _how(
            row.place.basis
        )
    return (
        describe_event(told[0]) + (" (background)" if row.salience == "background" else ""),
        f"{actors or '?'} → {recipients}" if recipients else actors,
        place,
        _when(row),
        "; ".join(describe_count(cell.value) + _how(cell.basis) for cell in row.counts),
        "; ".join(_speakers(told, reading)),
        _quote(told[0], reading),
    )


def _when(row: EventRow) -> str:
    """The days; the words alone where nothing anchors them."""
    if row.date is None:
        return ""
    date = row.date.value
    return (describe_dates(date.start, date.end) or f"“{date.text}”") + _how(row.date.basis)


def _how(basis: Basis) -> str:
    return " (implied)" if basis == "implied" else ""


def _speakers(told: list[EventMention], reading: Reading) -> list[str]:
    """Who tells it and how, each once; a stance that is plain saying goes without saying."""
    by_id: dict[str, Attribution] = {one.id: one for one in reading.attributions}
    said: dict[str, None] = {}
    for event in told:
        who = describe_speaker(by_id.get(event.attribution or ""), reading.article)
        said[who if event.stance == "says" else f"{who} {event.stance.replace('_', ' ')}"] = None
    return list(said)


def _quote(event: EventMention, reading: Reading) -> str:
    """The words around the trigger, as long as a line or two, cut at spaces."""
    text, trigger = reading.article.text, event.trigger
    claim = next((one for one in reading.claims if one.event == event.id), None)
    first, last = (
        (claim.sentence_start_char, claim.sentence_end_char)
        if claim
        else (trigger.start_char, trigger.end_char)
    )
    begin, end = first, last
    if last - first > QUOTED:
        begin = max(first, trigger.start_char - QUOTED // 3)
        begin = (
            begin if begin == first else text.find(" ", begin, trigger.start_char) + 1 or trigger.start_char
        )
        end = min(last, begin + QUOTED)
        end = end if end == last else max(text.rfind(" ", begin, end), trigger.end_char)
    words = " ".join(text[begin:end].split())
    return f"“{'… ' if begin > first else ''}{words}{' …' if end < last else ''}”"


def _row_block(cells: tuple[str, ...]) -> Text:
    what, *rest = cells
    lines = [f"    {name}: {cell}" for name, cell in zip(ROW_HEADERS[1:], rest, strict=True) if cell]
    return Text("\n".join((f"  {what}", *lines)))


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
