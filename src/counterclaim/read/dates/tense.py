"""
Past or future: the tense around a time expression, which decides whether "on Tuesday" is the last or the next.

Comes in: the parsed text and the characters of a time expression. Goes out: ``past``, ``future`` or empty.

    "Envoys will meet on Tuesday" -> future; "Envoys met on Tuesday" -> past; "Envoys are due to meet on Tuesday" -> future

Limit: the present tense of a timetable ("the council meets on Tuesday") counts as future, that of a headline
("army shells town on Tuesday") therefore too.
"""

from bisect import bisect_right

from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.polarity import tense_of, tense_words
from counterclaim.read.syntax.tree import Tree, Word

MAX_CLIMB = 12


def token_at(tree: Tree, char: int) -> Word | None:
    """The token that holds the character, or the one before it."""
    return tree[max(0, bisect_right(tree.idx, char) - 1)] if len(tree) else None


def tense_at(tree: Tree, start_char: int, end_char: int, *, parsed: bool) -> str:
    """``past``, ``future`` or empty: of the nearest verb above the expression, else of the words of its sentence."""
    first = token_at(tree, start_char)
    last = token_at(tree, end_char - 1)
    if first is None or last is None:
        return ""
    if first.i and first.nbor(-1).lower in word_class("until") and _is_put_off(tree, first.i - 1):
        return "future"
    if _dates_a_known_blow(tree, first.i, last.i):
        return "past"
    if not parsed:
        return _surface_tense(tree, first.i, last.i)
    token = _head(tree, first.i, last.i)
    for _ in range(MAX_CLIMB):
        tense = tense_of(token)
        if tense:
            return tense
        if token.head.i == token.i:
            break
        token = token.head
    return ""


def _is_put_off(tree: Tree, until: int) -> bool:
    """As in "was adjourned until Friday", "a curfew until Sunday": the day is still to come when it is told."""
    for token in reversed(tree.between(max(0, until - 8), until)):
        if token.sent.start != tree[until].sent.start:
            return False
        if token.lemma in tense_words("put_off") or token.lower in tense_words("put_off"):
            return True
        if token.tag in {"VBD", "MD"} and token.lower not in tense_words("past"):
            return False
    return False


def _dates_a_known_blow(tree: Tree, first: int, last: int) -> bool:
    """As in "will discuss Tuesday's attack", "march against the killing on Monday of a student": it lies behind."""
    head = _head(tree, first, last).head
    if head.lower not in word_class("blows") or head.pos not in {"NOUN", "PROPN"}:
        return False
    kids = [child for child in head.children if child.i < head.i]
    if any(child.lower in tense_words("due") or child.lower in {"next", "a", "an"} for child in kids):
        return False
    own = _head(tree, first, last)
    if own.dep == "nmod:poss":
        return True
    definite = any(child.lower == "the" or child.dep == "nmod:poss" for child in kids)
    return definite and any(child.i > last and child.dep in {"nmod", "acl:relcl"} for child in head.children)


def leads_ahead(tree: Tree, start_char: int) -> bool:
    """Whether the words just before set a term: "until", "by", "effective", "no later than"."""
    first = token_at(tree, start_char)
    if first is None:
        return False
    return any(token.lower in tense_words("term") for token in tree.between(max(0, first.i - 3), first.i))


def _head(tree: Tree, first: int, last: int) -> Word:
    """The token of the stretch whose head lies outside it."""
    for token in tree.between(first, last + 1):
        if not first <= token.head.i <= last or token.head.i == token.i:
            return token
    return tree[last]


def _surface_tense(tree: Tree, first: int, last: int) -> str:
    """Without a parse: the nearest telling word within a dozen words to the left, then to the right."""
    left = [token.lower for token in tree.between(max(0, first - 12), first)]
    right = [token.lower for token in tree.between(last + 1, last + 7)]
    for words in (list(reversed(left)), right):
        for word in words:
            if word in {".", ";"}:
                break
            if word in tense_words("future") or word in tense_words("due"):
                return "future"
            if word in tense_words("past") or (len(word) > 4 and word.endswith("ed")):
                return "past"
    return ""
