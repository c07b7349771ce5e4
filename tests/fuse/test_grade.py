"""Five grades on the model of Airwars, each with the rule that gave it."""

import pytest

from counterclaim.fuse.grade import grade
from tests.fuse.matrices import AFP, DPA, NORLAND, NORLAND_ARMY, REBELS, SUDRIA, claimant, make

UNNAMED = claimant("unnamed source", kind="unnamed", side="outlet:afp")


@pytest.mark.parametrize(
    ("told", "status", "expected"),
    [
        # Who did it says so: the state itself, one of its organs, a group by name.
        ([(NORLAND, "actors", "Norland [NOR GOV]"), (SUDRIA, "actors", "Norland [NOR]")], {}, "confirmed"),
        ([(NORLAND, "actors", "Norland's army [NOR MIL]")], {}, "confirmed"),
        ([(REBELS, "actors", "Vask Brigade [REB]")], {}, "confirmed"),
        # Its own rebels are not the state; nor does an outlet own what it tells.
        ([(NORLAND, "actors", "Hill rebels [NOR REB]")], {}, "weak"),
        ([(AFP, "actors", "AFP")], {}, "weak"),
        # What the claimant withdrew it does not own.
        (
            [(NORLAND, "actors", "Norland [NOR]", {"state": "withdrawn"}), (AFP, "type", "ASSAULT")],
            {},
            "weak",
        ),
        # Independent sides, of which two organs of one state are one.
        ([(SUDRIA, "type", "ASSAULT"), (AFP, "type", "ASSAULT")], {}, "fair"),
        ([(NORLAND, "type", "ASSAULT"), (NORLAND_ARMY, "type", "ASSAULT")], {}, "weak"),
        ([(AFP, "type", "ASSAULT"), (UNNAMED, "type", "ASSAULT")], {}, "weak"),
        ([(SUDRIA, "type", "ASSAULT", {"verified": False}), (AFP, "type", "ASSAULT")], {}, "weak"),
        # Blame is contested, or the event itself; contested tolls leave the grade alone.
        (
            [(NORLAND, "actors", "Sudria [SUD]"), (SUDRIA, "actors", "Norland [NOR]")],
            {"actors": "contested"},
            "contested",
        ),
        (
            [(AFP, "type", "ASSAULT"), (SUDRIA, "type", "ASSAULT", {"stance": "denies"})],
            {"type": "contested"},
            "contested",
        ),
        (
            [(AFP, "counts.dead", "5"), (DPA, "counts.dead", "9")],
            {"counts.dead": "contested"},
            "fair",
        ),
        # Nothing stands.
        ([(NORLAND, "type", "ASSAULT", {"state": "withdrawn"})], {}, "discounted"),
        ([(NORLAND, "actors", "Norland [NOR]", {"stance": "denies"})], {}, "discounted"),
        ([(NORLAND, "type", "ASSAULT", {"stance": "expects"})], {}, "weak"),
        ([(AFP, "type", "ASSAULT", {"stance": "doubts"})], {}, "weak"),
    ],
)
def test_the_grade_and_its_rule(told, status, expected):
    made = grade(make(*told, status=status))
    assert made.name == expected
    assert made.rule.endswith(".")


def test_the_rule_says_what_it_rests_on():
    owned = grade(make((NORLAND, "actors", "Norland [NOR GOV]")))
    assert owned.rule == "Who did it says so itself: Norland."
    assert "2 independent sides" in grade(make((AFP, "type", "ASSAULT"), (DPA, "type", "ASSAULT"))).rule


def test_a_matrix_of_nothing_is_weak():
    assert grade(make()).name == "weak"
