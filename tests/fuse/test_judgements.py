"""What people judged outweighs the rules, and survives a new reading."""

from dataclasses import replace

from counterclaim.fuse import fuse
from counterclaim.fuse.tellings import make_tellings
from counterclaim.gather.duplicates import collapse
from counterclaim.types import Judgement
from tests.fuse.test_story_sets import ELTA, VASK, clash
from tests.handmade import report, tell


def fused(readings, verdicts=()):
    return fuse(readings, collapse(reading.article for reading in readings), verdicts)


def anchors(readings):
    return sorted(telling.anchor for telling in make_tellings(readings, []))


def judge(readings, verdict):
    left, right = anchors(readings)
    return Judgement(left, right, verdict, "Ann", "read both")


def test_a_person_may_part_what_the_rules_join():
    readings = [clash(VASK), clash(VASK, agency="Reuters")]
    assert len(fused(readings)) == 1
    assert len(fused(readings, [judge(readings, "different")])) == 2


def test_a_person_may_join_what_the_rules_part():
    readings = [clash(VASK), clash(ELTA, agency="Reuters")]
    assert len(fused(readings)) == 2
    (event,) = fused(readings, [judge(readings, "same")])
    assert event.judgements == (judge(readings, "same"),)


def test_a_newcomer_joins_an_event_that_a_person_made_of_two_places():
    readings = [clash(VASK), clash(ELTA, agency="Reuters")]
    merged = judge(readings, "same")
    (event,) = fused([*readings, clash(VASK, agency="Xinhua")], [merged])
    assert event.articles == 3


def test_a_judgement_holds_for_a_new_reading_of_the_same_article():
    readings = [clash(VASK), clash(VASK, agency="Reuters")]
    verdict = judge(readings, "different")
    again = [
        replace(reading, events=(replace(reading.events[0], id="e7"),), claims=(), signature="newer")
        for reading in readings
    ]
    assert len(fused(again, [verdict])) == 2


def test_a_judgement_of_what_is_no_longer_told_does_no_harm():
    verdict = Judgement("gone:0:ASSAULT:ffff", "gone:9:ASSAULT:ffff", "same", "Ann", "read both")
    assert len(fused([clash(VASK)], [verdict])) == 1


def test_a_rules_judgement_says_which_fields_decided():
    (event,) = fused([clash(VASK), clash(VASK, agency="Reuters")])
    (judgement,) = event.judgements
    assert judgement.by == "rule"
    assert "where: both Vask (+3.0)" in judgement.reason
    assert "parties: both between NOR and SUD (+3.0)" in judgement.reason
    assert judgement.score >= 4


def test_one_word_told_by_two_sources_is_one_event():
    from tests.handmade import who

    text = "Norland confirmed and Sudria denied the shelling."
    both = report(
        text,
        tell("ASSAULT", "shelling", by=who("Norland", "NOR", "GOV"), stance="confirms", cue="confirmed"),
        tell("ASSAULT", "shelling", by=who("Sudria", "SUD", "GOV"), stance="denies", cue="denied"),
    )
    (event,) = fused([both])
    assert event.contested == ("type",)


def test_no_readings_make_no_events():
    assert fused([]) == ()
