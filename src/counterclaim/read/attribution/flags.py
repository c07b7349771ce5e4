"""
What the text says about its own sourcing: unverified, no comment, anonymous, circular.

Comes in: the document, mentions, attributions. Goes out: flags. "The daily could not verify either side's accounts"
is flagged ``unverified`` with the verifier in ``detail`` and the attributions it bears on in ``touches``.

Its limit: which claims a sentence such as "the report could not be confirmed" touches is told from its words
(either side, both, the claims) and from what stands just before it, not from what each claim says.
"""

import re

from counterclaim.read.attribution.lines import flag_patterns, verb_lines
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import subject_at
from counterclaim.read.syntax.tree import Stretch, Tree, question
from counterclaim.types import ASSERTING, Attribution, Flag


def find_flags(tree: Tree, attributions: tuple[Attribution, ...]) -> tuple[Flag, ...]:
    """The flags of one article in text order."""
    found: list[Flag] = []
    whole = tree.text
    raised: set[tuple[int, str]] = set()
    for kind, first, last in find_notes(tree):
        sent = tree.sent_of[tree.token_at(first)]
        if last > sent.end_char or (sent.start, kind) in raised:
            continue
        raised.add((sent.start, kind))
        text = sent.text
        start = sent.start_char + len(text) - len(text.lstrip())
        end = sent.start_char + len(text.rstrip())
        detail, touches = _detail(kind, whole, sent, (first, last), attributions)
        found.append(Flag(kind, whole[start:end], start, end, detail, touches))
    found.extend(_anonymous(attributions, found))
    found.extend(_circular(whole, attributions))
    return tuple(sorted(found, key=lambda flag: (flag.start_char, flag.kind)))


@question
def find_notes(tree: Tree) -> tuple[tuple[str, int, int], ...]:
    """The words that tell of the sourcing itself: their kind and characters, in the table's order."""
    return tuple(
        (row["kind"], match.start(), match.end())
        for row, pattern in flag_patterns()
        for match in pattern.finditer(tree.text)
    )


def _detail(
    kind: str, whole: str, sent: Stretch, note: tuple[int, int], attributions: tuple[Attribution, ...]
) -> tuple[str, tuple[str, ...]]:
    """In words, and the ids of the attributions touched."""
    start, end = sent.start_char, sent.end_char
    here = [
        a
        for a in attributions
        if start <= a.content.start_char < end or (a.cue and start <= a.cue.start_char < end)
    ]
    if kind == "unverified":
        told = next((a for a in here if a.stance == "cannot_verify"), None)
        scope = told.content.text if told is not None else sent.text.strip()
        verifier = told.source.actor.name if told is not None and told.source is not None else "nobody named"
        return f"{verifier} could not verify: {scope}", _touched(whole, start, scope, told, attributions)
    if kind == "anonymous_source":
        named = {a.id: a.source.text for a in here if a.source is not None}
        return "; ".join(named.values()) or whole[slice(*note)], tuple(named)
    return _asked(sent, note) or whole[slice(*note)], ()


def _asked(sent: Stretch, note: tuple[int, int]) -> str:
    """Who was asked and kept silent: the subject of the words that say so."""
    for token in sent:
        if not note[0] <= token.idx < note[1]:
            continue
        subject = subject_at(token)
        if subject is not None:
            return sent.tree.stretch(subject.left_edge.i, subject.right_edge.i + 1).text
    return ""


def _touched(
    whole: str, start: int, scope: str, note: Attribution | None, attributions: tuple[Attribution, ...]
) -> tuple[str, ...]:
    """Ids of the attributions whose claims a non-verification bears on."""
    earlier = [
        a
        for a in attributions
        if a is not note and a.stance in ASSERTING and a.source is not None and a.content.start_char < start
    ]
    if note is not None:
        inside = [
            a
            for a in attributions
            if a is not note
            and note.content.start_char <= a.content.start_char
            and a.content.end_char <= note.content.end_char
        ]
        if inside:
            return tuple(a.id for a in inside)
    if word_class("whole_claims").intersection(re.findall(r"\w+", scope.lower())):
        return tuple(a.id for a in earlier)
    paragraph = whole.rfind("\n", 0, start)
    before = whole.rfind("\n", 0, max(whole.rfind("\n\n", 0, start), 0))
    near = [a for a in earlier if a.content.start_char > paragraph] or [
        a for a in earlier if a.content.start_char > before
    ]
    return tuple(a.id for a in near[-2:])


def _anonymous(attributions: tuple[Attribution, ...], found: list[Flag]) -> list[Flag]:
    """One flag for each anonymous source that no sentence about anonymity has flagged."""
    flagged = [(flag.start_char, flag.end_char) for flag in found if flag.kind == "anonymous_source"]
    seen: set[int] = set()
    flags = []
    for attribution in attributions:
        source = attribution.source
        if source is None or not source.anonymous or source.start_char in seen:
            continue
        seen.add(source.start_char)
        if any(start <= source.start_char < end for start, end in flagged):
            continue
        flags.append(
            Flag(
                "anonymous_source",
                source.text,
                source.start_char,
                source.end_char,
                source.text,
                (attribution.id,),
            )
        )
    return flags


def _circular(whole: str, attributions: tuple[Attribution, ...]) -> list[Flag]:
    relaying = {line.rule for lines in verb_lines().values() for line in lines if "relay" in line.marks}
    flags = []
    for attribution in attributions:
        if attribution.source is None and attribution.via and attribution.rule in relaying:
            cue = attribution.cue
            start = min(
                attribution.content.start_char, cue.start_char if cue else attribution.content.start_char
            )
            end = max(attribution.content.end_char, cue.end_char if cue else attribution.content.end_char)
            carrier = attribution.via[0]
            flags.append(
                Flag(
                    "circular_attribution",
                    whole[start:end],
                    start,
                    end,
                    f"{carrier} quotes {carrier}",
                    (attribution.id,),
                )
            )
    return flags
