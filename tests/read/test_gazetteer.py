"""The gazetteer's file: compiled from a small dump in the shape of GeoNames' own, and opened in place of the bundled one."""

import zipfile

import pytest

from counterclaim.errors import InputError
from counterclaim.importing.compiler import Compiler, Listed
from counterclaim.importing.geonames import Sources, compile_dump
from counterclaim.read.places.gazetteer import Gazetteer, load_gazetteer, open_gazetteer


def line(number, name, lat, lon, kind, feature, country, first="", population=0, others="", plain=""):
    cells = [
        number,
        name,
        plain or name,
        others,
        lat,
        lon,
        kind,
        feature,
        country,
        "",
        first,
        "",
        "",
        "",
        population,
    ]
    return "\t".join(map(str, [*cells, "", 100, "Asia/Yerevan", "2024-01-01"]))


# Villages, divisions and sites made up for this test, in two countries; GeoNames lists by id, divisions anywhere.
DUMP = [
    line(11, "Vosketap", 39.41, 46.12, "P", "PPL", "AM", "08", 140),
    line(12, "Tashirabad", 39.5, 46.0, "P", "PPL", "AM", "08", 5200, "Tashir-Abad,Ташир,TSH,Tashirabat"),
    line(13, "Qaryat Wadi Rim", 14.9, 44.1, "P", "PPL", "YE", "26", 0, "Qarya"),
    line(14, "Vosketap Creek", 39.4, 46.1, "H", "STM", "AM", "08"),
    line(15, "Vosketap Airport", 39.42, 46.13, "S", "AIRP", "AM", "08"),
    line(16, "Republic of Armenia", 40.0, 45.0, "A", "PCLI", "AM"),
    line(17, "Nowhere", 1.0, 1.0, "P", "PPL", ""),
    line(18, "Syunik’i Marz", 39.3, 46.2, "A", "ADM1", "AM", "08", 150_000),
    line(19, "Muḩāfaz̧at Ma’rib", 15.5, 45.3, "A", "ADM1", "YE", "26", 240_000, plain="Muhafazat Ma'rib"),
    line(20, "Kharavi Yerkir", 39.0, 45.0, "A", "ADM1", "AM", "77", 900),
    line(22, "Harav", 39.01, 45.01, "P", "PPL", "AM", "77", 900),
]


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("allCountries.txt", "\n".join(DUMP) + "\n")
    return path


def build(path, **others):
    target = path.with_name("made.sqlite")
    steps = []
    compile_dump(Sources(path, **others), target, lambda step, done, size: steps.append((step, done, size)))
    return target, steps


@pytest.fixture
def made(dump):
    return open_gazetteer(build(dump)[0])


def test_villages_of_the_dump_are_found_with_id_and_division(made):
    (village,) = made.find("vosketap")
    assert (village.geonameid, village.country, village.admin1, village.population) == (
        11,
        "ARM",
        "Syunik",
        140,
    )


def test_a_division_is_called_what_our_own_tables_call_it(made):
    (village,) = made.find("qaryat wadi rim")
    assert village.admin1 == "Marib"


def test_a_division_lies_in_itself(made):
    division = next(entry for entry in made.find("syunik") if entry.feature == "ADM1")
    assert (division.admin1, division.geonameid) == ("Syunik", 18)


def test_sites_are_taken_and_streams_and_countries_are_not(made):
    assert [entry.feature for entry in made.find("vosketap airport")] == ["AIRP"]
    assert made.find("vosketap creek") == ()
    assert [entry.rule for entry in made.find("republic of armenia")] == ["places/countries/ARM"]


def test_a_place_of_no_known_country_is_left_out(made):
    assert made.find("nowhere") == ()


def test_other_names_of_towns_are_kept_in_latin_letters_only(made):
    assert [entry.alternate for entry in made.find("tashirabat")] == [True]
    assert made.find("tsh") == ()
    assert made.find("qarya") == ()


def test_names_of_arabic_script_are_found_by_sound(made):
    assert [entry.name for entry in made.find_alike("qariat wady rym")] == ["Qaryat Wadi Rim"]


def test_english_names_make_a_place_known_under_them(dump):
    names = dump.with_name("alternateNamesV2.txt")
    rows = [
        "1\t11\ten\tGoldmeadow\t1\t\t\t",
        "2\t11\ten\tOld Goldmeadow\t\t\t\t1",
        "3\t11\tru\tZolotoe\t1\t\t\t",
        "4\t999\ten\tElsewhere\t1\t\t\t",
    ]
    names.write_text("\n".join(rows), encoding="utf-8")
    made = open_gazetteer(build(dump, names=names)[0])
    assert [(entry.name, entry.alternate) for entry in made.find("goldmeadow")] == [("Goldmeadow", False)]
    assert [entry.alternate for entry in made.find("old goldmeadow")] == [True]
    assert made.find("zolotoe") == ()


def test_the_list_of_divisions_names_them_in_english(dump):
    divisions = dump.with_name("admin1CodesASCII.txt")
    divisions.write_text("AM.77\tSouthern Gate Province\tSouthern Gate Province\t20\n", encoding="utf-8")
    made = open_gazetteer(build(dump, divisions=divisions)[0])
    assert made.find("harav")[0].admin1 == "Southern Gate"


def test_a_country_newer_than_this_version_is_taken_from_its_list(dump):
    countries = dump.with_name("countryInfo.txt")
    countries.write_text("#ISO\tISO3\nZZ\tZZZ\t999\n", encoding="utf-8")
    newer = dump.with_name("newer.txt")
    newer.write_text(line(21, "Zedtown", 1.0, 2.0, "P", "PPL", "ZZ", "", 900) + "\n", encoding="utf-8")
    made = open_gazetteer(build(newer, countries=countries)[0])
    assert [entry.country for entry in made.find("zedtown")] == ["ZZZ"]


def test_the_same_dump_gives_the_same_bytes(dump):
    once = build(dump)[0].read_bytes()
    assert build(dump)[0].read_bytes() == once


def test_a_plain_text_file_is_read_like_the_zip(dump, made):
    plain = dump.with_name("AM.txt")
    plain.write_text("\n".join(DUMP), encoding="utf-8")
    assert open_gazetteer(build(plain)[0]).about["hash"] == made.about["hash"]


def test_what_is_read_is_told_to_the_end(dump):
    _, steps = build(dump)
    done = {step: done == size for step, done, size in steps}
    assert done == {"divisions": True, "places": True, "sorting": True}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("12\tOnly three\tcells", "line 2: 3 cells"),
        (line("x1", "Badid", 1.0, 2.0, "P", "PPL", "AM"), "line 2: invalid literal"),
        (line(31, "Badlat", "north", 2.0, "P", "PPL", "AM"), "line 2: could not convert"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_left_behind(tmp_path, bad, says):
    path = tmp_path / "AM.txt"
    path.write_text(f"{DUMP[0]}\n{bad}\n", encoding="utf-8")
    (tmp_path / "made.sqlite").write_bytes(b"what was there before")
    with pytest.raises(InputError, match=says):
        build(path)
    assert (tmp_path / "made.sqlite").read_bytes() == b"what was there before"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["AM.txt", "made.sqlite"]


def test_a_zip_without_the_table_says_so(tmp_path):
    path = tmp_path / "AM.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(InputError, match=r"holds no AM\.txt"):
        build(path)


def test_a_file_that_names_no_place_makes_no_gazetteer(tmp_path):
    path = tmp_path / "AM.txt"
    path.write_text(line(16, "Armenia", 40.0, 45.0, "A", "PCLI", "AM"), encoding="utf-8")
    with pytest.raises(InputError, match="names no place"):
        build(path)


def test_a_gazetteer_half_made_leaves_nothing(tmp_path):
    with Compiler(tmp_path / "made.sqlite", "nobody") as compiler:
        compiler.add(Listed(1, "Somewhere", 1.0, 2.0, "ARM", "PPL", 10))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_says_so(tmp_path):
    with pytest.raises(InputError, match="Cannot write"):
        Compiler(tmp_path / "missing" / "made.sqlite", "nobody")


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but longer than the header of one " * 9, encoding="utf-8")
    with pytest.raises(InputError, match="is no gazetteer"):
        open_gazetteer(path)


def test_the_setting_chooses_the_gazetteer(dump, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_GAZETTEER", str(build(dump)[0]))
    load_gazetteer.cache_clear()
    try:
        assert isinstance(load_gazetteer(), Gazetteer)
        assert load_gazetteer().find("vosketap")
        monkeypatch.setenv("COUNTERCLAIM_GAZETTEER", str(dump.with_name("gone.sqlite")))
        load_gazetteer.cache_clear()
        with pytest.raises(InputError, match="There is no gazetteer"):
            load_gazetteer()
    finally:
        load_gazetteer.cache_clear()


def test_the_bundled_gazetteer_credits_geonames_and_has_ids_for_us_states_and_countries():
    gazetteer = load_gazetteer()
    assert "GeoNames" in gazetteer.about["credit"]
    assert [e.geonameid for e in gazetteer.find("ohio") if e.feature == "ADM1"] == [5165418]
    assert [e.geonameid for e in gazetteer.find("armenia") if e.is_country] == [174982]


@pytest.mark.parametrize(
    ("division", "town"),
    [
        ("aleppo governorate", "manbij"),
        ("belgorod oblast", "shebekino"),
        ("kaduna state", "zaria"),
        ("jilin", "changchun"),
    ],
)
def test_a_division_and_its_towns_agree_on_its_name(division, town):
    gazetteer = load_gazetteer()
    outer = next(entry for entry in gazetteer.find(division) if entry.feature == "ADM1")
    assert outer.admin1 in {entry.admin1 for entry in gazetteer.find(town) if entry.country == outer.country}
