"""
Quotations that go on where the reporting words are gone.

``“We stay,” he said. “We fight.”`` has a second stretch that no verb governs.
Comes in: the tree and the drafts so far. Goes out: the same speakers' further stretches, added to their drafts, and new drafts for
quotations that a colon leads into (``The captain was blunt: “…”``), that the next sentence gives to somebody (``That was how the captain put
it.``), or that follow one on a speaker and his mood (``The captain spoke in Lima. “…”``).
"""

from itertools import takewhile

from counterclaim.read.attribution.content.reach import DASHES, close
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import lines_of, mark_lines, speakers
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import subject_at, subject_of
from counterclaim.read.syntax.quotes import Quote
from counterclaim.read.syntax.tree import Tree, Word

# A quotation of fewer words that starts a sentence is a title or a word held at a distance.
SHORTEST = 3
NAMES = frozenset(("NNP", "NNPS"))
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
        own = (
            _signed(tree, quote, end) or _led_by_colon(tree, quote, start) or _named_behind(tree, quote, end)
        )
        if own is not None:
            made.append(own)
            continue
        speaker = _speaker_before(tree, quote, start, drafts + made)
        if speaker is not None:
            speaker.pieces.append(close(tree, quote.start_char, quote.end_char, speaker.anchor))
            continue
        spoke = _spoke_before(tree, quote, start)
        if spoke is not None:
            made.append(spoke)
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
    if len(tail) < 2 or len(tail) == SIGNATURE or tail[0].text[-1] not in DASHES:
        return None
    # "Nigerian Navy" begins with an adjective and is a name.
    if not (tail[1].tag in NAMES or tail[1].entity):
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
    verbs = [
        token
        for token in tree.between(first, index)
        if token.pos in {"VERB", "AUX", "ADJ", "NOUN"}
        and subject_at(token) is not None
        and tree.quote_of[token.i] < 0
    ]
    # "Asked who was to blame, the mayor was blunt": whoever the sentence is about, before those of its clauses
    verbs.sort(key=lambda token: token.head.i != token.i)
    subjects = (subject_of(token) for token in verbs)
    subject = next((one for one in subjects if one is not None and _is_somebody(tree, one.i)), None)
    if subject is None:
        return None
    line = mark_lines()["lead"][0]
    span = close(tree, quote.start_char, quote.end_char, tree[index])
    return Draft(line, (index, index + 1), tree[index], subject, [span], line.stance, quoted=True)


def _named_behind(tree: Tree, quote: Quote, end: int) -> Draft | None:
    """``“They left.” That was how the captain put it.``: the sentence behind the quotation takes it up and tells whose it is."""
    start = next((i for i in range(end, min(end + 3, len(tree))) if not tree[i].is_space), len(tree))
    if start >= len(tree) or tree.paragraph_of[start] != tree.paragraph_of[end - 1]:
        return None
    last = tree.line_of[start][1]
    if tree[start].lower not in word_class("taking_up"):
        return None
    for token in tree.between(start + 1, last):
        if tree.quote_of[token.i] >= 0:
            return None
        speaker = _whose(token)
        if speaker is not None and speaker.i > start and _is_somebody(tree, speaker.i):
            line = mark_lines()["behind"][0]
            span = close(tree, quote.start_char, quote.end_char, token)
            return Draft(line, (token.i, token.i + 1), token, speaker, [span], line.stance, quoted=True)
    return None


def _whose(token: Word) -> Word | None:
    """Who says it: the subject of a verb of saying that says nothing else, or whose words a noun calls it."""
    if token.pos == "VERB":
        says_more = any(child.dep in {"ccomp", "xcomp"} for child in token.children)
        says = bool(lines_of(token)) or token.lower in word_class("phrasing")
        if not says or says_more:
            return None
        behind = (child for child in token.rights if child.dep in {"nsubj", "obj", "iobj"})
        return subject_at(token) or next(behind, None)  # "So said the bishop."
    if token.lower not in word_class("wording"):
        return None
    return next(
        (
            child
            for child in token.children
            if child.dep in {"nmod", "nmod:poss", "obl"}
            and (child.i < token.i or any(case.lower in {"of", "from"} for case in child.lefts))
        ),
        None,
    )


def _spoke_before(tree: Tree, quote: Quote, start: int) -> Draft | None:
    """``The captain spoke in Lima. “They left.”``: the sentence before is about one who speaks, or about how he feels."""
    before = next((i for i in range(start - 1, -1, -1) if not tree[i].is_space), -1)
    if before < 0 or tree.paragraph_of[start] - tree.paragraph_of[before] > 1 or tree.quote_of[before] >= 0:
        return None
    first, last = tree.line_of[before]
    if any(tree.quote_of[i] >= 0 for i in range(first, last + 1)):
        return None
    root = tree.stretch(first, last + 1).root
    speaker = subject_at(root)
    speaks = root.lemma in word_class("speaking") or (
        root.pos == "ADJ"
        and any(child.dep == "cop" for child in root.lefts)
        and root.lower not in word_class("no_mood")
    )
    if speaker is None or not speaks or not _is_somebody(tree, speaker.i):
        return None
    if tree.paragraph_of[start] != tree.paragraph_of[before] and root.pos == "ADJ":
        return None
    line = mark_lines()["mood"][0]
    span = close(tree, quote.start_char, quote.end_char, root)
    return Draft(line, (root.i, root.i + 1), root, speaker, [span], line.stance, quoted=True)


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
