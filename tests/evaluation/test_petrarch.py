"""PETRARCH's own tests as a scorer: what counts as found, on frames made by hand."""

import pytest

from counterclaim.types import Actor, Frame, Mention
from evaluation.petrarch import Coding, import_actors, is_found


def somebody(country, sector="GOV"):
    return Mention(country, 0, 3, 0, 1, 0, "name", Actor(country, country, country, sector))


def frame(kind, actors, recipients):
    return Frame(kind, (), (), 0, actors, recipients)


def coding(code, *frames, source="ARN", target="GONMIL"):
    return Coding("", source, target, code, frames)


ARNOR, GONDOR = (somebody("ARN"),), (somebody("GON"),)


def test_type_actor_and_recipient_must_agree():
    assert is_found(coding("122", frame("ACCUSE", ARNOR, GONDOR)))
    assert not is_found(coding("122", frame("ASSAULT", ARNOR, GONDOR)))
    assert not is_found(coding("122", frame("ACCUSE", GONDOR, ARNOR)))
    assert is_found(coding("122", frame("ACCUSE", GONDOR, ARNOR)), either_way=True)


def test_parties_of_a_mutual_event_are_found_both_ways():
    assert is_found(coding("031", frame("CONSULT", ARNOR + GONDOR, ())))


def test_a_sector_counts_only_where_it_is_asked_for():
    assert not is_found(coding("122", frame("ACCUSE", ARNOR, GONDOR)), sectors=True)


@pytest.mark.parametrize("code", ["023", "345", "1717", "901"])
def test_comments_and_made_up_codes_are_not_compared(code):
    assert coding(code).types == frozenset()


def test_every_name_of_the_dictionary_is_imported():
    assert import_actors()
