"""
Speech set out line by line: interviews, hearings, press conferences, and statements behind a colon.

Comes in: the tree. Goes out: drafts. ``MR. HOLLIS: The port is shut.`` is what Mr. Hollis says, up to the next speaker's
line; ``Q:`` and ``A:`` are the questioner, who is not named, and the one person named before the first question; ``Speaking
in Lima, the envoy said:`` and paragraphs without quotation marks are the envoy's, up to a heading or his next cue.

A text is taken for a transcript only where labels come back, or all of them are names; "Date: Monday" is no
speaker. Its limit: paragraphs behind the last labelled line are taken for the reporter's own.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.read.attribution.content.clauses import root_of
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import CueLine, mark_lines, speakers, turn_roles
from counterclaim.read.attribution.stance import judge_stance
from counterclaim.read.syntax.classes import FINITE
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import Stance

LINE = re.compile(r"[^\n]+")
# A label is a few capitalised words before a colon; a bare letter may have a full stop instead.
LABEL = re.compile(
    r"[ \t]*(?:(?P<letter>[QA])[.:]|(?P<name>[^\W\d_](?:[^:\n\"“”?!;,]|,(?=[^:\n]{0,40}:)){0,60}):)[ \t]+(?=\S)"
)
MOST_WORDS = 6
# Fewer labelled lines are a headline or a list.
FEWEST_TURNS = 2


@dataclass(frozen=True, slots=True)
class _Turn:
    """One labelled line: its label, and where label, mark and speech begin and end."""

    label: str
    start: int
    mark: int
    speech: int
    end: int


def find_turn_drafts(tree: Tree) -> list[Draft]:
    """One draft for each turn of a transcript; none where the text is not one."""
    turns = list(_turns(tree))
    if not _is_transcript(tree, turns):
        return []
    answerer = _only_person_before(tree, turns[0].start)
    return [draft for turn in turns if (draft := _turn_draft(tree, turn, answerer)) is not None]


def _turns(tree: Tree) -> Iterator[_Turn]:
    text = tree.text
    open_turn: _Turn | None = None
    held = 0
    for line in LINE.finditer(text):
        found = LABEL.match(text, line.start(), line.end())
        label = (found.group("letter") or found.group("name")).strip() if found else ""
        if found is None or not _is_label(label):
            continue
        if open_turn is not None:
            yield _Turn(
                open_turn.label, open_turn.start, open_turn.mark, open_turn.speech, _end(text, line.start())
            )
        mark = found.end("letter") if found.group("letter") else found.end("name")
        open_turn = _Turn(label, line.start(), mark, found.end(), line.end())
        held = line.end()
    if open_turn is not None:
        yield _Turn(open_turn.label, open_turn.start, open_turn.mark, open_turn.speech, _end(text, held))


def _end(text: str, end: int) -> int:
    return len(text[:end].rstrip())


def _is_label(label: str) -> bool:
    words = label.split()
    if label.lower() in turn_roles():
        return True
    small = [word for word in words if word[0].islower()]
    return len(words) <= MOST_WORDS and label[0].isupper() and len(small) * 2 < len(words)


def _is_transcript(tree: Tree, turns: list[_Turn]) -> bool:
    if len(turns) < FEWEST_TURNS:
        return False
    roles = {turn_roles().get(turn.label.lower()) for turn in turns}
    if {"asks", "answers"} <= roles:
        return True
    spoken = [turn for turn in turns if _has_finite_verb(tree, turn)]
    if len(spoken) * 2 < len(turns):
        return False
    counts = Counter(turn.label for turn in turns)
    named = all(_is_somebody(tree, turn) for turn in turns)
    return named or (len(turns) > FEWEST_TURNS and max(counts.values()) > 1 and len(counts) < len(turns))


def _has_finite_verb(tree: Tree, turn: _Turn) -> bool:
    tokens = tree.between(tree.token_at(turn.speech), tree.token_at(turn.end - 1) + 1)
    return any(token.tag in FINITE for token in tokens)


def _is_somebody(tree: Tree, turn: _Turn) -> bool:
    """Whether the label names a person, an office or a speaker's part; letters in capitals alone stand for a name too."""
    if turn.label.lower() in turn_roles():
        return True
    tokens = tree.between(tree.token_at(turn.start), tree.token_at(turn.mark - 1) + 1)
    if any(token.lemma in speakers() or token.lower in speakers() for token in tokens):
        return True
    if any(m.kind != "adjective" for t in tokens for m in tree.mentions_at.get(t.i, ())):
        return True
    return any(token.entity == "PERSON" for token in tokens) or turn.label.isupper()


def _only_person_before(tree: Tree, position: int) -> Word | None:
    """The one person that the text names before the position; None where it names several or nobody."""
    people: dict[str, Word] = {}
    for ent in tree.ents:
        if ent.end_char > position:
            break
        if ent.label == "PERSON":
            people.setdefault(ent.text.split()[-1].lower(), ent.root)
    return next(iter(people.values())) if len(people) == 1 else None


def _turn_draft(tree: Tree, turn: _Turn, answerer: Word | None) -> Draft | None:
    if turn.end <= turn.speech:
        return None
    first, last = tree.token_at(turn.start), tree.token_at(turn.mark - 1)
    colon = tree.token_at(turn.mark) if tree.text[turn.mark] == ":" else last
    role = turn_roles().get(turn.label.lower())
    line = mark_lines()["turn"][0]
    source: Word | None = None
    span: tuple[int, int] | None = None
    if role == "answers":
        source = answerer
    elif role is None:
        span = (first, last + 1)
        source = _head(tree, first, last + 1)
    start = tree.token_at(turn.speech)
    root = root_of(tree, start, tree.token_at(turn.end - 1))
    anchor = tree[colon]
    return Draft(
        line=line,
        cue=(colon, colon + 1),
        anchor=anchor,
        source=source,
        pieces=[(turn.speech, turn.end)],
        stance=_turn_stance(tree, turn, line, anchor, root, source),
        root=root,
        quoted=True,
        source_span=span,
    )


def _head(tree: Tree, start: int, end: int) -> Word:
    for mention in (
        m for t in tree.between(start, end) for m in tree.mentions_at.get(t.i, ()) if m.kind != "adjective"
    ):
        if start <= mention.head < end:
            return tree[mention.head]
    return tree.stretch(start, end).root


def _turn_stance(
    tree: Tree, turn: _Turn, line: CueLine, anchor: Word, root: Word | None, source: Word | None
) -> Stance:
    """Who only asks leaves the matter open."""
    sentences = re.findall(r"[^.!?…]+[.!?…]", tree.text[turn.speech : turn.end])
    if sentences and all(sentence.endswith("?") for sentence in sentences):
        return "doubts"
    return judge_stance(tree, anchor, line, root, source)
