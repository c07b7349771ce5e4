"""Frames become events told by somebody, and every value of an event becomes a claim."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from counterclaim import read_text
from counterclaim.read.claims import make_claims, make_events
from counterclaim.read.syntax import read_tree
from counterclaim.types import Actor, Attribution, Frame, Mention, Span
from counterclaim.values import print_actor, print_bounds

#        0   1     2    3       4    5      6       7      8
WORDS = "The chief said rebels had killed twelve people .".split()
DOC = Doc(
    Vocab(),
    words=WORDS,
    spaces=[True] * 7 + [False, False],
    heads=[1, 2, 2, 5, 5, 2, 7, 5, 2],
    deps=["det", "nsubj", "ROOT", "nsubj", "aux", "ccomp", "nummod", "obj", "punct"],
    pos=["DET", "NOUN", "VERB", "NOUN", "AUX", "VERB", "NUM", "NOUN", "PUNCT"],
    lemmas=["the", "chief", "say", "rebel", "have", "kill", "twelve", "people", "."],
    sent_starts=[True] + [False] * 8,
)


def mention(start: int, end: int, actor: Actor) -> Mention:
    span = DOC[start:end]
    return Mention(span.text, span.start_char, span.end_char, start, end, span.root.i, "nominal", actor)


def content(start: int, end: int) -> Span:
    span = DOC[start:end]
    return Span(span.text, span.start_char, span.end_char)


CHIEF = mention(0, 2, Actor(None, "the chief", "COD", "COP"))
REBELS = mention(3, 4, Actor(None, "rebels", None, "REB"))
PEOPLE = mention(6, 8, Actor(None, "twelve people", None, "CVL"))
KILLING = Frame("ASSAULT", (), (), 5, (REBELS,), (PEOPLE,))
SAID = Attribution("a1", CHIEF, None, content(3, 8), "says")


def events(*frames: Frame, attributions: tuple[Attribution, ...] = ()):
    return make_events(read_tree(DOC, (CHIEF, REBELS, PEOPLE)), frames, attributions, (), (), ())


def test_an_event_in_somebodys_words_is_told_by_them():
    (event,) = events(KILLING, attributions=(SAID,))
    assert (event.attribution, event.stance) == ("a1", "says")


def test_an_event_in_nobodys_words_is_told_by_the_outlet():
    (event,) = events(KILLING)
    assert (event.attribution, event.stance) == (None, "says")


def test_the_innermost_of_nested_attributions_tells_it():
    inner = Attribution("a2", REBELS, None, content(4, 8), "denies", within="a1")
    (event,) = events(KILLING, attributions=(SAID, inner))
    assert (event.attribution, event.stance) == ("a2", "denies")


def test_two_sources_of_one_content_make_two_events():
    other = Attribution("a2", REBELS, None, content(3, 8), "denies")
    told = events(KILLING, attributions=(SAID, other))
    assert [(event.attribution, event.stance) for event in told] == [("a1", "says"), ("a2", "denies")]


def test_a_frame_tied_to_a_speaker_ignores_the_content_it_stands_in():
    tied = Frame("ASSAULT", (), (), 5, (REBELS,), (PEOPLE,), told_by=(None, "a1"))
    assert [event.attribution for event in events(tied, attributions=(SAID,))] == [None, "a1"]


def test_ids_follow_the_text():
    first = Frame("CONSULT", (), (), 2, (CHIEF,), ())
    assert [(event.id, event.type) for event in events(KILLING, first)] == [
        ("e1", "CONSULT"),
        ("e2", "ASSAULT"),
    ]


def test_every_value_is_a_claim_with_the_events_attribution_and_its_own_span():
    claims = make_claims(events(KILLING, attributions=(SAID,)), [(0, len(DOC.text))])
    assert [(claim.field, claim.value) for claim in claims] == [
        ("type", "ASSAULT"),
        ("actors", "rebels [REB]"),
        ("recipients", "twelve people [CVL]"),
    ]
    assert {(claim.attribution, claim.stance) for claim in claims} == {("a1", "says")}
    assert [DOC.text[claim.start_char : claim.end_char] for claim in claims] == [
        "killed",
        "rebels",
        "twelve people",
    ]


def test_a_claim_knows_its_sentence():
    (told,) = events(KILLING)
    first, last = DOC[3].idx, DOC[7].idx + len(DOC[7])
    claims = make_claims([told], [(0, first), (first, last), (last, len(DOC.text))])
    assert {(claim.sentence_start_char, claim.sentence_end_char) for claim in claims} == {(first, last)}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(105, 105, "105"), (20, None, "20.."), (None, 300, "..300"), (12, 15, "12..15"), (0, 0, "0")],
)
def test_bounds_are_open_where_the_text_leaves_them_open(low, high, expected):
    assert print_bounds(low, high) == expected


def test_an_actor_without_codes_is_its_name():
    assert print_actor(Actor(None, "the crowd", None, None)) == "the crowd"


@pytest.mark.parametrize(
    ("text", "denied", "taken_as_given"),
    [
        ("The military denied reports that troops had fled their base before the attack.", "fled", "attack"),
        (
            "A Taliban spokesman denied that fighters had shelled the village after the raid.",
            "shelled",
            "raid",
        ),
        ("Ethiopia denied that its soldiers had looted shops during the siege of Harin.", "looted", "siege"),
        ("Chad's army denied shelling Adre after rebels attacked its post.", "shelling", "attacked"),
    ],
)
@pytest.mark.weights
def test_what_only_dates_what_is_denied_is_not_denied(text, denied, taken_as_given):
    stances = {event.trigger.text: event.stance for event in read_text(text).events}
    assert (stances[denied], stances.get(taken_as_given, "says")) == ("denies", "says")
