"""Each rule makes of a claim matrix what its sentence says, and never a figure that nobody stands by."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.errors import InputError
from counterclaim.export.matrix import resolved_to_json
from counterclaim.fuse import matrix
from counterclaim.fuse.resolution import RULES, Tally, add_up, make_rule, resolve
from counterclaim.gather.duplicates import collapse
from counterclaim.types import Victims
from tests.fuse.matrices import AFP, DPA, EFE, NORLAND, NORLAND_ARMY, SUDRIA, make, make_group
from tests.handmade import count, report, tell, who

DEAD = "counts.dead NOR MIL"
ALL_BUT_HIERARCHY = [name for name in RULES if name != "hierarchy"]


def apply(name, *told, hierarchy=(), **known):
    """Low, best and high of the only column, by the rule of this name."""
    rule = replace(RULES[name], hierarchy=hierarchy)
    (resolved,) = resolve(make(*told, **known), rule)
    printed = resolved_to_json(resolved)
    return printed["low"], printed["best"], printed["high"]


def names(name, *told, hierarchy=(), **known):
    (resolved,) = resolve(make(*told, **known), replace(RULES[name], hierarchy=hierarchy))
    return resolved.claimants


THREE = ((NORLAND, DEAD, "12"), (AFP, DEAD, "20"), (SUDRIA, DEAD, "90"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("range", ("12", None, "90")),
        ("conservative", ("12", "12", "90")),
        ("low-best-high", ("12", "20", "90")),
        ("majority", ("12", None, "90")),
        ("latest-per-claimant", ("12", None, "90")),
    ],
)
def test_three_sides_that_differ(name, expected):
    assert apply(name, *THREE) == expected


@pytest.mark.parametrize("name", ALL_BUT_HIERARCHY)
def test_one_figure_is_everybodys_choice(name):
    assert apply(name, (NORLAND, DEAD, "12"), (AFP, DEAD, "12")) == ("12", "12", "12")


@pytest.mark.parametrize("name", ALL_BUT_HIERARCHY)
def test_nothing_standing_gives_nothing(name):
    told = [
        (NORLAND, DEAD, "12", {"state": "revised"}),
        (NORLAND, DEAD, "13", {"state": "withdrawn"}),
        (SUDRIA, DEAD, "14", {"stance": "denies"}),
        (AFP, DEAD, "15", {"stance": "cannot_verify"}),
        (DPA, DEAD, "16", {"stance": "expects"}),
    ]
    assert apply(name, *told) == (None, None, None)
    assert names(name, *told) == ()


# --- open bounds ---


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("range", ("20", None, None)),
        ("conservative", ("20", "20", None)),
        ("low-best-high", ("20", "20", "20")),
        ("majority", ("20", "20", None)),
    ],
)
def test_at_least_twenty_alone(name, expected):
    assert apply(name, (NORLAND, DEAD, "20..")) == expected


@pytest.mark.parametrize("name", ALL_BUT_HIERARCHY)
def test_up_to_three_hundred_alone_gives_no_figure(name):
    assert apply(name, (NORLAND, DEAD, "..300")) == (None, None, "300")


@pytest.mark.parametrize("name", ["conservative", "low-best-high"])
def test_up_to_three_hundred_bounds_from_above_only(name):
    assert apply(name, (NORLAND, DEAD, "..300"), (AFP, DEAD, "40")) == ("40", "40", "300")


def test_an_open_end_beyond_the_largest_figure_stays_open():
    assert apply("range", (NORLAND, DEAD, "105"), (SUDRIA, DEAD, "200..")) == ("105", None, None)
    assert apply("low-best-high", (NORLAND, DEAD, "105"), (SUDRIA, DEAD, "200..")) == ("105", "105", "200")


def test_an_open_end_below_the_largest_figure_is_closed_by_it():
    assert apply("range", (NORLAND, DEAD, "105"), (SUDRIA, DEAD, "50..")) == ("50", None, "105")


def test_a_range_counts_by_its_lower_end_and_keeps_its_upper():
    assert apply("conservative", (NORLAND, DEAD, "12..15")) == ("12", "12", "15")
    assert apply("range", (NORLAND, DEAD, "12..15")) == ("12", None, "15")


def test_none_dead_is_a_figure():
    assert apply("conservative", (NORLAND, DEAD, "0"), (SUDRIA, DEAD, "30")) == ("0", "0", "30")


# --- one side's figures over time ---


def test_at_least_49_and_later_105_of_one_side_is_105():
    told = (
        (NORLAND_ARMY, DEAD, "49..", {"said": "2024-05-07"}),
        (NORLAND, DEAD, "105", {"said": "2024-05-08"}),
    )
    assert apply("conservative", *told) == ("105", "105", "105")
    assert names("conservative", *told) == ("Norland", "Norland's army")


def test_more_than_100_after_105_is_still_105():
    told = (
        (NORLAND, DEAD, "105", {"said": "2024-05-07"}),
        (NORLAND, DEAD, "101..", {"said": "2024-05-08"}),
    )
    assert apply("range", *told) == ("105", "105", "105")


def test_two_figures_of_one_side_on_one_day_both_stay():
    assert apply("range", (NORLAND, DEAD, "49"), (NORLAND_ARMY, DEAD, "60")) == ("49", None, "60")


# --- what could not be verified ---


def test_an_unverified_figure_yields_to_a_verified_one_but_stays_in_the_range():
    told = ((SUDRIA, DEAD, "5", {"verified": False}), (AFP, DEAD, "20"))
    assert apply("conservative", *told) == ("5", "20", "20")
    assert apply("low-best-high", *told) == ("5", "20", "20")
    assert apply("range", *told) == ("5", None, "20")


def test_where_nothing_is_verified_the_lowest_of_all_counts():
    told = ((SUDRIA, DEAD, "5", {"verified": False}), (NORLAND, DEAD, "20", {"verified": False}))
    assert apply("conservative", *told) == ("5", "5", "20")


# --- low, best, high ---


def test_the_middle_of_four_is_the_lower_of_two():
    told = ((NORLAND, DEAD, "10"), (AFP, DEAD, "20"), (DPA, DEAD, "30"), (SUDRIA, DEAD, "40"))
    assert apply("low-best-high", *told) == ("10", "20", "40")
    assert set(names("low-best-high", *told)) == {"AFP", "DPA", "Norland", "Sudria"}


# --- majority ---


def test_two_sides_outvote_one():
    told = ((NORLAND, DEAD, "12"), (AFP, DEAD, "12"), (SUDRIA, DEAD, "90"))
    assert apply("majority", *told) == ("12", "12", "90")
    assert set(names("majority", *told)) == {"Norland", "AFP"}


def test_two_voices_of_one_side_are_one_vote():
    told = ((NORLAND, DEAD, "12"), (NORLAND_ARMY, DEAD, "12"), (SUDRIA, DEAD, "90"))
    assert apply("majority", *told) == ("12", None, "90")


def test_a_wider_bound_votes_for_what_it_allows():
    told = ((NORLAND, DEAD, "105"), (AFP, DEAD, "100.."), (SUDRIA, DEAD, "60"))
    assert apply("majority", *told) == ("60", "105", "105")


def test_of_two_that_fit_the_narrower_wins():
    assert apply("majority", (NORLAND, DEAD, "25"), (AFP, DEAD, "20..30")) == ("20", "25", "30")


def test_a_tie_chooses_nothing():
    assert apply("majority", (NORLAND, DEAD, "12"), (SUDRIA, DEAD, "90"))[1] is None


# --- latest per claimant ---


def test_only_what_a_claimant_said_last_counts():
    told = (
        (NORLAND, DEAD, "50..60", {"said": "2024-05-06"}),
        (NORLAND, DEAD, "40..", {"said": "2024-05-08"}),
    )
    assert apply("latest-per-claimant", *told) == ("40", None, None)


def test_latest_figures_that_agree_are_given():
    told = (
        (NORLAND, DEAD, "12", {"said": "2024-05-06", "state": "revised"}),
        (NORLAND, DEAD, "15", {"said": "2024-05-08"}),
        (AFP, DEAD, "15", {"said": "2024-05-09"}),
    )
    assert apply("latest-per-claimant", *told) == ("15", "15", "15")


# --- hierarchy ---


@pytest.mark.parametrize(
    ("hierarchy", "best"),
    [
        (("AFP", "Norland"), "20"),
        (("efe", "SUD"), "90"),
        (("MIL", "GOV"), "12"),  # both governments are listed: the lower of the latest
        (("NOR GOV",), "12"),
        (("NOR MIL", "EFE"), None),
    ],
)
def test_the_first_listed_claimant_gives_the_value(hierarchy, best):
    assert apply("hierarchy", *THREE, hierarchy=hierarchy) == ("12", best, "90")


def test_a_listed_claimant_without_a_figure_is_passed_over():
    assert apply("hierarchy", (EFE, DEAD, "..300"), (AFP, DEAD, "20"), hierarchy=("EFE", "AFP"))[1] == "20"


def test_of_one_listed_claimant_the_latest_counts():
    told = (
        (AFP, DEAD, "20", {"said": "2024-05-06"}),
        (NORLAND, DEAD, "30", {"said": "2024-05-07"}),
        (SUDRIA, DEAD, "40", {"said": "2024-05-08"}),
    )
    assert apply("hierarchy", *told, hierarchy=("GOV",))[1] == "40"


def test_a_hierarchy_file_is_read_in_order_and_printed(tmp_path):
    path = tmp_path / "trust.txt"
    path.write_text("# whom we trust\nAFP\n\n  NOR   MIL \nNorland\n", encoding="utf-8")
    rule = make_rule("hierarchy", path)
    assert rule.hierarchy == ("AFP", "NOR MIL", "Norland")
    assert "AFP; NOR MIL; Norland" in rule.text


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"AFP\nReuters\nafp\n", "line 3"), (b"AFP\n---\n", "line 2"), (b"AFP\n\xff\xfe\n", "line 2")],
)
def test_a_bad_line_of_a_hierarchy_is_named(tmp_path, content, line):
    path = tmp_path / "trust.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=line):
        make_rule("hierarchy", path)


def test_an_empty_missing_or_unneeded_hierarchy_is_said_to_be(tmp_path):
    path = tmp_path / "trust.txt"
    path.write_text("# nobody\n", encoding="utf-8")
    with pytest.raises(InputError, match="lists nobody"):
        make_rule("hierarchy", path)
    with pytest.raises(InputError, match="cannot be read"):
        make_rule("hierarchy", tmp_path / "none.txt")
    with pytest.raises(InputError, match="--hierarchy FILE"):
        make_rule("hierarchy")
    with pytest.raises(InputError, match="needs no list"):
        make_rule("majority", path)


def test_an_unknown_rule_is_named_with_the_nearest():
    with pytest.raises(InputError, match="Did you mean conservative"):
        make_rule("conservativ")


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_one_sentence(name):
    text = RULES[name].text
    assert text.endswith(".")
    assert ". " not in text


# --- fields that are no counts ---


def test_what_no_claimant_contradicts_is_given_by_most():
    told = (
        (AFP, "actors", "Sudria [SUD GOV]"),
        (DPA, "actors", "Khor [SUD GOV]"),
        (EFE, "actors", "Sudria [SUD GOV], rebels [REB]"),
    )
    for name in ("range", "conservative", "low-best-high", "majority"):
        assert apply(name, *told)[1] == "Sudria [SUD GOV]"


def test_blame_that_is_contested_names_nobody():
    told = (
        (NORLAND, "actors", "Sudria [SUD]"),
        (SUDRIA, "actors", "Norland [NOR]"),
        (AFP, "actors", "Norland [NOR]"),
    )
    contested = {"actors": "contested"}
    for name in ("range", "conservative", "low-best-high", "latest-per-claimant"):
        assert apply(name, *told, status=contested) == (None, None, None)
    assert apply("majority", *told, status=contested)[1] == "Norland [NOR]"
    assert apply("hierarchy", *told, status=contested, hierarchy=("NOR",))[1] == "Sudria [SUD]"


def test_of_two_places_that_fit_the_narrower_is_given():
    told = ((NORLAND, "place", "Hill province"), (AFP, "place", "Vask"))
    narrows = [("narrows", "place", AFP.key, "Vask", NORLAND.key, "Hill province")]
    assert apply("range", *told, relations=narrows)[1] == "Vask"
    assert apply("range", *told)[1] is None


def test_dates_have_a_first_and_a_last_day():
    told = ((NORLAND, "date", "2024-05-06"), (AFP, "date", "2024-05-05/2024-05-07"))
    narrows = [("narrows", "date", NORLAND.key, "2024-05-06", AFP.key, "2024-05-05/2024-05-07")]
    assert apply("range", *told, relations=narrows) == ("2024-05-05", "2024-05-06", "2024-05-07")


def test_what_is_only_expected_gives_type_and_place_but_no_count():
    told = (
        (NORLAND, "place", "Vask", {"stance": "expects"}),
        (NORLAND, DEAD, "300", {"stance": "warns"}),
    )
    place, dead = resolve(make(*told), RULES["majority"])
    assert (place.best.name, dead.best) == ("Vask", None)


def test_columns_keep_their_order_status_and_claimants():
    told = ((NORLAND, "place", "Vask"), (NORLAND, DEAD, "12"), (SUDRIA, DEAD, "30.."))
    resolved = resolve(make(*told, status={DEAD: "contested"}), RULES["range"])
    assert [(one.field, one.status) for one in resolved] == [
        ("place", "uncontested"),
        ("counts.dead", "contested"),
    ]
    assert resolved[1].victims == Victims("NOR", "MIL")
    assert resolved[1].claimants == ("Norland", "Sudria")
    assert resolved[1].high is None


def test_values_of_real_readings_resolve():
    readings = [
        report(
            f"{said} said {number} of Norland's soldiers were killed.",
            tell(
                "ASSAULT",
                "killed",
                recipients=[who("soldiers", "NOR", "MIL")],
                counts=[count(number, "dead", low, high, victims=who("soldiers", "NOR", "MIL"))],
                by=who(said, code, "GOV", actor_id=code),
            ),
            ref=said,
            published=f"2024-05-0{day}",
        )
        for day, said, code, number, low, high in (
            (7, "Norland", "NOR", "12", 12, 12),
            (8, "Sudria", "SUD", "at least 30", 30, None),
        )
    ]
    stories = collapse(reading.article for reading in readings)
    members = [(reading.article.id, "e1") for reading in readings]
    made = matrix(members, readings, stories)
    dead = next(one for one in resolve(made, RULES["conservative"]) if one.field == "counts.dead")
    assert (dead.victims, dead.low, dead.best, dead.high) == (Victims("NOR", "MIL"), 12, 12, None)
    assert dead.claimants == ("Norland",)


# --- sums ---


def figure(victims, low, best=None, high=None, name="counts.dead", status="uncontested"):
    return Tally(name, make_group(victims), low, best, high, (f"of {victims}",), status)


def bounds(*columns):
    total = add_up(columns, "counts.dead")
    return total and (total.low, total.best, total.high)


def test_losses_of_different_groups_add():
    assert bounds(figure("NOR MIL", 105, 105, 105), figure("SUD MIL", 50, 60, 71)) == (
        155,
        165,
        176,
    )


def test_a_whole_is_not_added_to_its_parts():
    parts = figure("NOR MIL", 105, 105, 105), figure("SUD MIL", 50, 50, 50)
    assert bounds(figure("", 155, 155, 155), *parts) == (155, 155, 155)
    assert bounds(figure("", 12, 12, 12), *parts) == (155, 155, 155)
    assert bounds(figure("", 200, 200, 200), *parts) == (200, 200, 200)
    assert bounds(figure("NOR", 120, 120, 120), *parts) == (170, 170, 170)


def test_a_sum_is_undecided_where_a_group_is_and_open_where_a_group_is():
    assert bounds(figure("NOR MIL", 12, None, 30), figure("SUD MIL", 5, 5, 5)) == (17, None, 35)
    assert bounds(figure("NOR MIL", 20, 20, None), figure("SUD MIL", 5, 5, 5)) == (25, 25, None)


def test_a_group_without_any_figure_leaves_the_sum_alone():
    assert bounds(figure("NOR MIL", None, None, None), figure("SUD MIL", 5, 5, 5)) == (5, 5, 5)


def test_other_kinds_do_not_count_and_none_is_none():
    assert bounds(figure("NOR MIL", 5, 5, 5, name="counts.injured")) is None


def test_a_contested_part_makes_the_sum_contested():
    total = add_up([figure("A", 1, 1, 1), figure("B", 1, 1, 1, status="contested")], "counts.dead")
    assert total.status == "contested"
    assert total.claimants == ("of A", "of B")


# --- whatever the figures ---

CLAIMED = st.builds(
    lambda low, width, shape: {
        "exact": f"{low}",
        "from": f"{low}..",
        "to": f"..{low}",
        "range": f"{low}..{low + width}",
    }[shape],
    st.integers(0, 50),
    st.integers(1, 20),
    st.sampled_from(["exact", "from", "to", "range"]),
)
TOLD = st.lists(
    st.tuples(
        st.sampled_from([NORLAND, NORLAND_ARMY, SUDRIA, AFP, DPA]),
        CLAIMED,
        st.sampled_from(["2024-05-06", "2024-05-07", "2024-05-08"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=60, deadline=None)
@given(TOLD)
def test_a_chosen_figure_is_one_that_somebody_gave_and_lies_within_the_range(name, told):
    cells = [
        (who_says, DEAD, value, {"said": day, "verified": verified})
        for who_says, value, day, verified in told
    ]
    low, best, high = apply(name, *cells, hierarchy=("SUD", "GOV", "AFP"))
    if best is not None:
        assert best in {value.partition("..")[0] for _, value, _, _ in told}
        assert int(low) <= int(best)
        assert high is None or int(best) <= int(high)


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(
        [
            figure("", 12, 12, 12),
            figure("NOR", 9, 9, 9),
            figure("NOR MIL", 5, 5, 5),
            figure("SUD", 8, 8, 8),
        ]
    )
)
def test_a_sum_does_not_hang_on_the_order_of_its_columns(columns):
    assert bounds(*columns) == (17, 17, 17)
