"""A user's own actors: what a table may hold, what it does to a reading, and what is made of other coders' dictionaries."""

from pathlib import Path

import pytest
from spacy.language import Language

from counterclaim.errors import InputError
from counterclaim.importing.petrarch import read_petrarch
from counterclaim.pipeline import read_text
from counterclaim.read.actors import find_mentions, load_actors, read_phrases
from counterclaim.read.actors.own import COLUMNS, make_slug, write_rows
from counterclaim.read.parse import parse
from counterclaim.read.syntax import read_tree
from counterclaim.types import Actor, Article

TABLE = """\
# Made up for these tests.
name\tkind\tvariants\tcountry\tsector\tfrom\tuntil
Norland\tcountry\tNorlandic\tNLX
Ada Moor\tperson\t\tNLX\tGOV\t2010\t2014-11-09
Ada Moor\tperson\t\tNLX\tELI\t2014-11-10
Ada Moor\tperson\t\tNLX
Tern League\tbody\tTL;Ternists\tNLX\tREB
Georgia Southern\tnobody
harbour pilot\tagent\t\t\tBUS
minister\tagent\t\t\tELI
France\tbody\t\tIGO
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def actors_in(
    text: str, table: Path, language: Language, published: str | None = "2012-05-01"
) -> list[Actor]:
    tree = read_tree(parse(text, language))
    phrases = read_phrases(tree, load_actors(table), published)
    found = find_mentions(tree, phrases, Article(id="x", ref="x", text=text, published=published))
    return [mention.actor for mention in found]


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "actor_id", "country", "sector"),
    [
        ("Norland recalled its envoy.", "NLX", "NLX", "GOV"),
        ("Norlandic troops crossed the river.", "NLX.MIL", "NLX", "MIL"),
        ("Norland's Foreign Ministry denied it.", "NLX.GOV.MFA", "NLX", "GOV"),
        ("Ternists attacked the port.", "tern-league", "NLX", "REB"),
        ("The Tern League's fighters withdrew.", "tern-league", "NLX", "REB"),
        ("Harbour pilots of Norland went on strike.", None, "NLX", "BUS"),
        ("Norlandic Foreign Minister Ole Hart resigned.", None, "NLX", "GOV"),
        ("France rejected the plan.", "france", "IGO", None),
        ("Kenya rejected the plan.", "KEN", "KEN", "GOV"),
    ],
)
def test_own_actors_act_like_bundled_ones_and_go_before_them(
    text: str, actor_id: str | None, country: str, sector: str | None, table: Path, language: Language
) -> None:
    first = actors_in(text, table, language)[0]
    assert (first.actor_id, first.country, first.sector) == (actor_id, country, sector)


@pytest.mark.weights
@pytest.mark.parametrize(
    ("published", "sector"),
    [("2012-05-01", "GOV"), ("2014-11-09", "GOV"), ("2014-11-10", "ELI"), ("2003-01-01", None), (None, None)],
)
def test_the_line_whose_dates_hold_the_day_counts_and_one_without_dates_else(
    published: str | None, sector: str | None, table: Path, language: Language
) -> None:
    first = actors_in("Ada Moor spoke to parliament.", table, language, published)[0]
    assert (first.actor_id, first.country, first.sector) == ("ada-moor", "NLX", sector)


@pytest.mark.weights
def test_a_name_that_is_nobody_is_no_actor(table: Path, language: Language) -> None:
    assert actors_in("Georgia Southern won the game.", table, language) == []
    assert [actor.country for actor in actors_in("Georgia won the case.", table, language)] == ["GEO"]


@pytest.mark.weights
def test_a_title_keeps_its_grammar_and_takes_the_sector_given(table: Path, language: Language) -> None:
    first = actors_in("Kenyan Minister Ole Hart resigned.", table, language)[0]
    assert (first.country, first.sector) == ("KEN", "ELI")


@pytest.mark.weights
def test_the_table_is_part_of_the_signature_and_reaches_the_reading(table: Path, language: Language) -> None:
    text = "The Tern League killed two soldiers of Norland in the port on Monday."
    bare = read_text(text, language)
    own = read_text(text, language, actors=table)
    assert own.signature == f"{bare.signature} · actors {load_actors(table).digest}"
    assert "tern-league" in {mention.actor.actor_id for event in own.events for mention in event.actors}
    assert "tern-league" not in {mention.actor.actor_id for event in bare.events for mention in event.actors}


def test_a_changed_table_is_read_anew(table: Path) -> None:
    before = load_actors(table).digest
    table.write_text(TABLE + "Loon Front\tbody\t\tNLX\tREB\n", encoding="utf-8")
    assert load_actors(table).digest != before


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("\tbody\t\tKEN\tGOV", "the name is empty"),
        ("Tern\tband\t\tKEN\tGOV", "the kind 'band'"),
        ("Tern\tbody\t\tKenya\tGOV", "the country 'Kenya'"),
        ("Tern\tbody\t\tKEN\tARMY", "the sector 'ARMY'"),
        ("Tern\tbody\t\tKEN\tGOV\t5 May 2010", "'5 May 2010' is not a date"),
        ("Tern\tbody\t\tKEN\tGOV\t2012-02\t2011", "before it begins"),
        ("Tern\tbody\t\tKEN\tGOV\t\t\t\t", "Remove a tab"),
        ("Tern\tcountry", "needs its three letters"),
        ("tern\tagent", "needs a sector"),
    ],
)
def test_a_malformed_line_is_named_with_its_number(line: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(f"{TABLE}{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.tsv line 12: ") as raised:
        load_actors(path)
    assert wanted in str(raised.value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "is empty"),
        ("kind\tcountry\n", "no column 'name'"),
        ("name\tcolour\n", "no column 'colour'"),
        ("name\tname\n", "stands twice"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(text: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=wanted):
        load_actors(path)


def test_bytes_that_are_no_utf8_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_bytes(b"name\nTern\nB\xe9\n")
    with pytest.raises(InputError, match="line 3"):
        load_actors(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        load_actors(tmp_path / "none.tsv")


def test_the_columns_in_the_description_are_those_that_count() -> None:
    from counterclaim.read.actors import own

    told = {line.split("  ")[0].strip() for line in (own.__doc__ or "").split("\n    ")}
    assert set(COLUMNS) - told == {"other"}  # which stands beside sector


DICTIONARY = """\
<!-- Made up
for these tests -->
# a comment
!PERSON! = MAN, WOMAN
NORLAND_ [NLX] # 1
+NORLANDIC

ADA_MOOR # 2
+A._MOOR
\t[NLXGOV 20100104-141109]
\t[NLXELI >20141110]
\t[NLX]
OLD_NORLAND [NLO <991231]
TERN_LEAGUE_OF_NORLAND_(TLN)_ [NLXREB]
THE_GULL_ISLES [GUA/GUB]
WORLD_TERN_BODY [IGOTRN]
TERN_FIGHTERS [IMGMUS]
BOROGOVE [---]
HARBOUR_PILOT {} [~BUS]
DEPUTY_GOOSE {DEPUTY_GEESE} [~GOVMED]
FISHER!PERSON! [~AGR]
TERN_WATCH [NGO~]
TERN_SINGER [~TSI]
"""


def test_petrarch_lines_become_lines_of_the_table() -> None:
    rows, problems = read_petrarch(DICTIONARY.split("\n"))
    assert problems == ()
    assert "\n".join(write_rows(rows)).split("\n")[1:] == [
        "Norland\tNLX\tcountry\tNorlandic\tNLX\t\t\t\t\tNLX",
        "Ada Moor\tada-moor\tperson\tA. Moor\tNLX\tGOV\t\t2010-01-04\t2014-11-09\tNLXGOV",
        "Ada Moor\tada-moor\tperson\tA. Moor\tNLX\tELI\t\t2014-11-10\t\tNLXELI",
        "Ada Moor\tada-moor\tperson\tA. Moor\tNLX\t\t\t\t\tNLX",
        "Old Norland\tNLO\tcountry\t\tNLO\t\t\t\t1999-12-30\tNLO",
        "Tern League of Norland\ttern-league-of-norland\tbody\tTLN\tNLX\tREB\t\t\t\tNLXREB",
        "Gull Isles\tgull-isles\tcountry\t\tGUA\t\t\t\t\tGUA/GUB",
        "Gull Isles\tgull-isles\tcountry\t\tGUB\t\t\t\t\tGUA/GUB",
        "World Tern Body\tworld-tern-body\tbody\t\tIGO\t\t\t\t\tIGOTRN",
        "Tern Fighters\ttern-fighters\tbody\t\tIMG\tREB\tREL\t\t\tIMGMUS",
        "Borogove\tborogove\tnobody\t\t\t\t\t\t\t---",
        "harbour pilot\tharbour-pilot\tagent\t\t\tBUS\t\t\t\t~BUS",
        "deputy goose\tdeputy-goose\tagent\tdeputy geese\t\tGOV\tJRN\t\t\t~GOVMED",
        "fisherman\tfisherman\tagent\tfisherwoman\t\tAGR\t\t\t\t~AGR",
        "tern watch\ttern-watch\tagent\t\t\tNGO\t\t\t\tNGO~",
        "tern singer\ttern-singer\tagent\t\t\tUNK\t\t\t\t~TSI",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("TERN [NLX", "a bracket is not closed"),
        ("TERN [~NLX}", "a bracket is not closed"),
        ("TERN [N X]", "is no code of an actor"),
        ("TERN [NLX 2010]", "is no date"),
        ("TERN [NLX >20101399]", "there is no day"),
        ("TERN [NLX 20110101-20100101]", "before it begins"),
        ("TERN!BIRD! [~AGR]", "is not defined above"),
        ("TERN [~agr]", "is no code of an agent"),
        ("+TERN", "no actor above"),
        ("\t[NLX]", "no actor above"),
        ("TERN", "has no code"),
        ("12_34 [NLX]", "is no name"),
    ],
)
def test_a_malformed_dictionary_line_is_told_with_its_number(line: str, reason: str) -> None:
    rows, problems = read_petrarch(["# head", line, "NORLAND [NLX]"])
    assert [row.name for row in rows] == ["Norland"]
    assert [problem.line for problem in problems] == [2]
    assert reason in problems[0].reason


@pytest.mark.weights
def test_an_imported_dictionary_codes_what_it_was_made_for(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "own.tsv"
    rows, _ = read_petrarch(DICTIONARY.split("\n"))
    path.write_text("\n".join(write_rows(rows)), encoding="utf-8")
    text = "Harbour pilots of the Gull Isles, Fisherwomen from Norland and Ada Moor met TLN fighters."
    codes = {(actor.country, actor.sector) for actor in actors_in(text, path, language)}
    assert {("NLX", "GOV"), ("NLX", "REB")} <= codes


@pytest.mark.weights
def test_a_name_with_two_codes_is_two_actors(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "own.tsv"
    rows, _ = read_petrarch(DICTIONARY.split("\n"))
    path.write_text("\n".join(write_rows(rows)), encoding="utf-8")
    found = actors_in("The Gull Isles rejected the treaty.", path, language)
    assert [actor.country for actor in found] == ["GUA", "GUB"]


def test_a_slug_is_made_of_plain_letters() -> None:
    assert make_slug("Şükrü & Söhne/İzmir") == "sukru-sohne-izmir"
