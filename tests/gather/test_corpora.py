"""On public corpora, read where they lie: edited news loses next to nothing, a scraped page loses what it should."""

import json
import time
from collections import Counter

import pytest

from counterclaim.gather import to_article
from counterclaim.gather.clean import clean_paragraphs
from counterclaim.gather.paragraphs import split_paragraphs
from counterclaim.types import Dateline, Page

pytestmark = pytest.mark.corpora


def documents(path):
    seen = set()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip() and (row := json.loads(line)).get("doc_id", row.get("id")) not in seen:
            seen.add(row.get("doc_id", row.get("id")))
            yield row


def test_edited_news_loses_no_sentence_but_those_printed_twice(corpora):
    # Texts of polnear and timebank were cleaned by their editors: what is dropped here are datelines, credits, rules, notes.
    lost = Counter()
    words = 0
    for path in ("attribution/polnear.dev.jsonl", "time/timebank.jsonl"):
        for row in documents(corpora / path):
            paragraphs = split_paragraphs(row["text"])
            words += sum(len(paragraph.split()) for paragraph in paragraphs)
            for drop in clean_paragraphs(paragraphs).dropped:
                if drop.reason not in {"dateline", "separator", "credits", "share", "correction"}:
                    lost[drop.text] += len(drop.text.split())
    assert sum(lost.values()) / words < 0.0002, lost.most_common(5)


def test_scraped_news_is_cleaned_at_a_megabyte_in_a_few_seconds(corpora):
    rows = list(documents(corpora / "dedup/helsinki.tune.jsonl"))[:120]
    size = sum(len(row["text"]) for row in rows)
    started = time.perf_counter()
    cleaned = [clean_paragraphs(split_paragraphs(row["text"])) for row in rows]
    assert (time.perf_counter() - started) / size * 1e6 < 20
    dropped = Counter(drop.reason for one in cleaned for drop in one.dropped)
    assert min(dropped[reason] for reason in ("byline", "caption", "dateline", "share", "subscription")) > 5
    assert sum(one.title is not None for one in cleaned) > 0.6 * len(rows)


def test_the_first_report_is_told_from_the_page_around_it(seed_article):
    article = to_article(Page("article.txt", seed_article.read_bytes()))
    assert (article.agency, article.dateline) == ("Reuters", Dateline("TBILISI", "Sept 14"))
    assert (article.published, article.published_from) == ("2022-09-14", "inferred")
    assert len(article.authors) == 7
    assert Counter(drop.reason for drop in article.dropped) == {
        "subscription": 3, "summary_points": 4, "dateline": 1, "read_more": 5, "credits": 1, "sign_off": 1, "about_author": 3,
    }  # fmt: skip
    assert article.text.count("\n\n") == 22
    assert "Read more" not in article.text
