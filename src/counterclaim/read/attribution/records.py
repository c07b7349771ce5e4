"""
Attributions from finished drafts: offsets, ids in text order, what stands within what, and through whom it was told.

Comes in: drafts. Goes out: frozen records, one for each stretch of content, with ids ``a1``, ``a2``. In ``Xinhua reported that the army
denied it`` the denial stands within the report, and Xinhua in its ``via``. Its limit: contents that overlap without one holding the other.
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace

from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import TOPIC
from counterclaim.read.attribution.source.carriers import is_medium
from counterclaim.read.attribution.source.mentions import make_source
from counterclaim.read.attribution.source.phrases import name_of
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Attribution, Cue, Mention, Span


def make_records(tree: Tree, drafts: list[Draft]) -> tuple[Attribution, ...]:
    """The attributions of the drafts, in text order."""
    cited = {tree.chars(*d.cue): tree.chars(*d.through.cue) for d in drafts if d.through is not None}
    return _chain(tree, _number(_make(tree, drafts), cited))


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
                    speaks=draft.line.speaks
                    and draft.line.rule != TOPIC
                    # "no group claimed the attack": there was one, whoever made it
                    and not (draft.line.given and draft.stance == "cannot_verify"),
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
