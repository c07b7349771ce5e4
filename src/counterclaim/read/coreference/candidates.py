"""
What later words may refer to: a mention with what agreement asks for, and the states behind actors.

In: mentions. Out: candidates, and small questions about their actors.
Example: a mention "Kenyan police" -> no person, many, state KEN.
Limit: the gender of a person is known from titles and common given names only.
"""

from dataclasses import dataclass
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors import Entry, Owner, load_lexicon
from counterclaim.types import Actor, Mention


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A line of knowledge/pronouns.tsv."""

    refers: str
    number: str
    gender: str
    use: str
    rule: str


@cache
def pronouns() -> dict[str, Pronoun]:
    """The pronouns by their form."""
    return {
        form: Pronoun(row["refers"], row["number"], row["gender"], row["use"], row.rule)
        for row in load_table("pronouns")
        for form in row.split("forms")
    }


@cache
def given_names() -> dict[str, str]:
    """Gender by given name, in lower case."""
    return {name.lower(): row["id"] for row in load_table("given_names") for name in row.split("names")}


@dataclass(slots=True)
class Referent:
    """A mention that later words may refer to, with what agreement asks for."""

    mention: Mention
    sentence: int
    person: bool
    many: bool
    gender: str
    subject: bool
    actors: tuple[Actor, ...]


def identity(actor: Actor) -> str:
    """What two mentions of one actor share."""
    return actor.actor_id or f"{actor.name}|{actor.country}"


def is_person(mention: Mention, entry: Entry | None, core_kind: str) -> bool:
    """Whether a mention speaks of one person."""
    if core_kind in {"person", "surname", "name"}:
        return True
    if entry is not None and entry.kind == "role" and mention.kind == "name":
        return False  # "the Union of Dockers"
    if entry is not None:
        return entry.kind in {"title", "role", "demonym"} and not entry.body and not entry.plural
    return (
        mention.kind in {"name", "nominal"}
        and mention.rule in {"unknown/person", ""}
        and " " in mention.actor.name
        and mention.actor.actor_id is None
    )


def is_state(actor: Actor) -> bool:
    """Whether the actor is a state itself."""
    return actor.actor_id is not None and actor.actor_id == actor.country


def state_of(actor: Actor) -> str | None:
    """The id of the state that an actor belongs to; None for bodies and people without one."""
    if actor.actor_id is not None and actor.country is not None and actor.actor_id.startswith(actor.country):
        return actor.actor_id if ".PRE." in actor.actor_id else actor.country
    if (
        actor.country is not None
        and len(actor.country) == 3
        and actor.country not in {"IGO", "NGO", "IMG", "ISM", "MNC", "UNO"}
    ):
        return actor.country
    return None


def as_state(actor: Actor) -> Actor:
    """The state behind an actor, where it has one."""
    state = state_of(actor)
    if state is None or is_state(actor):
        return actor
    return state_actor(state) or actor


@cache
def _states() -> dict[str, Actor]:
    return {
        row["id"]: Actor(
            row["id"],
            row["name"],
            row["parent"] or row["id"],
            "PRE" if row["kind"] == "partial" else "GOV",
        )
        for row in load_table("countries")
    }


def state_actor(state: str) -> Actor | None:
    """The state of an id, as an actor."""
    return _states().get(state)


def offices_of(actor: Actor) -> frozenset[str]:
    """The offices that a known person ever held."""
    tenures = load_lexicon().tenures.get(actor.actor_id or "", [])
    return frozenset(tenure.office for tenure in tenures)


def owners_from(candidate: Referent) -> tuple[Owner, ...]:
    """What an antecedent lends to "its", "his" and "both sides'"."""
    owners: list[Owner] = []
    for actor in candidate.actors:
        state = state_of(actor)
        if candidate.person:
            # A person lends the country, not the office: "her party" is no government.
            owners.append(Owner(actor.country, state, None))
            continue
        if state is not None and not is_member(actor):
            owners.append(Owner(actor.country, state, "PRE" if actor.sector == "PRE" else None))
        elif actor.actor_id is not None or actor.country is not None or actor.sector is not None:
            entry = Entry(
                "group",
                "",
                actor.actor_id or "",
                actor.name,
                actor.country,
                actor.sector,
                actor.other_sectors,
            )
            owners.append(Owner(actor.country, state, actor.sector, entry if actor.sector != "GOV" else None))
    return tuple(owners)


@cache
def table_ids(table: str) -> frozenset[str]:
    """The ids of a table."""
    return frozenset(row["id"] for row in load_table(table))


def is_member(actor: Actor) -> bool:
    """Whether an actor stands for itself and not for its country: rebels, parties, groups."""
    return actor.sector in {"REB", "PTY", "UAF", "PRM", "CRM", "CVL", "SOC", "JRN", "BUS", "LAB"}
