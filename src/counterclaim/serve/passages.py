"""
An article's text cut into marked pieces, and one value's sentence with its words marked.

Comes in: a reading and offsets. Goes out: plain records that a template writes out and a program can use: offsets have done
their work here, and no piece holds markup.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from counterclaim.export.words import describe_speaker, find_telling
from counterclaim.types import Article, Attribution, Claim, Reading

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    title: str
    claim: str = ""
    attribution: str = ""


def cut_sentence(text: str, claim: Claim, attribution: Attribution | None) -> Json:
    """
    The claim's sentence, its own words apart: ``{"before", "marked", "after"}``.

    Where another sentence says who says so ("Baku denied it."), ``told`` is that sentence, its cue apart in the same way; else None.
    """
    start, end = claim.start_char, claim.end_char
    first, last = min(claim.sentence_start_char, start), max(claim.sentence_end_char, end)
    told = find_telling(text, claim, attribution)
    cue = attribution.cue if attribution else None
    return {
        **_cut(text, first, last, start, end),
        "told": _cut(text, *told, cue.start_char, cue.end_char) if told and cue else None,
    }


def _cut(text: str, first: int, last: int, start: int, end: int) -> Json:
    return {"before": text[first:start], "marked": text[start:end], "after": text[end:last]}


def name_chain(article: Article, claimant: str, via: tuple[str, ...]) -> list[str]:
    """Through whom the words reached the page, the outlet first: outlet, agency, carriers, who says so."""
    chain = [article.outlet, article.agency, *reversed(via), claimant]
    return list(dict.fromkeys(part for part in chain if part))


def cut_article(reading: Reading, *, by_claim: dict[str, str]) -> list[list[Json]]:
    """
    The text's paragraphs, each a list of pieces ``{"text", "kinds", "title", "claim", "notes"}``.

    Args:
        by_claim: What is to be said of a claim when its words are pointed at, by the claim's id.
    """
    text = reading.article.text
    marks = _find_marks(reading, by_claim)
    notes: dict[int, list[str]] = defaultdict(list)
    for one in reading.attributions:
        notes[one.content.end_char].append(one.id)
    breaks = {0, len(text), *notes}
    for mark in marks:
        breaks |= {mark.start, mark.end}
    opening: dict[int, list[_Mark]] = defaultdict(list)
    closing: dict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark)
        closing[mark.end].append(mark)
    paragraphs: list[list[Json]] = [[]]
    active: list[_Mark] = []
    for start, end in pairwise(sorted(one for one in breaks if 0 <= one <= len(text))):
        active = [mark for mark in active if mark.end > start] + opening.get(start, [])
        for number, part in enumerate(text[start:end].split("\n\n")):
            if number:
                paragraphs.append([])
            if part:
                paragraphs[-1].append(_make_piece(part, active))
        if end in notes and paragraphs[-1]:
            paragraphs[-1][-1]["notes"] = sorted(notes[end], key=_number)
    return [pieces for pieces in paragraphs if pieces]


def describe_claims(reading: Reading) -> dict[str, str]:
    """What each claim says and who says so, in a line."""
    attributions = {one.id: one for one in reading.attributions}
    return {
        claim.id: _describe(
            claim, describe_speaker(attributions.get(claim.attribution or ""), reading.article)
        )
        for claim in reading.claims
    }


def _describe(claim: Claim, speaker: str) -> str:
    victims = f" of {claim.victims}" if claim.victims else ""
    return f"{claim.field.removeprefix('counts.')}: {claim.value}{victims} ({speaker} {claim.stance})"


def _find_marks(reading: Reading, by_claim: dict[str, str]) -> list[_Mark]:
    marks: list[_Mark] = []
    for one in reading.attributions:
        speaker = describe_speaker(one, reading.article)
        marks.append(
            _Mark(
                one.content.start_char,
                one.content.end_char,
                "said",
                f"{speaker} {one.stance}",
                attribution=one.id,
            )
        )
        if one.source:
            marks.append(_Mark(one.source.start_char, one.source.end_char, "source", f"who says: {speaker}"))
        if one.cue:
            marks.append(
                _Mark(one.cue.start_char, one.cue.end_char, "cue", f"{one.stance}: the words that say so")
            )
    for claim in reading.claims:
        kind = "count" if claim.field.startswith("counts.") else claim.field
        marks.append(_Mark(claim.start_char, claim.end_char, kind, by_claim.get(claim.id, ""), claim.id))
    marks += [
        _Mark(flag.start_char, flag.end_char, "flag", f"{flag.kind.replace('_', ' ')}: {flag.detail}")
        for flag in reading.flags
    ]
    return [mark for mark in marks if mark.end > mark.start]


def _make_piece(part: str, active: list[_Mark]) -> Json:
    claims = list(dict.fromkeys(mark.claim for mark in active if mark.claim))
    said = [mark.attribution for mark in active if mark.attribution]
    return {
        "text": part,
        "kinds": list(dict.fromkeys(mark.kind for mark in active)),
        "title": "; ".join(dict.fromkeys(mark.title for mark in active if mark.title)),
        "claim": claims[0] if claims else None,
        "attributions": list(dict.fromkeys(said)),
        "notes": [],
    }


def _number(name: str) -> tuple[int, str]:
    digits = "".join(filter(str.isdigit, name))
    return int(digits or 0), name
