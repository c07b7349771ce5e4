"""When an article was published, on the best authority there is; never a guess unmarked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.gather.published import find_published, find_year, read_date, read_url_date

PINNED = (
    "Troops crossed the river on Wednesday, a day after shelling in which dozens died.",
    "Tuesday's shelling was the worst since the 2020 war. A truce was signed in November 2020.",
)


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2022-09-14", "2022-09-14"),
        ("2022-09-14T23:30:00-04:00", "2022-09-14"),
        ("20220914", "2022-09-14"),
        ("Wed, 14 Sep 2022 10:00:00 +0000", "2022-09-14"),
        ("September 14, 2022", "2022-09-14"),
        ("Sept. 14, 2022", "2022-09-14"),
        ("SEPT 14, 2022", "2022-09-14"),
        ("14 September 2022", "2022-09-14"),
        ("14th of September, 2022", "2022-09-14"),
        ("6 APR 90", "1990-04-06"),
        ("Published: 9:20 AM EDT, Wed. June 3, 2020", "2020-06-03"),
        ("14.9.2022", "2022-09-14"),
        ("9/14/2022", "2022-09-14"),
        ("14/9/2022", "2022-09-14"),
        ("3/4/2021", None),
        ("4/4/2021", "2021-04-04"),
        ("Sept 14", None),
        ("May 3 8:15", None),
        ("February 30, 2021", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_full_date_is_read_and_a_partial_or_ambiguous_one_is_not(printed, iso):
    assert read_date(printed) == iso


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://post.example/world/2021/05/03/story", "2021-05-03"),
        ("https://post.example/2021-05-03-story.html", "2021-05-03"),
        ("https://post.example/story_20210503.html", "2021-05-03"),
        ("https://post.example/2021/05/story", None),
        ("https://post.example/story-123456789", None),
        (None, None),
    ],
)
def test_a_date_is_read_off_an_address(url, iso):
    assert read_url_date(url) == iso


def known(**changes):
    sources = {
        "given": "2021-01-01",
        "metadata": "2021-01-02",
        "url": "https://post.example/2021/01/03/x",
        "stamps": ("Updated January 5, 2021", "January 4, 2021"),
        "dateline": "January 6, 2021",
        "has_agency": True,
        "body": PINNED,
    }
    return find_published(**(sources | changes))


def test_the_users_word_comes_first_then_the_page_then_the_dateline():
    assert known() == ("2021-01-01", "given")
    assert known(given=None) == ("2021-01-02", "metadata")
    assert known(given=None, metadata=None) == ("2021-01-03", "metadata")
    assert known(given=None, metadata=None, url=None) == ("2021-01-04", "metadata")
    assert known(given=None, metadata=None, url=None, stamps=()) == ("2021-01-06", "dateline")


def test_a_stamp_of_the_update_serves_where_nothing_tells_the_posting():
    assert known(given=None, metadata=None, url=None, stamps=("Updated January 5, 2021",))[0] == "2021-01-05"


def test_a_year_the_report_pins_is_marked_inferred():
    found = known(given=None, metadata=None, url=None, stamps=(), dateline="Sept 14")
    assert found == ("2022-09-14", "inferred")


def test_nothing_known_is_unknown():
    assert known(given=None, metadata=None, url=None, stamps=(), dateline=None) == (None, "unknown")


@pytest.mark.parametrize(
    ("dateline", "weekday", "before", "year"),
    [
        ("Sept 14", "Wednesday", "Tuesday", 2022),
        ("Sept 15", "Thursday", "Wednesday", 2022),
        ("3 May", "Monday", "Sunday", 2021),
        ("Oct 3", "Monday", "Sunday", 2022),
    ],
)
def test_the_year_follows_the_weekday(dateline, weekday, before, year):
    body = tuple(text.replace("Wednesday", weekday).replace("Tuesday", before) for text in PINNED)
    assert find_year(dateline, body, has_agency=True) == year


@pytest.mark.parametrize(
    ("why", "body", "has_agency"),
    [
        (
            "no weekday",
            ("Troops crossed the river.", "It was the worst since the 2020 war of November 2020."),
            True,
        ),
        ("no year", ("Troops crossed on Wednesday, a day after the shelling of Tuesday.",), True),
        (
            "one bare year may be long ago",
            ("Troops crossed on Wednesday.", "It was the worst since 1994."),
            True,
        ),
        (
            "the weekday may be still to come",
            ("Talks begin on Wednesday.", "They end on Thursday, as in March 2020."),
            True,
        ),
        (
            "no agency and no day beside it",
            ("Troops crossed on Wednesday.", "A truce of May 2020 had held."),
            False,
        ),
        (
            "years ahead are no bound",
            ("Troops crossed on Wednesday.", "The army wants new tanks by 2030, and more by 2030."),
            True,
        ),
    ],
)
def test_no_year_is_inferred_where_nothing_pins_it(why, body, has_agency):
    assert find_year("Sept 14", body, has_agency=has_agency) is None, why


def test_two_years_that_fit_are_no_year():
    # 14 September is a Saturday in 2019 and again in 2024.
    body = (
        "Troops crossed on Saturday, a day after shelling.",
        "A truce of May 2019 had held since the 2019 war.",
    )
    assert find_year("Sept 14", body, has_agency=True) is None


def test_a_date_that_not_every_year_has_is_looked_for_in_those_that_have_it():
    body = (
        "Troops crossed on Saturday, a day after shelling.",
        "A truce of May 2019 had held since the 2019 war.",
    )
    assert find_year("Feb 29", body, has_agency=True) == 2020
    assert find_year("Feb 30", body, has_agency=True) is None


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text):
    found = read_date(text)
    assert found is None or len(found) == 10
