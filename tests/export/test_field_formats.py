"""What all formats of the field have in common: they stream, they keep their columns whatever the text, they invent nothing."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.export import acled, gdelt, phoenix, polecat, ucdp
from counterclaim.export.losses import Losses
from counterclaim.fuse.resolution import RULES
from tests.export.fusing import Written, fuse_as_one
from tests.handmade import count, report, tell, when, where, who

FORMATS = {
    "polecat": (polecat.write, polecat.COLUMNS, True, True),
    "gdelt": (gdelt.write, gdelt.COLUMNS, True, False),
    "gdelt-mentions": (gdelt.write_mentions, gdelt.MENTION_COLUMNS, True, False),
    "ucdp": (ucdp.write, ucdp.COLUMNS, False, True),
    "acled": (acled.write, acled.COLUMNS, False, True),
    "phoenix": (phoenix.write, phoenix.COLUMNS, True, False),
}
HOSTILE = [
    "\t", "\n", "\r\n", '"', "'", ";", "; ", ",", "=1+1", "@SUM(A1)", "-2+3", "\x00", "\u2028", "\x85",
    "\ufeff", "\\", "None", "Ж", "北京", "🕊", "e\u0301", " ",
]  # fmt: skip


def make(
    name="Ridge Front", town="Vask", outlet="Vask Post", low=5, high=5, start="2024-05-06", end=None, lat=60.1
):
    text = f"{name} shelled {town} on Monday; soldiers died."
    dead = count("soldiers", "dead", low, high, victims=who("soldiers", "NOR", "MIL", kind="nominal"))
    told = tell(
        "ASSAULT",
        "shelled",
        actors=[who(name, "NOR", "REB")],
        recipients=[who("soldiers", "NOR", "MIL", kind="nominal")],
        modes=["heavy-weapons"],
        counts=[dead],
        date=when("Monday", start, end),
        place=where(town, "NOR", lat, 10.2, admin1=town, name=town),
        by=who(name, "NOR", "REB"),
        acled="Shelling/artillery/missile attack",
    )
    return report(text, told, outlet=outlet, title=name, url=outlet or None, published="2024-05-07")


def write(name, *reports, **options):
    function, columns, tabs, header = FORMATS[name]
    return Written(function, columns, reports, tabs=tabs, header=header, **options)


@pytest.mark.parametrize("name", FORMATS)
def test_each_event_is_written_before_the_next_is_asked_for(name):
    function, _, _, header = FORMATS[name]
    event = fuse_as_one(make())
    stream, seen = io.StringIO(newline=""), []

    def events():
        for _ in range(4):
            seen.append(stream.getvalue().count("\n") - header)
            yield event

    assert function(events(), stream, Losses()) == 4
    assert seen == [0, 1, 2, 3]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=6)), min_size=1, max_size=5),
    more=st.lists(st.sampled_from(HOSTILE), max_size=3),
)
def test_no_text_moves_a_column(name, words, more):
    hostile = "x".join(("", *words, ""))
    told = make(hostile, "Vask" + "".join(more), "".join(more))
    written = write(name, told)
    assert written.number == 1
    assert all("\n" not in cell and "\t" not in cell for cell in written.row.values())
    assert written.text.encode("utf-8").count(b"\n") == 1 + FORMATS[name][3]
    assert write(name, told).text == written.text
    if FORMATS[name][2]:
        assert written.text.splitlines()[-1].split("\t") == list(written.row.values())


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "hierarchy"])
@given(low=st.none() | st.integers(0, 10**6), more=st.none() | st.integers(0, 100))
@settings(max_examples=20, deadline=None)
def test_figures_are_in_order_and_deaths_add_up_to_the_best(rule, low, more):
    high = None if more is None else (low or 0) + more
    written = write("ucdp", make(low=low, high=high), rule=rule)
    for row in written.rows:
        known = [int(row[column]) for column in ("low", "best", "high") if row[column]]
        assert known == sorted(known)
        deaths = [row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")]
        assert (row["best"] == "") == (deaths == [""] * 4)
        if row["best"]:
            assert sum(map(int, deaths)) == int(row["best"])
    assert bool(written.rows) == any((low, high))


@pytest.mark.parametrize("name", FORMATS)
def test_a_bare_event_invents_nothing(name):
    function, columns, tabs, header = FORMATS[name]
    bare = report(
        "Shells fell; 5 people died.",
        tell("ASSAULT", "fell", counts=[count("5", "dead", 5)], modes=["heavy-weapons"], acled="Attack"),
    )
    written = Written(function, columns, [bare], tabs=tabs, header=header)
    unknown = {
        "polecat": "Actor Name|Recipient Name|Event Date|Placename|Country|Latitude|Source|Publication Date",
        "gdelt": "SQLDATE|Year|Actor1Code|Actor1Name|Actor2Code|ActionGeo_FullName|ActionGeo_Lat|DATEADDED|AvgTone",
        "gdelt-mentions": "EventTimeDate|MentionTimeDate|MentionDocTone|MentionSourceName",
        "ucdp": "year|side_a|side_b|type_of_violence|where_prec|latitude|country|date_prec|date_start|gwnoa",
        "acled": "event_date|year|actor1|actor2|country|iso|latitude|geo_precision|source|source_scale|timestamp",
        "phoenix": "Date|SourceActorFull|TargetActorFull|Lat|LocationName|CountryCode|URLs|NewsSources|Issues",
    }
    assert {written.row[column] for column in unknown[name].split("|")} == {
        "None" if name == "polecat" else ""
    }


def test_readers_of_the_field_see_numbers_as_numbers():
    rows = {name: write(name, make(lat=-0.00001)).row for name in FORMATS}
    assert float(rows["gdelt"]["ActionGeo_Lat"]) == float(rows["ucdp"]["latitude"]) == -0.00001
    assert int(rows["gdelt"]["GLOBALEVENTID"]) < 2**63
    assert list(csv.reader(io.StringIO(write("ucdp", make()).text)))[1][0].isdigit()
