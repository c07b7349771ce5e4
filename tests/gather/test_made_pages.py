"""
Pages as content systems write them, each with what must become of it: its day, title, authors, agency, and what is its report.

Thirteen of the 58 were read wrongly when they were first tried.
"""

from dataclasses import dataclass, field

import pytest

from counterclaim.gather import to_article
from counterclaim.types import Page

P1 = "Militants blew up a pipeline near Yenagoa on Saturday and kidnapped three engineers, the governor of Bayelsa said."
P2 = "A navy spokesman said that two speedboats had been seized and that a search for the engineers was under way."
P3 = "Villagers along the creek told a local radio that they had heard shots before the explosion lit up the night."
P4 = "The oil company declined to say whether a ransom had been asked for, but said that pumping had been halted."
BODY = "".join(f"<p>{p}</p>" for p in (P1, P2, P3, P4))
T = "Militants blow up pipeline in Bayelsa"
H1 = f"<h1>{T}</h1>"


@dataclass(frozen=True)
class Made:
    name: str
    html: str
    url: str | None = None
    checks: dict[str, str] = field(default_factory=dict)


def page(body, head="", title=T + " - Delta Herald"):
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def ld(data):
    return f'<script type="application/ld+json">{data}</script>'


CASES: list[Made] = []


def case(name, html, url=None, **checks):
    CASES.append(Made(name, html, url, checks))


# ---- titles and dates
case(
    "posted_at_before_day",
    page(
        f'<header>{H1}<div class="meta">Posted at 18:42 14 November 2025</div></header><div class="entry">{BODY}</div>'
    ),
    published="2025-11-14",
)
case(
    "first_published_dots",
    page(f"<article>{H1}<p>First published on 03.11.2023 at 07.15 CET</p>{BODY}</article>"),
    published="2023-11-03",
)
case(
    "weekday_comma_bar",
    page(f'<article>{H1}<span class="dt">Sunday, 9 April 2023 | 11:05 am WAT</span>{BODY}</article>'),
    published="2023-04-09",
)
case(
    "us_slash_unambiguous",
    page(f"<article>{H1}<div>Published: 4/19/2022 8:15 PM</div>{BODY}</article>"),
    published="2022-04-19",
)
case(
    "us_slash_ambiguous",
    page(f"<article>{H1}<div>Published: 4/9/2022 8:15 PM</div>{BODY}</article>"),
    published="none",
)
case(
    "time_element_no_meta",
    page(f'<article>{H1}<time datetime="2021-08-17T22:40:00+01:00">2 days ago</time>{BODY}</article>'),
    published="2021-08-17",
)
case(
    "time_of_sidebar_is_not_it",
    page(
        f'<aside><ul><li><a href="/x">Rice prices fall</a> <time datetime="2019-01-02">2 Jan 2019</time></li></ul></aside><article>{H1}<p class="by">By Tari Ebi, 6 March 2021</p>{BODY}</article>'
    ),
    published="2021-03-06",
    authors="Tari Ebi",
)
case(
    "jsonld_graph_webpage_newer",
    page(
        f"<article>{H1}{BODY}</article>",
        ld(
            '{"@graph":[{"@type":"WebPage","name":"x","datePublished":"2018-01-01"},{"@type":"NewsArticle","headline":"'
            + T
            + '","datePublished":"2022-05-07T10:00:00+01:00","dateModified":"2022-05-09T10:00:00+01:00"}]}'
        ),
    ),
    published="2022-05-07",
    modified="2022-05-09",
)
case(
    "jsonld_type_list",
    page(
        f"<article>{H1}{BODY}</article>",
        ld(
            '{"@type":["NewsArticle","AnalysisNewsArticle"],"headline":"'
            + T
            + '","datePublished":"2022-05-07"}'
        ),
    ),
    url="https://herald.example/2022/05/10/x",
    published="2022-05-07",
)
case(
    "jsonld_webpage_only",
    page(
        f"<article>{H1}{BODY}</article>",
        ld('{"@type":"WebPage","name":"' + T + '","datePublished":"2020-02-29T08:00:00Z"}'),
    ),
    published="2020-02-29",
)
case(
    "url_date_only",
    page(f"<article>{H1}{BODY}</article>"),
    url="https://herald.example/news/2019/07/28/pipeline",
    published="2019-07-28",
)
case(
    "url_only_year_month",
    page(f"<article>{H1}{BODY}</article>"),
    url="https://herald.example/2019/07/pipeline",
    published="none",
)
case(
    "modified_meta_beside",
    page(
        f"<article>{H1}{BODY}</article>",
        '<meta property="article:published_time" content="2024-01-30T06:00:00Z"><meta property="article:modified_time" content="2024-03-01T06:00:00Z">',
    ),
    published="2024-01-30",
    modified="2024-03-01",
)
case(
    "copyright_year_no_date",
    page(f"<article>{H1}{BODY}</article><footer>© 2024 Delta Herald. All rights reserved.</footer>"),
    published="none",
)
case(
    "comment_dates_no_date",
    page(
        f'<article>{H1}{BODY}</article><section id="comments"><div class="comment"><b>Joe</b> March 3, 2021 at 5:15 pm<p>May they come home soon, this is too much for one small town to bear.</p></div></section>'
    ),
    published="none",
    lacks="May they come home",
)
case(
    "last_updated_only",
    page(f"<article>{H1}<p>Last updated: 12 September 2022</p>{BODY}</article>"),
    published="2022-09-12",
)
case(
    "updated_and_published_line",
    page(
        f'<article>{H1}<p class="info">Published 10 Sep 2022 08:00, last modified 12 Sep 2022 09:30</p>{BODY}</article>'
    ),
    published="2022-09-10",
    modified="2022-09-12",
)
case(
    "iso_compact_name_date",
    page(f"<article>{H1}{BODY}</article>", '<meta name="DC.date.issued" content="2017-10-05">'),
    published="2017-10-05",
)
case(
    "title_og_differs",
    page(
        f"<article>{H1}{BODY}</article>",
        '<meta property="og:title" content="Pipeline blast: what we know | Delta Herald"><meta property="og:site_name" content="Delta Herald">',
    ),
    title=T,
)
case(
    "title_h1_is_logo",
    page(
        f'<h1 class="logo"><a href="/">Delta Herald</a></h1><div class="post"><h2 class="entry-title">{T}</h2>{BODY}</div>'
    ),
    title=T,
)
case(
    "title_site_first",
    page(f'<div class="post"><h2>{T}</h2>{BODY}</div>', title="Delta Herald: " + T),
    title=T,
)
case(
    "title_no_h1_bar",
    page(
        f'<div class="post">{BODY}</div>',
        '<meta property="og:site_name" content="Delta Herald">',
        title=T + " | Nigeria | Delta Herald",
    ),
    title_starts=T,
)
case(
    "title_kicker_in_h1",
    page(
        f'<article><h1><span class="kicker">Niger Delta</span> {T}</h1>{BODY}</article>',
        f'<meta property="og:title" content="{T}">',
    ),
    title_ends=T,
)
case(
    "author_meta_org",
    page(
        f'<article>{H1}<div class="byline">By Tari Ebi in Yenagoa</div>{BODY}</article>',
        '<meta name="author" content="Delta Herald"><meta property="og:site_name" content="Delta Herald">',
    ),
    authors="Tari Ebi",
)
case(
    "author_and_staff",
    page(f'<article>{H1}<div class="byline">Tari Ebi and Ngozi Obi, Correspondents</div>{BODY}</article>'),
    authors="Tari Ebi; Ngozi Obi",
)
case(
    "byline_ap",
    page(f'<article>{H1}<p class="byline">By TARI EBI, Associated Press</p>{BODY}</article>'),
    authors="Tari Ebi",
    agency="Associated Press",
)
case(
    "byline_afp_lagos",
    page(f"<article>{H1}<p>AFP, Lagos</p>{BODY}</article>"),
    agency="Agence France-Presse",
    lacks="AFP, Lagos",
)
case(
    "byline_month",
    page(f'<article>{H1}<p class="byline">Tari Ebi • Sep 10, 2022</p>{BODY}</article>'),
    authors="Tari Ebi",
    published="2022-09-10",
)

# ---- bodies
case(
    "short_beside_about",
    page(
        f'<article>{H1}<p>{P1}</p></article><section class="about-us"><p>The Delta Herald has reported from the creeks since 1981. We are owned by our readers and by nobody else, and we answer to an editorial board that is elected every second year by all who subscribe.</p><p>Our reporters live where they report from, and our books are open to everybody who asks to see them in our office at the harbour.</p></section>'
    ),
    holds=P1,
    lacks="owned by our readers",
)
case(
    "short_beside_consent",
    page(
        f'<div class="consent-layer"><p>We and our 812 partners store and access information on your device to select personalised content and to measure how content performs. You may withdraw your consent at any time by opening the privacy settings in the footer of the page.</p><p>Some partners do not ask for your consent to process your data and rely on their legitimate business interest instead.</p></div><main><article>{H1}<p>{P1}</p><p>{P2}</p></article></main>'
    ),
    holds=P2,
    lacks="legitimate business interest",
)
case(
    "two_articles",
    page(
        f'<main><article>{H1}<p>{P1}</p><p>{P2}</p></article><div class="ad">Advertisement</div><article><p>{P3}</p><p>{P4}</p></article></main>'
    ),
    holds=P4,
)
case(
    "standfirst_kept",
    page(
        f'<article>{H1}<p class="article__standfirst">The Niger Delta Avengers, a group that had been silent since 2018, claimed the attack in a message to reporters.</p>{BODY}</article>'
    ),
    holds="claimed the attack",
)
case(
    "standfirst_h2",
    page(
        f'<article>{H1}<h2 class="subtitle">Niger Delta Avengers claim responsibility for the blast, their first in five years</h2>{BODY}</article>'
    ),
    holds="claim responsibility for the blast",
)
case(
    "standfirst_repeated",
    page(
        f'<article>{H1}<p class="standfirst">Militants blew up a pipeline near Yenagoa on Saturday and kidnapped three engineers.</p>{BODY}</article>'
    ),
    holds=P1,
    once="kidnapped three engineers",
)
case(
    "signup_inside",
    page(
        f'<article>{H1}<p>{P1}</p><p>{P2}</p><div class="inline-signup"><h3>The Delta in your inbox</h3><p>Get the most important stories from the creeks every Friday. Enter your email address and press the button.</p></div><p>{P3}</p><p>{P4}</p></article>'
    ),
    holds=P3,
    lacks="email address",
)
case(
    "signup_plain_p",
    page(
        f"<article>{H1}<p>{P1}</p><p>{P2}</p><p><em>Sign up to our newsletter to get the best of the Delta Herald in your inbox every morning.</em></p><p>{P3}</p><p>{P4}</p></article>"
    ),
    holds=P3,
    lacks="inbox",
)
case(
    "correction_note",
    page(
        f"<article>{H1}{BODY}<p><em>Correction, 12 March: An earlier version of this article said that four engineers had been kidnapped.</em></p></article>"
    ),
    holds=P4,
    lacks="earlier version",
)
case(
    "clarification_note",
    page(
        f"<article>{H1}{BODY}<p>This story was amended on 12 March 2023 to make clear that the company had not paid a ransom.</p></article>"
    ),
    holds=P4,
    lacks="amended on",
)
case(
    "caps_link",
    page(
        f'<article>{H1}<p>{P1}</p><p><a href="/z"><strong>POLICE OPEN FIRE ON TEACHERS IN BENIN CITY</strong></a></p><p>{P2}</p><p>{P3}</p></article>'
    ),
    holds=P3,
    lacks="TEACHERS",
)
case(
    "read_also",
    page(
        f'<article>{H1}<p>{P1}</p><p>READ ALSO: <a href="/z">Soldiers kill nine in Zamfara raid</a></p><p>{P2}</p><p>{P3}</p></article>'
    ),
    holds=P3,
    lacks="Zamfara",
)
case(
    "also_read_quote_box",
    page(
        f'<article>{H1}<p>{P1}</p><div class="mvp-related-posts"><h4>Related</h4><ul><li><a href="/z">Army shells camp in Rann</a></li><li><a href="/y">Two bishops abducted in Owerri</a></li></ul></div><p>{P2}</p><p>{P3}</p></article>'
    ),
    holds=P3,
    lacks="Owerri",
)
case(
    "article_content_label",
    page(
        f"<article>{H1}<p>Article content</p><p>{P1}</p><p>Article content</p><p>{P2}</p><p>Article content</p><p>{P3}</p></article>"
    ),
    holds=P3,
    lacks="Article content",
)
case(
    "browser_notice",
    page(
        f"<p>You are using an outdated browser. Please upgrade your browser to improve your experience and security.</p><article>{H1}{BODY}</article>"
    ),
    holds=P1,
    lacks="outdated browser",
)
case(
    "js_notice",
    page(
        f"<div>JavaScript is disabled in your browser. Some parts of this site will not work until you enable it again.</div><article>{H1}<p>{P1}</p></article>"
    ),
    holds=P1,
    lacks="JavaScript",
)
case(
    "story_continues",
    page(
        f"<article>{H1}<p>{P1}</p><p>{P2}</p><p>Story continues below advertisement</p><p>{P3}</p><p>{P4}</p></article>"
    ),
    holds=P4,
    lacks="Story continues",
)
case(
    "tts_player",
    page(
        f'<article>{H1}<div class="audio-player">Listen to this article 4 min</div><p>{P1}</p><p>{P2}</p><p>{P3}</p></article>'
    ),
    holds=P3,
    lacks="Listen to this",
)
case(
    "follow_us",
    page(
        f"<article>{H1}{BODY}<p>Follow us on WhatsApp, Telegram and X for the latest headlines.</p></article>"
    ),
    holds=P4,
    lacks="WhatsApp",
)
case(
    "copyright_permission",
    page(
        f"<article>{H1}{BODY}<p>All rights reserved. This material, and other digital content on this website, may not be reproduced, published, broadcast, rewritten or redistributed without written permission from Delta Herald.</p></article>"
    ),
    holds=P4,
    lacks="redistributed",
)
case(
    "agency_contributed",
    page(f"<article>{H1}{BODY}<p>Additional reporting by Reuters and AFP</p></article>"),
    holds=P4,
    lacks="Additional reporting",
)
case(
    "live_blog",
    page(
        """<main class="live-blog"><h1>Bayelsa pipeline blast - live updates</h1>
<article class="post"><time datetime="2023-03-12T10:20:00Z">10:20</time><h3>Navy finds two boats</h3><p>The navy says it has found two speedboats that the kidnappers used and is questioning their owners.</p></article>
<article class="post"><time datetime="2023-03-12T09:05:00Z">09:05</time><h3>Governor speaks</h3><p>The governor of Bayelsa says that three engineers were taken by the militants and that he expects a ransom call.</p></article></main>""",
        '<meta property="article:published_time" content="2023-03-12T09:00:00Z">',
        title="Bayelsa pipeline blast - live updates - Delta Herald",
    ),
    holds="found two speedboats",
    holds2="expects a ransom call",
    updates="2023-03-12T10:20Z; 2023-03-12T09:05Z",
)
case(
    "live_blog_no_class",
    page(
        """<main><h1>As it happened: Bayelsa pipeline blast</h1>
<div class="liveblog-entry" id="e2"><span class="time">12 Mar 2023 10:20 GMT</span><h2>Navy finds two boats</h2><p>The navy says it has found two speedboats that the kidnappers used and is questioning their owners.</p></div>
<div class="liveblog-entry" id="e1"><span class="time">12 Mar 2023 09:05 GMT</span><h2>Governor speaks</h2><p>The governor of Bayelsa says that three engineers were taken by the militants and that he expects a ransom call.</p></div></main>""",
        title="As it happened: Bayelsa pipeline blast",
    ),
    holds="found two speedboats",
    holds2="expects a ransom call",
)
case(
    "embedded_post",
    page(
        f'<article>{H1}<p>{P1}</p><blockquote class="twitter-tweet"><p>Our troops rescued 4 fishermen and killed 7 pirates off Brass last night.</p>&mdash; Nigerian Navy (@NigerianNavy) <a href="https://twitter.com/NigerianNavy/status/1">March 12, 2023</a></blockquote><p>{P2}</p><p>{P3}</p></article>'
    ),
    holds="rescued 4 fishermen",
    holds2="— Nigerian Navy",
)
case(
    "photo_caption_credit",
    page(
        f'<article>{H1}<div class="image"><img src="a.jpg"><p class="wp-caption-text">Smoke rises over the creek. Photo: Ngozi Obi/Delta Herald</p></div>{BODY}</article>'
    ),
    holds=P1,
    lacks="Smoke rises",
)
case(
    "trending_list",
    page(
        f'<article>{H1}<p>{P1}</p><p>{P2}</p></article><div class="most-read"><h3>Most read</h3><ol><li>Bandits kill 30 in Katsina village as residents flee to the hills for safety.</li><li>Soldiers open fire on protesters in Lagos after curfew is announced by governor.</li></ol></div>'
    ),
    holds=P2,
    lacks="Katsina",
)
case(
    "paywall",
    page(
        f'<article>{H1}<p>{P1}</p><p>{P2}</p><div class="paywall"><p>To continue reading this article you need to subscribe. Subscribers enjoy full access to our website and apps from 2 euros a month.</p></div></article>'
    ),
    holds=P2,
    lacks="2 euros",
)
case(
    "author_bio",
    page(
        f"<article>{H1}{BODY}<p><em>Tari Ebi is a reporter who covers the Niger Delta for the Delta Herald.</em></p></article>"
    ),
    holds=P4,
    lacks="covers the Niger Delta",
)
case(
    "donate",
    page(
        f'<article>{H1}{BODY}<div class="support-us"><p>Good journalism costs a lot of money. Yet only good journalism can ensure the possibility of a good society. Please support our work with a donation.</p></div></article>'
    ),
    holds=P4,
    lacks="donation",
)
case(
    "donate_plain",
    page(
        f"<article>{H1}{BODY}<p>If you value our journalism, please consider making a donation to keep it free for everyone.</p></article>"
    ),
    holds=P4,
    lacks="donation",
)


def failures(article, made):
    for check, value in made.checks.items():
        match check.rstrip("2"):
            case "holds":
                held = value in article.text
            case "lacks":
                held = value not in article.text
            case "once":
                held = article.text.count(value) == 1
            case "authors":
                held = "; ".join(article.authors) == value
            case "updates":
                held = "; ".join(update.at for update in article.updates) == value
            case "title_starts":
                held = article.title.startswith(value)
            case "title_ends":
                held = article.title.endswith(value)
            case _:
                held = (getattr(article, check) or "none") == value
        if not held:
            yield check, value
    yield from (("lost", told) for told in (P1, P2, P3, P4) if told in made.html and told not in article.text)


@pytest.mark.parametrize("made", CASES, ids=[made.name for made in CASES])
def test_a_page_becomes_the_report_it_holds(made):
    article = to_article(Page(f"{made.name}.html", made.html.encode(), kind="html", url=made.url))
    assert list(failures(article, made)) == []
