"""Places: what is found in the text, what it means, and where events happened."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from counterclaim.read.parse import parse, parse_all
from counterclaim.read.places import choose_place, find_toponyms
from counterclaim.read.places.gazetteer import distance, load_gazetteer, name_key, sound_key
from counterclaim.read.syntax import read_tree
from counterclaim.types import Actor, Article, Dateline, Mention

BLANK = spacy.blank("en")
CASES_FILE = Path(__file__).parent.parent / "cases" / "places.tsv"


def load_cases():
    lines = [line.split("\t") for line in CASES_FILE.read_text(encoding="utf-8").split("\n") if line]
    header, *rows = [line for line in lines if not line[0].startswith("#")]
    return [dict(zip(header, (*row, "", "", ""), strict=False)) for row in rows]


CASES = load_cases()


def tagged(text, **labels):
    """A text without grammar in which the words given carry name tags."""
    doc = BLANK(text)
    spans = []
    for word, label in labels.items():
        start = text.index(word)
        span = doc.char_span(start, start + len(word), label=label)
        assert isinstance(span, Span)
        spans.append(span)
    doc.ents = spans
    for token in doc:
        token.pos_ = "PROPN" if token.text[0].isupper() else "NOUN"
    return doc


def toponyms(doc, article=None, mentions=()):
    return find_toponyms(read_tree(doc, mentions), article or Article(id="", ref="", text=doc.text))


# -- the gazetteer ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("St. Petersburg", "saint petersburg"),
        ("Khān Yūnis", "khan yunis"),
        ("Ma'rib", "marib"),
        ("Nagorno-Karabakh", "nagorno karabakh"),
        ("the Hague", "hague"),
        ("ŁÓDŹ", "lodz"),
        ("U.S.", "us"),
        ("", ""),
    ],
)
def test_names_are_looked_up_in_one_form(printed, key):
    assert name_key(printed) == key


def test_spellings_of_an_arabic_name_sound_alike():
    assert sound_key("as suqaylibiyah") == sound_key("al suqaylabiya") != ""


def test_a_name_of_two_consonants_has_no_sound():
    assert not sound_key("gao")


def test_a_place_of_ours_and_of_geonames_is_listed_once():
    found = [entry for entry in load_gazetteer().find("goma") if entry.country == "COD" and entry.is_town]
    assert [(entry.rule, entry.geonameid is not None) for entry in found] == [("places/regions/goma", True)]


def test_distance_is_in_kilometres():
    assert distance(52.52, 13.4, 48.86, 2.35) == pytest.approx(878, abs=5)


# -- toponyms --------------------------------------------------------------------------------


def test_offsets_cut_the_very_words():
    doc = tagged("Rain fell on Goma, Bukavu and Kigali.", Goma="GPE", Bukavu="GPE", Kigali="GPE")
    found = toponyms(doc)
    assert [doc.text[place.start_char : place.end_char] for place in found] == [place.text for place in found]
    assert [place.country for place in found] == ["COD", "COD", "RWA"]


def test_adjectives_are_listed_with_their_countrys_point():
    place = next(place for place in toponyms(tagged("Two Kenyan soldiers fell.", Kenyan="NORP")))
    assert (place.name, place.country, place.adjectival) == ("Kenya", "KEN", True)


def test_a_name_no_table_knows_stays_unresolved():
    place = next(iter(toponyms(tagged("They left the village of Qzorvani.", Qzorvani="GPE"))))
    assert (place.text, place.lat, place.lon, place.precision) == ("Qzorvani", None, None, "unresolved")


def test_the_region_behind_a_comma_decides():
    doc = tagged("A fire broke out in Dublin, Ohio.", Dublin="GPE", Ohio="GPE")
    assert [(place.country, place.admin1) for place in toponyms(doc)] == [("USA", "Ohio"), ("USA", "Ohio")]


def test_the_dateline_decides_where_nothing_else_does():
    doc = tagged("Floods cut the road to Alexandria.", Alexandria="GPE")
    article = Article(id="", ref="", text=doc.text, dateline=Dateline("BATON ROUGE", None))
    assert [place.country for place in toponyms(doc, article)] == ["USA"]


def test_neighbours_decide():
    doc = tagged("Shells hit Tripoli, Sidon and Baalbek.", Tripoli="GPE", Sidon="GPE", Baalbek="GPE")
    assert {place.country for place in toponyms(doc)} == {"LBN"}


def test_a_leader_is_no_place():
    doc = tagged("They met Nelson Santiago.", Santiago="GPE")
    actor = Actor("x", "Nelson Santiago", None, None)
    mention = Mention("Nelson Santiago", 9, 24, 2, 4, 2, "name", actor, rule="leaders/x")
    assert toponyms(doc, mentions=(mention,)) == ()


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "...", "12 34", "A" * 5000, "-" * 300, "’s ‘’ \u200b", "Of Of Of"]
)
def test_strange_texts_do_no_harm(text):
    for place in toponyms(BLANK(text)):
        assert text[place.start_char : place.end_char] == place.text


# -- event places ----------------------------------------------------------------------------


def shelled(subject="Troops"):
    words = [subject, "shelled", "Goma", "."]
    return Doc(
        BLANK.vocab,
        words=words,
        spaces=[True, True, False, False],
        heads=[1, 1, 1, 1],
        deps=["nsubj", "ROOT", "obj", "punct"],
        pos=["NOUN", "VERB", "PROPN", "PUNCT"],
        lemmas=[word.lower() if word != "shelled" else "shell" for word in words],
    )


def test_what_is_shelled_is_where_the_shelling_was():
    doc = shelled()
    place = choose_place(read_tree(doc), 1, toponyms(doc))
    assert place is not None
    assert place.text == "Goma"


def test_a_metonym_is_never_where_an_event_happened():
    doc = shelled()
    actor = Actor("COD.GOV", "government", "COD", "GOV")
    mention = Mention("Goma", 15, 19, 2, 3, 2, "metonym", actor)
    assert choose_place(read_tree(doc, (mention,)), 1, toponyms(doc)) is None


def test_without_toponyms_there_is_no_place():
    assert choose_place(read_tree(shelled()), 1, ()) is None


@pytest.fixture(scope="module")
def parsed(language):
    return dict(
        zip(
            (row["id"] for row in CASES), parse_all([row["sentence"] for row in CASES], language), strict=True
        )
    )


def case_params():
    for row in CASES:
        known = pytest.mark.xfail(reason=row["known"], strict=True) if row["known"] else ()
        yield pytest.param(row, id=row["id"], marks=known)


@pytest.mark.weights
@pytest.mark.parametrize("row", list(case_params()))
def test_case(parsed, row):
    doc = parsed[row["id"]]
    found = toponyms(doc)
    trigger = next(token.i for token in doc if token.text == row["trigger"])
    place = choose_place(read_tree(doc), trigger, found)
    assert (place.text if place else "-") == row["place"]
    for meaning in filter(None, row["means"].split(";")):
        text, _, name = meaning.partition("=")
        match = next(place for place in found if place.text == text)
        assert ("-" if match.lat is None else f"{match.name}/{match.country}") == name


@pytest.mark.weights
def test_reading_twice_gives_the_same(language):
    text = "Shells hit Jabalia and Beit Lahiya, Palestinian medics said."
    assert toponyms(parse(text, language)) == toponyms(parse(text, language))
