"""
Attributions without a verb or noun of saying: ``according to the navy``, ``reportedly``, ``Navy: ferry sank``.

Comes in: the tree. Goes out: drafts. A source phrase takes the rest of its sentence as content, from the first word
to the comma before it or from the comma behind it to the end; an adverb takes the clause it stands in and names no
source; in a headline the colon parts source and statement.
"""

from collections.abc import Iterator

from counterclaim.read.attribution.content import DASHES, after, before, close
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import (
    Line,
    adverb_lines,
    carriers,
    hedges,
    mark_lines,
    media_names,
    phrase_lines,
    speakers,
)
from counterclaim.read.attribution.phrases import medium_among, phrase_of
from counterclaim.read.syntax.clauses import subject_at
from counterclaim.read.syntax.tree import Tree, Word

# Words between the halves of a phrase around its source: "in the | … | 's words".
LONGEST_INSIDE = 10
HEADLINE_WORDS = 22
HEADLINE_SOURCE_WORDS = 6


def find_phrase_drafts(tree: Tree) -> Iterator[Draft]:
    """Source phrases: "according to X", "in X's words", "citing X"."""
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Line]]] = {}
    for entry in phrase_lines():
        by_first.setdefault(entry[0][0], []).append(entry)
    taken = -1
    for index, word in enumerate(tree.words):
        for words, closing, line in by_first.get(word, ()):
            end = index + len(words)
            if index <= taken or end >= len(tree):
                continue
            if tuple(tree.words[index:end]) != words or not _closes(tree, end, closing):
                continue
            found = _phrase(tree, tree[index], end, closing, line)
            if found is not None:
                taken = end
                yield found
                break


def _closes(tree: Tree, start: int, closing: tuple[str, ...]) -> bool:
    """Whether the words behind the source are within reach, where the pattern has any."""
    return not closing or closing[0] in tree.words[start : start + LONGEST_INSIDE]


def _phrase(tree: Tree, first: Word, end: int, closing: tuple[str, ...], line: Line) -> Draft | None:
    last = tree.line_of[first.i][1]
    if closing:
        for index in range(end, min(end + LONGEST_INSIDE, last + 1)):
            if tuple(tree.words[index : index + len(closing)]) == closing:
                source = tree[index].head if tree[index].head.i < index else tree[index - 1]
                span = (end, index)
                stop = index + len(closing)
                break
        else:
            return None
    else:
        source_found = _following_noun(tree, first, end)
        if source_found is None:
            return None
        source = source_found
        start, stop = phrase_of(tree, source)
        start = max(start, end)
        stop = max(stop, source.i + 1)
        span = (start, stop)
        opens = first.i == tree.line_of[first.i][0] and stop <= last and tree[stop].text == ","
        if (
            line.lemma == "per"
            and not opens
            and (tree[end].pos == "NOUN" or first.i == 0 or tree[first.i - 1].text != ",")
        ):
            return None
    bare = source.tag == "NN" and not any(child.dep != "case" for child in source.children)
    if (bare or line.frames == ("speaker",)) and not _can_speak(tree, source):
        return None  # "according to plan", "citing fog"
    report = (first.i, stop)
    pieces = []
    start = tree.line_of[first.i][0]
    leading = first.i == start or all(
        t.is_punct or t.pos in {"CCONJ", "SCONJ", "ADV"} for t in tree.between(start, first.i)
    )
    left = None if leading else before(tree, report, first)
    if left is not None:
        pieces.append(left)
    # ``According to X, P``; in the middle only what follows a comma
    resumed = stop < last and tree[stop].text == "," and tree[stop + 1].lower in hedges("resumption")
    if stop <= last and not resumed and (leading or tree[stop].text in {",", "—", "–"}):
        right = after(tree, (first.i, stop), first)
        if right is not None and (leading or _has_verb(tree, right)):
            pieces.append(right)
    if not pieces:
        return None
    return Draft(line, (first.i, end), first, source, pieces, line.stance, source_span=span)


def _can_speak(tree: Tree, token: Word) -> bool:
    """Whether the phrase is somebody, or a document, rather than a reason: "citing the navy", not "citing fog"."""
    if token.entity in {"PERSON", "ORG", "NORP"} or token.pos == "PRON":
        return True
    if any(
        mention.kind != "adjective" and mention.head == token.i
        for mention in tree.mentions_at.get(token.i, ())
    ):
        return True
    return token.lemma in carriers() or token.lemma in speakers()


def _has_verb(tree: Tree, span: tuple[int, int]) -> bool:
    start = tree.token_at(span[0])
    stop = tree.token_at(span[1] - 1) + 1
    return any(token.pos in {"VERB", "AUX"} for token in tree.between(start, stop))


def _following_noun(tree: Tree, first: Word, end: int) -> Word | None:
    """Head of the noun phrase that begins at the token."""
    last = tree.line_of[first.i][1]
    for index in range(end, min(end + 14, last + 1)):
        token = tree[index]
        if token.pos in {"VERB", "PUNCT"} and index > end and token.text != "’":
            break
        head = token
        hops = 0
        while (
            head.head.i != head.i
            and end <= head.head.i <= last
            and head.dep not in {"appos", "conj"}
            and hops < 6
        ):
            if head.head.pos not in {"NOUN", "PROPN", "PRON", "NUM"}:
                break
            head, hops = head.head, hops + 1
        if head.pos in {"NOUN", "PROPN", "PRON", "NUM"}:
            return head
    return None


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


def _split(tree: Tree, adverb: Word, line: Line, subject: Word, end: int) -> Iterator[Draft]:
    """The clause on both sides of the adverb: "the king | reportedly | fled by boat"."""
    end = min(end, tree.line_of[adverb.i][1] + 1)
    if end <= adverb.i + 1:
        return
    right = close(tree, *tree.chars(adverb.i + 1, end), adverb)
    pieces = [right]
    if subject.lower not in {"which", "that", "who"}:
        start, stop = phrase_of(tree, subject)
        pieces.insert(0, close(tree, *tree.chars(start, max(stop, start + 1)), adverb))
    if right[1] > right[0]:
        yield Draft(line, (adverb.i, adverb.i + 1), adverb, None, pieces, line.stance, root=adverb.head)


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
