"""
Who tells what, from which story: event mentions made ready to be compared across articles.

Comes in: readings, and the stories their articles belong to. Goes out: one `Telling` for each event mention, with
its claimant, whether it is said to have happened, and the anchor that judgements name it by.

"Oreno's army said rebels shelled Kitwe" becomes a telling by the army of Oreno (side: Oreno); told by the
outlet itself, the claimant is the agency credited, so that copies of one wire are one claimant.

Known limit: what an article "could not verify" is taken to mean all that others claim in it, unless the flag
names the attributions it touches.
"""

import hashlib
from collections.abc import Iterable
from functools import cache

from counterclaim.fuse.owners import find_owner
from counterclaim.knowledge import load_table
from counterclaim.types import (
    Article,
    Attribution,
    Claim,
    Claimant,
    EventMention,
    Mention,
    Reading,
    Realis,
    Story,
    Telling,
)

UNVERIFIED_FLAG = "unverified"


def make_tellings(readings: Iterable[Reading], stories: Iterable[Story]) -> tuple[Telling, ...]:
    """Every event mention of every reading, sorted by anchor."""
    story_of = {copy.article: (story, rank) for story in stories for rank, copy in enumerate(story.copies)}
    tellings: list[Telling] = []
    for reading in readings:
        article = reading.article
        story, rank = story_of.get(article.id, (None, 0))
        origin = story.origin if story else article.agency or article.outlet or article.ref
        owner = find_owner(origin, article.published)
        attributions = {attribution.id: attribution for attribution in reading.attributions}
        claims: dict[str, list[Claim]] = {}
        for claim in reading.claims:
            claims.setdefault(claim.event, []).append(claim)
        touched = find_unverified(reading)
        places = frozenset(place.text for place in reading.toponyms)
        for event in reading.events:
            attribution = attributions.get(event.attribution or "")
            claimant = find_claimant(attribution, origin, owner)
            tellings.append(
                Telling(
                    anchor=make_anchor(article, event, claimant),
                    article=article,
                    mention=event,
                    attribution=attribution,
                    claims=tuple(claims.get(event.id, ())),
                    claimant=claimant,
                    story=story.id if story else f"s{article.id}",
                    origin=origin,
                    rank=rank,
                    realis=find_realis(event),
                    denied=(event.stance == "denies") != ("negation" in event.auxiliary),
                    verified=claimant.kind == "outlet" or event.attribution not in touched,
                    did=find_sides(event.actors, places),
                    suffered=find_sides((*event.recipients, *_victims(event)), places),
                    owner=owner,
                )
            )
    return tuple(sorted(tellings, key=lambda telling: (telling.anchor, telling.mention.id)))


def find_claimant(attribution: Attribution | None, origin: str, owner: str) -> Claimant:
    """Whose words they are; without a source, those of the agency or outlet the story comes from."""
    outlet_side = f"outlet:{owner.casefold()}"
    source = attribution.source if attribution else None
    itself = Claimant(f"outlet:{origin.casefold()}", origin, None, None, outlet_side, "outlet")
    if source is None:
        if attribution is None or attribution.stance in {"doubts", "cannot_verify"}:
            return itself
        return Claimant(f"unnamed:{origin.casefold()}", "unnamed source", None, None, outlet_side, "unnamed")
    actor = source.actor
    name = actor.name
    if origin.casefold() in {name.casefold(), (actor.actor_id or "").casefold()}:
        return itself  # "told Reuters", "Reuters could not verify": the reporter's own words
    if source.anonymous or (source.kind == "pronoun" and not actor.actor_id and not actor.country):
        key = f"unnamed:{actor.country}:{actor.sector}:{origin.casefold()}"
        return Claimant(key, name, actor.country, actor.sector, _find_side(source) or outlet_side, "unnamed")
    key = actor.actor_id or f"{actor.country}:{actor.sector}:{name.casefold()}"
    if actor.country and key == f"{actor.country}.GOV":
        key = actor.country  # Baku and Azerbaijan: what a state says, its government says
    return Claimant(key, name, actor.country, actor.sector, _find_side(source) or key, "actor")


def find_unverified(reading: Reading) -> frozenset[str]:
    """Ids of the attributions that the article says it could not verify."""
    touched: set[str] = set()
    for flag in reading.flags:
        if flag.kind == UNVERIFIED_FLAG:
            touched.update(flag.touches or (attribution.id for attribution in reading.attributions))
    return frozenset(touched)


def _victims(event: EventMention) -> tuple[Mention, ...]:
    return tuple(count.victims for count in event.counts if count.victims)


def find_sides(mentions: tuple[Mention, ...], places: frozenset[str] = frozenset()) -> frozenset[str]:
    """
    What tellings are compared by: the country; for rebels, groups and persons without one, the name.

    "Civilians", "the army" and "they" name no side while nobody says whose; nor does a town that was shelled.
    """
    return frozenset(
        mention.actor.country or mention.actor.actor_id or mention.actor.name.casefold()
        for mention in mentions
        if mention.actor.country or mention.actor.actor_id or _is_named(mention, places)
    )


def _is_named(mention: Mention, places: frozenset[str]) -> bool:
    if mention.kind == "nominal":
        return mention.actor.sector is not None and mention.actor.sector not in _state_sectors() | {"CVL"}
    return mention.kind == "name" and mention.text not in places


def find_realis(event: EventMention) -> Realis:
    """Whether it is told as having happened, long ago, or not yet."""
    if "historical" in event.auxiliary:
        return "historical"
    unreal = {"future", "hypothetical"} & set(event.auxiliary)
    if unreal or event.stance in {"demands", "warns", "expects", "promises"}:
        return "expected"
    return "happened"


def make_anchor(article: Article, event: EventMention, claimant: Claimant) -> str:
    """``ARTICLE:start:TYPE:claimant``: stays the same when a new reading numbers its events anew."""
    told_by = hashlib.sha256(claimant.key.encode()).hexdigest()[:8]
    return f"{article.id}:{event.trigger.start_char}:{event.type}:{told_by}"


def _find_side(source: Mention) -> str | None:
    """The state, for what speaks for it; None where the claimant is a side of its own."""
    actor = source.actor
    if actor.country is None or "OPP" in actor.other_sectors:
        return None
    if actor.sector is None or actor.sector in _state_sectors():
        return actor.country
    return None


@cache
def _state_sectors() -> frozenset[str]:
    return frozenset(row["sector"] for row in load_table("state_sectors"))
