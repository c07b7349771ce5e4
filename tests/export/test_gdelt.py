"""GDELT 2.0: 61 and 16 columns without a header, a line for each pair of parties and for each telling of it."""

import pytest

from counterclaim.export import gdelt
from counterclaim.export.cameo import Codebook
from tests.export.fusing import Written
from tests.handmade import count, report, tell, when, where, who

EVENTS = (
    "GLOBALEVENTID SQLDATE MonthYear Year FractionDate "
    "Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code "
    "Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code "
    "Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code "
    "Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code "
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources "
    "NumArticles AvgTone "
    "Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code "
    "Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID "
    "Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code "
    "Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID "
    "ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code "
    "ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL"
).split()
MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
    "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
    "MentionDocTranslationInfo Extras"
).split()

SWEDEN = who("Sweden", "SWE", "MIL", actor_id="SWE.MIL")
NORWAY = who("Norway", "NOR", "GOV", actor_id="NOR")
FINLAND = who("Finland", "FIN", "MIL", actor_id="FIN.MIL")
VASK = where("Vask", "NOR", 60.1, 10.2, admin1="Viken", geonameid=11)
MONDAY = when("Monday", "2024-05-06")
TEXT = "Rain fell. On Monday Sweden and Finland shelled Vask in Norway."


def write(*reports, **options):
    return Written(gdelt.write, gdelt.COLUMNS, reports, header=False, **options)


def write_mentions(*reports):
    return Written(gdelt.write_mentions, gdelt.MENTION_COLUMNS, reports, header=False)


def shelling(*, actors=(SWEDEN,), text=TEXT, **known):
    known.setdefault("published", "2024-05-07")
    told = tell(
        "ASSAULT",
        "shelled",
        actors=actors,
        recipients=[NORWAY],
        modes=["heavy-weapons"],
        date=MONDAY,
        place=VASK,
    )
    return report(text, told, **known)


def test_the_columns_are_those_of_the_codebook():
    assert tuple(EVENTS) == gdelt.COLUMNS
    assert tuple(MENTIONS) == gdelt.MENTION_COLUMNS
    assert (len(EVENTS), len(MENTIONS)) == (61, 16)


def test_nothing_is_written_for_no_events_not_even_a_header():
    assert (write().text, write_mentions().text) == ("", "")


def test_an_event_fills_its_columns():
    row = write(shelling(url="https://post.example/1?a=b;c")).row
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20240506",
        "202405",
        "2024",
        "2024.3452",
    )
    assert (row["Actor1Code"], row["Actor1Name"], row["Actor1CountryCode"], row["Actor1Type1Code"]) == (
        "SWEMIL",
        "SWEDEN",
        "SWE",
        "MIL",
    )
    assert row["Actor2Code"] == "NORGOV"
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("194", "194", "19")
    assert (row["QuadClass"], row["GoldsteinScale"], row["IsRootEvent"]) == ("4", "-10.0", "1")
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"], row["AvgTone"]) == ("1", "1", "1", "")
    assert row["ActionGeo_Type"] == "4"
    assert row["ActionGeo_FullName"] == "Vask, Viken, Norway"
    assert (row["ActionGeo_CountryCode"], row["ActionGeo_Lat"], row["ActionGeo_Long"]) == (
        "NO",
        "60.1",
        "10.2",
    )
    assert (row["Actor1Geo_Type"], row["Actor1Geo_FullName"]) == ("0", "")
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("20240507000000", "https://post.example/1?a=b;c")


def test_codes_are_text_with_their_leading_zeros():
    call = report(TEXT, tell("CONSULT", "fell", actors=[SWEDEN, NORWAY], modes=["phone"]))
    row = write(call).row
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"]) == ("041", "04", "1")


def test_several_parties_are_a_row_each_pair_and_noted():
    written = write(shelling(actors=[SWEDEN, FINLAND]))
    assert [(row["Actor1CountryCode"], row["Actor2CountryCode"]) for row in written.rows] == [
        ("FIN", "NOR"),
        ("SWE", "NOR"),
    ]
    assert len({row["GLOBALEVENTID"] for row in written.rows}) == 2
    assert written.losses["list of parties written as a row for each pair: rows added"] == "1"


def test_a_clash_is_one_row_and_not_one_for_each_direction():
    clash = report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN, NORWAY], date=MONDAY))
    row = write(clash).row
    assert (row["Actor1CountryCode"], row["Actor2CountryCode"], row["EventCode"]) == ("NOR", "SWE", "190")


def test_copies_of_one_story_are_articles_but_one_source():
    text = TEXT + " " + " ".join(f"Sentence {number} tells more of the day." for number in range(30))
    written = write(
        shelling(text=text, url="https://a.example/1", outlet="A"),
        shelling(text=text, url="https://b.example/1", outlet="B", published="2024-05-08"),
    )
    assert (written.row["NumArticles"], written.row["NumSources"]) == ("2", "1")
    assert written.row["SOURCEURL"] == "https://a.example/1"


def test_ids_stay_when_articles_join():
    first = write(shelling(url="https://a.example/1"))
    later = write(
        shelling(url="https://a.example/1"),
        shelling(text="Sweden's guns shelled Vask in Norway on Monday.", url="https://c.example/2"),
    )
    assert later.row["NumArticles"] == "2"
    assert first.row["GLOBALEVENTID"] == later.row["GLOBALEVENTID"]


@pytest.mark.parametrize(
    ("place", "kind", "adm1", "feature"),
    [
        (where("Vask", "NOR", 1.0, 2.0, precision="country", name="Norway"), "1", "NO", "NO"),
        (where("Vask", "NOR", 1.0, 2.0, precision="province"), "5", "", ""),
        (where("Vask", "USA", 1.0, 2.0, precision="province", name="Texas"), "2", "USTX", "USTX"),
        (where("Vask", "USA", 1.0, 2.0, admin1="Texas"), "3", "USTX", ""),
        (where("Vask", None, 1.0, 2.0, precision="province"), "0", "", ""),
    ],
)
def test_places_are_coded_by_type(place, kind, adm1, feature):
    told = report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], place=place))
    row = write(told).row
    found = (row["ActionGeo_Type"], row["ActionGeo_ADM1Code"], row["ActionGeo_FeatureID"])
    assert found == (kind, adm1, feature)


@pytest.mark.parametrize(
    ("start", "end", "cells"),
    [
        ("2024-05-06", "2024-05-08", ("20240506", "202405", "2024")),
        ("2024-05-01", "2024-05-31", ("", "202405", "2024")),
        ("2024-01-01", "2024-12-31", ("", "", "2024")),
        ("2023-12-01", "2024-01-31", ("", "", "")),
        ("0025-05-06", "0025-05-06", ("00250506", "002505", "0025")),
    ],
)
def test_dates_are_written_as_far_as_they_are_certain(start, end, cells):
    told = report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], date=when("Monday", start, end)))
    row = write(told).row
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == cells


@pytest.mark.parametrize(
    ("actor", "code", "country", "group", "kind"),
    [
        (who("Sweden", "ROU", "GOV", name="Romania"), "ROMGOV", "ROM", "", "GOV"),
        (who("Sweden", "UNO", None, actor_id="UNHCR"), "IGOHCR", "", "HCR", "IGO"),
        (who("Sweden", "EUR", None, actor_id="EUR"), "IGOEEC", "", "EEC", "IGO"),
        (who("Sweden", "LBN", "REB", actor_id="hezbollah"), "LBNHEZREB", "LBN", "HEZ", "REB"),
        (who("Sweden", "SWE", "JRN"), "SWEMED", "SWE", "", "MED"),
        (who("Sweden", None, "REL"), "", "", "", ""),
    ],
)
def test_actors_have_cameos_codes(actor, code, country, group, kind):
    row = write(report(TEXT, tell("ACCUSE", "shelled", actors=[actor]))).row
    found = (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1KnownGroupCode"], row["Actor1Type1Code"])
    assert found == (code, country, group, kind)


def test_later_paragraphs_are_no_root_events():
    told = shelling(text="Rain fell on the city.\n\nOn Monday Sweden and Finland shelled Vask in Norway.")
    assert write(told).row["IsRootEvent"] == "0"


def test_mentions_join_their_event_and_say_where_in_the_text():
    reports = [
        shelling(url="https://www.post.example/1"),
        shelling(text="Sweden shelled Vask in Norway on Monday."),
    ]
    event, mentions = write(*reports).row, write_mentions(*reports).rows
    assert {row["GLOBALEVENTID"] for row in mentions} == {event["GLOBALEVENTID"]}
    assert len(mentions) == int(event["NumMentions"]) == 2
    web = next(row for row in mentions if row["MentionType"] == "1")
    assert (web["MentionSourceName"], web["MentionIdentifier"]) == (
        "post.example",
        "https://www.post.example/1",
    )
    assert (web["SentenceID"], web["ActionCharOffset"]) == ("2", str(TEXT.index("shelled")))
    assert web["Actor1CharOffset"] == str(TEXT.index("Sweden"))
    assert (web["InRawText"], web["Confidence"], web["MentionDocLen"]) == ("1", "100", str(len(TEXT)))


def test_an_article_without_an_address_is_cited():
    row = write_mentions(shelling(outlet="Vask Post", title='Guns\tand "rain"', ref="file")).row
    assert row["MentionType"] == "2"
    assert row["MentionIdentifier"] == "Vask Post, Guns and ''rain'', 2024-05-07"
    assert row["MentionSourceName"] == "Vask Post"


def test_who_is_not_in_a_telling_has_no_offset_there():
    reports = [
        shelling(url="a"),
        report(
            "Guns shelled Vask on Monday.",
            tell("ASSAULT", "shelled", date=MONDAY, place=VASK, modes=["heavy-weapons"]),
            url="b",
            published="2024-05-07",
        ),
    ]
    rows = write_mentions(*reports).rows
    assert sorted(row["Actor1CharOffset"] for row in rows) == ["-1", str(TEXT.index("Sweden"))]


def test_the_codebook_decides_what_goes_back_to_cameo():
    sanction = report(
        TEXT, tell("SANCTION", "shelled", actors=[SWEDEN], modes=["discontinue"], contexts=["economic"])
    )
    assert write(sanction).row["EventCode"] == "163"
    assert write(sanction, codebook=Codebook(table="published")).row["EventCode"] == "160"


def test_the_losses_tell_of_claimants_tolls_and_tone():
    told = report(
        TEXT,
        tell(
            "ASSAULT",
            "shelled",
            actors=[SWEDEN],
            by=NORWAY,
            counts=[count("Rain", "dead", 5, victims=who("Norway", "NOR", "MIL"))],
        ),
    )
    losses = write(told).losses
    assert losses["toll dropped"] == "1"
    assert losses["claimant of an event dropped"] == "1"
    assert losses["tone: not measured"] == "1"
    assert losses["date unknown: left empty"] == "1"


def test_the_same_events_give_the_same_bytes():
    assert write(shelling()).text == write(shelling()).text
    assert write_mentions(shelling()).text == write_mentions(shelling()).text
