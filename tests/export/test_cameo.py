"""PLOVER and CAMEO both ways: every code, both readings of the table, and what is certain enough to be written."""

import doctest

import pytest

from counterclaim.export import acled, cameo, coding, gdelt, ucdp
from counterclaim.export.cameo import (
    Codebook,
    goldstein,
    polecat_quad,
    quad_class,
    root_class,
    score,
    to_cameo,
    to_plover,
)
from counterclaim.knowledge import load_table

TYPES = {row["id"]: row for row in load_table("plover/types")}
MODES = {row["id"]: row for row in load_table("plover/modes")}
CODES = {row["id"]: row for row in load_table("plover/cameo")}
CONTEXTS = {row["id"] for row in load_table("plover/contexts")}
PUBLISHED = Codebook(table="published")


@pytest.mark.parametrize("module", [acled, cameo, coding, gdelt, ucdp], ids=lambda module: module.__name__)
def test_the_examples_in_the_modules_are_true(module):
    result = doctest.testmod(module)
    assert result.failed == 0 < result.attempted


def test_there_are_16_types_and_67_modes_of_them():
    assert len(TYPES) == 16
    assert len(MODES) == 67
    assert {row["type"] for row in MODES.values()} <= set(TYPES)


@pytest.mark.parametrize("code", CODES)
def test_the_corrected_reading_of_a_code_uses_only_words_of_the_manual(code):
    read = to_plover(code)
    assert read.type in TYPES
    assert {f"{read.type}.{mode}" for mode in read.modes} <= set(MODES)
    assert set(read.contexts) <= CONTEXTS


def test_the_published_reading_differs_where_the_table_says_why():
    for code, row in CODES.items():
        published = to_plover(code, PUBLISHED)
        if published is not None and published != to_plover(code):
            assert row["why"], code
    assert to_plover("163", PUBLISHED).type == "COERCE"
    assert to_plover("163").type == "SANCTION"
    assert to_plover("1951", PUBLISHED) is None


def test_a_root_is_read_as_its_unspecified_code():
    assert to_plover("14") == to_plover("140")
    assert to_plover("19").type == "ASSAULT"


def test_statements_and_unknown_codes_have_no_reading():
    assert to_plover("010") is to_plover("999") is to_plover("") is None


@pytest.mark.parametrize(
    ("appeal", "demand"), [("020", "100"), ("0231", "1031"), ("0256", "1056"), ("028", "108")]
)
def test_appeals_are_requests_only_where_asked_for(appeal, demand):
    assert to_plover(appeal) is None
    assert to_plover(appeal, Codebook(appeals=True)) == to_plover(demand)


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_alone_goes_back_to_its_root(kind):
    assert to_cameo(kind) == TYPES[kind]["root"] + "0"


@pytest.mark.parametrize("codebook", [Codebook(), PUBLISHED], ids=["corrected", "published"])
@pytest.mark.parametrize("mode", MODES)
def test_a_mode_goes_to_a_code_of_gdelts_list_that_reads_as_its_type(mode, codebook):
    kind = MODES[mode]["type"]
    every = frozenset({"forces", "state", "dead", *CONTEXTS})
    for known in (frozenset(), frozenset({"forces"}), every):
        code = to_cameo(kind, (MODES[mode]["mode"],), tuple(sorted(CONTEXTS & known)), known, codebook)
        assert CODES[code]["goldstein"], code
        assert to_plover(code, codebook).type == kind or code == TYPES[kind]["root"] + "0"


@pytest.mark.parametrize(
    ("kind", "modes", "contexts", "known", "code"),
    [
        ("ASSAULT", ("heavy-weapons",), (), (), "194"),
        ("ASSAULT", ("firearms",), (), ("forces",), "193"),
        ("ASSAULT", ("firearms",), (), (), "180"),
        ("ASSAULT", (), (), ("forces",), "190"),
        ("ASSAULT", ("explosives",), (), (), "183"),
        ("ASSAULT", ("explosives",), (), ("state",), "190"),
        ("ASSAULT", ("targeted",), (), ("dead",), "186"),
        ("ASSAULT", ("targeted",), (), (), "180"),
        ("ASSAULT", ("beat", "heavy-weapons"), (), (), "194"),
        ("ASSAULT", ("drone",), (), (), "195"),
        ("AID", (), ("economic",), (), "071"),
        ("AID", (), ("economic", "military"), (), "070"),
        ("AID", (), ("economic", "health"), (), "071"),
        ("CONSULT", ("phone",), (), (), "041"),
        ("REQUEST", ("assist",), ("military",), (), "100"),
        ("RETREAT", ("withdraw",), (), (), "080"),
        ("RETREAT", ("withdraw",), ("military",), (), "087"),
    ],
)
def test_a_finer_code_is_written_only_where_it_is_certain(kind, modes, contexts, known, code):
    assert to_cameo(kind, modes, contexts, frozenset(known)) == code


def test_the_reading_in_force_decides_what_goes_back():
    assert to_cameo("SANCTION", ("discontinue",), ("economic",)) == "163"
    assert to_cameo("SANCTION", ("discontinue",), ("economic",), codebook=PUBLISHED) == "160"


@pytest.mark.parametrize("row", load_table("plover/cameo_back"), ids=lambda row: row["id"])
def test_every_line_that_goes_back_names_a_code_of_its_type(row):
    assert CODES[row["code"]]["type"] == row["type"]
    assert not row["mode"] or f"{row['type']}.{row['mode']}" in MODES
    facts = {when.removeprefix("only.") for when in row.split("when")}
    assert facts <= CONTEXTS | {"forces", "state", "dead"}


def test_of_several_modes_the_most_extreme_scores():
    assert score("ASSAULT") == -9
    assert score("ASSAULT", ("beat", "unconventional", "firearms")) == -10
    assert score("CONSULT", ("phone", "visit")) == 4
    assert score("ACCUSE") == -3
    assert all(-10 <= score(row["type"], (row["mode"],)) <= 10 for row in MODES.values())


def test_sanctions_are_material_conflict_unless_asked_otherwise():
    assert quad_class("SANCTION") == 4
    assert quad_class("SANCTION", Codebook(sanctions="verbal")) == 3
    assert quad_class("CONSULT", Codebook(sanctions="verbal")) == 1
    assert [polecat_quad(quad).split()[0] for quad in (1, 2, 3, 4)] == [
        "VERBAL",
        "MATERIAL",
        "VERBAL",
        "MATERIAL",
    ]


def test_gdelt_and_phoenix_class_roots_in_their_own_ways():
    assert [root_class(code, "gdelt") for code in ("020", "057", "084", "1056", "160", "193")] == [
        1,
        1,
        2,
        3,
        4,
        4,
    ]
    assert [root_class(code, "phoenix") for code in ("020", "057", "160", "193")] == [0, 1, 3, 4]


def test_goldstein_scores_are_those_of_the_list_in_question():
    assert goldstein("0874") == 10
    assert goldstein("112") == -2
    assert (goldstein("163"), goldstein("163", "cameo")) == (-8, -6.5)
    assert goldstein("190") == goldstein("190", "cameo") == -10
