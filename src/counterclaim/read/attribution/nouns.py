"""
Attributions that a noun makes: ``the ministry's denial that it shelled the school``, ``calls for calm from Oslo``.

Comes in: the scene and the verbs' drafts. Goes out: further drafts. The source is the noun's owner, the "by" or
"from" phrase, a nationality before it ("Armenian claims"), or the subject of the verb that carries the noun
("issued a warning that"). A noun that a verb denies or doubts ("dismissed reports that") and that has no
owner speaks for nobody: the verb's draft already holds its content.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from counterclaim.read.attribution.content import close, reach_right
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import Line, carriers, hedges, lines_of, noun_lines
from counterclaim.read.attribution.scene import (
    Scene,
    infinitive_after,
    opens_clause,
    predicate_after,
    subject_of,
)
from counterclaim.read.attribution.stance import judge_stance
from counterclaim.types import Stance


def find_noun_drafts(scene: Scene, verbs: Iterable[Draft]) -> Iterator[Draft]:
    """One draft for each cue noun that holds a clause or a phrase."""
    lines = noun_lines()
    governed = {draft.anchor.i: draft for draft in verbs}
    for token in scene.doc:
        here = lines.get(token.lemma_.lower())
        if (
            here is None
            or token.dep_ == "compound"
            or not (token.pos_ in {"NOUN", "PROPN"} or token.tag_.startswith("NN"))
        ):
            continue
        for line in here:
            content = noun_content(scene, token, line)
            if content is None:
                continue
            head, piece = content
            if head.lemma_.lower() in line.excepted:
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
            if verb is not None and carrier and (source is None or source.tag_ == "PRP$"):
                source = subject_of(verb) or source
            if source is None:
                source = _hidden_carrier(token) or _hidden_participle(token)
            stance = _stance(scene, token, line, head, source)
            yield Draft(line, (token.i, token.i + 1), token, source, [piece], stance, root=head)
            break


def _stance(scene: Scene, noun: Token, line: Line, root: Token, source: Token | None) -> Stance:
    if (
        any(child.lower_ in {"no", "any"} and child.dep_ == "det" for child in noun.lefts)
        and line.stance != "says"
    ):
        return line.negated or "cannot_verify"
    return judge_stance(scene, noun, line, root, source)


def _hidden_carrier(noun: Token) -> Token | None:
    """``The premier expressed concern that``, where the verb was taken for an adjective: the noun before it."""
    for child in noun.lefts:
        if child.dep_ == "amod" and child.tag_ in {"VBN", "VBD"} and child.i > 0 and _carries(child):
            before = child.nbor(-1)
            if before.pos_ in {"NOUN", "PROPN", "ADJ", "PRON"}:
                return before
    return None


def _hidden_participle(noun: Token) -> Token | None:
    """``The envoy urged restraint, warning of floods``, taken for a noun: the sentence's subject."""
    if not noun.lower_.endswith("ing") or noun.i == 0 or noun.nbor(-1).text != ",":
        return None
    root = noun.sent.root
    return subject_of(root) if root.i < noun.i else None


def _is_said(noun: Token, piece: tuple[int, int], governed: dict[int, Draft]) -> bool:
    """Whether a verb before the noun has its content already: "said in a statement that"."""
    return any(
        draft.anchor.i < noun.i and any(start == piece[0] for start, _ in draft.pieces)
        for draft in governed.values()
    )


def _carries(verb: Token) -> bool:
    """Whether the verb's subject speaks through the noun: "issued a warning", "repeated his call"."""
    saying = any(line.stance == "says" and "np" in line.frames for line in lines_of(verb))
    return saying or verb.lemma_.lower() in hedges("carrying")


def _same(pieces: list[tuple[int, int]], piece: tuple[int, int]) -> bool:
    return any(start <= piece[0] and piece[1] <= end for start, end in pieces)


def _governor(noun: Token) -> Token | None:
    """The verb whose object the noun is."""
    if noun.dep_ in {"obj", "nsubj:pass"} and noun.head.pos_ == "VERB":
        return noun.head
    if noun.dep_ == "conj":
        return _governor(noun.head) if noun.head.i < noun.i and noun.head.dep_ != "conj" else None
    return None


def owner_of(noun: Token) -> Token | None:
    """Whose statement it is: "Kyiv's claim", "claims by Kyiv", "Ukrainian claims", "the Kremlin statement"."""
    for child in noun.lefts:
        if child.dep_ == "nmod:poss":
            return child
    if noun.i + 2 < len(noun.doc) and noun.nbor(1).lower_ in {"by", "from"}:
        owner = noun.nbor(1).head
        if owner.i > noun.i and owner.pos_ in {"NOUN", "PROPN", "PRON"}:
            return owner
    for child in noun.rights:
        if child.dep_ in {"nmod", "acl", "obl", "nmod:agent"}:
            words = {mark.lower_ for mark in child.lefts if mark.dep_ == "case"}
            if words & {"by", "from"} and child.pos_ in {"NOUN", "PROPN", "PRON"}:
                return child
            for inner in child.rights if child.dep_ != "acl" else ():
                if inner.dep_ in {"nmod", "obl"} and any(
                    m.lower_ in {"by", "from"} and m.dep_ == "case" for m in inner.lefts
                ):
                    return inner
    for child in noun.lefts:
        if child.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} and child.dep_ in {"amod", "compound", "nmod"}:
            return child
    if noun.lemma_.lower() in carriers():
        for child in noun.rights:
            named = child.dep_ == "nmod" and child.ent_type_ in {"ORG", "GPE", "PERSON"}
            if named and any(mark.lower_ == "of" for mark in child.lefts):
                return child
    return None


def noun_content(scene: Scene, noun: Token, line: Line) -> tuple[Token, tuple[int, int]] | None:
    """The complement of a cue noun in one of its line's frames, and the stretch it covers."""
    for frame in line.frames:
        found = _adjacent(scene, noun, frame)
        if found is not None:
            return found
        for child in noun.rights:
            head = _complement(child, frame)
            if head is None:
                continue
            start, end = head.left_edge.i, head.right_edge.i + 1
            while frame.startswith("prep:") and start < head.i and scene.doc[start].dep_ in {"case", "mark"}:
                if scene.doc[start].head.i != head.i:
                    break
                start += 1
            if frame.startswith("prep:"):
                end = _before_owner(head, end)
            else:
                end = reach_right(scene, noun, start, end)
            if end <= start:
                continue
            span = close(scene, *scene.chars(start, end), noun)
            if span[1] > span[0]:
                return head, span
    return None


def _adjacent(scene: Scene, noun: Token, frame: str) -> tuple[Token, tuple[int, int]] | None:
    """What follows the noun directly, wherever the parse hung it: "doubts | that P", "his call | for a truce"."""
    if noun.i + 2 >= len(scene.doc):
        return None
    opener = noun.nbor(1)
    if frame == "clause" and opener.lower_ in {"by", "from", "in", "of"}:
        opener = _behind_owner(noun) or opener
    head: Token | None = None
    start = opener.i
    if frame == "clause" and opens_clause(opener):
        head = predicate_after(opener)
        governed = {"obj", "xcomp", "ccomp", "obl", "cop"}
        complete = any(c.dep_ in governed and c.i > opener.i for c in head.children) or head.pos_ != "VERB"
        made = head.lemma_.lower() in hedges("carrying") and not complete
        if made and opener.tag_ == "WDT":
            return None  # "the claim that Mali made": a relative clause
    elif frame == "to":
        head = infinitive_after(noun)
    elif (
        frame.startswith("prep:")
        and opener.lower_ == frame.removeprefix("prep:")
        and opener.head.i > opener.i
    ):
        head, start = opener.head, opener.i + 1
    if head is None or head.i <= noun.i:
        return None
    end = _before_owner(head, head.right_edge.i + 1)
    end = min(end, scene.sentence_of[noun.i][1] + 1)
    if end <= start:
        return None
    span = close(scene, *scene.chars(start, end), noun)
    return (head, span) if span[1] > span[0] else None


def _behind_owner(noun: Token) -> Token | None:
    """The "that" behind a short phrase: "accusations by Moscow | that"."""
    for token in noun.doc[noun.i + 2 : min(noun.i + 9, noun.sent.end)]:
        if opens_clause(token):
            return token
        if token.pos_ not in {"PROPN", "NOUN", "DET", "ADJ", "PART", "ADP"}:
            return None
    return None


def _before_owner(head: Token, end: int) -> int:
    """Cut "calm from the president" behind "calm"."""
    for child in head.rights:
        if child.dep_ in {"nmod", "obl"} and any(
            m.lower_ in {"from", "by"} and m.dep_ == "case" for m in child.lefts
        ):
            return min(end, child.left_edge.i)
    return end


def _complement(child: Token, frame: str) -> Token | None:
    first = child.left_edge.lower_
    if frame == "clause":
        clausal = child.dep_ in {"acl", "ccomp", "acl:relcl", "advcl"}
        if clausal and first in {"that", "whether"}:
            marked = any(m.lower_ in {"that", "whether"} and m.dep_ == "mark" for m in child.lefts)
            return child if marked else None
        return None
    if frame == "to":
        infinitive = child.dep_ in {"acl", "xcomp", "advcl", "ccomp"}
        return child if infinitive and any(m.lower_ == "to" and m.tag_ == "TO" for m in child.lefts) else None
    word = frame.removeprefix("prep:")
    led = any(m.lower_ == word and m.dep_ in {"case", "mark"} for m in child.lefts)
    return child if led and child.dep_ in {"nmod", "acl", "advcl", "obl"} else None
