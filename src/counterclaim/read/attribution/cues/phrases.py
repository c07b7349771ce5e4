"""
Attributions without a verb or noun of saying: ``according to the navy``, ``reportedly``, ``Navy: ferry sank``.

Comes in: the tree. Goes out: drafts. A source phrase takes the rest of its sentence as content, from the first word
to the comma before it or from the comma behind it to the end; an adverb takes the clause it stands in and names no
source; in a headline the colon parts source and statement.
"""

from collections.abc import Iterator

from counterclaim.read.attribution.content.reach import after, before
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import CueLine, carriers, hedges, phrase_lines, speakers
from counterclaim.read.attribution.source.phrases import phrase_of
from counterclaim.read.syntax.tree import Tree, Word

# Words between the halves of a phrase around its source: "in the | … | 's words".
LONGEST_INSIDE = 10


def find_phrase_drafts(tree: Tree) -> Iterator[Draft]:
    """Source phrases: "according to X", "in X's words", "citing X"."""
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], CueLine]]] = {}
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


def _phrase(tree: Tree, first: Word, end: int, closing: tuple[str, ...], line: CueLine) -> Draft | None:
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
