"""
How far the words of a cue reach: ``issued a warning about``, ``has refused to say``, ``is eager``.

Comes in: the tree and the finished drafts. Goes out: the drafts with their cues widened, by PolNeAR's convention: a cue is one
stretch from the first auxiliary of the verb that governs it to the preposition that leads into the content; it takes
in negation, adverbs, articles and adjectives, and never words of its source, of its content or of another cue.
"that" and "to" belong to the content, whom and when something was said to nothing.

In ``The navy has issued a fresh warning about mines`` the cue word is "warning", the cue ``has issued a fresh warning about``.

Its limit: a cue broken by its own content ("called the raid a crime") keeps its first part only.
"""

from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import carriers
from counterclaim.read.syntax.clauses import subject_at, subject_of
from counterclaim.read.syntax.tree import Stretch, Tree, Word

# Words from a governing verb to the one it governs: "appeared on Sunday to welcome" (swept 4-12 on PolNeAR train).
WIDEST = 8
BEFORE_VERB = frozenset(("aux", "aux:pass", "advmod", "cop", "neg"))
BEFORE_NOUN = frozenset(("det", "amod", "compound", "nummod", "advmod"))
BEHIND_VERB = frozenset(("compound:prt", "fixed", "advmod"))
LEADING_IN = frozenset(("IN", "RP"))
GOVERNED = frozenset(("xcomp", "ccomp", "advcl", "acl"))


def widen_cues(tree: Tree, drafts: list[Draft]) -> None:
    """Give each draft's cue the words that belong to it."""
    anchors = {draft.anchor.i for draft in drafts}
    labels = tuple(tree.spans.get("attr_cue", ()))
    wide = [_widened(tree, draft, anchors, labels) for draft in drafts]
    for draft, cue in zip(drafts, wide, strict=True):
        draft.cue = cue


def _widened(tree: Tree, draft: Draft, anchors: set[int], labels: tuple[Stretch, ...]) -> tuple[int, int]:
    start, end = draft.cue
    if draft.anchor.is_punct or not start <= draft.anchor.i < end:
        return start, end
    low, high = _room(tree, draft, anchors)
    start = max(low, _start(draft, start))
    start, end = min(start, draft.cue[0]), max(end, min(high, _end(tree, draft, end)))
    for span in labels:
        # Where the weights see more of the same cue, they are believed
        if span.start < end and start < span.end:
            start, end = min(start, max(low, span.start)), max(end, min(high, span.end))
    return start, end


def _room(tree: Tree, draft: Draft, anchors: set[int]) -> tuple[int, int]:
    """First and last token that the cue may take: up to its source, its content, another cue, a sentence's edge."""
    low, high = tree.line_of[draft.anchor.i]
    high += 1
    start, end = draft.cue
    taken = [
        (tree.token_at(first), tree.token_at(last - 1) + 1) for first, last in draft.pieces if first < last
    ]
    if draft.source is not None:
        taken.append(draft.source_span or (draft.source.i, draft.source.i + 1))
    taken += [(anchor, anchor + 1) for anchor in anchors if low <= anchor < high and anchor != draft.anchor.i]
    for first, last in taken:
        if last <= start:
            low = max(low, last)
        elif first >= end:
            high = min(high, first)
    number = tree.quote_of[draft.anchor.i]
    while low < start and (tree.quote_of[low] != number or tree[low].is_punct):
        low += 1
    return low, high


def _start(draft: Draft, start: int) -> int:
    word = draft.anchor
    if word.tag.startswith("N"):
        start = _first_child(word, start, BEFORE_NOUN)
        verb = _carrying_verb(word, draft)
        if verb is not None:
            start = _first_child(verb, verb.i, BEFORE_VERB)
            word = verb
    elif word.tag == "VBG" and word.dep in {"acl", "advcl"} and word.head.lemma in carriers():
        # "issued a statement saying"
        verb = _carrying_verb(word.head, draft)
        if verb is not None:
            start = _first_child(verb, verb.i, BEFORE_VERB)
            word = verb
    else:
        start = min(start, _first_child(word, start, BEFORE_VERB))
    for _ in range(3):
        governor = _governor(word, start)
        if governor is None:
            break
        start, word = _first_child(governor, governor.i, BEFORE_VERB), governor
    return start


def _carrying_verb(noun: Word, draft: Draft) -> Word | None:
    """The verb whose object the noun is, where the source does it: "raised | fresh concerns"."""
    verb = noun.head
    if noun.dep not in {"obj", "obl"} or not 0 < noun.i - verb.i <= WIDEST or verb.pos != "VERB":
        return None
    if draft.source is None or subject_of(verb) != draft.source:
        return None
    return verb


def _governor(word: Word, start: int) -> Word | None:
    """The verb or adjective that governs the word as an infinitive: "is quick | to condemn"."""
    head = word.head
    if word.dep not in GOVERNED or not 0 < start - head.i <= WIDEST or subject_at(word) is not None:
        return None
    infinitive = any(mark.lower == "to" and mark.i < word.i for mark in word.lefts)
    if not infinitive and not (word.tag == "VBG" and word.dep in {"xcomp", "ccomp"}):
        return None
    if head.pos not in {"VERB", "AUX", "ADJ"} or any(
        child.dep in {"obj", "iobj", "nsubj"} for child in head.rights if child.i < start
    ):
        return None
    return None if any(t.is_punct for t in word.tree.between(head.i, start)) else head


def _first_child(word: Word, start: int, kinds: frozenset[str]) -> int:
    """Where the words of these kinds begin that stand together before the word."""
    while start > 0:
        token = word.tree[start - 1]
        inside = token.dep in kinds and token.head.i == word.i and token.pos != "SCONJ"
        if not inside and not (
            token.head.i < word.i and token.head.head.i == word.i and token.dep == "advmod"
        ):
            break
        start -= 1
    return start


def _end(tree: Tree, draft: Draft, end: int) -> int:
    while end < len(tree) and tree[end].head.i == draft.anchor.i and tree[end].dep in BEHIND_VERB:
        end += 1
    following = min(
        (tree.token_at(first) for first, last in draft.pieces if tree.token_at(first) >= end), default=end
    )
    between = tree.between(end, following)
    if 0 < len(between) <= 2 and all(
        t.tag in LEADING_IN and t.lower not in {"that", "whether"} for t in between
    ):
        return following
    return end
