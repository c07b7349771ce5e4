"""
Statements without quotation marks behind a colon: ``Speaking in Lima, the envoy said:`` and the paragraphs that follow.

Comes in: the tree. Goes out: drafts. Whoever says "I" or "we" in the first paragraphs goes on up to a heading or the reporter's next
cue. Its limit: paragraphs behind the last "I" or "we" are taken for the reporter's own.
"""

import re
from collections.abc import Iterator

from counterclaim.read.attribution.content.clauses import root_of
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import has_mark, hedges, lines_of
from counterclaim.read.attribution.source.phrases import NEAR
from counterclaim.read.attribution.source.speakers import speaker_of
from counterclaim.read.attribution.stance import judge_stance
from counterclaim.read.syntax.classes import FINITE
from counterclaim.read.syntax.clauses import is_verbal, subject_at
from counterclaim.read.syntax.tree import Tree, Word

LINE = re.compile(r"[^\n]+")


# Paragraphs within which a statement has to say "I" or "we".
SOON = 2


ENDED = tuple('.!?…"”’»)')


def find_statement_drafts(tree: Tree) -> Iterator[Draft]:
    """
    A statement without quotation marks in the paragraphs behind ``the envoy said:``.

    Somebody has to say "I" or "we" in its first two paragraphs. It ends at a heading, or where the reporter quotes
    somebody again: then with the last "I" or "we" before that.
    """
    text = tree.text
    lines = [(m.start(), m.end()) for m in LINE.finditer(text) if m.group().strip()]
    held = 0
    for number, (start, end) in enumerate(lines[:-1]):
        if start < held or not text[start:end].rstrip().endswith(":"):
            continue
        colon = tree.token_at(len(text[:end].rstrip()) - 1)
        verb = _reporting_verb(tree, colon)
        source = speaker_of(tree, verb) if verb is not None else None
        if verb is None or source is None:
            continue
        own = _own_words(tree, lines[number + 1 :])
        if not own:
            continue
        begin, held = own[0][0], len(text[: own[-1][1]].rstrip())
        root = root_of(tree, tree.token_at(begin), tree.token_at(held - 1))
        line = next(line for line in lines_of(verb) if "quote" in line.frames)
        stance = judge_stance(tree, verb, line, root, source)
        yield Draft(line, (verb.i, verb.i + 1), verb, source, [(begin, held)], stance, root=root, quoted=True)


def _own_words(tree: Tree, paragraphs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs that belong to the statement."""
    taken: list[tuple[int, int]] = []
    first_person = 0
    resumed = False
    for start, end in paragraphs:
        if not tree.text[start:end].rstrip().endswith(ENDED):
            break
        tokens = tree.between(tree.token_at(start), tree.token_at(end - 1) + 1)
        resumed = tree.quote_of[tree.token_at(start)] >= 0 or any(_reports(token) for token in tokens)
        if resumed:
            break
        taken.append((start, end))
        if any(token.lower in hedges("first_person") for token in tokens):
            first_person = len(taken)
        elif not first_person and len(taken) >= SOON:
            return []
    return taken[:first_person] if resumed or not first_person else taken


def _reports(token: Word) -> bool:
    """Whether a named speaker is quoted here, by somebody else than "I" or "we"."""
    if not has_mark(token, "statement") or not is_verbal(token):
        return False
    subject = subject_at(token)
    return subject is not None and subject.lower not in hedges("first_person")


def _reporting_verb(tree: Tree, colon: int) -> Word | None:
    """The verb of saying that the colon closes: the last of its sentence."""
    first, _ = tree.line_of[colon]
    for token in reversed(tree.between(first, colon)):
        if tree.quote_of[token.i] >= 0:
            return None
        if token.tag in FINITE:
            return token if has_mark(token, "statement") and colon - token.i <= NEAR else None
    return None
