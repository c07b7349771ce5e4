"""
Past or future: the tense around a time expression, which decides whether "on Tuesday" is the last or the next.

Comes in: the parsed text and the characters of a time expression. Goes out: ``past``, ``future`` or empty.

    "Envoys will meet on Tuesday" -> future; "Envoys met on Tuesday" -> past; "Envoys are due to meet on Tuesday" -> future

Limit: the present tense of a timetable ("the council meets on Tuesday") counts as future, that of a headline
("army shells town on Tuesday") therefore too.
"""

from bisect import bisect_right
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.tree import Tree, Word

MAX_CLIMB = 12


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("dates_tense") if row["kind"] == kind)


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
        tense = _verb_tense(token)
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
        if token.lemma in _words("put_off") or token.lower in _words("put_off"):
            return True
        if token.tag in {"VBD", "MD"} and token.lower not in _words("past"):
            return False
    return False


def _dates_a_known_blow(tree: Tree, first: int, last: int) -> bool:
    """As in "will discuss Tuesday's attack", "march against the killing on Monday of a student": it lies behind."""
    head = _head(tree, first, last).head
    if head.lower not in word_class("blows") or head.pos not in {"NOUN", "PROPN"}:
        return False
    kids = [child for child in head.children if child.i < head.i]
    if any(child.lower in _words("due") or child.lower in {"next", "a", "an"} for child in kids):
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
    return any(token.lower in _words("term") for token in tree.between(max(0, first.i - 3), first.i))


def _head(tree: Tree, first: int, last: int) -> Word:
    """The token of the stretch whose head lies outside it."""
    for token in tree.between(first, last + 1):
        if not first <= token.head.i <= last or token.head.i == token.i:
            return token
    return tree[last]


def _verb_tense(token: Word) -> str:
    """Tense of one verb group; empty for anything else and for a bare infinitive or participle that leans on another."""
    if token.lower in _words("due") and token.pos in {"ADJ", "VERB", "NOUN"} and _has_infinitive(token):
        return "future"
    if token.pos not in {"VERB", "AUX", "ADJ", "NOUN"}:
        return ""
    auxiliaries = [child for child in token.children if child.dep.startswith("aux") or child.dep == "cop"]
    if token.pos in {"ADJ", "NOUN"} and not auxiliaries:
        return ""
    forms = [child.lower for child in auxiliaries]
    # "is due to visit": some parses make "due" a mark of the infinitive.
    if any(child.lower in _words("due") and child.i < token.i for child in token.children):
        return "future"
    if any(form in _words("future") for form in forms):
        # "would have gone" looks back, "would go" ahead.
        return "past" if any(form in _words("perfect") for form in forms) else "future"
    if token.lower in _words("due") or token.lemma in _words("due_verb"):
        return "future" if _leads_ahead(token, forms) else "past" if _is_past(token, auxiliaries) else ""
    if "to" in forms or any(child.dep == "mark" and child.lower == "to" for child in token.children):
        head = token.head
        if head.lower in _words("due") or head.lemma in _words("due_verb"):
            return "future"
        return ""
    if _is_past(token, auxiliaries):
        return "past"
    if token.tag in {"VBZ", "VBP"} or any(child.tag in {"VBZ", "VBP"} for child in auxiliaries):
        if any(form in _words("perfect") for form in forms):
            return "past"
        return "future" if token.tag == "VBG" or token.lemma in _words("timetable") else ""
    return ""


def _leads_ahead(token: Word, forms: list[str]) -> bool:
    """As in "is due", "plans to", "has been scheduled for": the planned thing lies ahead unless the plan itself is dated."""
    return (
        any(child.dep in {"xcomp", "ccomp"} or child.lower == "for" for child in token.subtree) or not forms
    )


def _has_infinitive(token: Word) -> bool:
    return any(child.dep in {"xcomp", "advcl", "acl"} for child in token.children)


def _is_past(token: Word, auxiliaries: list[Word]) -> bool:
    if token.tag == "VBD":
        return True
    return any(child.tag == "VBD" or child.lower in _words("past") for child in auxiliaries) or (
        token.tag == "VBN" and not auxiliaries and token.dep not in {"acl", "amod", "xcomp"}
    )


def _surface_tense(tree: Tree, first: int, last: int) -> str:
    """Without a parse: the nearest telling word within a dozen words to the left, then to the right."""
    left = [token.lower for token in tree.between(max(0, first - 12), first)]
    right = [token.lower for token in tree.between(last + 1, last + 7)]
    for words in (list(reversed(left)), right):
        for word in words:
            if word in {".", ";"}:
                break
            if word in _words("future") or word in _words("due"):
                return "future"
            if word in _words("past") or (len(word) > 4 and word.endswith("ed")):
                return "past"
    return ""
