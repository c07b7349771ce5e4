"""Pages of each kind that readers have complained about: who wrote it, when, and what belongs to the report."""

import pytest

from counterclaim.gather import to_article
from counterclaim.gather.html.boxes import find_boxes
from counterclaim.gather.html.tree import parse
from counterclaim.types import Page

LEAD = "Rebels shelled the port of Tadjoura on Sunday, killing four dockers, the harbour master said."
MORE = "The defence ministry in Djibouti denied that any shell had fallen inside the harbour walls."
LAST = "Dockers told a radio station that the night shift had been sent home before the attack."
BODY = f"<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>"
HEAD = (
    '<!DOCTYPE html><html lang="en"><head><title>Four dockers die in Tadjoura - Gulf Courier</title>'
    '<meta property="og:site_name" content="Gulf Courier">{}</head><body>'
)
H1 = "<h1>Four dockers die in Tadjoura</h1>"
TEXT = f"{LEAD}\n\n{MORE}\n\n{LAST}"


def article_of(body, meta="", **known):
    return to_article(Page("page.html", (HEAD.format(meta) + body + "</body></html>").encode(), **known))


def report(inside="", before="", after="", meta="", **known):
    return article_of(f"{before}<article>{H1}{inside}{BODY}{after}</article>", meta, **known)


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "meta",
    [
        '<meta property="article:published_time" content="2023-02-05T09:00:00+03:00">',
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Four dockers die in Tadjoura",'
            '"datePublished":"2023-02-05"}</script>'
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Other news",'
            '"datePublished":"2023-01-01"},{"@type":"ReportageNewsArticle","headline":"Four dockers die in Tadjoura",'
            '"datePublished":"2023-02-05T07:00:00Z"}]}</script>'
        ),
        '<meta name="parsely-pub-date" content="2023-02-05T07:00:00Z">',
    ],
)
def test_what_the_page_s_data_say_of_its_publication_goes_before_its_address(meta):
    article = report(meta=meta, url="https://courier.example/2023/02/11/tadjoura")
    assert (article.published, article.published_from) == ("2023-02-05", "metadata")


def test_other_items_dates_are_not_the_report_s():
    data = '<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Rice prices fall","datePublished":"2021-01-01"}]</script>'
    assert report(meta=data).published is None


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("Posted at 18:42 14 November 2025", "2025-11-14"),
        ("Written: 2025-11-14 15:03:30 / Updated: 2025-11-15 08:00:00", "2025-11-14"),
        ("By ANA RUIZ | November 14, 2025", "2025-11-14"),
        ("Published Friday 14 November 2025, 9.20am", "2025-11-14"),
    ],
)
def test_a_printed_time_dates_a_page_whose_data_say_nothing(printed, published):
    assert report(f"<p class='meta'>{printed}</p>").published == published


@pytest.mark.parametrize(
    ("stamp", "address", "published"),
    [
        ("2023-02-06T01:30:00Z", "/2023/02/05/dockers", "2023-02-05"),
        ("2023-02-06T01:30:00+03:00", "/2023/02/05/dockers", "2023-02-06"),
        ("2023-02-06T01:30:00Z", "/2023/02/01/dockers", "2023-02-06"),
    ],
)
def test_a_universal_time_after_midnight_is_the_day_before_where_the_page_says_so(stamp, address, published):
    meta = f'<meta property="article:published_time" content="{stamp}">'
    assert report(meta=meta, url=f"https://courier.example{address}").published == published


@pytest.mark.parametrize(
    "change",
    [
        '<meta property="article:modified_time" content="2023-03-01T10:00:00Z">',
        '<meta property="og:updated_time" content="2023-03-01">',
        '<meta itemprop="dateModified" content="2023-03-01T10:00:00Z">',
    ],
)
def test_the_day_of_the_last_change_is_kept_beside_the_publication(change):
    article = report(meta=f'<meta name="date" content="2023-02-05">{change}')
    assert (article.published, article.modified) == ("2023-02-05", "2023-03-01")


def test_a_change_on_the_day_of_publication_is_none():
    meta = (
        '<meta name="date" content="2023-02-05"><meta property="article:modified_time" content="2023-02-05">'
    )
    assert report(meta=meta).modified is None


@pytest.mark.parametrize("content", ["03/04/2023", "3/4/2023 10:00"])
def test_a_date_that_may_be_read_two_ways_is_not_taken_from_the_data(content):
    assert report(meta=f'<meta name="pubdate" content="{content}">').published != "2023-03-04"


# --- authors and agencies ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By HAWA ALI March 3, 2023 4:10 PM", ("Hawa Ali",)),
        ("By Hawa Ali <span>Sunday 5 February 2023</span>", ("Hawa Ali",)),
        ("By HAWA ALI NAIROBI", ("Hawa Ali",)),
        ("By Hawa Ali, Addis Ababa", ("Hawa Ali",)),
        ("By Hawa Ali and Jan de Vries in Khartoum", ("Hawa Ali", "Jan de Vries")),
    ],
)
def test_no_month_and_no_place_is_part_of_a_name(byline, authors):
    assert report(f'<p class="byline">{byline}</p>').authors == authors


@pytest.mark.parametrize(
    "named", ["Gulf Courier", "Red Sea Broadcasting Corporation", "News Desk", "Gulf Media Group"]
)
def test_a_person_in_the_byline_goes_before_an_organisation_in_the_data(named):
    article = report(
        '<div class="byline">By Hawa Ali, 3 hours ago</div>', meta=f'<meta name="author" content="{named}">'
    )
    assert article.authors == ("Hawa Ali",)


def test_an_organisation_is_the_author_where_no_person_is_named():
    article = report(meta='<meta name="author" content="Red Sea Broadcasting Corporation">')
    assert article.authors == ("Red Sea Broadcasting Corporation",)


@pytest.mark.parametrize(
    ("line", "agency", "place"),
    [
        ("Reuters, DJIBOUTI", "Reuters", "DJIBOUTI"),
        ("AP / Nairobi", "Associated Press", "Nairobi"),
        ("Staff writer, with AFP, ADDIS ABABA", "Agence France-Presse", "ADDIS ABABA"),
        ("Hawa Ali, Xinhua, CAIRO", "Xinhua", "CAIRO"),
    ],
)
def test_an_agency_credited_in_the_byline_alone_is_the_article_s(line, agency, place):
    article = report(f'<p class="auth">{line}</p>')
    assert (article.agency, article.dateline and article.dateline.place, article.text) == (
        agency,
        place,
        TEXT,
    )


# --- the body ---------------------------------------------------------------------------------------

PITCH = (
    "Sign up for the Courier at Dawn. Every weekday our correspondents in Djibouti, Cairo and Mombasa send you what matters "
    "along the coast, with a map and a poem. You can leave whenever you like, and we will never sell your address. "
) * 3


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="nl-newsletter"><p>{PITCH}</p></div>',
        f'<section id="subscribe-box"><p>{PITCH}</p></section>',
        f'<div class="x17"><p>{PITCH}</p></div>',
        "<div><p>Your support lets us report from nine ports. "
        + "We ask you for three coins a month, and you ask us for the truth. " * 9
        + "</p></div>",
        "<div class='cookie-consent'><p>"
        + "We and our partners store cookies on your device to count visits. " * 12
        + "</p></div>",
        "<div class='about-us'><p>"
        + "The Gulf Courier was founded in 1951 and is read in nine countries. " * 12
        + "</p></div>",
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_short_report_beside_a_long_box_is_the_report(box, place):
    short = f"<article>{H1}<p>{LEAD}</p><p>One ship left.</p></article>"
    assert article_of(box + short if place == "before" else short + box).text == f"{LEAD}\n\nOne ship left."


@pytest.mark.parametrize(
    ("between", "wrap"),
    [
        ('<div class="promo">Read next</div>', "{}"),
        ("<aside>Ad</aside>", "{}"),
        ('<div class="related"><a href="/x">Rice prices fall</a></div>', '<div class="grid">{}</div>'),
    ],
)
def test_a_report_cut_into_two_article_elements_is_read_to_its_end(between, wrap):
    parts = f"<article>{H1}<p>{LEAD}</p></article>{between}<article class='more'><p>{MORE}</p><p>{LAST}</p></article>"
    assert article_of(wrap.format(parts)).text == TEXT


@pytest.mark.parametrize(
    "other",
    [
        "<article><h2><a href='/x'>Rice prices fall</a></h2><p>Rice was cheaper on Monday than a year before.</p></article>",
        "<div id='comments'><article class='comment'><p>I was there and it was worse than they say.</p></article></div>",
        "<aside><article><p>Our podcast this week looks at the ports of the coast.</p></article></aside>",
    ],
)
def test_other_articles_on_the_page_are_no_part_of_the_report(other):
    assert article_of(f"<article>{H1}{BODY}</article>{other}").text == TEXT


@pytest.mark.parametrize(
    "standfirst",
    [
        '<p class="standfirst">Ministry denies any shell fell as union blames navy for the deaths</p>',
        '<h2 class="article__excerpt">Ministry denies any shell fell as union blames navy for the deaths</h2>',
        '<div class="sub-title">Ministry denies any shell fell as union blames navy for the deaths</div>',
    ],
)
def test_a_standfirst_is_part_of_the_report(standfirst):
    assert (
        report(standfirst).text
        == f"Ministry denies any shell fell as union blames navy for the deaths\n\n{TEXT}"
    )


def test_a_standfirst_that_says_what_the_lead_says_is_left_out():
    assert (
        report(
            '<p class="standfirst">Rebels shelled port of Tadjoura on Sunday, killing four dockers</p>'
        ).text.count("four")
        == 1
    )


@pytest.mark.parametrize(
    "note",
    [
        "This story has been updated to correct the number of dead to four, not six. An earlier headline said that soldiers had fired.",
        "Correction: An earlier version of this report gave the wrong name of the port.",
        "This article was amended on 6 February 2023 to say that the harbour is closed.",
        "Editor's note: The name of a witness has been changed at her request.",
        "Article content",
        "You are using an outdated browser. Please upgrade your browser to view this page.",
        "Sign up for our bulletin. We will send you what matters from the coast every weekday.",
        "Reuters contributed to this report. Reporting by Hawa Ali in Djibouti; editing by Tom Smith",
    ],
)
def test_notes_and_boxes_inside_the_report_are_left_out_with_their_reason(note):
    article = report(after=f"<p>{note}</p>")
    assert article.text == TEXT
    assert any(note in passage.text for passage in article.dropped)


@pytest.mark.parametrize(
    "teaser",
    [
        '<p><strong><a href="/a">NAVY CHIEF QUITS AFTER COLLISION OFF OBOCK</a></strong></p>',
        '<p><a href="/b"><u>TWO SHOT AT MINE IN KATANGA AS TALKS STALL</u></a></p>',
        '<p><b><a href="/c">Two shot at a mine in Katanga as talks stall</a></b></p>',
        '<p>READ MORE: <a href="/d">Two shot at a mine in Katanga as talks stall</a></p>',
    ],
)
def test_the_headline_of_another_report_inside_this_one_is_left_out(teaser):
    article = article_of(f"<article>{H1}<p>{LEAD}</p>{teaser}<p>{MORE}</p><p>{LAST}</p></article>")
    assert article.text == TEXT


def test_a_plain_link_that_is_a_paragraph_is_no_other_headline():
    root = parse(
        f'<h1>Accord</h1><p>{LEAD}</p><p><a href="/e">The full text of the accord between the two sides</a></p>'
    )
    assert find_boxes(root, next(root.iter("h1"))) == {}


# --- embedded posts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "said"),
    [
        (
            (
                '<blockquote class="twitter-tweet"><p>Our navy has sunk three boats off Obock. #Navy</p>&mdash; Navy Press '
                '(@navypress) <a href="https://twitter.com/navypress/status/1">February 5, 2023</a></blockquote>'
            ),
            "“Our navy has sunk three boats off Obock. #Navy” — Navy Press",
        ),
        (
            (
                '<blockquote class="bluesky-embed"><p>The army burned our nets.</p>— Dockers Union (@dockers.example) '
                '<a href="https://bsky.app/profile/dockers/post/3k">5 February 2023</a></blockquote>'
            ),
            "“The army burned our nets.” — Dockers Union",
        ),
        (
            (
                "<blockquote><p>We shot down a drone over the bay.</p><p>More soon.</p>— Coast Guard, "
                '<a href="https://t.me/coastguard/118">5 February 2023</a></blockquote>'
            ),
            "“We shot down a drone over the bay. More soon.” — Coast Guard",
        ),
    ],
)
def test_an_embedded_post_is_a_quotation_of_who_posted_it(post, said):
    assert report(after=post).text == f"{TEXT}\n\n{said}"


def test_a_quotation_that_is_no_post_stays_as_it_is():
    quotation = (
        "<blockquote><p>“They shot at everything,” the harbour master, Omar Dini, said.</p></blockquote>"
    )
    assert report(after=quotation).text.endswith(
        "“They shot at everything,” the harbour master, Omar Dini, said."
    )


# --- live blogs -------------------------------------------------------------------------------------

UPDATES = [
    (
        "2023-02-05T12:31:00Z",
        "Toll rises to six",
        "Six people have now died of their wounds, the clinic in Tadjoura says.",
    ),
    (
        "2023-02-05T08:05:00Z",
        "Port closed",
        "Police have closed the port of Tadjoura after the shelling of last night.",
    ),
    (
        "2023-02-04T21:40:00Z",
        "Shells fall",
        "Shells are falling on the port of Tadjoura, two dockers tell us by phone.",
    ),
]
LIVE = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Tadjoura live"}</script>'


@pytest.mark.parametrize(
    "update",
    [
        '<section><time datetime="{0}">1h ago</time><h2>{1}</h2><p>{2}</p></section>',
        '<li><header><h3>{1}</h3><time datetime="{0}">1h ago</time></header><p>{2}</p></li>',
        '<time datetime="{0}">1h ago</time><h3>{1}</h3><p>{2}</p>',
    ],
)
def test_a_live_blog_keeps_its_updates_and_their_times(update):
    blog = "".join(update.format(*one) for one in UPDATES)
    page = (
        HEAD.format(LIVE)
        + f"<main><h1>Tadjoura live: port shelled</h1>{blog}{update.format(*UPDATES[0])}</main></body></html>"
    )
    article = to_article(Page("live.html", page.encode()))
    assert article.title == "Tadjoura live: port shelled"
    assert [one.at for one in article.updates] == [
        "2023-02-05T12:31Z",
        "2023-02-05T08:05Z",
        "2023-02-04T21:40Z",
    ]
    for one, (_, headline, text) in zip(article.updates, UPDATES, strict=True):
        assert article.text[one.start_char : one.end_char] == f"{headline}\n\n{text}"
    assert article.text.count("Six people") == 1


def test_a_live_blog_built_by_scripts_has_the_updates_that_its_data_hold():
    told = ",".join(
        f'{{"@type":"BlogPosting","headline":"{headline}","datePublished":"{at}","articleBody":"{text}"}}'
        for at, headline, text in UPDATES
    )
    data = f'<script type="application/ld+json">{{"@type":"LiveBlogPosting","headline":"Tadjoura live","liveBlogUpdate":[{told}]}}</script>'
    article = article_of("<h1>Tadjoura live</h1><div id='app'></div>", data)
    assert len(article.updates) == 3
    assert article.text[article.updates[1].start_char :].startswith("Port closed")


def test_times_of_teasers_make_no_live_blog():
    teasers = "".join(
        f'<li><time datetime="{at}">1h ago</time> <a href="/x">{headline}</a></li>'
        for at, headline, _ in UPDATES
    )
    article = report(before=f"<ul>{teasers}</ul>")
    assert (article.updates, article.text) == ((), TEXT)
