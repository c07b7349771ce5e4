"""How attributions are scored: what counts as the same, what each kind of miss costs, the passages marked by hand."""

import json

import pytest

from evaluation.passages import PASSAGES, load_passages
from evaluation.polnear import Document, Marked, align, gains, misses, score


def marked(source, cue, content, text="cue: said | content: x | weights/topic"):
    return Marked(frozenset(source), frozenset(cue), frozenset(content), text)


GOLD = marked(range(5), range(6, 10), range(11, 31))


def reading(*ours, gold=(GOLD,)):
    return Document("d1", "x" * 60, tuple(gold)), ours


def test_half_of_the_content_and_the_source_make_it_the_same():
    assert align((GOLD,), (marked(range(3), range(40, 44), range(11, 25)),))
    assert not align((GOLD,), (marked(range(3), range(6, 10), range(11, 20)),))
    assert not align((GOLD,), (marked(range(50, 55), range(6, 10), range(11, 31)),))


def test_the_cue_decides_where_nobody_is_named():
    nameless = marked((), range(6, 10), range(11, 31))
    assert align((nameless,), (nameless,))
    assert not align((nameless,), (marked((), range(40, 44), range(11, 31)),))


@pytest.mark.parametrize(
    ("ours", "kind"),
    [
        ((), "cue missed: one word"),
        ((marked(range(50, 55), range(6, 10), range(11, 31)),), "source wrong"),
        ((marked((), range(6, 10), range(11, 15)),), "source missed"),
        ((marked(range(5), range(6, 10), range(11, 15)),), "content too short"),
        ((marked(range(5), range(6, 10), range(11, 59)),), "content too long"),
        ((marked(range(5), range(6, 10), range(40, 50)),), "content elsewhere"),
    ],
)
def test_a_miss_has_one_kind(ours, kind):
    assert [found for found, _, _ in misses([reading(*ours)])] == [kind]


def test_what_a_kind_costs_is_what_mending_it_alone_would_gain():
    right = reading(GOLD)
    missed = reading()
    ((points, count, kind),) = gains([right, missed])
    before, after = score([right, missed])["attribution_f1"], score([right, right])["attribution_f1"]
    assert (count, kind) == (1, "cue missed: one word")
    assert points == pytest.approx(100 * (after - before))


def test_the_dearest_kind_of_miss_stands_first():
    extra = marked(range(40, 42), range(43, 45), range(46, 50))
    found = gains([reading(), reading(GOLD), reading(), reading(GOLD, extra)])
    assert [kind for _, _, kind in found] == ["cue missed: one word", "too many, from labels"]


# --- the passages ---------------------------------------------------------------------------------


def rows():
    return [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").split("\n") if line]


def test_the_passages_hold_offsets_and_no_text():
    assert len(rows()) == 40
    for row in rows():
        assert set(row) <= {"doc_id", "end", "rows", "attributions"}
        for attribution in row["attributions"]:
            assert set(attribution) == {"source", "cue", "content"}
            assert all(start < end for spans in attribution.values() for start, end in spans)


@pytest.mark.corpora
def test_every_mark_covers_words_of_its_passage(corpora):
    documents = list(load_passages(corpora))
    assert len(documents) == 40
    assert sum(len(document.gold) for document in documents) == 117
    for document in documents:
        for gold in document.gold:
            assert gold.cue
            assert gold.content
            assert max(gold.content | gold.cue | gold.source) < len(document.text)
            assert not gold.cue & gold.content
