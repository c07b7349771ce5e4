"""The event table of a corrected reading: the person's values in the cells, nothing that no mention says any longer."""

from dataclasses import replace

import pytest

from counterclaim.store.retelling import retell
from counterclaim.types import Cell, EventRow
from tests.serve.conftest import make_reading

READING = make_reading()
BEFORE = {one.id: one for one in READING.events}
E1, E2 = BEFORE["e1"], BEFORE["e2"]


def cell(value):
    return Cell(value, "stated", value.start_char, value.end_char, "member")


ROW = EventRow(
    id="t1",
    type="ASSAULT",
    modes=E1.modes,
    contexts=(),
    auxiliary=(),
    salience="main",
    members=("e1", "e2"),
    actors=(cell(E1.actors[0]),),
    recipients=(cell(E1.recipients[0]),),
    place=cell(E1.place),
    date=cell(E1.date),
    counts=(cell(E1.counts[0]),),
    claims=tuple(one.id for one in READING.claims),
)


def table(after):
    return retell([ROW], BEFORE, {one.id: one for one in after}, READING.claims)


def test_a_table_that_nobody_touched_stays_as_it_is():
    assert table([E1, E2]) == (ROW,)


def test_a_count_that_a_person_gave_takes_the_place_of_the_machines():
    count = replace(E1.counts[0], low=21, high=21, rule="person/Ann")
    (row,) = table([replace(E1, counts=(count,)), E2])
    assert [(one.value.low, one.rule) for one in row.counts] == [(21, "person/Ann")]
    assert row.actors == ROW.actors


def test_an_actor_whom_another_mention_names_too_stays():
    army = replace(E1.recipients[0], rule="person/Ann")
    (row,) = table([replace(E1, actors=(army,)), E2])
    assert [one.value for one in row.actors] == [E1.actors[0], army]
    (row,) = table([replace(E1, actors=(army,)), replace(E2, actors=())])
    assert [one.value for one in row.actors] == [army]


@pytest.mark.parametrize(
    ("field", "empty"), [("place", None), ("date", None), ("counts", ()), ("recipients", ())]
)
def test_what_a_person_rejected_leaves_its_cell_empty(field, empty):
    (row,) = table([replace(E1, **{field: empty}), E2])
    assert getattr(row, field) == empty


def test_a_telling_that_a_person_rejected_leaves_the_row_to_the_others():
    (row,) = table([E2])
    assert row.members == ("e2",)
    assert row.place is None
    assert row.counts == ()
    assert set(row.claims) == {one.id for one in READING.claims if one.event == "e2"}
    assert table([]) == ()


def test_another_type_of_the_best_member_is_the_rows():
    (row,) = table([replace(E1, type="PROTEST", modes=("riot",)), E2])
    assert (row.type, row.modes) == ("PROTEST", ("riot",))


def test_what_a_person_added_has_a_row():
    added = replace(E1, id="p1", type="AID")
    _, row = table([E1, E2, added])
    assert (row.id, row.type, row.members) == ("t2", "AID", ("p1",))
