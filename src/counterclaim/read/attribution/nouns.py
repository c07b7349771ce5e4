"""
Attributions that a noun makes: ``the ministry's denial that it shelled the school``, ``calls for calm from Oslo``.

Comes in: the tree and the verbs' drafts. Goes out: further drafts. The source is the noun's owner, the "by" or
"from" phrase, a nationality before it ("Armenian claims"), or the subject of the verb that carries the noun
("issued a warning that"). A noun that a verb denies or doubts ("dismissed reports that") and that has no
owner speaks for nobody: the verb's draft already holds its content.
"""

from collections.abc import Iterable, Iterator

from counterclaim.read.attribution.content import close, reach_right
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import Line, carriers, hedges, lines_of, noun_lines
from counterclaim.read.attribution.stance import judge_stance
from counterclaim.read.syntax.clauses import infinitive_after, opens_clause, predicate_after, subject_of
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import Stance


def find_noun_drafts(tree: Tree, verbs: Iterable[Draft]) -> Iterator[Draft]:
    """One draft for each cue noun that holds a clause or a phrase."""
    lines = noun_lines()
    governed = {draft.anchor.i: draft for draft in verbs}
    for token in tree:
        here = lines.get(token.lemma)
        if (
            here is None
            or token.dep == "compound"
            or not (token.pos in {"NOUN", "PROPN"} or token.tag.startswith("NN"))
        ):
            continue
        for line in here:
            content = noun_content(tree, token, line)
            if content is None:
                continue
            head, piece = content
            if head.lemma in line.excepted:
                continue
            source = owner_of(token)
            if source is None and _is_said(token, piece, governed):
                break
            verb = _governor(token)
            if verb is not None and verb.i in governed:
                if source is None:
                    break
                if _same(governed[verb.i].pieces, piece) and subject_of(verb) == source:
                    break
            carrier = verb is not None and _carries(verb)
            if verb is not None and carrier and (source is None or source.tag == "PRP$"):
                source = subject_of(verb) or source
            if source is None:
                source = _hidden_carrier(token) or _hidden_participle(token)
            stance = _stance(tree, token, line, head, source)
            yield Draft(line, (token.i, token.i + 1), token, source, [piece], stance, root=head)
            break


def _stance(tree: Tree, noun: Word, line: Line, root: Word, source: Word | None) -> Stance:
    if (
        any(child.lower in {"no", "any"} and child.dep == "det" for child in noun.lefts)
        and line.stance != "says"
    ):
        return line.negated or "cannot_verify"
    return judge_stance(tree, noun, line, root, source)


def _hidden_carrier(noun: Word) -> Word | None:
    """``The premier expressed concern that``, where the verb was taken for an adjective: the noun before it."""
    for child in noun.lefts:
        if child.dep == "amod" and child.tag in {"VBN", "VBD"} and child.i > 0 and _carries(child):
            before = child.nbor(-1)
            if before.pos in {"NOUN", "PROPN", "ADJ", "PRON"}:
                return before
    return None


def _hidden_participle(noun: Word) -> Word | None:
    """``The envoy urged restraint, warning of floods``, taken for a noun: the sentence's subject."""
    if not noun.lower.endswith("ing") or noun.i == 0 or noun.nbor(-1).text != ",":
        return None
    root = noun.sent.root
    return subject_of(root) if root.i < noun.i else None


def _is_said(noun: Word, piece: tuple[int, int], governed: dict[int, Draft]) -> bool:
    """Whether a verb before the noun has its content already: "said in a statement that"."""
    return any(
        draft.anchor.i < noun.i and any(start == piece[0] for start, _ in draft.pieces)
        for draft in governed.values()
    )


def _carries(verb: Word) -> bool:
    """Whether the verb's subject speaks through the noun: "issued a warning", "repeated his call"."""
    saying = any(line.stance == "says" and "np" in line.frames for line in lines_of(verb))
    return saying or verb.lemma in hedges("carrying")


def _same(pieces: list[tuple[int, int]], piece: tuple[int, int]) -> bool:
    return any(start <= piece[0] and piece[1] <= end for start, end in pieces)


def _governor(noun: Word) -> Word | None:
    """The verb whose object the noun is."""
    if noun.dep in {"obj", "nsubj:pass"} and noun.head.pos == "VERB":
        return noun.head
    if noun.dep == "conj":
        return _governor(noun.head) if noun.head.i < noun.i and noun.head.dep != "conj" else None
    return None


def owner_of(noun: Word) -> Word | None:
    """Whose statement it is: "Kyiv's claim", "claims by Kyiv", "Ukrainian claims", "the Kremlin statement"."""
    for child in noun.lefts:
        if child.dep == "nmod:poss":
            return child
    if noun.i + 2 < len(noun.tree) and noun.nbor(1).lower in {"by", "from"}:
        owner = noun.nbor(1).head
        if owner.i > noun.i and owner.pos in {"NOUN", "PROPN", "PRON"}:
            return owner
    for child in noun.rights:
        if child.dep in {"nmod", "acl", "obl", "nmod:agent"}:
            words = {mark.lower for mark in child.lefts if mark.dep == "case"}
            if words & {"by", "from"} and child.pos in {"NOUN", "PROPN", "PRON"}:
                return child
            for inner in child.rights if child.dep != "acl" else ():
                if inner.dep in {"nmod", "obl"} and any(
                    m.lower in {"by", "from"} and m.dep == "case" for m in inner.lefts
                ):
                    return inner
    for child in noun.lefts:
        if child.entity in {"NORP", "GPE", "ORG", "PERSON"} and child.dep in {"amod", "compound", "nmod"}:
            return child
    if noun.lemma in carriers():
        for child in noun.rights:
            named = child.dep == "nmod" and child.entity in {"ORG", "GPE", "PERSON"}
            if named and any(mark.lower == "of" for mark in child.lefts):
                return child
    return None


def noun_content(tree: Tree, noun: Word, line: Line) -> tuple[Word, tuple[int, int]] | None:
    """The complement of a cue noun in one of its line's frames, and the stretch it covers."""
    for frame in line.frames:
        found = _adjacent(tree, noun, frame)
        if found is not None:
            return found
        for child in noun.rights:
            head = _complement(child, frame)
            if head is None:
                continue
            start, end = head.left_edge.i, head.right_edge.i + 1
            while frame.startswith("prep:") and start < head.i and tree[start].dep in {"case", "mark"}:
                if tree[start].head.i != head.i:
                    break
                start += 1
            if frame.startswith("prep:"):
                end = _before_owner(head, end)
            else:
                end = reach_right(tree, noun, start, end)
            if end <= start:
                continue
            span = close(tree, *tree.chars(start, end), noun)
            if span[1] > span[0]:
                return head, span
    return None


def _adjacent(tree: Tree, noun: Word, frame: str) -> tuple[Word, tuple[int, int]] | None:
    """What follows the noun directly, wherever the parse hung it: "doubts | that P", "his call | for a truce"."""
    if noun.i + 2 >= len(tree):
        return None
    opener = noun.nbor(1)
    if frame == "clause" and opener.lower in {"by", "from", "in", "of"}:
        opener = _behind_owner(noun) or opener
    head: Word | None = None
    start = opener.i
    if frame == "clause" and opens_clause(opener):
        head = predicate_after(opener)
        governed = {"obj", "xcomp", "ccomp", "obl", "cop"}
        complete = any(c.dep in governed and c.i > opener.i for c in head.children) or head.pos != "VERB"
        made = head.lemma in hedges("carrying") and not complete
        if made and opener.tag == "WDT":
            return None  # "the claim that Mali made": a relative clause
    elif frame == "to":
        head = infinitive_after(noun)
    elif (
        frame.startswith("prep:") and opener.lower == frame.removeprefix("prep:") and opener.head.i > opener.i
    ):
        head, start = opener.head, opener.i + 1
    if head is None or head.i <= noun.i:
        return None
    end = _before_owner(head, head.right_edge.i + 1)
    end = min(end, tree.line_of[noun.i][1] + 1)
    if end <= start:
        return None
    span = close(tree, *tree.chars(start, end), noun)
    return (head, span) if span[1] > span[0] else None


def _behind_owner(noun: Word) -> Word | None:
    """The "that" behind a short phrase: "accusations by Moscow | that"."""
    for token in noun.tree.between(noun.i + 2, min(noun.i + 9, noun.sent.end)):
        if opens_clause(token):
            return token
        if token.pos not in {"PROPN", "NOUN", "DET", "ADJ", "PART", "ADP"}:
            return None
    return None


def _before_owner(head: Word, end: int) -> int:
    """Cut "calm from the president" behind "calm"."""
    for child in head.rights:
        if child.dep in {"nmod", "obl"} and any(
            m.lower in {"from", "by"} and m.dep == "case" for m in child.lefts
        ):
            return min(end, child.left_edge.i)
    return end


def _complement(child: Word, frame: str) -> Word | None:
    first = child.left_edge.lower
    if frame == "clause":
        clausal = child.dep in {"acl", "ccomp", "acl:relcl", "advcl"}
        if clausal and first in {"that", "whether"}:
            marked = any(m.lower in {"that", "whether"} and m.dep == "mark" for m in child.lefts)
            return child if marked else None
        return None
    if frame == "to":
        infinitive = child.dep in {"acl", "xcomp", "advcl", "ccomp"}
        return child if infinitive and any(m.lower == "to" and m.tag == "TO" for m in child.lefts) else None
    word = frame.removeprefix("prep:")
    led = any(m.lower == word and m.dep in {"case", "mark"} for m in child.lefts)
    return child if led and child.dep in {"nmod", "acl", "advcl", "obl"} else None
