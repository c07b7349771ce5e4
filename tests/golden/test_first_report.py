"""
The scraped report everything started from, read as a careful analyst would code it.

The text stays where it is (see conftest.py); here stand only the facts. Each fact is looked up in the
reading of the original and in three retellings about other countries, names, tolls, weekdays and dates.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from spacy.language import Language

from counterclaim.gather import to_article
from counterclaim.pipeline import read_article
from counterclaim.read.parse import load_language
from counterclaim.types import Attribution, EventMention, Mention, Page, Reading

from .worlds import ORIGINAL, RETOLD, World

pytestmark = [pytest.mark.weights, pytest.mark.corpora, pytest.mark.xdist_group("golden")]

Fact = Callable[[Reading, World], bool]
FACTS: dict[str, Fact] = {}
ORIGINAL_ONLY: set[str] = set()

# What is not right yet, with the reason; strict, so that a repaired fact must be taken off the list.
IMPLIED = (
    "whom the arms went to is said only by the main clause (gains made 'thanks to arms supplied by' an ally)"
)
NOT_YET: dict[tuple[str, str], str] = {
    (world.name, "the_arms_were_aid"): IMPLIED for world in (ORIGINAL, *RETOLD)
}
# The judge of 1 December 2026 keeps what it holds likelier right than 0.35; these it holds a little less likely.
UNSURE = "the judge is less sure of it than what is kept by default"
NOT_YET[ORIGINAL.name, "the_old_war_is_history"] = UNSURE
NOT_YET["andes", "the_old_war_is_history"] = UNSURE
NOT_YET["andes", "the_eu_envoy_only_plans_to_travel"] = UNSURE


def fact(check: Fact) -> Fact:
    FACTS[check.__name__] = check
    return check


def of_the_original(check: Fact) -> Fact:
    """A fact that rests on knowledge of the people of the original (dated roles)."""
    ORIGINAL_ONLY.add(check.__name__)
    return fact(check)


@cache
def reading_of(path: Path, world: World, language: Language) -> Reading:
    text = world.retell(path.read_text(encoding="utf-8"))
    return read_article(to_article(Page(ref="article.txt", body=text.encode())), language)


def is_actor(mention: Mention | None, country: str | None, sector: str | None = None) -> bool:
    if mention is None:
        return False
    actor = mention.actor
    return actor.country == country and (sector is None or sector in (actor.sector, *actor.other_sectors))


def attribution_of(reading: Reading, event: EventMention) -> Attribution | None:
    return next((a for a in reading.attributions if a.id == event.attribution), None)


def events(
    reading: Reading,
    event_type: str,
    *,
    actor: tuple[str, ...] = (),
    recipient: tuple[str, ...] = (),
    mode: str | None = None,
    told_by: str | None = "anyone",
    stance: str | None = None,
) -> Iterator[EventMention]:
    """The events of a type in which each named country takes the role, told by a country (None: the outlet)."""
    for event in reading.events:
        attribution = attribution_of(reading, event)
        source = attribution.source if attribution else None
        if (
            event.type == event_type
            and all(any(is_actor(m, country) for m in event.actors) for country in actor)
            and all(any(is_actor(m, country) for m in event.recipients) for country in recipient)
            and (mode is None or mode in event.modes)
            and (stance is None or event.stance == stance)
            and (
                told_by == "anyone"
                or (told_by is None and attribution is None)
                or (told_by is not None and is_actor(source, told_by))
            )
        ):
            yield event


def dead(reading: Reading, number: str, *, told_by: str, victims: str) -> bool:
    return any(
        is_actor(attribution.source, told_by, "GOV")
        and event.stance in ("says", "confirms")
        and any(
            count.kind == "dead"
            and count.low == count.high == int(number)
            and is_actor(count.victims, victims, "MIL")
            for count in event.counts
        )
        for event in reading.events
        if (attribution := attribution_of(reading, event))
    )


# --- gather ---


@fact
def boilerplate_is_gone(reading: Reading, world: World) -> bool:
    clutter = (
        "Join now",
        "Read more",
        "Our standards",
        "Check Also",
        "About Leni",
        "financial statements",
        "Editing by",
    )
    return not any(words in reading.article.text for words in clutter)


@fact
def each_dropped_passage_has_a_reason(reading: Reading, world: World) -> bool:
    dropped = " ".join(passage.text for passage in reading.article.dropped)
    kept = ("Join now", "Read more", "Our standards", "Check Also", "financial statements", "Editing by")
    return all(words in dropped for words in kept) and all(
        passage.reason for passage in reading.article.dropped
    )


@fact
def nothing_of_the_body_is_lost(reading: Reading, world: World) -> bool:
    text = reading.article.text
    ends = (
        "Fresh clashes erupted",
        "stir the pot",
        "officials on both sides said",
        "CSTO also dispatched",
        "battlefield accounts",
        "hostile forces",
        "Turkey",
        "energy supplies",
    )
    return all(words in text for words in ends)


@fact
def the_headline_is_the_title(reading: Reading, world: World) -> bool:
    start = f"{world.a_country} and {world.b_country} clash again"
    return (reading.article.title or "").startswith(start) and start not in reading.article.text


@fact
def agency_and_dateline(reading: Reading, world: World) -> bool:
    dateline = reading.article.dateline
    return (
        reading.article.agency == "Reuters"
        and reading.article.outlet is None
        and dateline is not None
        and (dateline.place or "").upper() == "TBILISI"
        and dateline.date == world.date
    )


@fact
def the_year_is_inferred_and_says_so(reading: Reading, world: World) -> bool:
    return reading.article.published == world.iso and reading.article.published_from == "inferred"


@fact
def reporters_become_authors(reading: Reading, world: World) -> bool:
    return "Nailia Bagirova" in reading.article.authors and "David Ljunggren" in reading.article.authors


# --- tolls ---


@fact
def a_says_its_soldiers_died(reading: Reading, world: World) -> bool:
    return dead(reading, world.a_dead, told_by=world.a_code, victims=world.a_code)


@fact
def b_says_its_soldiers_died(reading: Reading, world: World) -> bool:
    return dead(reading, world.b_dead, told_by=world.b_code, victims=world.b_code)


# --- the fighting ---


@fact
def the_clashes_are_two_sided_and_told_by_the_outlet(reading: Reading, world: World) -> bool:
    return any(
        event.date is not None and event.date.start[:10] == world.iso
        for event in events(reading, "ASSAULT", actor=(world.a_code, world.b_code), told_by=None)
    )


@fact
def the_town_was_shelled_says_a(reading: Reading, world: World) -> bool:
    return any(
        event.place is not None and event.place.text == world.town and "heavy-weapons" in event.modes
        for event in events(reading, "ASSAULT", told_by=world.a_code)
    )


@of_the_original
def the_town_is_on_the_map(reading: Reading, world: World) -> bool:
    return any(
        place.text == "Jermuk"
        and place.country == "ARM"
        and place.lat is not None
        and abs(place.lat - 39.84) < 0.1
        and place.lon is not None
        and abs(place.lon - 45.67) < 0.1
        for place in reading.toponyms
    )


@fact
def a_denies_shelling_positions(reading: Reading, world: World) -> bool:
    return any(events(reading, "ASSAULT", actor=(world.a_code,), told_by=world.a_code, stance="denies"))


@fact
def a_denied_assault_is_on_b(reading: Reading, world: World) -> bool:
    return any(
        events(
            reading,
            "ASSAULT",
            actor=(world.a_code,),
            recipient=(world.b_code,),
            told_by=world.a_code,
            stance="denies",
        )
    )


@fact
def firing_almost_stopped_says_a(reading: Reading, world: World) -> bool:
    return any(events(reading, "RETREAT", mode="ceasefire", told_by=world.a_code))


@fact
def the_clock_time_has_its_zone(reading: Reading, world: World) -> bool:
    return any(time.type == "TIME" and time.value == f"{world.iso}T16:00Z" for time in reading.times)


@fact
def b_blames_a(reading: Reading, world: World) -> bool:
    return any(events(reading, "ACCUSE", actor=(world.b_code,), recipient=(world.a_code,), mode="allege"))


@fact
def b_says_a_bombed_its_units(reading: Reading, world: World) -> bool:
    return any(
        events(
            reading,
            "ASSAULT",
            actor=(world.a_code,),
            recipient=(world.b_code,),
            told_by=world.b_code,
            stance="accuses",
        )
    )


@fact
def b_accuses_a(reading: Reading, world: World) -> bool:
    return any(
        event.trigger.text == "accused"
        for event in events(
            reading, "ACCUSE", actor=(world.b_code,), recipient=(world.a_code,), mode="allege", told_by=None
        )
    )


@fact
def nothing_was_verified(reading: Reading, world: World) -> bool:
    return any(flag.kind == "unverified" and "Reuters" in flag.text + flag.detail for flag in reading.flags)


# --- speech ---


@fact
def a_circular_quotation_is_flagged(reading: Reading, world: World) -> bool:
    return any(flag.kind == "circular_attribution" for flag in reading.flags)


@fact
def a_circular_quotation_has_no_source(reading: Reading, world: World) -> bool:
    return any(
        attribution.source is None and "Tass" in attribution.via
        for attribution in reading.attributions
        if "aggression" in attribution.content.text
    )


@of_the_original
def a_title_of_another_office_is_flagged(reading: Reading, world: World) -> bool:
    return any(flag.kind == "role_mismatch" and "Pashinyan" in flag.text for flag in reading.flags)


@fact
def war_is_only_feared(reading: Reading, world: World) -> bool:
    spans = [
        event
        for event in reading.events
        if event.trigger.text in ("war", "escalate")
        and "escalate into war"
        in reading.article.text[event.trigger.start_char - 20 : event.trigger.end_char + 20]
    ]
    return all(
        event.stance in ("warns", "expects") or {"hypothetical", "future"} & set(event.auxiliary)
        for event in spans
    )


@fact
def the_warning_of_war_is_attributed(reading: Reading, world: World) -> bool:
    return any(
        is_actor(attribution.source, world.a_code, "GOV") and attribution.stance in ("warns", "expects")
        for attribution in reading.attributions
        if "escalate into war" in attribution.content.text
    )


@fact
def a_dismisses_the_deal(reading: Reading, world: World) -> bool:
    return any(
        event.stance == "denies"
        for type_ in ("SUPPORT", "AGREE")
        for event in events(reading, type_, actor=(world.a_code,), told_by=world.a_code)
    )


@fact
def the_post_carries_the_accusation(reading: Reading, world: World) -> bool:
    return any(
        is_actor(attribution.source, world.a_code, "GOV")
        and any("Facebook" in carrier for carrier in attribution.via)
        for attribution in reading.attributions
        if "sabotage" in attribution.content.text
    )


# --- diplomacy ---


@fact
def a_appeals_to_the_alliance(reading: Reading, world: World) -> bool:
    return any(
        any(
            "Collective Security" in mention.actor.name or mention.actor.actor_id == "CSTO"
            for mention in event.recipients
        )
        for event in events(reading, "REQUEST", actor=(world.a_code,), mode="assist", told_by=world.a_code)
    )


@fact
def b_met_the_us_adviser(reading: Reading, world: World) -> bool:
    return any(
        "USA" in {mention.actor.country for mention in (*event.actors, *event.recipients)}
        for event in events(reading, "CONSULT", actor=(world.b_code,), told_by=world.b_code)
    )


@fact
def b_demands_withdrawal(reading: Reading, world: World) -> bool:
    return any(
        events(reading, "REQUEST", actor=(world.b_code,), recipient=(world.a_code,), mode="yield")
    ) or any(events(reading, "RETREAT", actor=(world.a_code,), mode="withdraw", stance="demands"))


@fact
def the_demanded_withdrawal_did_not_happen(reading: Reading, world: World) -> bool:
    return all(event.stance == "demands" for event in events(reading, "RETREAT", mode="withdraw"))


@fact
def the_us_called_a(reading: Reading, world: World) -> bool:
    return any(events(reading, "CONSULT", actor=("USA", world.a_code), mode="phone")) or any(
        events(reading, "CONSULT", actor=("USA",), recipient=(world.a_code,), mode="phone")
    )


@fact
def the_us_called_b(reading: Reading, world: World) -> bool:
    return any(events(reading, "CONSULT", actor=("USA", world.b_code), mode="phone")) or any(
        events(reading, "CONSULT", actor=("USA",), recipient=(world.b_code,), mode="phone")
    )


@fact
def the_us_asks_for_a_ceasefire(reading: Reading, world: World) -> bool:
    return any(events(reading, "REQUEST", actor=("USA",), mode="yield"))


@fact
def france_calls_for_an_end_to_the_strikes(reading: Reading, world: World) -> bool:
    return any(events(reading, "REQUEST", actor=("FRA",), mode="yield"))


@fact
def france_spoke_with_both_sides(reading: Reading, world: World) -> bool:
    parties = {"FRA", world.a_code, world.b_code}
    return any(
        parties <= {mention.actor.country for mention in (*event.actors, *event.recipients)}
        for event in events(reading, "CONSULT", mode="phone")
    )


@fact
def b_says_a_began_the_violence(reading: Reading, world: World) -> bool:
    return any(
        event.trigger.text == "violence"
        and event.date is not None
        and event.date.start[:10] == world.iso_before
        for event in events(reading, "ASSAULT", actor=(world.a_code,), told_by=world.b_code, stance="accuses")
    )


@fact
def the_outlet_itself_takes_no_side_on_who_began(reading: Reading, world: World) -> bool:
    return not any(
        event.trigger.text == "violence"
        and event.date is not None
        and event.date.start[:10] == world.iso_before
        for event in events(reading, "ASSAULT", actor=(world.a_code,), told_by=None)
    )


@fact
def the_tolls_have_no_date_since_none_is_said(reading: Reading, world: World) -> bool:
    tolls = {int(world.a_dead), int(world.b_dead)}
    return all(
        event.date is None
        for event in reading.events
        if any(count.kind == "dead" and count.low in tolls for count in event.counts)
    )


@fact
def the_eu_envoy_only_plans_to_travel(reading: Reading, world: World) -> bool:
    return any(
        "future" in event.auxiliary or event.type == "AGREE"
        for event in events(reading, "AGREE", actor=("EUR",))
    ) and not any(events(reading, "CONSULT", actor=("EUR",), mode="visit"))


@fact
def the_alliance_sent_a_delegation(reading: Reading, world: World) -> bool:
    return any(
        any(
            mention.actor.actor_id == "CSTO" or "Collective Security" in mention.actor.name
            for mention in event.actors
        )
        for event in events(reading, "CONSULT", mode="visit")
    )


@fact
def the_world_asks_for_restraint(reading: Reading, world: World) -> bool:
    return any(events(reading, "REQUEST", actor=("RUS",), mode="yield"))


# --- history, protest, second story ---


@fact
def the_old_war_is_history(reading: Reading, world: World) -> bool:
    return any(
        event.date is not None and event.date.start.startswith("2020") and "historical" in event.auxiliary
        for event in events(reading, "ASSAULT")
    )


@fact
def the_arms_were_aid(reading: Reading, world: World) -> bool:
    return any(events(reading, "AID", actor=("TUR",), recipient=(world.b_code,)))


@fact
def protests_at_home(reading: Reading, world: World) -> bool:
    return any(
        is_actor(m, world.a_code, "GOV") for event in events(reading, "PROTEST") for m in event.recipients
    )


@fact
def the_second_story_is_two_sided(reading: Reading, world: World) -> bool:
    return any(
        "firearms" in event.modes
        and not event.recipients
        and event.date is not None
        and event.date.start[:10] == world.iso
        for event in events(reading, "ASSAULT", actor=("KGZ", "TJK"))
    )


@fact
def the_second_story_is_told_by_officials(reading: Reading, world: World) -> bool:
    return any(
        attribution is not None and attribution.source is not None and "officials" in attribution.source.text
        for event in events(reading, "ASSAULT", actor=("KGZ", "TJK"))
        for attribution in [attribution_of(reading, event)]
    )


def cases() -> Iterator[object]:
    for world in (ORIGINAL, *RETOLD):
        for name in FACTS:
            if world is ORIGINAL or name not in ORIGINAL_ONLY:
                reason = NOT_YET.get((world.name, name))
                marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
                yield pytest.param(world, name, id=f"{world.name}-{name}", marks=marks)


@pytest.mark.parametrize(("world", "name"), tuple(cases()))
def test_fact(world, name, seed_article, language):
    assert FACTS[name](reading_of(seed_article, world, language), world)


def test_at_least_twenty_facts_of_the_original_hold():
    assert len(FACTS) - sum(world == "original" for world, _ in NOT_YET) >= 20


def test_offsets_are_honest(seed_article, language):
    reading = reading_of(seed_article, ORIGINAL, language)
    text = reading.article.text
    spans = [
        *reading.toponyms,
        *reading.times,
        *reading.flags,
        *(attribution.content for attribution in reading.attributions),
        *(attribution.cue for attribution in reading.attributions if attribution.cue),
        *(attribution.source for attribution in reading.attributions if attribution.source),
        *(event.trigger for event in reading.events),
        *(mention for event in reading.events for mention in (*event.actors, *event.recipients)),
        *(count for event in reading.events for count in event.counts),
    ]
    assert all(text[span.start_char : span.end_char] == span.text for span in spans)


def test_two_readings_are_the_same(seed_article):
    language = load_language()
    first = reading_of.__wrapped__(seed_article, ORIGINAL, language)
    assert first == reading_of.__wrapped__(seed_article, ORIGINAL, language)
