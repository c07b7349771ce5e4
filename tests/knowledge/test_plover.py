"""The PLOVER tables agree with each other and with the manual's counts."""

from counterclaim.knowledge import load_table


def test_there_are_sixteen_types_sixty_seven_modes_and_thirty_seven_contexts():
    assert len(load_table("plover/types")) == 16
    assert len(load_table("plover/modes")) == 67
    assert len(load_table("plover/contexts")) == 37


def test_every_mode_belongs_to_a_type_and_is_scored_on_its_side():
    types = {row["id"]: float(row["score"]) for row in load_table("plover/types")}
    for row in load_table("plover/modes"):
        base, score = types[row["type"]], float(row["score"])
        assert -10 <= score <= 10
        assert base * score >= 0, row.rule


def test_five_types_have_no_modes():
    with_modes = {row["type"] for row in load_table("plover/modes")}
    without = {row["id"] for row in load_table("plover/types")} - with_modes
    assert without == {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"}


def test_corrected_cameo_codes_use_only_current_names():
    types = {row["id"] for row in load_table("plover/types")}
    modes = {(row["type"], row["mode"]) for row in load_table("plover/modes")}
    contexts = {row["id"] for row in load_table("plover/contexts")}
    for row in load_table("plover/cameo"):
        assert row["type"] in types, row.rule
        assert not row["mode"] or (row["type"], row["mode"]) in modes, row.rule
        assert set(row.split("contexts")) <= contexts, row.rule


def test_a_correction_says_why():
    for row in load_table("plover/cameo"):
        changed = any(row[f"published_{cell}"] != row[cell] for cell in ("type", "mode", "contexts"))
        # 043 keeps its type: only the dyad turns round
        assert changed == bool(row["why"]) or row["id"] == "043", row.rule


def test_codes_lead_back_to_their_own_type():
    types = {row["id"]: row["type"] for row in load_table("plover/cameo")}
    for row in load_table("plover/modes"):
        if row["cameo"]:
            assert types[row["cameo"]] == row["type"], row.rule
