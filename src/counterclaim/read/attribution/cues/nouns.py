"""
Attributions that a noun makes: ``the ministry's denial that it shelled the school``, ``calls for calm from Oslo``.

Comes in: the tree and the verbs' drafts. Goes out: further drafts. The source is the noun's owner, the "by" or
"from" phrase, a nationality before it ("Armenian claims"), or the subject of the verb that carries the noun
("issued a warning that"). A noun that a verb denies or doubts ("dismissed reports that") and that has no
owner speaks for nobody: the verb's draft already holds its content.
"""

from collections.abc import Iterable, Iterator

from counterclaim.read.attribution.content.of_nouns import noun_content
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import CueLine, hedges, lines_of, noun_lines
from counterclaim.read.attribution.source.owners import owner_of
from counterclaim.read.attribution.stance import judge_stance
from counterclaim.read.syntax.clauses import subject_of
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


def _stance(tree: Tree, noun: Word, line: CueLine, root: Word, source: Word | None) -> Stance:
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
