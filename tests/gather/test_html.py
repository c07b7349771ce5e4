"""The main text of a page and what its head says; broken pages and fragments are read as far as they go."""

import pytest

from counterclaim.gather.html import read_html
from counterclaim.types import Dropped

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Rebels quit Barsa | The Valley Post</title>
<meta property="og:site_name" content="The Valley Post"><meta name="author" content="Ana Ruiz">
<meta property="article:published_time" content="2021-05-03T21:10:00-03:00">
<link rel="canonical" href="https://valley-post.example/world/barsa"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div class="cookie-notice"><p>We use cookies to improve your visit.</p></div>
<article><h1>Rebels quit Barsa</h1>
<p>Rebels left the town of Barsa on Monday after two weeks of fighting with the army, residents said.</p>
<p>The governor said that the market would open again on Tuesday and that the road to the coast was free.</p>
<p>Aid workers said they had found no food in the town, and that twelve people had died in the hospital.</p>
</article><footer><p>© 2021 The Valley Post. All rights reserved.</p></footer></body></html>"""


def test_the_main_text_is_the_report_and_the_rest_stands_beside_it():
    main = read_html(PAGE)
    assert "twelve people had died in the hospital." in main.text
    assert "cookies" not in main.text
    assert Dropped("We use cookies to improve your visit.", "cookies") in main.outside
    assert Dropped("Home", "outside_text") in main.outside


def test_title_author_date_site_and_address_come_from_the_head():
    main = read_html(PAGE)
    assert (main.title, main.authors, main.site) == ("Rebels quit Barsa", ("Ana Ruiz",), "The Valley Post")
    assert (main.date, main.url) == ("2021-05-03", "https://valley-post.example/world/barsa")


def test_a_copyright_year_is_no_date():
    page = PAGE.replace('<meta property="article:published_time" content="2021-05-03T21:10:00-03:00">', "")
    assert read_html(page).date is None


def test_a_page_cut_off_in_the_middle_is_read_to_its_end():
    main = read_html(PAGE[: PAGE.index("the road to the coast")])
    assert "Rebels left the town of Barsa" in main.text


def test_a_fragment_as_feeds_carry_it_is_taken_whole():
    assert "They met." in read_html("<p>They met.</p><p>It was Monday.</p>").text


@pytest.mark.parametrize(
    "html", ["", "<html></html>", "<script>var a = 1;</script>", "<", "<!--", "\x00<p>", "<p" * 500]
)
def test_a_page_without_text_has_none(html):
    assert "var a" not in read_html(html).text


def test_a_page_nested_a_hundred_thousand_deep_is_survived():
    assert isinstance(read_html("<div>" * 100_000 + "Talks began." + "</div>" * 100_000).text, str)


def test_no_entity_is_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b; Talks began.</p></body></html>'
    assert "lollol" not in read_html(bomb).text


def test_the_same_page_gives_the_same_text_after_other_pages():
    first = read_html(PAGE)
    for _ in range(5):
        read_html(PAGE.replace("Monday", "Friday"))
    assert read_html(PAGE) == first
