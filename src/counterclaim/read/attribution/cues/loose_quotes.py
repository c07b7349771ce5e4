"""
Quotations that go on where the reporting words are gone.

``“We stay,” he said. “We fight.”`` has a second stretch that no verb governs.
Comes in: the tree and the drafts so far. Goes out: the same speakers' further stretches, added to their drafts, and new drafts for
quotations that only a colon leads into (``The captain was blunt: “…”``).
"""

from itertools import takewhile

from counterclaim.read.attribution.content.reach import DASHES, close
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import mark_lines, speakers
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import subject_at, subject_of
from counterclaim.read.syntax.quotes import Quote
from counterclaim.read.syntax.tree import Tree

# A quotation of fewer words that starts a sentence is a title or a word held at a distance.
SHORTEST = 3
# A signature behind a dash has fewer words.
SIGNATURE = 14
# A quotation is spoken for where some draft holds more than this share of it; a remark inside it holds less.
COVERED = 0.7


def find_following_quotes(tree: Tree, drafts: list[Draft]) -> list[Draft]:
    """New drafts for quotations led into by a colon; those that go on are added to the drafts they belong to."""
    made: list[Draft] = []
    for quote in tree.quotes:
        start, end = tree.token_at(quote.start_char), tree.token_at(quote.end_char - 1) + 1
        if end - start < SHORTEST + 2 or _is_covered(quote, drafts + made):
            continue
        if not quote.initial:
            continue
        signed = _signed(tree, quote, end)
        if signed is not None:
            made.append(signed)
            continue
        led = _led_by_colon(tree, quote, start)
        if led is not None:
            made.append(led)
            continue
        speaker = _speaker_before(tree, quote, start, drafts + made)
        if speaker is not None:
            speaker.pieces.append(close(tree, quote.start_char, quote.end_char, speaker.anchor))
    return made


def _is_covered(quote: Quote, drafts: list[Draft]) -> bool:
    """Whether somebody outside the quotation says it; a speaker inside it ("the mayor must stop calling …") does not."""
    width = quote.end_char - quote.start_char
    return any(
        min(end, quote.end_char) - max(start, quote.start_char) > COVERED * width
        for draft in drafts
        if not quote.start_char < draft.anchor.idx < quote.end_char
        for start, end in draft.pieces
    )


def _signed(tree: Tree, quote: Quote, end: int) -> Draft | None:
    """``“I saw it burn.” — Ana Ruiz, baker``: a dash and a name end the line."""
    if tree[end - 1].text[-1] in DASHES:
        end -= 1  # the closing mark and the dash, written together
    tail = list(takewhile(lambda t: not (t.is_space and "\n" in t.text), tree.between(end, end + SIGNATURE)))
    tail = [token for token in tail if not token.is_space]
    if len(tail) < 2 or len(tail) == SIGNATURE or tail[0].text[-1] not in DASHES or tail[1].pos != "PROPN":
        return None
    if any(token.pos in {"VERB", "AUX"} for token in tail[1:]):
        return None
    line = mark_lines()["signature"][0]
    span = close(tree, quote.start_char, quote.end_char, tail[0])
    head = next(
        (t for t in tail[1:] if t.head.i < tail[1].i or t.head.i > tail[-1].i or t.head.i == t.i), tail[1]
    )
    last = tail[-2] if tail[-1].is_punct and len(tail) > 2 else tail[-1]
    whole = (tail[1].i, last.i + 1)
    return Draft(
        line, (tail[0].i, tail[0].i + 1), tail[0], head, [span], line.stance, quoted=True, source_span=whole
    )


def _led_by_colon(tree: Tree, quote: Quote, start: int) -> Draft | None:
    index = start - 1
    while index >= 0 and tree[index].is_space:
        index -= 1
    if index < 1 or tree[index].text != ":":
        return None
    first, _ = tree.line_of[index]
    subject = None
    for token in tree.between(first, index):
        if (
            token.pos in {"VERB", "AUX", "ADJ", "NOUN"}
            and subject_at(token) is not None
            and tree.quote_of[token.i] < 0
        ):
            subject = subject_of(token)
            break
    if subject is None or not _is_somebody(tree, subject.i):
        return None
    line = mark_lines()["lead"][0]
    span = close(tree, quote.start_char, quote.end_char, tree[index])
    return Draft(line, (index, index + 1), tree[index], subject, [span], line.stance, quoted=True)


def _is_somebody(tree: Tree, index: int) -> bool:
    token = tree[index]
    if token.pos == "PROPN" or token.lower in word_class("personal") - {"it"}:
        return True
    if token.lemma in speakers():
        return True
    return any(mention.head == index for mention in tree.mentions_at.get(index, ()))


def _speaker_before(tree: Tree, quote: Quote, start: int, drafts: list[Draft]) -> Draft | None:
    """The draft whose quotation this one goes on: same paragraph, or the paragraph before where this one is all quotation."""
    paragraph = tree.paragraph_of[start]
    before = [
        draft
        for draft in drafts
        if draft.quoted
        and draft.source is not None
        and max(end for _, end in draft.pieces) <= quote.start_char
        and draft.anchor.idx < quote.start_char
    ]
    if not before:
        return None
    nearest = max(before, key=lambda draft: max(draft.anchor.idx, *(end for _, end in draft.pieces)))
    there = tree.paragraph_of[nearest.anchor.i]
    end = tree.token_at(max(end for _, end in nearest.pieces) - 1)
    behind = max(tree.line_of[nearest.anchor.i][1], tree.line_of[min(end, len(tree) - 1)][1])
    if there == paragraph or tree.paragraph_of[end] == paragraph:
        # At most one sentence of narration may stand between
        gap = tree.text[min(tree[behind].idx + len(tree[behind]), quote.start_char) : quote.start_char]
        return nearest if len(gap.strip()) < 100 else None
    if paragraph - max(there, tree.paragraph_of[end]) > 1:
        return None
    outside = [
        token
        for token in tree.between(start - 8 if start > 8 else 0, len(tree))
        if tree.paragraph_of[token.i] == paragraph and tree.quote_of[token.i] < 0 and token.text.isalpha()
    ]
    return nearest if not outside else None
