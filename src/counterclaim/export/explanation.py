"""
Why a claim is as it is, in steps: who says so and by which cue, and for each value the rule and its knowledge line.

Comes in: a reading and one of its claims. Goes out: pairs of words, as `counterclaim explain` and the page of a claim print
them: ("cue", "“said” (lemma say)"), ("rule", "knowledge/cues/verbs.tsv:40 …").
"""

from counterclaim.export.words import (
    describe_actor,
    describe_count,
    describe_dates,
    describe_event,
    describe_flag,
    describe_parties,
    describe_speaker,
    find_telling,
)
from counterclaim.fuse.tellings import UNVERIFIED_FLAG
from counterclaim.knowledge import find_row
from counterclaim.types import Attribution, Claim, EventMention, Flag, Mention, Place, Reading, Timex

Step = tuple[str, str]
LONGEST_CELL = 80


def explain(
    reading: Reading, claim: Claim, event: EventMention, attribution: Attribution | None
) -> list[Step]:
    """What made the claim, part by part, each with its rule and the knowledge line behind it."""
    steps = [*_explain_speaker(reading, claim, attribution)]
    steps.append(("event", f"{describe_event(event)}, from “{event.trigger.text}”"))
    steps += [("rule", describe_rule(rule)) for rule in event.rules]
    if event.confidence is not None:
        steps.append(
            ("judge", f"{event.confidence:.2f} that {event.type} is told of here, by the words around it")
        )
    if event.acled:
        steps.append(("ACLED", f"{event.acled}, by the line of acled/marks among these rules"))
    if event.actors or event.recipients:
        steps.append(("parties", describe_parties(event)))
        for mention in (*event.actors, *event.recipients):
            steps += _explain_mention(mention)
    if event.place:
        said = next(
            (one.value for one in reading.claims if (one.event, one.field) == (event.id, "place")), ""
        )
        steps += _explain_place(event.place, said or event.place.name)
    steps += _explain_date(reading, event)
    for count in event.counts:
        steps.append(("count", f"{describe_count(count)}, from “{count.text}”"))
        steps += [("rule", describe_rule(count.rule))] if count.rule else []
    steps += [("flag", _describe_flag(flag)) for flag in reading.flags if _concerns(flag, claim)]
    steps.append(("read by", reading.signature))
    return steps


def describe_rule(rule: str) -> str:
    """The knowledge line behind a rule, with its file and line; the rule itself where it is no line."""
    row = find_row(rule)
    if row is None:
        return rule
    cells = ", ".join(f"{name}={_cut(value)}" for name, value in row.cells if value and name != "id")
    return f"knowledge/{row.table}.tsv:{row.line} {row['id']}: {cells}"


def _cut(value: str) -> str:
    """The cell, or its beginning: a list of forty words is for the file, whose line is named."""
    return value if len(value) <= LONGEST_CELL else f"{value[:LONGEST_CELL]}…"


def _explain_speaker(reading: Reading, claim: Claim, attribution: Attribution | None) -> list[Step]:
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
        if told := find_telling(article.text, claim, attribution):
            steps.append(("told in", f"“{article.text[slice(*told)]}”"))
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


def _explain_place(place: Place, said: str) -> list[Step]:
    parts = [said, place.admin1, place.country]
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
    if claim.sentence_start_char <= flag.start_char < claim.sentence_end_char:
        return True
    touched = not flag.touches or claim.attribution in flag.touches
    return flag.kind == UNVERIFIED_FLAG and claim.attribution is not None and touched


def explanation_to_json(reading: Reading, number: str) -> dict[str, object]:
    """The claim of this id with its sentence and all that made it."""
    found = next(one for one in reading.claims if one.id == number)
    event = next(one for one in reading.events if one.id == found.event)
    attribution = next((one for one in reading.attributions if one.id == found.attribution), None)
    return {
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
        "why": [
            {"part": part, "because": because}
            for part, because in explain(reading, found, event, attribution)
        ],
        "signature": reading.signature,
    }
