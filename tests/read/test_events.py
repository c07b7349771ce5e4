"""Who did what to whom: constructions on parsed sentences, and the grammar on docs built by hand."""

from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from counterclaim.pipeline import read_mentions
from counterclaim.read.attribution import find_attributions
from counterclaim.read.events import find_frames, judge_frames
from counterclaim.read.parse import parse, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.read.syntax.clauses import objects, subjects
from counterclaim.types import Actor, Article, Attribution, Cue, Mention, Span

CASES = Path(__file__).parent.parent / "cases" / "events.tsv"


def load_cases():
    lines = [
        line.split("\t") for line in CASES.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"
    ]
    header, rows = lines[0], lines[1:]
    return [dict(zip(header, row, strict=True)) for row in rows]


def read(doc):
    tree, _ = read_mentions(doc, Article(id="", ref="", text=doc.text))
    attributions = find_attributions(tree)
    return judge_frames(tree, find_frames(tree, attributions), attributions, ())


@pytest.fixture(scope="module")
def readings(language):
    texts = sorted({case["text"] for case in load_cases()})
    return {text: (doc, read(doc)) for text, doc in zip(texts, parse_all(texts, language), strict=True)}


def countries(mentions):
    return " ".join(sorted({mention.actor.country or "?" for mention in mentions})) or "-"


@pytest.mark.weights
@pytest.mark.parametrize("case", load_cases(), ids=lambda case: f"{case['what']}: {case['text']}")
def test_a_construction_gives_its_event(case, readings):
    doc, frames = readings[case["text"]]
    at_trigger = [frame for frame in frames if doc[frame.trigger].text == case["trigger"]]
    assert [frame.type for frame in at_trigger] == [case["type"]]
    frame = at_trigger[0]
    assert case["mode"] == "" or case["mode"] in frame.modes
    assert case["actors"] in {"?", countries(frame.actors)}
    assert case["recipients"] in {"?", countries(frame.recipients)}
    assert frame.auxiliary == tuple(case["auxiliary"].split())


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Egypt and Jordan agreed to hold a conference in July.", ["AGREE"]),
        ("Fiji agreed to release the sailors.", ["CONCEDE"]),
        ("The editor accused the paper of informational sabotage.", ["ACCUSE"]),
        ("The bill is an attack on press freedom.", []),
        ("Burundi was accused of killing 12 officers, leaving nine wounded.", ["ACCUSE", "ASSAULT"]),
        ("Nine deaths from cholera were reported.", []),
        ("The ministry reported the deaths of 12 patients.", []),
    ],
)
def test_nothing_more_is_told_than_happened(text, kinds, language):
    assert [frame.type for frame in read(parse(text, language))] == kinds


# --- docs built by hand -----------------------------------------------------------------------


def build(words, heads, deps, tags):
    pos = [
        {"N": "NOUN", "V": "VERB", "P": "PRON", "I": "ADP", "D": "DET", "T": "PART"}.get(tag[0], "X")
        for tag in tags
    ]
    return Doc(
        Vocab(),
        words=words,
        heads=heads,
        deps=deps,
        tags=tags,
        pos=pos,
        lemmas=[word.lower() for word in words],
    )


def named(doc, index, country="AAA"):
    token = doc[index]
    actor = Actor(country, token.text, country, "GOV")
    return Mention(token.text, token.idx, token.idx + len(token), index, index + 1, index, "name", actor)


def accusing():
    """Oria accused Nador of bombing villages"""
    return build(
        ["Oria", "accused", "Nador", "of", "bombing", "villages"],
        [1, 1, 1, 4, 1, 4],
        ["nsubj", "ROOT", "obj", "mark", "advcl", "obj"],
        ["NNP", "VBD", "NNP", "IN", "VBG", "NNS"],
    )


def test_the_accused_does_what_the_gerund_says():
    assert subjects(read_tree(accusing()), 4) == (2,)


def test_an_accusation_is_two_events():
    doc = accusing()
    frames = find_frames(read_tree(doc, (named(doc, 0, "ORI"), named(doc, 2, "NAD"))), ())
    assert [(frame.type, countries(frame.actors), countries(frame.recipients)) for frame in frames] == [
        ("ACCUSE", "ORI", "NAD"),
        ("ASSAULT", "NAD", "-"),
    ]


def test_a_passive_turns_its_subject_into_the_object():
    doc = build(
        ["Nador", "was", "shelled", "by", "Oria"],
        [2, 2, 2, 4, 2],
        ["nsubj:pass", "aux:pass", "ROOT", "case", "obl:agent"],
        ["NNP", "VBD", "VBN", "IN", "NNP"],
    )
    tree = read_tree(doc)
    assert subjects(tree, 2) == (4,)
    assert objects(tree, 2) == (0,)


def test_a_reduced_relative_takes_its_noun():
    doc = build(
        ["towns", "shelled", "by", "rebels", "fell"],
        [4, 0, 3, 1, 4],
        ["nsubj", "acl", "case", "obl:agent", "ROOT"],
        ["NNS", "VBN", "IN", "NNS", "VBD"],
    )
    tree = read_tree(doc)
    assert objects(tree, 1) == (0,)
    assert subjects(tree, 1) == (3,)


def test_a_controlled_infinitive_finds_its_subject():
    doc = build(
        ["Oria", "urged", "Nador", "to", "withdraw"],
        [1, 1, 1, 4, 1],
        ["nsubj", "ROOT", "obj", "mark", "xcomp"],
        ["NNP", "VBD", "NNP", "TO", "VB"],
    )
    assert subjects(read_tree(doc), 4) == (2,)


def test_a_past_tense_is_never_a_modifier():
    doc = build(
        ["Oria", "released", "prisoners"],
        [2, 2, 2],
        ["compound", "amod", "ROOT"],
        ["NNP", "VBD", "NNS"],
    )
    tree = read_tree(doc)
    assert tree.head[1] == 1
    assert subjects(tree, 1) == (0,)
    assert objects(tree, 1) == (2,)


def test_a_name_hangs_where_its_head_hangs():
    # "with" was hung on the first word of a name whose last word is its head
    doc = build(
        ["Oria", "met", "with", "Vale", "Sendt"],
        [1, 1, 3, 1, 1],
        ["nsubj", "ROOT", "case", "obl", "ccomp"],
        ["NNP", "VBD", "IN", "NNP", "NNP"],
    )
    actor = Actor("VAL", "Vale Sendt", "VAL", "GOV")
    sendt = Mention("Vale Sendt", 14, 24, 3, 5, 4, "name", actor)
    frames = find_frames(read_tree(doc, (named(doc, 0, "ORI"), sendt)), ())
    assert [countries(frame.actors) for frame in frames] == ["ORI VAL"]


def test_blame_adds_the_blamed_told_by_the_accuser_alone():
    doc = build(
        ["Oria", "blames", "the", "violence", "on", "Nador"],
        [1, 1, 3, 1, 5, 1],
        ["nsubj", "ROOT", "det", "obj", "case", "obl"],
        ["NNP", "VBZ", "DT", "NN", "IN", "NNP"],
    )
    oria, nador = named(doc, 0, "ORI"), named(doc, 5, "NAD")
    blame = Attribution("a1", oria, Cue("blames", 5, 11, "blame"), Span("the violence", 12, 24), "accuses")
    frames = find_frames(read_tree(doc, (oria, nador)), (blame,))
    told = [(frame.type, countries(frame.actors), frame.told_by) for frame in frames]
    assert told == [("ACCUSE", "ORI", ()), ("ASSAULT", "-", (None,)), ("ASSAULT", "NAD", ("a1",))]


def test_blame_is_found_where_its_cue_begins_before_the_verb():
    doc = build(
        ["Oria", "has", "blamed", "the", "violence", "on", "Nador"],
        [2, 2, 2, 4, 2, 6, 2],
        ["nsubj", "aux", "ROOT", "det", "obj", "case", "obl"],
        ["NNP", "VBZ", "VBN", "DT", "NN", "IN", "NNP"],
    )
    oria, nador = named(doc, 0, "ORI"), named(doc, 6, "NAD")
    cue = Cue("has blamed", 5, 15, "blame")
    blame = Attribution("a1", oria, cue, Span("the violence", 16, 28), "accuses")
    frames = find_frames(read_tree(doc, (oria, nador)), (blame,))
    assert ("ASSAULT", "NAD", ("a1",)) in {
        (frame.type, countries(frame.actors), frame.told_by) for frame in frames
    }


def test_separate_calls_are_told_apart():
    doc = build(
        ["Oria", "held", "separate", "talks", "with", "Nador", "and", "Vale"],
        [1, 1, 3, 1, 5, 3, 7, 5],
        ["nsubj", "ROOT", "amod", "obj", "case", "nmod", "cc", "conj"],
        ["NNP", "VBD", "JJ", "NNS", "IN", "NNP", "CC", "NNP"],
    )
    frames = find_frames(
        read_tree(doc, (named(doc, 0, "ORI"), named(doc, 5, "NAD"), named(doc, 7, "VAL"))), ()
    )
    assert [countries(frame.actors) for frame in frames] == ["NAD ORI", "ORI VAL"]


def test_rules_name_the_pattern_first_and_compositions_after():
    doc = build(
        ["Oria", "urged", "Nador", "to", "withdraw", "from", "Vale"],
        [1, 1, 1, 4, 1, 6, 4],
        ["nsubj", "ROOT", "obj", "mark", "xcomp", "case", "obl"],
        ["NNP", "VBD", "NNP", "TO", "VB", "IN", "NNP"],
    )
    (frame,) = find_frames(
        read_tree(doc, (named(doc, 0, "ORI"), named(doc, 2, "NAD"), named(doc, 6, "VAL"))), ()
    )
    assert frame.rules[:3] == (
        "events/verbs/withdraw",
        "events/operators/urge",
        "events/compositions/demand-retreat",
    )


def test_an_empty_text_has_no_events():
    assert find_frames(read_tree(Doc(Vocab(), words=[])), ()) == ()


@pytest.mark.weights
@pytest.mark.parametrize(
    "text", ["... --- ...", "!!!", "A\n\nB", "killed", "attack attack attack attack", "((((("]
)
def test_strange_text_never_raises(text, language):
    read(parse(text, language))


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Canada will provide ten million dollars in aid to Haiti.", ["AGREE"]),
        ("Canada will provide humanitarian aid to Haiti.", ["AGREE"]),
        ("The senate killed the bill.", ["REJECT"]),
        ("The two parties fought a battle for the presidency.", []),
        ("Voters bombarded the mayor with questions.", ["REQUEST"]),
        ("The pound took a beating in London.", []),
        ("The war of words between Chad and Niger went on.", ["ACCUSE"]),
    ],
)
def test_figures_of_speech_and_light_verbs_are_told_once_and_for_what_they_are(text, kinds, language):
    assert [frame.type for frame in read(parse(text, language))] == kinds
