"""One event: who says what about it, how that relates, tolls over time, where, the reports it was copied from, and what was judged."""

from collections import defaultdict
from dataclasses import asdict
from typing import Annotated

from fastapi import Path, Query

from counterclaim.export.matrix import resolution_to_json
from counterclaim.export.matrix import to_json as matrix_to_json
from counterclaim.fuse import matrix
from counterclaim.fuse.grade import grade
from counterclaim.fuse.resolution import RULES, make_rule, resolve
from counterclaim.fuse.tellings import make_tellings
from counterclaim.serve.pages.correcting import load_marks
from counterclaim.serve.passages import cut_sentence, name_chain
from counterclaim.serve.views import Json
from counterclaim.serve.words import PRECISIONS, name_field
from counterclaim.store.events import Connection
from counterclaim.store.queries import list_event_changes, list_judgements, load_event
from counterclaim.types import Bounds, Matrix, Reading, Story, Telling
from counterclaim.values import print_column, print_group, print_place, print_side, print_value

# What a rule needs a file for.
RULE_NAMES = tuple(name for name in RULES if name != "hierarchy")
Name = Annotated[str, Path(max_length=40, description="An event's id, or a unique beginning of it")]
_MUTUAL = frozenset(("contradicts", "agrees", "adds"))
SENTENCES = {
    "contradicts": "these contradict",
    "denies": "denies what",
    "revises": "now says",
    "adds": "these add",
    "narrows": "is more exact than",
    "agrees": "agree",
    "doubts": "doubts what",
}


def load(
    connection: Connection,
    name: Name,
    rule: Annotated[
        str,
        Query(description="How to choose between claimants", json_schema_extra={"enum": list(RULE_NAMES)}),
    ] = "range",
) -> Json:
    """One event with its claim matrix."""
    chosen = make_rule(rule)
    row, members, readings, stories = load_event(connection, name)
    made = matrix(members, readings, stories)
    by_article = {reading.article.id: reading for reading in readings}
    inside = frozenset(members)
    tellings = [one for one in make_tellings(readings, stories) if (one.article.id, one.mention.id) in inside]
    written = matrix_to_json(made)
    _add_passages(written, made, by_article)
    return {
        "event": row,
        **written,
        **resolution_to_json(resolve(made, chosen), grade(made), chosen),
        "rules": list(RULE_NAMES),
        "sentences": _write_sentences(made),
        "tolls": _find_tolls(made),
        "places": _find_places(tellings),
        "lineage": [_write_story(story, by_article) for story in stories],
        "changes": list_event_changes(connection, str(row["id"])),
        "judgements": list_judgements(connection, {one.anchor for one in tellings}),
        "modes": sorted({mode for one in tellings for mode in one.mention.modes}),
        "contexts": sorted({context for one in tellings for context in one.mention.contexts}),
        "realis": sorted({one.realis for one in tellings}),
        "members": [f"{article}:{mention}" for article, mention in members],
        **load_marks(connection, sorted({article for article, _ in members})),
    }


def _add_passages(written: Json, made: Matrix, by_article: dict[str, Reading]) -> None:
    """To each value of the matrix its sentence with the words marked, and through whom it came."""
    rows = written["rows"]
    assert isinstance(rows, list)
    attributions = {
        (name, one.id): one for name, reading in by_article.items() for one in reading.attributions
    }
    for row, source in zip(rows, made.rows, strict=True):
        for cell in row["cells"].values():
            for value in cell:
                name, _, number = value["claim"].partition(":")
                reading = by_article[name]
                claim = next(one for one in reading.claims if one.id == number)
                value["passage"] = cut_sentence(
                    reading.article.text, claim, attributions.get((name, claim.attribution or ""))
                )
                value["chain"] = name_chain(reading.article, source.claimant.name, tuple(value["via"]))


def _write_sentences(made: Matrix) -> list[Json]:
    """How what is said relates; those who say the same against the same are one sentence. Contradictions come first."""
    names = {row.claimant.key: row.claimant.name for row in made.rows}
    grouped: dict[tuple[str, str, str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for one in made.relations:
        ends = [
            (print_side(one.left_value, one.left_victims), one.left),
            (print_side(one.right_value, one.right_victims), one.right),
        ]
        field = one.field if one.kind == "adds" else print_column(one.field, one.left_victims)
        if one.kind in _MUTUAL:
            ends.sort()
        (left_value, left), (right_value, right) = ends
        lefts, rights = grouped.setdefault((one.kind, field, left_value, right_value), ({}, {}))
        lefts[names.get(left, left)] = rights[names.get(right, right)] = None
    order = {kind: place for place, kind in enumerate(SENTENCES)}
    found: list[Json] = [
        {
            "kind": kind,
            "words": SENTENCES[kind],
            "field": field,
            "left": list(lefts),
            "left_value": left_value,
            "right": list(rights),
            "right_value": right_value,
        }
        for (kind, field, left_value, right_value), (lefts, rights) in grouped.items()
    ]
    return sorted(found, key=lambda one: order[str(one["kind"])])


def _find_tolls(made: Matrix) -> list[Json]:
    """Each claimant's figures in the order in which they were said, a list for each column of counts."""
    tolls: list[Json] = []
    for number, column in enumerate(made.columns):
        if not column.field.startswith("counts."):
            continue
        steps = [
            {
                "claimant": row.claimant.name,
                "side": row.claimant.side,
                "said": value.said,
                "value": print_value(value.value),
                **(
                    {"low": bounds.low, "high": bounds.high}
                    if isinstance(bounds := value.value, Bounds)
                    else {}
                ),
                "state": value.state,
                "stance": value.stance,
                "claim": value.claim,
            }
            for row in made.rows
            for value in sorted(row.cells[number], key=lambda one: one.said or "")
        ]
        tolls.append(
            {
                "field": column.field,
                "victims": print_group(column.victims),
                "name": name_field(print_column(column.field, column.victims)),
                "steps": steps,
            }
        )
    return tolls


def _find_places(tellings: list[Telling]) -> list[Json]:
    """Where it is said to have happened: each place once, with how far around it the text may mean."""
    said: dict[tuple[object, ...], set[str]] = defaultdict(set)
    places: dict[tuple[object, ...], Json] = {}
    for one in tellings:
        place = one.mention.place
        if place is not None:
            key = (print_place(place), place.country, place.precision)
            said[key].add(one.claimant.name)
            places[key] = {
                "name": place.name,
                "said": print_place(place),
                "country": place.country,
                "admin1": place.admin1,
                "lat": place.lat,
                "lon": place.lon,
                "precision": place.precision,
                "radius_km": PRECISIONS[place.precision][1],
                "relation": place.relation,
                "geonameid": place.geonameid,
            }
    return [{**places[key], "claimants": sorted(said[key])} for key in sorted(places, key=str)]


def _write_story(story: Story, by_article: dict[str, Reading]) -> Json:
    return {
        "id": story.id,
        "origin": story.origin,
        "copies": [
            {
                **asdict(copy),
                "title": by_article[copy.article].article.title if copy.article in by_article else None,
                "tells": copy.article in by_article,
            }
            for copy in story.copies
        ],
    }
