"""Context keeps, retypes and proposes events; without vectors the patterns work alone."""

import numpy as np
import pytest
from spacy.tokens import Doc

from counterclaim import read_text
from counterclaim.pipeline import read_mentions
from counterclaim.read.attribution import find_attributions
from counterclaim.read.events import MIN_CONFIDENCE, find_frames, weigh_frames
from counterclaim.read.parse import KINDS, load_judge, parse
from counterclaim.types import Article

ATTACK = "Rebels attacked an army post near Bria on Monday, killing six soldiers, the defence ministry said."


class Always:
    """A judge of one mind."""

    def __init__(self, kind, share):
        self.row = np.full(len(KINDS), (1 - share) / (len(KINDS) - 1), np.float32)
        self.row[KINDS.index(kind)] = share

    def __call__(self, doc, tokens, signs):
        return np.tile(self.row, (len(tokens), 1)), np.zeros((len(tokens), 6), np.float32)


def coded(text, language):
    tree, _ = read_mentions(parse(text, language), Article(id="", ref="", text=text))
    return tree, find_frames(tree, find_attributions(tree))


def test_every_event_says_how_sure_it_is(language):
    events = read_text(ATTACK, language).events
    assert events
    assert all(MIN_CONFIDENCE <= event.confidence <= 1 for event in events)


def test_what_is_asked_for_is_the_least_confidence(language):
    everything = read_text(ATTACK, language, min_confidence=0).events
    surest = max(event.confidence for event in everything)
    assert read_text(ATTACK, language, min_confidence=1).events == ()
    assert len(everything) >= len(read_text(ATTACK, language, min_confidence=surest).events) >= 1


def test_an_event_that_context_doubts_is_left_out(language):
    tree, frames = coded(ATTACK, language)
    assert weigh_frames(tree, frames, Always("-", 0.95)) == ()


def test_an_event_gets_the_type_that_context_is_sure_of(language):
    tree, frames = coded("Rebels attacked an army post.", language)
    (frame,) = [
        one for one in weigh_frames(tree, frames, Always("PROTEST", 0.9)) if "judge/PROTEST" not in one.rules
    ]
    assert (frame.type, frame.modes) == ("PROTEST", ())
    assert any(rule.startswith("judge/ASSAULT-to-") for rule in frame.rules)


def test_context_proposes_an_event_that_no_pattern_sees(language):
    tree, frames = coded("The militia zeroed the villagers.", language)
    assert frames == ()
    (frame,) = weigh_frames(tree, frames, Always("ASSAULT", 0.9))
    assert [one.text for one in frame.actors] == ["The militia"]


def test_without_a_judge_the_patterns_work_alone(language):
    tree, frames = coded(ATTACK, language)
    assert weigh_frames(tree, frames, None) == frames


def test_a_parse_without_vectors_is_not_judged(language):
    judge = load_judge()
    bare = Doc(language.vocab, words=["Rebels", "attacked"])
    assert judge is not None
    assert judge(bare, [1], np.zeros((1, len(KINDS) + 12), np.float32)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Add the onions and beat the eggs until they are firm, then strike a balance between salt and sugar.",
        "The striker attacked down the left and fired a shot that beat the goalkeeper in the first half.",
        "The winger attacked down the left in the first half, and the goalkeeper beat away his shot.",
        "The new phone fights its rivals with a sharper camera, and the company agreed to ship it in May.",
        "A wasp attacked two hikers near the lake, and a falling branch killed a deer on the path.",
        "In the second season the detective threatens her old partner, and the critics attacked the ending.",
    ],
)
def test_a_page_without_politics_has_no_events(text, language):
    assert read_text(text, language).events == ()
