"""What surrounds a report goes, with its reason; the report stays, to the last word."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from counterclaim.gather.clean import clean_paragraphs, find_clutter, find_tail
from counterclaim.gather.paragraphs import split_paragraphs

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent.parent / "cases" / "clutter.tsv")
    .read_text(encoding="utf-8")
    .split("\n")
    if line and not line.startswith(("#", "reason\t"))
]
BODY = (
    "The army said on Monday that it had retaken the town of Barsa from the rebels.",
    "Residents reported shelling through the night, and the hospital took in twenty wounded.",
    "A spokesman for the rebels denied that they had lost the town.",
)


def reasons(cleaned):
    return [drop.reason for drop in cleaned.dropped]


@pytest.mark.parametrize(("reason", "passage"), CASES, ids=[case[1] for case in CASES])
def test_a_passage_is_left_out_for_its_reason_or_stays(reason, passage):
    row = find_clutter(passage)
    assert (row["reason"] if row else "") == reason


def test_a_report_without_clutter_loses_nothing():
    cleaned = clean_paragraphs(BODY)
    assert cleaned.body == BODY
    assert cleaned.dropped == ()


def test_the_headline_of_a_text_becomes_its_title():
    cleaned = clean_paragraphs(("Army retakes Barsa", *BODY))
    assert cleaned.title == "Army retakes Barsa"
    assert cleaned.body == BODY
    assert cleaned.dropped == ()


def test_the_only_line_of_a_text_is_its_body_even_without_a_full_stop():
    cleaned = clean_paragraphs(("Fighting broke out near Barsa on Monday",))
    assert cleaned.title is None
    assert cleaned.body == ("Fighting broke out near Barsa on Monday",)


@pytest.mark.parametrize(
    "again", ["Army retakes Barsa", "ARMY RETAKES BARSA", "Army retakes Barsa | The Valley Post"]
)
def test_a_headline_the_page_already_told_is_dropped_from_the_text(again):
    cleaned = clean_paragraphs((again, *BODY), title="Army retakes Barsa")
    assert cleaned.body == BODY
    assert reasons(cleaned) == ["duplicate_headline"]


def test_summary_points_above_the_report_are_dropped_and_lists_within_it_stay():
    points = ("• Army retakes Barsa", "• Rebels deny it")
    cleaned = clean_paragraphs((*points, *BODY, "• twenty wounded", "• two bridges down"))
    assert reasons(cleaned) == ["summary_points"] * 2
    assert cleaned.body == (*BODY, "• twenty wounded", "• two bridges down")


def test_a_standfirst_between_headline_and_dateline_is_part_of_the_report():
    lines = ("Army retakes Barsa", "Rebels deny losing the town", "MORENA (AP) — " + BODY[0], *BODY[1:])
    cleaned = clean_paragraphs(lines, title="Army retakes Barsa")
    assert reasons(cleaned) == ["duplicate_headline", "dateline"]
    assert cleaned.body == ("Rebels deny losing the town", *BODY)


@pytest.mark.parametrize("line", ["Sahel dispatches", " ".join(BODY[0].split()[:6])])
def test_a_section_s_name_or_a_copy_of_the_lead_above_the_dateline_is_none(line):
    lines = ("Army retakes Barsa", line, "MORENA (AP) — " + BODY[0], *BODY[1:])
    cleaned = clean_paragraphs(lines, title="Army retakes Barsa")
    assert reasons(cleaned) == ["duplicate_headline", "deck", "dateline"]
    assert cleaned.body == BODY


def test_a_dateline_on_its_own_line_leaves_the_text_whole():
    cleaned = clean_paragraphs(("MORENA, March 3 (AP) —", *BODY))
    assert cleaned.body == BODY
    assert cleaned.dateline is not None
    assert cleaned.dateline.place == "MORENA"


def test_the_dateline_of_a_second_story_goes_too_and_the_first_is_the_articles():
    second = "LIMA (AFP) – Miners blocked the road to the coast on Monday."
    cleaned = clean_paragraphs(("MORENA (AP) — " + BODY[0], *BODY[1:], second))
    assert cleaned.dateline is not None
    assert cleaned.dateline.place == "MORENA"
    assert cleaned.agency == "Associated Press"
    assert cleaned.body[-1] == "Miners blocked the road to the coast on Monday."


def test_a_place_before_a_dash_within_the_report_is_no_dateline():
    line = "BARSA – the name means spring – lies on the river."
    assert clean_paragraphs((*BODY, line)).body == (*BODY, line)


def test_a_tail_is_cut_off_the_paragraph_it_hangs_on():
    cleaned = clean_paragraphs((BODY[0] + " Read more", *BODY[1:]))
    assert cleaned.body == BODY
    assert [(drop.text, drop.reason) for drop in cleaned.dropped] == [("Read more", "read_more")]


def test_two_tails_are_kept_in_the_order_of_the_page():
    cleaned = clean_paragraphs((BODY[0] + " (AFP) Read more", *BODY[1:]))
    assert [drop.text for drop in cleaned.dropped] == ["(AFP)", "Read more"]
    assert cleaned.agency == "Agence France-Presse"


def test_headlines_under_a_heading_of_related_stories_go_with_it():
    cleaned = clean_paragraphs(
        (*BODY[:2], "Related stories", "Ferry strike enters second day", "Museum reopens", BODY[2])
    )
    assert cleaned.body == BODY
    assert reasons(cleaned) == ["related"] * 3


def test_everything_after_the_authors_heading_goes():
    cleaned = clean_paragraphs((*BODY, "About Ana Ruiz", "Check Also", "Shares rose sharply in early trade."))
    assert cleaned.body == BODY
    assert reasons(cleaned) == ["about_author"] * 3


def test_a_heading_within_the_report_takes_nothing_with_it():
    cleaned = clean_paragraphs((BODY[0], "About Barsa", *BODY[1:]))
    assert cleaned.body == (BODY[0], "About Barsa", *BODY[1:])


def test_what_is_said_of_the_author_below_the_report_goes_and_of_others_stays():
    bio = "Ana Ruiz is a reporter who covers the valley."
    assert clean_paragraphs(("By Ana Ruiz", *BODY, bio)).body == BODY
    assert clean_paragraphs(("By Jan de Vries", *BODY, bio)).body == (*BODY, bio)


def test_a_paragraph_printed_twice_counts_once_but_short_answers_may_come_back():
    cleaned = clean_paragraphs((*BODY, BODY[0], "Yes.", "Yes.", "MINISTER:", "MINISTER:"))
    assert cleaned.body == (*BODY, "Yes.", "Yes.", "MINISTER:", "MINISTER:")
    assert reasons(cleaned) == ["repeated"]


def test_authors_are_reporters_not_editors():
    credit = "Reporting by Ana Ruiz in Barsa and JAN DE VRIES; Writing by Li Wei; Editing by Mary Cole"
    assert clean_paragraphs((*BODY, credit)).authors == ("Ana Ruiz", "Jan De Vries", "Li Wei")


@pytest.mark.parametrize(
    "line",
    [
        "By The Associated Press",
        "Source: AP",
        "By Ana Ruiz, Associated Press",
        "Copyright 2021 The Associated Press.",
    ],
)
def test_an_agency_is_read_off_a_credit_where_no_dateline_names_one(line):
    assert clean_paragraphs((line, *BODY)).agency == "Associated Press"


def test_a_byline_before_the_dateline_is_taken_off_with_it():
    cleaned = clean_paragraphs(("By Ana Ruiz / MORENA (AFP) - " + BODY[0], *BODY[1:]))
    assert cleaned.body == BODY
    assert (cleaned.authors, cleaned.agency) == (("Ana Ruiz",), "Agence France-Presse")


def test_a_stamp_below_the_report_counts_only_if_it_says_published():
    assert clean_paragraphs((*BODY, "Published in Dawn, March 5th, 2021")).stamps == (
        "Published in Dawn, March 5th, 2021",
    )
    assert clean_paragraphs((*BODY, "March 5, 2021")).stamps == ()


def test_a_picture_credit_names_no_agency():
    assert clean_paragraphs((*BODY, "Photo: Ana Ruiz/Reuters", "(Getty Images)")).agency is None


# --- for any text ---------------------------------------------------------------------------------

PASSAGES = st.one_of(
    st.sampled_from([case[1] for case in CASES]),
    st.sampled_from(BODY),
    st.sampled_from(
        [
            "LIMA, March 3 (AFP) –",
            "LIMA (AFP) – Two guards died.",
            "• Two dead",
            "About Ana Ruiz",
            "Army wins",
        ]
    ),
    st.text(max_size=80),
)


def words(text):
    return re.findall(r"\w+", text)


@given(st.lists(PASSAGES, max_size=12), st.none() | st.sampled_from(["Army wins", "Two guards died"]))
def test_every_word_is_in_the_body_the_title_or_what_was_dropped(passages, title):
    paragraphs = split_paragraphs("\n\n".join(passages))
    cleaned = clean_paragraphs(paragraphs, title=title)
    told = [*cleaned.body, *(drop.text for drop in cleaned.dropped)]
    if title is None and cleaned.title:
        told.append(cleaned.title)
    assert sorted(words(" ".join(told))) == sorted(words(" ".join(paragraphs)))


@settings(max_examples=200)
@given(st.lists(PASSAGES, min_size=1, max_size=12))
@example(
    ["Army wins", "LIMA (AFP) – (AP) – Two guards died on the bridge.", "Related stories", "Museum reopens"]
)
@example(
    [
        *(["Leave a comment"] * 2 + ["• Two dead"] * 8),
        "The army said on Monday that it had retaken the town of Barsa from the rebels.",
    ]
)
def test_cleaning_what_is_clean_changes_nothing(passages):
    once = clean_paragraphs(split_paragraphs("\n\n".join(passages)))
    again = clean_paragraphs(once.body, title=once.title or "Some other headline altogether")
    assert again.body == once.body


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "A ",
        "AND Ana, ",
        "Reporting by Ana; ",
        "share ",
        ". Read more ",
        "(AP/",
        "– ",
        "9:05 AM ",
        "1",
        "\u00a0",
    ],
)
def test_a_line_of_a_megabyte_takes_no_time(piece):
    line = piece * (1_000_000 // len(piece))
    started = time.perf_counter()
    clean_paragraphs(split_paragraphs(line))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "piece", ["A ", "AND ", "Ana/", "Reporting by Ana; ", "share", "9:05 AM ", "(Ana/", "cookies we use "]
)
def test_a_short_line_made_to_confuse_takes_no_time(piece):
    started = time.perf_counter()
    for ending in ("", "!x zz.", ")"):
        line = (piece * 700)[:690] + ending
        find_clutter(line)
        find_tail("It ended. " + line[:500])
    assert time.perf_counter() - started < 5
