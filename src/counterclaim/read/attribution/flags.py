"""
What the text says about its own sourcing: unverified, no comment, anonymous, circular.

Comes in: the document, mentions, attributions. Goes out: flags. "The daily could not verify either side's accounts"
is flagged ``unverified`` with the verifier in ``detail`` and the attributions it bears on in ``touches``.

Its limit: which claims a sentence such as "the report could not be confirmed" touches is told from its words
(either side, both, the claims) and from what stands just before it, not from what each claim says.
"""

import re

from counterclaim.read.attribution.lines import flag_patterns, verb_lines
from counterclaim.read.syntax.clauses import subject_at
from counterclaim.read.syntax.tree import Stretch, Tree
from counterclaim.types import ASSERTING, Attribution, Flag

EVERYBODY = re.compile(
    r"\b(?:either|both|each|neither|any|all|side|sides|parties|claims|accounts|reports|rival)\b",
    re.IGNORECASE,
)


def find_flags(tree: Tree, attributions: tuple[Attribution, ...]) -> tuple[Flag, ...]:
    """The flags of one article in text order."""
    found: list[Flag] = []
    whole = tree.text
    for sent in tree.sents:
        text = sent.text
        raised: set[str] = set()
        for row, pattern in flag_patterns():
            kind = row["kind"]
            match = pattern.search(text)
            if match is None or kind in raised:
                continue
            raised.add(kind)
            start = sent.start_char + len(text) - len(text.lstrip())
            end = sent.start_char + len(text.rstrip())
            detail, touches = _detail(kind, whole, sent, match, attributions)
            found.append(Flag(kind, whole[start:end], start, end, detail, touches))
    found.extend(_anonymous(attributions, found))
    found.extend(_circular(whole, attributions))
    return tuple(sorted(found, key=lambda flag: (flag.start_char, flag.kind)))


def _detail(
    kind: str, whole: str, sent: Stretch, match: re.Match[str], attributions: tuple[Attribution, ...]
) -> tuple[str, tuple[str, ...]]:
    """In words, and the ids of the attributions touched."""
    start, end = sent.start_char, sent.end_char
    here = [
        a
        for a in attributions
        if start <= a.content.start_char < end or (a.cue and start <= a.cue.start_char < end)
    ]
    if kind == "unverified":
        note = next((a for a in here if a.stance == "cannot_verify"), None)
        scope = note.content.text if note is not None else sent.text.strip()
        verifier = note.source.actor.name if note is not None and note.source is not None else "nobody named"
        return f"{verifier} could not verify: {scope}", _touched(whole, start, scope, note, attributions)
    if kind == "anonymous_source":
        named = {a.id: a.source.text for a in here if a.source is not None}
        return "; ".join(named.values()) or match.group(), tuple(named)
    return _asked(sent, match) or match.group(), ()


def _asked(sent: Stretch, match: re.Match[str]) -> str:
    """Who was asked and kept silent: the subject of the words that say so."""
    first, last = sent.start_char + match.start(), sent.start_char + match.end()
    for token in sent:
        if not first <= token.idx < last:
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
    if EVERYBODY.search(scope):
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
