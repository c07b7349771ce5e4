"""
Past or future: the tense around a time expression, which decides whether "on Tuesday" is the last or the next.

Comes in: the parsed text and the characters of a time expression. Goes out: ``past``, ``future`` or empty.

    "Envoys will meet on Tuesday" -> future; "Envoys met on Tuesday" -> past; "Envoys are due to meet on Tuesday" -> future

Limit: the present tense of a timetable ("the council meets on Tuesday") counts as future, that of a headline
("army shells town on Tuesday") therefore too.
"""

from bisect import bisect_right
from functools import cache

from spacy.tokens import Doc, Token

from counterclaim.knowledge import load_table

MAX_CLIMB = 12


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("dates_tense") if row["kind"] == kind)


def token_starts(doc: Doc) -> list[int]:
    """Character starts of the tokens, for looking tokens up by character."""
    return [token.idx for token in doc]


def token_at(doc: Doc, starts: list[int], char: int) -> Token | None:
    """The token that holds the character, or the one before it."""
    if not starts:
        return None
    return doc[max(0, bisect_right(starts, char) - 1)]


def tense_at(doc: Doc, starts: list[int], start_char: int, end_char: int, *, parsed: bool) -> str:
    """``past``, ``future`` or empty: of the nearest verb above the expression, else of the words of its sentence."""
    first = token_at(doc, starts, start_char)
    last = token_at(doc, starts, end_char - 1)
    if first is None or last is None:
        return ""
    if not parsed:
        return _surface_tense(doc, first.i, last.i)
    token = _head(doc, first.i, last.i)
    for _ in range(MAX_CLIMB):
        tense = _verb_tense(token)
        if tense:
            return tense
        if token.head.i == token.i:
            break
        token = token.head
    return ""


def leads_ahead(doc: Doc, starts: list[int], start_char: int) -> bool:
    """Whether the words just before set a term: "until", "by", "effective", "no later than"."""
    first = token_at(doc, starts, start_char)
    if first is None:
        return False
    return any(token.lower_ in _words("term") for token in doc[max(0, first.i - 3) : first.i])


def _head(doc: Doc, first: int, last: int) -> Token:
    """The token of the stretch whose head lies outside it."""
    for token in doc[first : last + 1]:
        if not first <= token.head.i <= last or token.head.i == token.i:
            return token
    return doc[last]


def _verb_tense(token: Token) -> str:
    """Tense of one verb group; empty for anything else and for a bare infinitive or participle that leans on another."""
    if token.lower_ in _words("due") and token.pos_ in {"ADJ", "VERB", "NOUN"} and _has_infinitive(token):
        return "future"
    if token.pos_ not in {"VERB", "AUX", "ADJ", "NOUN"}:
        return ""
    auxiliaries = [child for child in token.children if child.dep_.startswith("aux") or child.dep_ == "cop"]
    if token.pos_ in {"ADJ", "NOUN"} and not auxiliaries:
        return ""
    forms = [child.lower_ for child in auxiliaries]
    # "is due to visit": some parses make "due" a mark of the infinitive.
    if any(child.lower_ in _words("due") and child.i < token.i for child in token.children):
        return "future"
    if any(form in _words("future") for form in forms):
        # "would have gone" looks back, "would go" ahead.
        return "past" if any(form in _words("perfect") for form in forms) else "future"
    if token.lower_ in _words("due") or token.lemma_.lower() in _words("due_verb"):
        return "future" if _leads_ahead(token, forms) else "past" if _is_past(token, auxiliaries) else ""
    if "to" in forms or any(child.dep_ == "mark" and child.lower_ == "to" for child in token.children):
        head = token.head
        if head.lower_ in _words("due") or head.lemma_.lower() in _words("due_verb"):
            return "future"
        return ""
    if _is_past(token, auxiliaries):
        return "past"
    if token.tag_ in {"VBZ", "VBP"} or any(child.tag_ in {"VBZ", "VBP"} for child in auxiliaries):
        if any(form in _words("perfect") for form in forms):
            return "past"
        return "future" if token.tag_ == "VBG" or token.lemma_.lower() in _words("timetable") else ""
    return ""


def _leads_ahead(token: Token, forms: list[str]) -> bool:
    """As in "is due", "plans to", "has been scheduled for": the planned thing lies ahead unless the plan itself is dated."""
    return (
        any(child.dep_ in {"xcomp", "ccomp"} or child.lower_ == "for" for child in token.subtree) or not forms
    )


def _has_infinitive(token: Token) -> bool:
    return any(child.dep_ in {"xcomp", "advcl", "acl"} for child in token.children)


def _is_past(token: Token, auxiliaries: list[Token]) -> bool:
    if token.tag_ == "VBD":
        return True
    return any(child.tag_ == "VBD" or child.lower_ in _words("past") for child in auxiliaries) or (
        token.tag_ == "VBN" and not auxiliaries and token.dep_ not in {"acl", "amod", "xcomp"}
    )


def _surface_tense(doc: Doc, first: int, last: int) -> str:
    """Without a parse: the nearest telling word within a dozen words to the left, then to the right."""
    left = [token.lower_ for token in doc[max(0, first - 12) : first]]
    right = [token.lower_ for token in doc[last + 1 : last + 7]]
    for words in (list(reversed(left)), right):
        for word in words:
            if word in {".", ";"}:
                break
            if word in _words("future") or word in _words("due"):
                return "future"
            if word in _words("past") or (len(word) > 4 and word.endswith("ed")):
                return "past"
    return ""
