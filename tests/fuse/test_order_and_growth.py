"""Neither the order of the reports nor later reports reshuffle events without saying so; fusion stays fast."""

import random
import time

import pytest
from benchmarks.fusing import make_stories, measure_matrix
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.fuse import block, fuse
from counterclaim.fuse.gist import make_gist
from counterclaim.fuse.judging import Standing, find_overturned
from counterclaim.fuse.tellings import make_tellings
from tests.fuse.test_story_sets import ELTA, HILL, VASK, clash


def made(number, days=6, seed=3):
    readings, stories = [], []
    for story, copies in make_stories(number, days, seed):
        stories.append(story)
        readings += copies
    return readings, stories


READINGS, STORIES = made(120, days=2)


def overturned(settled, events, readings, stories):
    event_of = {member: event for event in events for member in event.members}
    told = {}
    for one in make_tellings(readings, stories):
        event = event_of[one.article.id, one.mention.id]
        told[one.anchor] = Standing(event.id, len(event.members), event.judgements)
    return find_overturned(settled, [one for event in events for one in event.judgements], told)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_the_readings_gives_the_same_events(pick):
    shuffled = pick.sample(READINGS, len(READINGS))
    assert fuse(shuffled, STORIES) == fuse(READINGS, STORIES)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(10, 110))
def test_what_later_reports_change_is_said_with_its_reason(pick, known):
    # Whole stories come first or later: a late copy is the business of the stories.
    chosen = {story.id for story in pick.sample(STORIES, min(known, len(STORIES) - 1))}
    story_of = {copy.article: story.id for story in STORIES for copy in story.copies}
    early = [reading for reading in READINGS if story_of[reading.article.id] in chosen]
    settled = [judgement for event in fuse(early, STORIES) for judgement in event.judgements]
    events = fuse(READINGS, STORIES)
    event_of = {member: event.id for event in events for member in event.members}
    told = {one.anchor: event_of[one.article.id, one.mention.id] for one in make_tellings(READINGS, STORIES)}
    parted = overturned(settled, events, READINGS, STORIES)
    for one in settled:
        assert (told[one.left] == told[one.right]) != bool(parted.get((one.left, one.right)))


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_telling_is_in_one_event(pick):
    chosen = pick.sample(READINGS, 60)
    found = [member for event in fuse(chosen, STORIES) for member in event.members]
    assert sorted(found) == sorted(
        (reading.article.id, event.id) for reading in chosen for event in reading.events
    )


def test_a_second_village_takes_the_province_from_the_first_and_says_so():
    vask, hill, elta = clash(VASK), clash(HILL, agency="Reuters"), clash(ELTA, agency="Xinhua")
    settled = [judgement for event in fuse([vask, hill], []) for judgement in event.judgements]
    now = [vask, hill, elta]
    assert len(settled) == len(overturned(settled, fuse(now, []), now, [])) == 1


def test_hot_blocks_make_nearly_the_events_that_comparing_all_with_all_makes(monkeypatch):
    readings, stories = made(1500, days=1)
    few = {frozenset(event.members) for event in fuse(readings, stories)}
    monkeypatch.setattr(block, "HOT", 10**9)
    full = {frozenset(event.members) for event in fuse(readings, stories)}
    assert len(few & full) >= 0.95 * len(full)


def test_the_pairs_compared_grow_with_the_reports_and_not_with_their_square():
    pairs = []
    for number in (1000, 4000):
        readings, stories = made(number, days=2)
        gists = dict(enumerate(map(make_gist, make_tellings(readings, stories))))
        pairs.append(len(block.find_all_pairs(gists)))
    # All with all would be sixteen times as many; the days stay the same, so that reports are denser too.
    assert pairs[1] < 10 * pairs[0]


def test_the_matrix_of_an_event_with_a_thousand_claims_takes_little_time():
    assert measure_matrix(1000) < 0.3  # 35 ms on an idle core


@pytest.mark.parametrize("seed", range(3))
def test_fusing_a_thousand_reports_takes_seconds(seed):
    readings, stories = made(1000, seed=seed)
    random.Random(seed).shuffle(readings)
    started = time.process_time()
    fuse(readings, stories)
    assert time.process_time() - started < 5
