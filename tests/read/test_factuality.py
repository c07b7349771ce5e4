"""Did it happen: auxiliaries and what they make of a type, on docs built by hand."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from counterclaim.read.events import judge_frames
from counterclaim.read.syntax import read_tree
from counterclaim.types import Actor, Attribution, Cue, Frame, Mention, Span, Timex


def build(words, heads, deps, tags):
    pos = [
        {"N": "NOUN", "V": "VERB", "M": "AUX", "R": "ADV", "I": "ADP", "C": "NUM"}.get(tag[0], "X")
        for tag in tags
    ]
    sent_starts = [index == 0 for index in range(len(words))]
    return Doc(Vocab(), words=words, heads=heads, deps=deps, tags=tags, pos=pos, sent_starts=sent_starts)


def frame(kind, trigger, actors=(), modes=()):
    return Frame(kind, modes, (), trigger, actors, (), rules=("events/verbs/test",))


ORIA = Mention("Oria", 0, 4, 0, 1, 0, "name", Actor("ORI", "Oria", "ORI", "GOV"))


def modal(word, verb):
    return build(
        ["Oria", word, verb, "Nador"],
        [2, 2, 2, 2],
        ["nsubj", "aux", "ROOT", "obj"],
        ["NNP", "MD", "VB", "NNP"],
    )


def test_a_visit_still_to_come_is_agree():
    (judged,) = judge_frames(
        read_tree(modal("will", "visit")), (frame("CONSULT", 2, (ORIA,), ("visit",)),), (), ()
    )
    assert (judged.type, judged.modes, judged.auxiliary) == ("AGREE", (), ())
    assert judged.rules[-1] == "factuality_effects/future-consult"


def test_an_announced_retreat_is_concede():
    (judged,) = judge_frames(
        read_tree(modal("will", "leave")), (frame("RETREAT", 2, (ORIA,), ("withdraw",)),), (), ()
    )
    assert judged.type == "CONCEDE"


def test_a_concession_to_come_stays_a_concession_in_the_future():
    (judged,) = judge_frames(read_tree(modal("will", "pardon")), (frame("CONCEDE", 2, (ORIA,)),), (), ())
    assert (judged.type, judged.auxiliary) == ("CONCEDE", ("future",))


def test_a_possible_attack_is_hypothetical_and_no_threat_of_somebody_else():
    (judged,) = judge_frames(read_tree(modal("could", "attack")), (frame("ASSAULT", 2, (ORIA,)),), (), ())
    assert (judged.type, judged.auxiliary) == ("ASSAULT", ("hypothetical",))


def test_violence_announced_by_its_own_actor_is_a_threat():
    doc = modal("would", "attack")
    says = Attribution("a1", ORIA, Cue("said", 0, 0, "say"), Span(doc.text, 0, len(doc.text)), "says")
    (judged,) = judge_frames(read_tree(doc), (frame("ASSAULT", 2, (ORIA,)),), (says,), ())
    assert (judged.type, judged.modes) == ("THREATEN", ("violence",))


def test_own_negation_is_marked():
    doc = build(
        ["Oria", "did", "not", "attack", "Nador"],
        [3, 3, 3, 3, 3],
        ["nsubj", "aux", "advmod", "ROOT", "obj"],
        ["NNP", "VBD", "RB", "VB", "NNP"],
    )
    (judged,) = judge_frames(read_tree(doc), (frame("ASSAULT", 3, (ORIA,)),), (), ())
    assert (judged.type, judged.auxiliary) == ("ASSAULT", ("negation",))


def test_a_refusal_to_yield_is_reject():
    doc = build(
        ["Oria", "will", "not", "leave", "Nador"],
        [3, 3, 3, 3, 3],
        ["nsubj", "aux", "advmod", "ROOT", "obj"],
        ["NNP", "MD", "RB", "VB", "NNP"],
    )
    (judged,) = judge_frames(read_tree(doc), (frame("RETREAT", 3, (ORIA,)),), (), ())
    assert (judged.type, judged.modes, judged.auxiliary) == ("REJECT", ("yield",), ())


def test_a_denial_in_somebodys_words_is_left_to_its_stance():
    doc = build(
        ["Oria", "denied", "shelling", "Nador"],
        [1, 1, 1, 2],
        ["nsubj", "ROOT", "xcomp", "obj"],
        ["NNP", "VBD", "VBG", "NNP"],
    )
    denies = Attribution("a1", ORIA, Cue("denied", 5, 11, "deny"), Span("shelling Nador", 12, 26), "denies")
    (judged,) = judge_frames(read_tree(doc), (frame("ASSAULT", 2, (ORIA,)),), (denies,), ())
    assert judged.auxiliary == ()


def test_what_is_demanded_is_not_marked_twice():
    doc = modal("must", "leave")
    demands = Attribution("a1", ORIA, Cue("said", 0, 0, "say"), Span(doc.text, 0, len(doc.text)), "demands")
    (judged,) = judge_frames(read_tree(doc), (frame("RETREAT", 2, (ORIA,)),), (demands,), ())
    assert (judged.type, judged.auxiliary) == ("RETREAT", ())


def war_in(year):
    doc = build(
        ["a", "war", "in", year, "ended"],
        [1, 4, 3, 1, 4],
        ["det", "nsubj", "case", "nmod", "ROOT"],
        ["DT", "NN", "IN", "CD", "VBD"],
    )
    start = doc.text.index(year)
    return doc, (Timex(year, start, start + 4, "DATE", year), Timex("today", 0, 0, "DATE", "2022-09-14"))


def test_a_war_years_before_the_report_is_history():
    doc, times = war_in("2014")
    (judged,) = judge_frames(read_tree(doc), (frame("ASSAULT", 1),), (), times)
    assert judged.auxiliary == ("historical",)


def test_a_war_of_the_same_year_is_news():
    doc, times = war_in("2022")
    (judged,) = judge_frames(read_tree(doc), (frame("ASSAULT", 1),), (), times)
    assert judged.auxiliary == ()


def test_frames_keep_their_order_and_number():
    doc = modal("will", "visit")
    frames = (frame("CONSULT", 2), frame("ACCUSE", 3))
    assert [judged.trigger for judged in judge_frames(read_tree(doc), frames, (), ())] == [2, 3]
