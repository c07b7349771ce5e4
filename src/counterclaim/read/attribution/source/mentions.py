"""
The source of a draft as a mention, as wide as its phrase.

Comes in: a draft whose source is a word. Goes out: the mention given there, widened, or a new one of an actor named as in the text:
unknown stays unknown. "The army, which holds the pass, said" has the mention "The army". Its limit is that of the phrase.
"""

from dataclasses import replace

from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.source.phrases import phrase_of
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import Actor, Mention


def make_source(tree: Tree, draft: Draft) -> Mention | None:
    """The mention that speaks, as wide as its phrase; None where the text names nobody."""
    head = draft.source
    if head is None:
        return None
    span = draft.source_span or phrase_of(tree, head)
    begins = min([draft.anchor.i, *(word.left_edge.i for word in _below(head, draft.anchor))])
    if head.i < begins < span[1]:
        span = (span[0], begins)  # the cue, and the clause it stands in, are no part of who speaks
    elif span[0] <= draft.anchor.i < head.i:
        span = (draft.anchor.i + 1, span[1])
    return mention_of(tree, head, span)


def _below(head: Word, anchor: Word) -> list[Word]:
    """The words from the anchor up to what hangs on the head: "ways | to report"; none where it hangs elsewhere."""
    found = [anchor]
    for word in anchor.ancestors:
        if word is head:
            return found
        found.append(word)
    return []


def mention_of(tree: Tree, head: Word, span: tuple[int, int]) -> Mention | None:
    """The given mention headed here, widened to its phrase, or a new one of an unresolved actor."""
    start, end = span
    if head.i < start or head.i >= end or end <= start:
        start, end = min(start, head.i), max(end, head.i + 1)
    start_char, end_char = tree.chars(start, end)
    text = tree.text[start_char:end_char]
    if not text.strip():
        return None
    given = _given(tree, head, start, end)
    if given is not None:
        if given.kind == "pronoun":
            return given
        start, end = min(start, given.start), max(end, given.end)
        start_char, end_char = tree.chars(start, end)
        return replace(
            given,
            text=tree.text[start_char:end_char],
            start_char=start_char,
            end_char=end_char,
            start=start,
            end=end,
        )
    if head.pos == "PRON" or head.tag in {"PRP", "PRP$", "WP", "WDT", "DT"}:
        kind = "pronoun"
    else:
        kind = "name" if head.pos == "PROPN" else "nominal"
    actor = Actor(actor_id=None, name=text, country=None, sector=None)
    anonymous = kind == "nominal" and tree[start].lower in {"a", "an"}
    return Mention(text, start_char, end_char, start, end, head.i, kind, actor, anonymous)  # type: ignore[arg-type]


def _given(tree: Tree, head: Word, start: int, end: int) -> Mention | None:
    for mention in tree.mentions_at.get(head.i, ()):
        if mention.head == head.i or mention.start <= head.i < mention.end:
            if mention.kind == "adjective" and head.dep not in {"amod", "compound", "nmod", "nmod:desc"}:
                continue
            if mention.head == head.i or (mention.start >= start and mention.end <= end):
                return mention
    return None
