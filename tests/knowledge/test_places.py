"""Every line of the tables of places fires on its example, stays silent on its counterexample, or is found by its names."""

import pytest
import spacy
from spacy.tokens import Doc

from counterclaim.knowledge import load_table
from counterclaim.read.parse import parse_all
from counterclaim.read.places import choose_place, find_toponyms
from counterclaim.read.places.clues import feature_word, head_after, preposition
from counterclaim.read.places.gazetteer import (
    load_abbreviations,
    load_adjectives,
    load_gazetteer,
    name_key,
)
from counterclaim.read.places.offsets import find_offset
from counterclaim.read.places.pieces import PiecedText
from counterclaim.read.places.toponyms import find_candidates
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article, Place

BLANK = spacy.blank("en")


def look(text):
    return PiecedText(read_tree(BLANK(text)))


def capitals(around):
    """Single words with a capital, the first of the sentence left out."""
    return [i for i, piece in enumerate(around.pieces) if piece.is_capital and i]


def names_of(table):
    return [(row.rule, name) for row in load_table(table) for name in (row["name"], *row.split("names"))]


@pytest.mark.parametrize("table", ["places/regions", "places/divisions"])
def test_every_spelling_of_a_place_finds_it(table):
    gazetteer = load_gazetteer()
    lost = [
        (rule, name)
        for rule, name in names_of(table)
        if rule not in {entry.rule for entry in gazetteer.find(name_key(name))}
    ]
    assert lost == []


def test_every_country_has_a_point_under_the_same_code():
    gazetteer = load_gazetteer()
    names = {row["id"]: row["name"] for row in load_table("countries")}
    for row in load_table("places/countries"):
        found = [entry for entry in gazetteer.find(name_key(names[row["id"]])) if entry.is_country]
        assert row["id"] in {entry.country for entry in found}


def test_points_lie_on_the_globe():
    for table in ("places/regions", "places/divisions", "places/countries"):
        for row in load_table(table):
            assert -90 <= float(row["lat"]) <= 90, row
            assert -180 <= float(row["lon"]) <= 180, row


def test_countries_of_places_are_known():
    codes = {row["id"] for row in load_table("countries")} | {""}
    for table in ("places/regions", "places/divisions", "places/adjectives"):
        assert {row["country"] for row in load_table(table)} <= codes


def test_every_feature_code_has_a_precision():
    codes = {row["feature"] for row in load_table("places/features")}
    used = {row["feature"] for row in load_table("places/regions")}
    assert {code for code in used if not code.startswith("PPL")} <= codes


def test_every_abbreviation_is_a_division():
    short = load_abbreviations()
    for row in load_table("places/divisions"):
        assert all(written in short for written in row.split("short"))


def test_every_adjective_points_to_its_place():
    words = load_adjectives()
    lost = [
        (row.rule, word)
        for row in load_table("places/adjectives")
        for word in row.split("words")
        if word not in words or words[word].rule != row.rule
    ]
    assert lost == []


def kinds_in(text):
    around = look(text)
    rows = [
        feature_word(around, i, j)
        for i in capitals(around)
        for j in (i + 1, i + 2)
        if j <= len(around.pieces) and around.pieces[j - 1].is_capital
    ]
    return {row["id"] for row in rows if row is not None}


@pytest.mark.parametrize("row", load_table("places/feature_words"), ids=lambda row: row["id"])
def test_a_word_of_kind_fires_beside_a_name_only(row):
    assert row["id"] in kinds_in(row["example"])
    assert row["id"] not in kinds_in(row["counterexample"])


def heads_in(text):
    around = look(text)
    rows = [head_after(around, i + 1) for i, piece in enumerate(around.pieces) if piece.is_capital]
    return {row["id"] for row in rows if row is not None}


@pytest.mark.parametrize("row", load_table("places/heads"), ids=lambda row: row["id"])
def test_a_head_fires_behind_a_name_only(row):
    assert row["id"] in heads_in(row["example"])
    assert row["id"] not in heads_in(row["counterexample"])


def signs_in(text):
    return {sign for candidate in find_candidates(look(text)) for sign in candidate.signs}


@pytest.mark.parametrize("row", load_table("places/person_signs"), ids=lambda row: row["id"])
def test_a_title_makes_a_person(row):
    around = look(row["example"])
    assert around.pieces[0].word == row["word"]
    assert "person_sign" in signs_in(row["example"])
    assert "person_sign" not in signs_in(row["counterexample"])


def placed_by(text, word):
    around = look(text)
    # "along the Drina": the article stands between.
    words = [(around.before(i), around.before(i, 2)) for i in capitals(around)]
    before = [further if near is not None and near.text == "the" else near for near, further in words]
    lead = [around.pieces[0]] if around.pieces[1].is_capital else []
    return any(
        piece is not None and piece.text.lower() == word and preposition(piece.text) is not None
        for piece in before + lead
    )


@pytest.mark.parametrize("row", load_table("places/prepositions"), ids=lambda row: row["id"])
def test_a_preposition_stands_before_the_place(row):
    assert placed_by(row["example"], row["word"])
    assert not placed_by(row["counterexample"], row["word"])


def offset_rules(text):
    """The lines of places/offsets that speak for a name of the sentence, the first word of it left out."""
    around = look(text)
    names = [around.pieces[i] for i in capitals(around)]
    places = [
        Place(it.word, it.start_char, it.stop, it.word, None, 1.0, 1.0, None, None, "PPL", "city")
        for it in names
    ]
    found = [find_offset(text, place, places) for place in places]
    return {rule for offset in found if offset is not None for rule in offset.rule}


@pytest.mark.parametrize("row", load_table("places/offsets"), ids=lambda row: row["id"])
def test_an_offset_is_said_right_before_the_name(row):
    assert row.rule in offset_rules(row["example"])
    assert row.rule not in offset_rules(row["counterexample"])


@pytest.mark.parametrize("row", load_table("places/directions"), ids=lambda row: row["id"])
def test_a_capital_direction_belongs_to_the_name(row):
    assert any(candidate.text.startswith(row["word"]) for candidate in find_candidates(look(row["example"])))
    assert not any(
        candidate.text.lower().startswith(row["word"].lower() + " ")
        for candidate in find_candidates(look(row["counterexample"]))
    )


@pytest.mark.parametrize("row", load_table("places/streets"), ids=lambda row: row["id"])
def test_a_street_is_named_by_its_last_word(row):
    assert "street" in signs_in(row["example"])
    assert "street" not in signs_in(row["counterexample"])


@pytest.mark.parametrize("table", ["places/weights", "places/resolution", "places/event_signs"])
def test_weights_are_numbers_with_a_meaning(table):
    rows = load_table(table)
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert all(abs(float(row["weight"])) < 10 and row["meaning"] for row in rows)


@pytest.mark.parametrize("row", load_table("places/generics"), ids=lambda row: row["id"])
def test_a_generic_word_stands_where_its_position_says(row):
    assert (
        row["example"].startswith(f"{row['word']} ")
        if row["position"] == "first"
        else row["example"].endswith(f" {row['word']}")
    )


@pytest.mark.parametrize("table", ["places/ordinary_words", "places/person_names"])
def test_word_lists_are_sorted_and_hold_each_word_once(table):
    words = [row["id"] for row in load_table(table)]
    assert words == sorted(set(words))


# -- verbs: docs by hand, so that the lines are tested and not the parser ----------------------


def sentence(text, verb):
    """One of the three sentences that examples of places/place_verbs are made of, parsed by hand."""
    words = [*text.removesuffix(".").split(), "."]
    said = next(i for i, word in enumerate(words) if word.lower() in {"troops", "they", "envoy", "judge"}) + 1
    heads, deps, pos = [said] * len(words), ["punct"] * len(words), ["NOUN"] * len(words)
    heads[said], deps[said], pos[said] = said, "ROOT", "VERB"
    deps[said - 1] = "nsubj"
    for i, word in enumerate(words):
        if word.lower() in {"the", "a"}:
            heads[i], deps[i], pos[i] = i + 1, "det", "DET"
        elif word in {"on", "from"}:
            heads[i], deps[i], pos[i] = i + 1, "case", "ADP"
            deps[i + 1] = "obl"
        elif word in {"rebels", "teacher"}:
            deps[i] = "obj"
        elif word == "Sirte":
            pos[i] = "PROPN"
            if deps[i] != "obl":
                deps[i] = "obj"
    if "that" in words or "when" in words:
        fell = words.index("fell")
        mark = next(i for i, word in enumerate(words) if word in {"that", "when"})
        heads[mark], deps[mark] = fell, "mark"
        heads[fell], deps[fell], pos[fell] = said, "ccomp" if words[mark] == "that" else "advcl", "VERB"
        heads[fell - 1], deps[fell - 1] = fell, "nsubj"
        heads[words.index("Sirte")] = fell
    lemmas = [word.lower() for word in words]
    lemmas[said] = verb
    spaces = [True] * (len(words) - 2) + [False, False]
    doc = Doc(BLANK.vocab, words=words, spaces=spaces, heads=heads, deps=deps, pos=pos, lemmas=lemmas)
    return doc, said


def place_of(text, verb):
    doc, trigger = sentence(text, verb)
    toponyms = find_toponyms(read_tree(doc), Article(id="", ref="", text=doc.text))
    assert "Sirte" in [place.text for place in toponyms]
    place = choose_place(read_tree(doc), trigger, toponyms)
    return place and place.text


@pytest.mark.parametrize("row", load_table("places/place_verbs"), ids=lambda row: row["id"])
def test_a_verb_places_its_event(row):
    if "speech" in row.split("kind"):
        assert place_of(row["example"], row["verb"]) is None
        assert place_of(row["counterexample"], "die") == "Sirte"
    else:
        other = "fire" if "fired" in row["counterexample"] else "thank"
        assert place_of(row["example"], row["verb"]) == "Sirte"
        assert place_of(row["counterexample"], other) is None


@pytest.mark.weights
def test_nouns_of_place_pass_on_the_preposition(language):
    rows = load_table("places/place_nouns")
    texts = [row[column] for row in rows for column in ("example", "counterexample")]
    chosen = []
    for text, doc in zip(texts, parse_all(texts, language), strict=True):
        trigger = next(token.i for token in doc if token.text == "killed")
        place = choose_place(
            read_tree(doc), trigger, find_toponyms(read_tree(doc), Article(id="", ref="", text=text))
        )
        chosen.append(place and place.text)
    wrong = [row["id"] for row, got in zip(rows, chosen[::2], strict=True) if got != "Chad"]
    wrong += [row["id"] for row, got in zip(rows, chosen[1::2], strict=True) if got is not None]
    assert wrong == []
