"""
Headlines that name their source: ``Navy: ferry sank``, ``Ferry sank: navy``, ``‘We lost all’: survivors recall``.

Comes in: the tree. Goes out: one draft at most, for the first line of a text. The colon, or a dash between blanks, parts source and
statement. Its limit: a headline without either.
"""

from collections.abc import Iterator

from counterclaim.read.attribution.content.reach import DASHES, close
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import carriers, mark_lines, media_names, speakers
from counterclaim.read.attribution.source.phrases import medium_among
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import subject_at
from counterclaim.read.syntax.tree import Tree, Word

HEADLINE_WORDS = 22


HEADLINE_SOURCE_WORDS = 6


def find_headline_drafts(tree: Tree) -> Iterator[Draft]:
    """
    A headline that names its source: "Navy: ferry sank", "Ferry sank: navy", "Ferry sank - navy".

    ``‘We lost all’: survivors recall the flood``: whoever does something behind the colon said the words before it.
    """
    end = next((t.i for t in tree if t.is_space and "\n" in t.text), len(tree))
    words = [t for t in tree.between(0, end) if not t.is_space]
    if not words or len(words) > HEADLINE_WORDS:
        return
    for token in words[1:-1]:
        dash = token.text in DASHES and tree.text[token.idx - 1].isspace() and token.spaced
        if (token.text != ":" and not dash) or tree.quote_of[token.i] >= 0:
            continue
        left, right = (words[0].i, token.i), (token.i + 1, words[-1].i + 1)
        for source, content in ((left, right), (right, left)) if not dash else ((right, left),):
            head = _headline_source(tree, source)
            if head is None or (dash and _is_outlet(tree, source)):
                continue
            yield from _headline(tree, token, head, source, content, "dash" if dash else "headline")
            return
        if not dash:
            head = _quoted_before(tree, left, right)
            if head is not None:
                yield from _headline(tree, token, head, None, left, "headline")
            return


def _headline(
    tree: Tree,
    mark: Word,
    head: Word,
    source: tuple[int, int] | None,
    content: tuple[int, int],
    kind: str,
) -> Iterator[Draft]:
    span = close(tree, *tree.chars(*content), mark)
    if span[1] > span[0]:
        line = mark_lines()[kind][0]
        yield Draft(line, (mark.i, mark.i + 1), mark, head, [span], line.stance, source_span=source)


def _is_outlet(tree: Tree, span: tuple[int, int]) -> bool:
    """Whether the name behind the dash is the paper's own: "Ferry sank - Harbour News"."""
    known = medium_among(tree, *span)
    return known is not None or any(token.lower in carriers() for token in tree.between(*span))


def _quoted_before(tree: Tree, left: tuple[int, int], right: tuple[int, int]) -> Word | None:
    """The subject of what stands behind the colon, where everything before it is one quotation."""
    number = tree.quote_of[left[0]]
    if number < 0 or any(tree.quote_of[index] != number for index in range(*left)):
        return None
    for token in tree.between(*right):
        subject = subject_at(token)
        if subject is not None and right[0] <= subject.i < token.i:
            somebody = subject.lemma in speakers() or tree.mention_at(subject) is not None
            return subject if somebody or subject.entity in {"PERSON", "ORG", "NORP"} else None
    return None


def _headline_source(tree: Tree, span: tuple[int, int]) -> Word | None:
    tokens = [t for t in tree.between(span[0], span[1]) if not t.is_punct and not t.is_space]
    if not tokens or len(tokens) > HEADLINE_SOURCE_WORDS or any(t.pos in {"VERB", "AUX"} for t in tokens):
        return None
    if any(t.lower in word_class("tallied") for t in tokens):
        return None
    head = next(
        (t for t in tokens if not any(o.i == t.head.i for o in tokens) or t.head.i == t.i), tokens[-1]
    )
    text = tree.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])].lower()
    covered = any(
        mention.kind in {"name", "metonym"} for t in tokens for mention in tree.mentions_at.get(t.i, ())
    )
    last = tokens[-1].lemma
    if covered or text in media_names() or last in carriers() or last in speakers():
        return head
    return None
