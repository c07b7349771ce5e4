"""
Attributions that a verb makes: ``“We stay,” the mayor said``; ``Mali accused the rebels of burning a clinic``.

Comes in: the tree. Goes out: drafts with source, cue, stance and the stretches of content, one for each cue verb.
A verb's knowledge line says which complements may hold the content; quotations next to the verb come first, then
its clause or object, then the sentence it stands in as an aside (``…, the ministry said``).

Its limit: an aside without commas, and a verb whose quotation stands in another paragraph.
"""

from collections.abc import Iterator

from counterclaim.read.attribution.content.clauses import find_clause
from counterclaim.read.attribution.content.complements import (
    Content,
    find_gerund,
    find_infinitive,
    find_object,
    find_preposition,
    whole_phrase,
)
from counterclaim.read.attribution.content.quotations import find_quotation
from counterclaim.read.attribution.content.reach import close, reach_right
from counterclaim.read.attribution.content.reporting import cue_tokens, report_of, words_end
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import CueLine, has_mark, lines_of
from counterclaim.read.attribution.source.phrases import NEAR, name_between, name_of
from counterclaim.read.attribution.source.speakers import is_expletive, is_hidden_verb, speaker_of
from counterclaim.read.attribution.stance import judge_stance
from counterclaim.read.syntax.clauses import agent_of, in_passive, is_verbal, subject_at, subject_of
from counterclaim.read.syntax.polarity import hedging
from counterclaim.read.syntax.tree import Tree, Word


def find_verb_drafts(tree: Tree) -> Iterator[Draft]:
    """One draft for each verb that a knowledge line makes a cue and that has something to report."""
    for token in tree:
        here = lines_of(token)
        if not here or not (is_verbal(token) or is_hidden_verb(token)):
            continue
        draft = _read(tree, token, here)
        if draft is not None:
            yield draft


def _read(tree: Tree, verb: Word, lines: tuple[CueLine, ...]) -> Draft | None:
    if is_relayed(verb):
        return None
    if verb.tag in {"VBN", "VBD"} and verb.dep == "advcl" and verb.i == tree.line_of[verb.i][0]:
        return None  # "Asked whether it would, the army said": the one asked does not ask
    relay = _relay(tree, verb)
    if relay is not None:
        return relay
    source = speaker_of(tree, verb)
    if source is not None and source.lower in {"it", "there"} and is_expletive(source, verb):
        source = agent_of(verb)
    report = report_of(tree, verb)
    if in_passive(verb) and find_infinitive(verb) is not None:
        # "was warned not to close": a demand, whatever else the verb may report
        lines = tuple(sorted(lines, key=lambda line: "to" not in line.frames))
    for line in lines:
        end = words_end(verb, line)
        if end is None:
            continue
        for frame in line.frames:
            found = _match_frame(tree, verb, frame, report, source, line)
            if found is None:
                continue
            pieces, root, quoted = found
            if not pieces:
                continue
            nameless = (
                in_passive(verb)
                or "impersonal" in line.marks
                or verb.head.lower in hedging("inability") | hedging("ability")
            )
            if source is None and not line.speaks and not quoted:
                continue  # "compared with last year": nobody in the text says so
            if source is None and not quoted and not nameless and frame not in {"quote", "clause"}:
                continue
            return Draft(
                line=line,
                cue=cue_tokens(tree, verb, frame, end),
                anchor=verb,
                source=source,
                pieces=pieces,
                stance=judge_stance(tree, verb, line, root, source),
                root=root,
                quoted=quoted,
            )
    return None


def _match_frame(
    tree: Tree, verb: Word, frame: str, report: tuple[int, int], source: Word | None, line: CueLine
) -> Content | None:
    """The content in one of the line's frames."""
    if frame == "quote":
        return find_quotation(tree, verb, report, source)
    if frame == "clause":
        return find_clause(tree, verb, report, source)
    if frame == "to":
        return whole_phrase(tree, verb, find_infinitive(verb), from_object="whole" in line.marks)
    if frame == "ing":
        return whole_phrase(tree, verb, find_gerund(verb))
    if frame == "np":
        return find_object(tree, verb, line)
    if frame == "np&at":
        # "put the toll at nine": what, and how many
        what, amount = find_object(tree, verb, line, even_followed=True), find_preposition(verb, "at")
        if what is None or amount is None or amount.i < tree.token_at(what[0][0][0]):
            return None
        return (
            [close(tree, what[0][0][0], tree.chars(verb.i, amount.right_edge.i + 1)[1], verb)],
            amount,
            False,
        )
    if frame.startswith("np+"):
        word = frame.removeprefix("np+")
        return (
            find_object(tree, verb, line, even_followed=True)
            if find_preposition(verb, word) is not None
            else None
        )
    if frame.startswith("on+"):
        return (
            whole_phrase(tree, verb, find_infinitive(verb))
            if find_preposition(verb, "on") is not None
            else None
        )
    head = find_preposition(verb, frame.removeprefix("prep:"))
    if frame == "prep:as" and head is not None:
        # "portrayed the general as a hero": both halves are what is said
        whole = find_object(tree, verb, line)
        if whole is not None and whole[0][0][0] > verb.idx:
            end = tree.chars(head.i, reach_right(tree, verb, head.i, head.right_edge.i + 1))[1]
            return [close(tree, whole[0][0][0], end, verb)], head, False
    return whole_phrase(tree, verb, head, skip_preposition=True)


def is_relayed(verb: Word) -> bool:
    """The "saying" of "quoted him as saying": the relaying verb speaks for it."""
    if verb.tag != "VBG" or verb.i == 0 or verb.nbor(-1).lower != "as":
        return False
    return any(has_mark(token, "relay") for token in verb.tree.between(max(0, verb.i - NEAR), verb.i))


def _relay(tree: Tree, verb: Word) -> Draft | None:
    """``The agency quoted the minister as saying P``: the minister speaks, through the agency."""
    if not has_mark(verb, "relay"):
        return None
    last = tree.line_of[verb.i][1]
    saying = next(
        (
            t
            for t in tree.between(verb.i + 1, min(verb.i + NEAR, last + 1))
            if t.tag == "VBG" and tree[t.i - 1].lower == "as"
        ),
        None,
    )
    if saying is None:
        return None
    line = next(line for line in lines_of(verb) if "relay" in line.marks)
    span: tuple[int, int] | None = None
    if in_passive(verb):
        quoted, carrier = subject_at(verb), agent_of(verb) or agent_of(saying)
        if quoted is None and verb.dep in {"acl", "advcl"}:
            quoted = verb.head
    else:
        carrier = subject_of(verb)
        # Whoever stands between "quoted" and "as saying" is quoted, whatever the parse made of the words
        named = [t for t in tree.between(verb.i + 1, saying.i - 1) if t.pos in {"NOUN", "PROPN", "PRON"}]
        quoted = next((t for t in named if t.dep in {"obj", "iobj"}), named[-1] if named else None)
        if quoted is not None and tree[verb.i + 1].pos not in {"ADP", "ADV", "PUNCT"}:
            span = (verb.i + 1, saying.i - 1)
    start = report_of(tree, verb)[0]
    report = (start, saying.i + 1)
    found = find_quotation(tree, verb, report, quoted) or find_clause(
        tree, saying, (start, saying.i + 1), quoted
    )
    if found is None or not found[0]:
        return None
    pieces, root, is_quote = found
    via = [] if carrier is None else [name_of(tree, carrier)]
    if quoted is not None and carrier is not None and _same_actor(tree, quoted, span, carrier):
        # Whoever was really quoted is lost in the text: unknown stays unknown
        quoted = None
    stance = judge_stance(tree, verb, line, root, quoted)
    return Draft(
        line,
        (verb.i, saying.i + 1),
        verb,
        quoted,
        pieces,
        stance,
        root=root,
        quoted=is_quote,
        via=via,
        source_span=span if quoted is not None else None,
    )


def _same_actor(tree: Tree, one: Word, span: tuple[int, int] | None, other: Word) -> bool:
    first, second = tree.mention_at(one), tree.mention_at(other)
    if first is not None and second is not None and first.actor == second.actor:
        return True
    name = name_between(tree, *span) if span is not None else name_of(tree, one)
    return name.lower() == name_of(tree, other).lower()
