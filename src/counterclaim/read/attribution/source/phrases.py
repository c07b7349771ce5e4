"""
Noun phrases as they are quoted: how far one reaches around its head, and what it names.

Comes in: the tree and a head. Goes out: tokens, or the name among them: of "the Russian agency Tass" only "Tass". In "Ana Ruiz,
who leads the mission, said" the phrase of Ruiz ends before the comma. Its limit is the parse's.
"""

from counterclaim.read.attribution.lines import media_names, noun_lines
from counterclaim.read.syntax.classes import FINITE
from counterclaim.read.syntax.tree import Tree, Word

# How far from its verb a complement's first word may stand.
NEAR = 12
# A noun phrase longer than this is a misparse more often than a title (swept on PolNeAR train).
LONGEST_SOURCE = 30
_LEADING_ON = frozenset(("WP", "WDT", "WRB", "WP$", "IN", "CC"))
# What stands before a noun and is no part of its phrase.
_BEFORE = frozenset(
    ("case", "mark", "cc", "punct", "advmod", "cop", "aux", "nsubj", "discourse", "parataxis")
)
_PARTS = frozenset(
    (
        "flat",
        "nmod",
        "nmod:poss",
        "nmod:desc",
        "nmod:npmod",
        "nmod:unmarked",
        "amod",
        "nummod",
        "compound",
        "appos",
        "conj",
        "det",
        "fixed",
        "case",
        "goeswith",
        "acl",
    )
)


def phrase_of(tree: Tree, head: Word, *, apposition: bool = True) -> tuple[int, int]:
    """
    Tokens of the noun phrase around its head: determiners, titles, "of" phrases, appositions; no relative clause.

    Returns:
        Start and end token, half-open.
    """
    start, end = _left_end(head), _right_end(tree, head, apposition=apposition)
    first, last = tree.line_of[head.i]
    start, end = max(start, first), min(end, last + 1)
    inside = tree.quote_of[head.i]
    while tree.quote_of[start] != inside:
        start += 1
    while tree.quote_of[end - 1] != inside:
        end -= 1
    if end - start > LONGEST_SOURCE:
        start, end = max(start, head.i - 5), min(end, head.i + 6)
    start = _take_in_before(tree, start, first, inside)
    while end - 1 > head.i and (
        tree[end - 1].is_punct or tree[end - 1].is_space or tree[end - 1].tag in _LEADING_ON
    ):
        end -= 1
    while start < head.i and ((tree[start].is_punct and tree.quote_of[start] < 0) or tree[start].is_space):
        start += 1
    return start, end


def _left_end(head: Word) -> int:
    return min((child.left_edge.i for child in head.lefts if child.dep not in _BEFORE), default=head.i)


def _right_end(tree: Tree, head: Word, *, apposition: bool) -> int:
    """Where the phrase ends: before what is no part of a noun phrase, before a verb, before a relative clause."""
    end = head.i + 1
    for child in head.rights:
        if child.dep == "punct":
            continue
        if (child.dep == "appos" and not apposition) or child.dep not in _PARTS:
            break
        if child.dep == "conj" and child.lemma in noun_lines():
            break
        first = child.left_edge
        if first.i > end and not _joined(tree, end, first.i):
            break
        if child.dep in {"nmod", "acl"} and "," in {tree[first.i - 1].text, first.text}:
            break
        end = max(end, child.right_edge.i + 1)
        finite = next((t for t in tree.between(child.i, end) if t.tag in FINITE and t.dep != "acl"), None)
        if finite is not None and child.dep != "nmod:poss":
            # A verb inside a name: the parse went on too far
            return finite.i
        relative = next((t for t in child.subtree if t.dep == "acl:relcl" and t.i > child.i), None)
        if relative is not None:
            return max(child.i + 1, relative.left_edge.i)
    return end


def _take_in_before(tree: Tree, start: int, first: int, inside: int) -> int:
    """What belongs to the phrase though the parse hung it elsewhere: a determiner, a title."""
    if start > first and tree[start - 1].tag == "DT" and tree.quote_of[start - 1] == tree.quote_of[start]:
        start -= 1
    while (
        start > first
        and tree[start - 1].pos == "PROPN" == tree[start].pos
        and tree.quote_of[start - 1] == inside
    ):
        start -= 1  # "Professor | Alba"
    return start


def name_of(tree: Tree, head: Word) -> str:
    """The phrase without its article; of "Russian agency Tass" only the name that the tables know, "Tass"."""
    known = medium_among(tree, *phrase_of(tree, head))
    return name_between(tree, *(known or phrase_of(tree, head, apposition=False)))


def name_between(tree: Tree, start: int, end: int) -> str:
    """The press organisation named among the tokens, or all of them without their article."""
    known = medium_among(tree, start, end)
    if known is not None:
        start, end = known
    while start < end - 1 and tree[start].pos in {"DET", "PUNCT"}:
        start += 1
    first, last = tree.chars(start, end)
    return tree.text[first:last]


def medium_among(tree: Tree, start: int, end: int) -> tuple[int, int] | None:
    """The tokens among these that name a press organisation of the tables, the longest name first."""
    names = media_names()
    for width in range(min(end - start, 6), 0, -1):
        for index in range(start, end - width + 1):
            first, last = tree.chars(index, index + width)
            text = tree.text[first:last]
            if text in names or (text.lower() in names and not text.islower()):
                return index, index + width
    return None


def medium_after(tree: Tree, verb: Word) -> tuple[int, int] | None:
    """The press organisation named right behind the verb: "told | Reuters | the dam could burst"."""
    end = min(verb.i + 6, tree.line_of[verb.i][1] + 1)
    known = medium_among(tree, verb.i + 1, end) if verb.i + 1 < end else None
    return known if known is not None and known[0] <= verb.i + 2 else None


def _joined(tree: Tree, end: int, start: int) -> bool:
    """Whether nothing but punctuation or a coordinator stands between the phrase and its next part."""
    return all(
        tree[index].is_punct or tree[index].pos in {"CCONJ", "ADP", "DET", "PART"}
        for index in range(end, start)
    )
