"""One claim: the sentence, who says it and by which words, and the rule and knowledge line behind each value."""

from typing import Annotated

from fastapi import Path

from counterclaim.errors import InputError
from counterclaim.export.explanation import explanation_to_json
from counterclaim.serve.pages.correcting import load_marks
from counterclaim.serve.passages import cut_sentence, name_chain
from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import find_claim, find_events_of


def load(
    connection: Connection,
    name: Annotated[str, Path(max_length=60, description="ARTICLE:cN; the article's id may be shortened")],
) -> Json:
    """Why a claim is as it is."""
    try:
        reading, number = find_claim(connection, name)
    except InputError:
        # What somebody rejected is still there to be read, and to be taken back.
        reading, number = find_claim(connection, name, as_read=True)
    claim = next(one for one in reading.claims if one.id == number)
    made = explanation_to_json(reading, number)
    attribution = next((one for one in reading.attributions if one.id == claim.attribution), None)
    member = (reading.article.id, claim.event)
    marks = load_marks(connection, [reading.article.id])
    all_marks, corrections = marks["marks"], marks["corrections"]
    assert isinstance(all_marks, dict)
    assert isinstance(corrections, list)
    full = f"{reading.article.id}:{claim.id}"
    return {
        **made,
        "marks": {full: all_marks.get(full, [])},
        "corrections": [one for one in corrections if one["claim"] == full],
        "article": reading.article.id,
        "title": reading.article.title,
        "event_mention": claim.event,
        "event": find_events_of(connection, {member}).get(member),
        "passage": cut_sentence(reading.article.text, claim, attribution),
        "chain": name_chain(reading.article, str(made["says"]), attribution.via if attribution else ()),
        "others": [
            {
                "claim": f"{reading.article.id}:{one.id}",
                "field": one.field,
                "value": one.value,
                "victims": one.victims,
            }
            for one in reading.claims
            if one.event == claim.event and one.id != claim.id
        ],
    }
