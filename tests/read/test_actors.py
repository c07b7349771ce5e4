"""Who is spoken of: a table of phrases, and what parse mistakes and strange text must not break."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from counterclaim.read.actors import find_mentions, find_role_mismatches, read_phrases
from counterclaim.read.actors.lexicon import load_lexicon
from counterclaim.read.parse import parse, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article, Flag, Mention

CASES = [
    (line + "\t" * 7).split("\t")[:7]
    for line in (Path(__file__).parent.parent / "cases" / "actors.tsv")
    .read_text(encoding="utf-8")
    .split("\n")
    if line and not line.startswith(("#", "text\t"))
]


def article(text: str, published: str | None = "2023-03-01") -> Article:
    return Article(id="x", ref="x", text=text, published=published)


def mentions_of(doc: Doc, text: str, published: str | None = "2023-03-01") -> tuple[Mention, ...]:
    tree = read_tree(doc)
    return find_mentions(tree, read_phrases(tree), article(text, published))


def mismatches(
    text: str, published: str | None, language: Language
) -> tuple[tuple[Mention, ...], tuple[Flag, ...]]:
    tree = read_tree(parse(text, language))
    phrases, undated = read_phrases(tree), article(text, published)
    found = find_mentions(tree, phrases, undated)
    return found, find_role_mismatches(phrases, undated, found)


def mentions_in(text: str, language: Language, published: str | None = "2023-03-01") -> tuple[Mention, ...]:
    return mentions_of(parse(text, language), text, published)


@pytest.fixture(scope="module")
def docs(language: Language) -> dict[str, Doc]:
    texts = sorted({case[0] for case in CASES})
    return dict(zip(texts, parse_all(texts, language), strict=True))


@pytest.mark.weights
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]} in {case[0]} {case[3]}")
def test_the_phrase_speaks_of_the_actor(case: list[str], docs: dict[str, Doc]) -> None:
    text, phrase, actor_id, country, sector, kind, published = case
    found = mentions_of(docs[text], text, published or "2023-03-01")
    start = text.index(phrase)
    there = [
        mention for mention in found if mention.start_char < start + len(phrase) and start < mention.end_char
    ]
    if actor_id == "-":
        assert [mention for mention in there if mention.text == phrase or mention.kind == "metonym"] == []
        return
    exact = [mention for mention in there if mention.text == phrase]
    assert exact, [mention.text for mention in found]
    wanted = [None if value == "None" else value for value in (actor_id, country, sector)]
    keep = [bool(value) for value in (actor_id, country, sector)]
    seen = [
        [
            value
            for value, kept in zip((m.actor.actor_id, m.actor.country, m.actor.sector), keep, strict=True)
            if kept
        ]
        for m in exact
    ]
    assert [value for value, kept in zip(wanted, keep, strict=True) if kept] in seen
    assert not kind or kind in {mention.kind for mention in exact}


@pytest.mark.weights
def test_offsets_are_honest_whatever_the_text_holds(language: Language) -> None:
    texts = [
        "",
        " ",
        "\n\n",
        "😀 Kenya\u00a0said—no",
        "'s 's",
        "of of of the",
        "U.S. U.S. U.S.",
        "- - -",
        "«Mali» (Mali)",
    ]
    for text in texts:
        for mention in mentions_in(text, language):
            assert text[mention.start_char : mention.end_char] == mention.text


@pytest.mark.weights
def test_the_same_text_gives_the_same_mentions_twice(language: Language) -> None:
    text = "Kenyan and Ugandan troops met near Busia. Nairobi thanked Kampala."
    assert mentions_in(text, language) == mentions_in(text, language)


@pytest.mark.weights
def test_an_official_without_a_name_is_anonymous(language: Language) -> None:
    text = "A senior Swedish official denied it. Swedish Foreign Minister Ebba Lind confirmed it."
    found = {mention.text: mention.anonymous for mention in mentions_in(text, language)}
    assert found["A senior Swedish official"] is True
    assert found["Swedish Foreign Minister Ebba Lind"] is False


@pytest.mark.weights
def test_a_city_in_a_dateline_is_a_place_and_its_agency_no_speaker(language: Language) -> None:
    text = "KAMPALA, Sept 14 (Reuters) - Ugandan troops crossed the border."
    assert [mention.text for mention in mentions_in(text, language)] == ["Ugandan troops"]


@pytest.mark.weights
def test_a_description_gives_an_unknown_group_country_and_sector(language: Language) -> None:
    text = "The Masari group, an Islamic State affiliate in the Philippines, attacked a school."
    first = mentions_in(text, language)[0]
    assert (first.text, first.actor.country, first.actor.sector) == ("The Masari group", "PHL", "REB")


@pytest.mark.weights
def test_a_title_that_contradicts_the_dated_role_is_flagged(language: Language) -> None:
    text = "French Prime Minister Emmanuel Macron denied it."
    found, flags = mismatches(text, "2023-03-01", language)
    assert [(flag.kind, flag.text) for flag in flags] == [
        ("role_mismatch", "French Prime Minister Emmanuel Macron")
    ]
    assert found[0].actor.actor_id == "emmanuel-macron"


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "French President Emmanuel Macron denied it.",
        "Former French Economy Minister Emmanuel Macron denied it.",
        "Macron denied it.",
        "The French leader Emmanuel Macron denied it.",
        "Kenyan President Peter Okello denied it.",
    ],
)
def test_a_fitting_former_or_unknown_title_is_not_flagged(text: str, language: Language) -> None:
    assert mismatches(text, "2023-03-01", language)[1] == ()


@pytest.mark.weights
def test_without_a_date_of_publication_no_title_is_flagged(language: Language) -> None:
    text = "French Prime Minister Emmanuel Macron denied it."
    assert mismatches(text, None, language)[1] == ()


def test_a_doc_built_by_hand_gives_mentions_without_any_weights() -> None:
    words = ["Malian", "troops", "thanked", "Chad", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[True, True, True, False, False],
        heads=[1, 2, 2, 2, 2],
        deps=["amod", "nsubj", "ROOT", "obj", "punct"],
        pos=["ADJ", "NOUN", "VERB", "PROPN", "PUNCT"],
        lemmas=["Malian", "troop", "thank", "Chad", "."],
    )
    found = mentions_of(doc, doc.text)
    assert [(m.text, m.actor.actor_id, m.head) for m in found] == [
        ("Malian troops", "MLI.MIL", 1),
        ("Chad", "TCD", 3),
    ]


def test_the_lexicon_finds_the_longest_name_in_any_case_and_hyphenation() -> None:
    lexicon = load_lexicon()
    for words in (["Guinea", "-", "Bissau"], ["GUINEA", "BISSAU"], ["Guinea-Bissau"]):
        match = next(iter(lexicon.find(words)))
        assert (match.start, match.end, match.entries[0].key) == (0, len(words), "GNB")


@pytest.mark.weights
@pytest.mark.corpora
def test_the_first_report_speaks_of_whom_a_reader_would_say(seed_article: Path, language: Language) -> None:
    text = seed_article.read_text(encoding="utf-8")
    found = mentions_in(text, language, "2022-09-14")
    seen = {
        (mention.text.replace("’", "'"), mention.actor.country, mention.actor.sector) for mention in found
    }
    wanted = {
        ("Armenian Prime Minister Nikol Pashinyan", "ARM", "GOV"),
        ("105 Armenian servicemen", "ARM", "MIL"),
        ("Armenia's Defense Ministry", "ARM", "GOV"),
        ("Azerbaijani", "AZE", "GOV"),
        ("Baku", "AZE", "GOV"),
        ("Yerevan", "ARM", "GOV"),
        ("Armenian Deputy Foreign Minister Paruyr Hovhannisyan", "ARM", "GOV"),
        ("US Secretary of State Antony Blinken", "USA", "GOV"),
        ("US State Department Caucasus adviser Philip Reeker", "USA", "GOV"),
        ("EU Special Representative Toivo Klaar", "EUR", "GOV"),
        ("Russian agency Tass", "RUS", "JRN"),
        ("The CSTO", "IGO", None),
        ("Reuters", "GBR", "JRN"),
        ("Kyrgyz and Tajik border guards", "KGZ", "MIL"),
        ("Kyrgyz and Tajik border guards", "TJK", "MIL"),
        ("close ally Turkey", "TUR", "GOV"),
        ("French Foreign Minister Catherine Colonna", "FRA", "GOV"),
    }
    assert wanted <= seen
    assert "TBILISI" not in {mention.text for mention in found}
