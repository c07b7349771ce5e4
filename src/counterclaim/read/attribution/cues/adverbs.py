"""
Adverbs and adjectives that say somebody says so: ``reportedly``, ``the alleged raid``.

Comes in: the tree. Goes out: drafts without a source. An adverb takes the clause it stands in, an adjective its noun. Its limit: an
adverb before its subject takes all that follows.
"""

from collections.abc import Iterator

from counterclaim.read.attribution.content.reach import close
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import CueLine, adverb_lines
from counterclaim.read.attribution.source.phrases import phrase_of
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.tree import Tree, Word


def find_adverb_drafts(tree: Tree) -> Iterator[Draft]:
    """Adverbs and adjectives that say somebody says so: "reportedly", "the alleged raid"."""
    lines = adverb_lines()
    for index, word in enumerate(tree.words):
        line = lines.get(word)
        if line is None:
            continue
        token = tree[index]
        head = token.head
        if line.frames == ("noun",):
            if token.dep != "amod" or head.i <= token.i or head.pos not in {"NOUN", "PROPN"}:
                continue
            start, end = token.i + 1, head.right_edge.i + 1
        else:
            if token.dep not in {"advmod", "amod", "obl"} or head.i == token.i:
                continue
            start, end = token.i + 1, head.right_edge.i + 1
            if head.i < token.i:
                start = token.i + 1
            subject = next((c for c in head.lefts if c.dep in {"nsubj", "nsubj:pass"}), None)
            if subject is not None and subject.i < token.i:
                yield from _split(tree, token, line, subject, end)
                continue
        end = min(end, tree.line_of[token.i][1] + 1)
        if end <= start:
            continue
        span = close(tree, *tree.chars(start, end), token)
        if span[1] > span[0]:
            yield Draft(line, (token.i, token.i + 1), token, None, [span], line.stance, root=head)


def _split(tree: Tree, adverb: Word, line: CueLine, subject: Word, end: int) -> Iterator[Draft]:
    """The clause on both sides of the adverb: "the king | reportedly | fled by boat"."""
    end = min(end, tree.line_of[adverb.i][1] + 1)
    if end <= adverb.i + 1:
        return
    right = close(tree, *tree.chars(adverb.i + 1, end), adverb)
    pieces = [right]
    if subject.lower not in word_class("relative"):
        start, stop = phrase_of(tree, subject)
        pieces.insert(0, close(tree, *tree.chars(start, max(stop, start + 1)), adverb))
    if right[1] > right[0]:
        yield Draft(line, (adverb.i, adverb.i + 1), adverb, None, pieces, line.stance, root=adverb.head)
