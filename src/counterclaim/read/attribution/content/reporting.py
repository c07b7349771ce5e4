"""
The words that report, as a stretch of tokens: ``, the ministry said in a statement on Monday``.

Comes in: the tree and a cue verb. Goes out: start and end token of everything around the verb that cannot be content,
and the tokens shown as the cue ("was unable to verify", "called for"). Its limit: a subject torn off by the parse.
"""

from counterclaim.read.attribution.lines import CueLine, has_mark
from counterclaim.read.attribution.source.phrases import LONGEST_SOURCE, phrase_of
from counterclaim.read.attribution.source.speakers import aside_speaker, bare_speaker
from counterclaim.read.syntax.classes import FINITE
from counterclaim.read.syntax.clauses import subject_at
from counterclaim.read.syntax.polarity import hedging
from counterclaim.read.syntax.tree import Tree, Word


def words_end(verb: Word, line: CueLine) -> int | None:
    """Word behind the cue's further words (``point out``), or None where they are not there."""
    position = verb.i + 1
    for word in line.words:
        for index in range(position, min(position + 4, len(verb.tree))):
            token = verb.tree[index]
            if word in {token.lower, token.lemma}:
                position = index + 1
                break
        else:
            return None
    return position


def cue_tokens(tree: Tree, verb: Word, frame: str, words_end: int) -> tuple[int, int]:
    """The verb with the auxiliaries, negation and adverbs that stand directly before it, and its preposition."""
    start, end = verb.i, verb.i + 1
    while start > 0:
        token = tree[start - 1]
        if token.head.i == verb.i and token.dep in {"aux", "aux:pass", "advmod"} and token.pos != "SCONJ":
            start -= 1
        else:
            break
    head = verb.head
    if (
        verb.dep in {"xcomp", "advcl", "acl"}
        and 0 < start - head.i <= 2
        and tree[start - 1].lower in {"to", "of"}
    ) and (head.lemma in hedging("negator") or head.lower in hedging("inability") | hedging("ability")):
        # "was unable to verify", "declined to say"
        start = head.i
        while (
            start > 0
            and tree[start - 1].head.i == head.i
            and tree[start - 1].dep in {"aux", "aux:pass", "advmod", "cop"}
        ):
            start -= 1
    if words_end - verb.i <= 2:
        end = max(end, words_end)
    preposition = frame.removeprefix("prep:").removesuffix("+to")
    if preposition != frame and end < len(tree) and tree[end].lower == preposition:
        end += 1
    if end < len(tree) and tree[end].text == ":":
        end += 1
    return start, end


def report_of(tree: Tree, verb: Word) -> tuple[int, int]:
    """
    Start and end token of the words that report, as far as they stand together around the verb.

    ``, the ministry said in a statement on Monday`` without anything that could be content.
    """
    first, last = tree.line_of[verb.i]
    number = tree.quote_of[verb.i]
    start, end = verb.i, verb.i + 1
    aside = aside_speaker(verb)
    if aside is not None and verb.i > first:
        return start, next(t.i for t in tree.between(aside.i, len(tree)) if t.is_punct)
    subject = subject_at(verb) or bare_speaker(verb)
    for child in verb.lefts:
        if child.dep in {"aux", "aux:pass", "advmod", "cop", "expl"} and child.i >= start - 6:
            start = min(start, child.left_edge.i)
    if subject is not None and subject.i < verb.i:
        left, right = phrase_of(tree, subject)
        gap_quoted = any(tree.quote_of[i] >= 0 and tree.quote_of[i] != number for i in range(right, verb.i))
        if not gap_quoted:
            start = min(start, left)
    start = min(start, _behind_quote(tree, verb, start))
    while start > first and tree[start - 1].pos in {"CCONJ", "SCONJ"} and tree.quote_of[start - 1] == number:
        start -= 1
    addressed = has_mark(verb, "person")
    parts = []
    for child in verb.rights:
        if child.dep in {"nsubj", "nsubj:pass"}:
            left, right = phrase_of(tree, child)
            parts.append((left, right))
        elif child.dep in {
            "iobj",
            "advmod",
            "compound:prt",
            "obl",
            "obl:agent",
            "obl:unmarked",
            "obl:tmod",
            "obl:npmod",
        } or (child.dep == "obj" and (addressed or child.lower == "it")):
            parts.append((child.left_edge.i, child.right_edge.i + 1))
    for left, right in sorted(parts):
        if left > end and not (left == end + 1 and tree[end].text == ","):
            break
        if any(tree.quote_of[i] != number for i in range(left, min(right, last + 1))):
            break
        end = max(end, right)
    # A description behind a comma belongs to an inverted subject: "said Ana Ruiz, the mayor."
    end = min(end, last + 1)
    return start, end


def _behind_quote(tree: Tree, verb: Word, start: int) -> int:
    """Where the reporting words begin if only a noun phrase stands between a quotation and the verb."""
    number = tree.quote_of[verb.i]
    index = start - 1
    while index >= 0 and start - index <= LONGEST_SOURCE and tree.quote_of[index] == number:
        token = tree[index]
        if (
            token.is_space
            or token.text in {".", ";", ":", "?", "!"}
            or (token.tag in FINITE and token.dep != "acl:relcl")
        ):
            return start
        index -= 1
    if index < 0 or tree.quote_of[index] == number or tree.line_of[index][1] < tree.line_of[verb.i][0] - 1:
        return start
    index += 1
    while index < start and tree[index].text in {",", "—", "–", "-", "--"}:
        index += 1
    return (
        index
        if index == start or tree[index].pos in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"}
        else start
    )
