"""Counts: what they count, how many, whose they are, and which event they measure."""

from pathlib import Path

import pytest

from counterclaim.read.casualties import choose_counts, find_counts, resolve_own_losses
from counterclaim.read.casualties.find import parts
from counterclaim.read.parse import parse, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.types import Actor, Frame, Mention
from counterclaim.values import print_bounds

CASES = Path(__file__).parent.parent / "cases" / "counts.tsv"
# Share of the table's sentences that must be read wholly right.
FLOOR = 0.92


def load_cases():
    lines = [
        line for line in CASES.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    ]
    return [(line + "\t\t").split("\t")[:3] for line in lines[1:]]


def expected(cell):
    """The counts of a cell, those in brackets (parts of a total) apart."""
    outer, _, inner = cell.partition("[")
    return [
        sorted(part.strip() for part in text.strip(" ]").split(";") if part.strip())
        for text in (outer, inner)
    ]


def found(doc, mentions=()):
    counts = [
        (f"{c.kind} {print_bounds(c.low, c.high)}", part)
        for c, part in parts(find_counts(read_tree(doc, mentions)))
    ]
    return [sorted(text for text, part in counts if part is wanted) for wanted in (False, True)]


def mention(doc, text, actor, kind="nominal"):
    start_char = doc.text.index(text)
    span = doc.char_span(start_char, start_char + len(text))
    return Mention(text, span.start_char, span.end_char, span.start, span.end, span.root.i, kind, actor)


def frame(doc, type_, word):
    return Frame(type_, (), (), next(token.i for token in doc if token.text == word), (), ())


@pytest.mark.weights
def test_the_table_of_sentences_is_read_right_above_its_floor(language):
    cases = load_cases()
    docs = parse_all((sentence for _, sentence, _ in cases), language)
    wrong = [
        f"{name}: {found(doc)} instead of {expected(cell)}"
        for (name, _, cell), doc in zip(cases, docs, strict=True)
        if found(doc) != expected(cell)
    ]
    assert len(wrong) <= (1 - FLOOR) * len(cases), "\n".join(wrong)


@pytest.mark.weights
def test_every_count_stands_where_its_offsets_say(language):
    text = " ".join(sentence for _, sentence, _ in load_cases())
    doc = parse(text, language)
    for count in find_counts(read_tree(doc)):
        assert text[count.start_char : count.end_char] == count.text
        assert 0 <= count.trigger < len(doc)


@pytest.mark.weights
def test_victims_are_the_mention_over_the_counted_noun(language):
    doc = parse("The president said 23 Chadian soldiers had been killed.", language)
    soldiers = mention(doc, "Chadian soldiers", Actor("TCD.MIL", "Chadian soldiers", "TCD", "MIL"))
    speaker = mention(doc, "The president", Actor("TCD.GOV", "president", "TCD", "GOV"))
    (count,) = find_counts(read_tree(doc, (speaker, soldiers)))
    assert count.victims == soldiers


@pytest.mark.weights
def test_the_claimant_never_becomes_the_victim(language):
    doc = parse("Chad said five were killed.", language)
    speaker = mention(doc, "Chad", Actor("TCD.GOV", "Chad", "TCD", "GOV"), "name")
    (count,) = find_counts(read_tree(doc, (speaker,)))
    assert count.victims is None


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Kampala reported 50 military deaths.", True),
        ("Kampala said 12 soldiers died in the ambush.", True),
        ("Kampala said 12 of its soldiers had been killed.", True),
        ("Kampala said it lost 12 soldiers.", True),
        ("Kampala said its army killed 12 soldiers.", False),
        ("Kampala said 12 Kenyan soldiers were killed.", False),
        ("Kampala said Uganda's toll from the fighting had risen to 12 soldiers.", True),
        ("Kampala said Kenya's toll from the fighting had risen to 12 soldiers.", False),
        ("Kampala said 12 enemy soldiers were killed.", False),
        ("Kampala said 12 villagers were killed.", False),
        ("Kampala said 12 soldiers were killed in its strikes.", False),
        ("Kampala reported 12 military deaths on the Kenyan side.", False),
        ("Kampala said 12 rebels were killed.", False),
        ("Kampala said seven servicemen were wounded and 12 soldiers were killed on Monday.", True),
    ],
)
def test_a_government_that_reports_military_losses_reports_its_own(language, text, own):
    doc = parse(text, language)
    source = mention(doc, "Kampala", Actor("UGA.GOV", "Uganda", "UGA", "GOV"), "metonym")
    count = next(count for count in find_counts(read_tree(doc)) if count.kind == "dead")
    victims = resolve_own_losses(read_tree(doc), count, source)
    assert (victims is not None) is own
    if victims is not None:
        assert (victims.actor.country, victims.actor.sector) == ("UGA", "MIL")
        assert text[victims.start_char : victims.end_char] == victims.text


@pytest.mark.weights
def test_someone_who_speaks_for_no_state_has_no_losses_of_its_own(language):
    doc = parse("The charity reported 50 military deaths.", language)
    source = mention(doc, "The charity", Actor(None, "charity", "UGA", "NGO"))
    assert resolve_own_losses(read_tree(doc), find_counts(read_tree(doc))[0], source) is None


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "events", "owner"),
    [
        ("Rebels killed 12 soldiers.", [("ASSAULT", "killed")], "killed"),
        ("Clashes that killed 12 people spread to Goma.", [("ASSAULT", "Clashes")], "Clashes"),
        ("Troops shelled the camp, killing five.", [("ASSAULT", "shelled")], "shelled"),
        ("The shelling left three people dead.", [("ASSAULT", "shelling")], "shelling"),
        ("Twelve people died in the attack.", [("ASSAULT", "attack")], "attack"),
        (
            "The UN accused the army of killing 12 people.",
            [("ACCUSE", "accused"), ("ASSAULT", "killing")],
            "killing",
        ),
        (
            "Police arrested 40 people at the protest.",
            [("COERCE", "arrested"), ("PROTEST", "protest")],
            "arrested",
        ),
    ],
)
def test_a_count_reaches_exactly_one_event(language, text, events, owner):
    doc = parse(text, language)
    frames = tuple(frame(doc, type_, word) for type_, word in events)
    counts = find_counts(read_tree(doc))
    owners = [doc[f.trigger].text for f in frames for _ in choose_counts(read_tree(doc), f, counts, frames)]
    assert owners == [owner]


@pytest.mark.weights
def test_a_count_never_leaves_its_sentence(language):
    doc = parse("Rebels attacked the town. The mayor said 12 people had died of cholera.", language)
    frames = (frame(doc, "ASSAULT", "attacked"),)
    assert choose_counts(read_tree(doc), frames[0], find_counts(read_tree(doc)), frames) == ()


@pytest.mark.weights
@pytest.mark.parametrize(
    "text", ["", "   ", "12", "killed", "12 12 12 killed killed of of", "of 12 of", "- 5 - dead -"]
)
def test_odd_texts_never_raise(language, text):
    find_counts(read_tree(parse(text, language)))


@pytest.mark.slow
@pytest.mark.corpora
@pytest.mark.weights
def test_press_releases_and_incident_reports_keep_their_measured_score(corpora, language):
    from evaluation.counts import evaluate

    scores = evaluate(corpora, language)
    assert scores["isaf_killed_exact"] >= 0.71
    assert scores["isaf_killed_without_false_alarm"] >= 0.95
    assert scores["isaf_captured_exact"] >= 0.71
    assert scores["muc_dead_exact"] >= 0.55
    assert scores["muc_injured_exact"] >= 0.53
