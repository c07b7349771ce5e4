"""
Who says so: every stretch of the text that somebody is said to have said, with source, cue, content and stance.

Comes in: the parsed document and the mentions in it, pronouns resolved. Goes out: attributions in text order, and flags
on the sourcing. In ``“We hold the ridge,” the general told Radio Andes, adding that the army must leave.`` the general
says he holds the ridge (through Radio Andes) and demands that the army leave. A content broken by its own reporting
words becomes one attribution for each stretch, with the same cue.

What no knowledge line reads is taken from the weights' own labels, with the rule ``weights/attribution``, or
``weights/topic`` for a noun phrase that the source only speaks of.

Its limit: the parse. Where it goes wrong quotation marks and commas still give the content; the source may be lost.
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace

from counterclaim.read.attribution.adjectives import find_adjective_drafts
from counterclaim.read.attribution.asides import find_adverb_drafts, find_headline_drafts, find_phrase_drafts
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.extent import widen_cues
from counterclaim.read.attribution.flags import find_flags
from counterclaim.read.attribution.follow import find_following_quotes
from counterclaim.read.attribution.labels import find_labelled_drafts, trim_to_labels
from counterclaim.read.attribution.lines import TOPIC, flag_patterns, hedges, noun_lines
from counterclaim.read.attribution.nouns import find_noun_drafts
from counterclaim.read.attribution.phrases import name_of
from counterclaim.read.attribution.sources import is_medium, make_source, resolve_carriers
from counterclaim.read.attribution.transcripts import find_statement_drafts, find_turn_drafts
from counterclaim.read.attribution.verbs import find_verb_drafts
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Attribution, Cue, Flag, Mention, Span, Stance

# Characters of "a charge", "an accusation", "claims"; longer phrases say what they hold themselves.
LONGEST_TAKEN_UP = 20
TAKING_UP: frozenset[Stance] = frozenset(("denies", "confirms", "doubts", "cannot_verify"))

__all__ = ("find_attributions", "find_source_flags", "innermost", "tellers")


def find_attributions(tree: Tree) -> tuple[Attribution, ...]:
    """Everything that somebody is said to say, think or intend, in text order, with ids ``a1``, ``a2``."""
    if not len(tree):
        return ()
    turns = find_turn_drafts(tree)
    statements = list(find_statement_drafts(tree))
    phrases = [*(() if turns else find_headline_drafts(tree)), *find_phrase_drafts(tree)]
    attitudes = list(find_adjective_drafts(tree))
    spoken = {index for draft in phrases + attitudes + statements for index in range(*draft.cue)}
    verbs = [draft for draft in find_verb_drafts(tree) if draft.anchor.i not in spoken]
    for draft in phrases:
        _cite(tree, draft, verbs)
    for draft in verbs:
        _take_up(tree, draft, verbs)
    drafts = (
        turns
        + statements
        + phrases
        + attitudes
        + verbs
        + list(find_noun_drafts(tree, verbs))
        + list(find_adverb_drafts(tree))
    )
    drafts += find_following_quotes(tree, drafts)
    trim_to_labels(tree, drafts)
    drafts += list(find_labelled_drafts(tree, drafts))
    drafts = _about_the_story(tree, drafts)
    for draft in drafts:
        resolve_carriers(tree, draft)
    widen_cues(tree, drafts)
    cited = {tree.chars(*d.cue): tree.chars(*d.through.cue) for d in drafts if d.through is not None}
    return _chain(tree, _number(_make(tree, drafts), cited))


def find_source_flags(tree: Tree, attributions: tuple[Attribution, ...]) -> tuple[Flag, ...]:
    """What a careful reader should know of the sourcing: unverified, no comment, anonymous, circular."""
    return find_flags(tree, attributions)


def innermost(attributions: tuple[Attribution, ...], start_char: int, end_char: int) -> Attribution | None:
    """
    The nearest source that speaks for the stretch: of the attributions whose content holds it, the shortest.

    Comments on what is taken as given ("condemned the raid") do not speak for it. None: the outlet itself speaks.
    """
    found = tellers(attributions, start_char, end_char)
    return found[0] if found else None


def tellers(attributions: tuple[Attribution, ...], start_char: int, end_char: int) -> tuple[Attribution, ...]:
    """
    All nearest sources of the stretch: more than one where several speak of the same words.

    "Kyiv rejected accusations by Minsk that it shelled the post": Kyiv denies, Minsk accuses, the same content.
    """
    holding = [
        a
        for a in attributions
        if a.speaks and a.content.start_char <= start_char and end_char <= a.content.end_char
    ]
    if not holding:
        return ()
    outer = {a.within for a in holding}
    nearest = [a for a in holding if a.id not in outer]
    shortest = min(a.content.end_char - a.content.start_char for a in nearest)
    return tuple(a for a in nearest if a.content.end_char - a.content.start_char == shortest)


def _about_the_story(tree: Tree, drafts: list[Draft]) -> list[Draft]:
    """
    The drafts without those that tell of the sourcing itself.

    "An aide who asked not to be named", "declined to comment": the flags tell that. The "declined" of "declined to say
    how many" is part of another cue.
    """
    silent = [
        (match.start(), match.end(), row["kind"])
        for row, pattern in flag_patterns()
        if row["kind"] != "unverified"
        for match in pattern.finditer(tree.text)
    ]
    kept = []
    for draft in drafts:
        word = draft.anchor
        opens = {word.idx, *(start for start, _ in draft.pieces)}
        around = {kind for start, end, kind in silent if any(start <= at < end for at in opens)}
        swallowed = any(
            other is not draft and other.cue[0] <= word.i < other.cue[1] and other.anchor.i > word.i
            for other in drafts
        )
        asked = "no_comment" in around and (draft.line.rule == TOPIC or draft.stance == "denies")
        if not (swallowed or asked or "anonymous_source" in around):
            kept.append(draft)
    return kept


def _cite(tree: Tree, draft: Draft, verbs: list[Draft]) -> None:
    """``The agency reported P, citing the navy``: the navy says P, through the agency that reported it."""
    if draft.line.frames != ("speaker",):
        return
    sentence = tree.line_of[draft.anchor.i]
    reports = [
        verb
        for verb in verbs
        if sentence[0] <= verb.anchor.i <= sentence[1]
        and verb.source is not None
        and verb.line.stance == "says"
    ]
    if not reports:
        return
    draft.through = min(
        reports, key=lambda verb: (verb.anchor.i != draft.anchor.head.i, abs(verb.anchor.i - draft.anchor.i))
    )
    draft.pieces = list(draft.through.pieces)
    draft.stance = draft.through.stance
    if draft.through.source is not None:
        draft.via.append(name_of(tree, draft.through.source))


def _take_up(tree: Tree, draft: Draft, verbs: list[Draft]) -> None:
    """
    What a denial behind a comma denies: all that was said before the comma.

    ``Chad accused the rebels of burning a clinic, a charge they denied``, ``…, which they denied``: the burning.
    """
    if draft.stance not in TAKING_UP or len(draft.pieces) != 1:
        return
    start, end = draft.pieces[0]
    which = next((c for c in draft.anchor.lefts if c.lower == "which" and c.dep == "obj" and c.i > 0), None)
    if which is not None:
        comma = which.nbor(-1).idx
    elif (
        draft.root is not None
        and (draft.root.lemma in noun_lines() or draft.root.lemma in hedges("figure"))
        and end - start < LONGEST_TAKEN_UP
    ):
        comma = len(tree.text[:start].rstrip()) - 1
    else:
        return
    if comma < 0 or tree.text[comma] != ",":
        return
    for other in verbs:
        for number, (first, last) in enumerate(other.pieces):
            if other is not draft and first < comma <= last and other.anchor.idx < comma:
                other.pieces[number] = (first, comma)
                draft.pieces = [(first, comma)]
                return


def _make(tree: Tree, drafts: list[Draft]) -> list[Attribution]:
    """Records with offsets, one for each stretch of content, without ids and nesting."""
    text = tree.text
    made: list[Attribution] = []
    for draft in drafts:
        cue_start, cue_end = tree.chars(*draft.cue)
        cue = Cue(text[cue_start:cue_end], cue_start, cue_end, draft.line.lemma)
        source = make_source(tree, draft)
        for start, end in draft.pieces:
            if end <= start:
                continue
            content = Span(text[start:end], start, end)
            made.append(
                Attribution(
                    id="",
                    source=source,
                    cue=cue,
                    content=content,
                    stance=draft.stance,
                    via=tuple(dict.fromkeys(name for name in draft.via if not _is_named(source, name))),
                    rule=draft.line.rule,
                    speaks=draft.line.speaks and draft.line.rule != TOPIC,
                )
            )
    unique = {(a.content.start_char, a.content.end_char, a.cue.start_char if a.cue else -1): a for a in made}
    return sorted(unique.values(), key=_place)


def _is_named(source: Mention | None, name: str) -> bool:
    """Whether the carrier is the source itself, and stands between nobody."""
    return source is not None and source.text.lower().removeprefix("the ") == name.lower().removeprefix(
        "the "
    )


def _place(attribution: Attribution) -> tuple[int, int, int]:
    cue = attribution.cue.start_char if attribution.cue else attribution.content.start_char
    return min(cue, attribution.content.start_char), -attribution.content.end_char, cue


def _number(
    attributions: list[Attribution], cited: dict[tuple[int, int], tuple[int, int]]
) -> tuple[Attribution, ...]:
    """
    Ids in text order, and the innermost enclosing attribution of each.

    Args:
        cited: For the cue of a cited source, the cue of the report that cites it.
    """
    numbered = [
        replace(attribution, id=f"a{number}") for number, attribution in enumerate(attributions, start=1)
    ]
    finished = []
    # Only contents that begin at most the longest content before the inner one can hold it
    ordered = sorted(numbered, key=lambda outer: outer.content.start_char)
    starts = [outer.content.start_char for outer in ordered]
    longest = max((outer.content.end_char - outer.content.start_char for outer in numbered), default=0)
    for inner in numbered:
        reach = slice(
            bisect_left(starts, inner.content.start_char - longest),
            bisect_right(starts, inner.content.start_char),
        )
        holders = [outer for outer in ordered[reach] if outer is not inner and _holds(outer, inner)]
        report = cited.get((inner.cue.start_char, inner.cue.end_char)) if inner.cue else None
        holders += [
            outer
            for outer in ordered[reach]
            if report and outer.cue and outer.cue.start_char == report[0] and outer.content == inner.content
        ]
        holder = min(
            holders, key=lambda outer: outer.content.end_char - outer.content.start_char, default=None
        )
        finished.append(replace(inner, within=holder.id) if holder is not None else inner)
    return tuple(finished)


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether the inner's reporting words and content lie in the outer's content."""
    if inner.cue is None or outer.cue is None or inner.cue.start_char == outer.cue.start_char:
        return False
    start = min(inner.cue.start_char, inner.content.start_char)
    end = max(inner.cue.end_char, inner.content.end_char)
    return outer.content.start_char <= start and end <= outer.content.end_char


def _chain(tree: Tree, attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """Press organisations that tell of the others stand in their ``via``: "Xinhua reported that the army denied it"."""
    by_id = {attribution.id: attribution for attribution in attributions}
    chained = []
    for attribution in attributions:
        via = list(attribution.via)
        outer = by_id.get(attribution.within or "")
        while outer is not None:
            if outer.source is not None and is_medium(tree, tree[outer.source.head]):
                via.append(name_of(tree, tree[outer.source.head]))
            outer = by_id.get(outer.within or "")
        chained.append(replace(attribution, via=tuple(dict.fromkeys(via))))
    return tuple(chained)
