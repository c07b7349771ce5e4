"""
Attributions that no rule finds but the weights label.

In ``Residents were adamant that the shells came from the east`` no knowledge line makes "adamant" a cue.
Comes in: the tree and the drafts of the rules. Goes out: a draft for each stretch that the encoder labels as a cue,
where no rule read a cue and the same sentence holds labelled content that nobody is said to say yet. The stance is
that of the cue's knowledge line where it has one, plain saying elsewhere. The rule is ``weights/attribution``, or
``weights/topic`` where the content is a noun phrase: that tells what somebody spoke of and does not vouch for it.

Its limit: documents without labels (other weights, made by hand) give nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from counterclaim.read.attribution.content.reach import close, reach_right
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import LABELLED, TOPIC, CueLine, lines_of, noun_lines
from counterclaim.read.attribution.stance import judge_stance
from counterclaim.read.syntax.classes import FINITE
from counterclaim.read.syntax.clauses import subject_at
from counterclaim.read.syntax.tree import Tree, Word

# The labels break off at odd words; so many tokens between two stretches still belong to one.
WIDEST_GAP = 2
# Words that a content keeps at least where the labels end it.
SHORTEST = 3
# A cue of which the weights saw no more than such a word is none ("n't", "long").
EMPTY = frozenset(("ADP", "ADV", "CCONJ", "DET", "PART", "PRON"))
Run = tuple[int, int]


def find_labelled_drafts(tree: Tree, drafts: list[Draft]) -> Iterator[Draft]:
    """Drafts from the encoder's labels, where the rules left them unread."""
    cues, contents, sources = (_runs(tree, f"attr_{part}") for part in ("cue", "content", "source"))
    read = {index for draft in drafts for index in (draft.anchor.i, *range(*draft.cue))}
    told = _told(tree, drafts)
    for first, found in cues.items():
        free = [run for run in contents[first] if _told_outside(run, told) * 2 < run[1] - run[0]]
        for cue in found:
            if any(index in read or told[index] for index in range(*cue)):
                continue
            if tree.stretch(*cue).root.pos in EMPTY:
                continue
            content = _nearest(cue, free)
            if content is None:
                continue
            free.remove(content)
            source = _nearest(cue, (run for run in sources[first] if not _overlap(run, content)))
            draft = _draft(tree, cue, content, source)
            if draft.source is not None or not _holds_its_cue(tree, draft):
                yield draft


def trim_to_labels(tree: Tree, drafts: list[Draft]) -> None:
    """
    End contents where the weights see the next speaker: ``said prices rose but the bank | says``.

    Only outside quotations, and only where the words of the new cue are labelled as a cue and not as content.
    """
    content = {i for span in tree.spans.get("attr_content", ()) for i in range(span.start, span.end)}
    cues = [s for s in tree.spans.get("attr_cue", ()) if not any(i in content for i in range(s.start, s.end))]
    sources = tree.spans.get("attr_source", ())
    for draft in drafts:
        for number, (start, end) in enumerate(draft.pieces):
            if end <= start or draft.quoted:
                continue
            for cue in cues:
                if not start < cue.start_char < cue.end_char <= end or cue.start <= draft.anchor.i < cue.end:
                    continue
                cut = cue.start
                for source in sources:
                    if source.start_char > start and source.start < cut and cut - source.end <= WIDEST_GAP:
                        cut = source.start
                if cut == cue.start or cut - tree.token_at(start) < SHORTEST or tree.quote_of[cut] >= 0:
                    continue
                while tree[cut - 1].pos in {"CCONJ", "SCONJ"} or tree[cut - 1].is_punct:
                    cut -= 1
                draft.pieces[number] = close(tree, start, tree.chars(cut - 1, cut)[1], draft.anchor)
                break


def _holds_its_cue(tree: Tree, draft: Draft) -> bool:
    """Whether the clause that the labels grew into holds the cue itself, which then reports nothing: "fewer than the 2,500 promised"."""
    start, end = tree.chars(*draft.cue)
    return any(first < end and start < last for first, last in draft.pieces)


def _runs(tree: Tree, layer: str) -> dict[int, list[Run]]:
    """The layer's stretches by their sentence's first token, joined over small gaps and cut at its end."""
    found: dict[int, list[Run]] = defaultdict(list)
    for span in tree.spans.get(layer, ()):
        first, last = tree.line_of[span.start]
        runs, end = found[first], min(span.end, last + 1)
        if runs and span.start - runs[-1][1] <= WIDEST_GAP:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((span.start, end))
    return found


def _told(tree: Tree, drafts: list[Draft]) -> list[list[int]]:
    """For each token the main words of the cues by which it is said already."""
    told: list[list[int]] = [[] for _ in range(tree.size)]
    for draft in drafts:
        for start, end in draft.pieces:
            if start < end:
                for index in range(tree.token_at(start), tree.token_at(end - 1) + 1):
                    told[index].append(draft.anchor.i)
    return told


def _told_outside(run: Run, told: list[list[int]]) -> int:
    """
    How many of the run's tokens somebody outside it says already.

    ``laid out | her proposals to build a dam``: the proposals are hers, and that she laid them out is still unread.
    """
    return sum(any(not run[0] <= anchor < run[1] for anchor in told[index]) for index in range(*run))


def _overlap(one: Run, other: Run) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _nearest(cue: Run, runs: Iterable[Run]) -> Run | None:
    apart = [run for run in runs if not _overlap(run, cue)]
    return min(apart, key=lambda run: max(run[0] - cue[1], cue[0] - run[1]), default=None)


def _draft(tree: Tree, cue: Run, content: Run, source: Run | None) -> Draft:
    anchor = tree.stretch(*cue).root
    root = tree.stretch(*content).root
    speaker = _speaker(tree.stretch(*source).root) if source is not None else None
    if speaker is None and not any(child.dep == "aux:pass" for child in anchor.children):
        speaker = subject_at(anchor)
    clausal = any(
        t.tag in FINITE or tree.quote_of[t.i] != tree.quote_of[anchor.i] for t in tree.between(*content)
    )
    line = _line(anchor, LABELLED if clausal else TOPIC)
    if root.right_edge.i >= content[1] - 1:
        # The labels may break off inside the clause or the phrase, or begin inside it
        begin = (
            content[0] if clausal or cue[0] > content[0] else max(cue[1], min(content[0], root.left_edge.i))
        )
        while begin < content[0] and tree[begin].tag == "IN":
            begin += 1  # the preposition that leads into the content is the cue's
        end = min(root.right_edge.i, tree.line_of[anchor.i][1]) + 1
        if clausal:
            end = reach_right(tree, anchor, content[0], end)
        content = (begin, max(content[1], end))
    return Draft(
        line=line,
        cue=cue,
        anchor=anchor,
        source=speaker,
        pieces=[close(tree, *tree.chars(*content), anchor)],
        stance=judge_stance(tree, anchor, line, root, speaker),
        root=root,
    )


def _speaker(root: Word) -> Word:
    """The noun of a source of which only the article was labelled."""
    return root.head if root.pos == "DET" and root.dep == "det" else root


def _line(cue: Word, rule: str) -> CueLine:
    known = lines_of(cue) or noun_lines().get(cue.lemma, ())
    line = next((line for line in known if not line.words), None)
    if line is None:
        return CueLine(rule, cue.lemma, (), (), "says", None, speaks=True)
    return replace(line, rule=rule if line.speaks else TOPIC)
