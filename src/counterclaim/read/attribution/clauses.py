"""
Content that a cue verb governs as a clause, or that it stands in as an aside.

Comes in: the scene, the verb, the reporting words. Goes out: stretches of content. ``The envoy said in a letter that
P``: from "that" on, whatever the parse hung it on. ``P, the envoy said, Q``: the sentence on both sides.
Its limit: an aside without commas.
"""

from spacy.tokens import Token

from counterclaim.read.attribution.complements import Found, find_infinitive, whole_phrase
from counterclaim.read.attribution.content import DASHES, after, before, close, reach_right
from counterclaim.read.attribution.lines import has_mark, hedges, noun_lines
from counterclaim.read.attribution.scene import (
    FINITE,
    NEAR,
    Scene,
    is_passive,
    medium_after,
    opens_clause,
    own_subject,
    predicate_after,
)
from counterclaim.read.attribution.speakers import aside_speaker, bare_speaker


def find_clause(scene: Scene, verb: Token, report: tuple[int, int], source: Token | None) -> Found | None:
    """The clause the verb governs, or the sentence it is an aside in."""
    if _is_between_commas(scene, report) and (
        aside_speaker(verb) is not None or _is_aside(scene, verb, report, source)
    ):
        return _around(scene, verb, report)
    right = right_clause(scene, verb)
    if right is not None:
        start, head = right
        end = reach_right(scene, verb, start, max(head.right_edge.i + 1, start + 1))
        if end > start:
            span = close(scene, *scene.chars(start, end), verb)
            return ([span], head, False) if span[1] > span[0] else None
    bare = _unparsed_clause(scene, verb)
    if bare is not None:
        return bare
    if is_passive(verb):
        found = whole_phrase(scene, verb, find_infinitive(verb))
        if found is not None:
            return found
    if _is_aside(scene, verb, report, source):
        return _around(scene, verb, report)
    return _bare_rest(scene, verb, source)


def _is_between_commas(scene: Scene, report: tuple[int, int]) -> bool:
    doc = scene.doc
    return (
        report[0] > 0
        and doc[report[0] - 1].text == ","
        and report[1] < len(doc)
        and doc[report[1]].text == ","
    )


def right_clause(scene: Scene, verb: Token) -> tuple[int, Token] | None:
    """Start token and head of the clause that the verb governs to its right."""
    last = scene.sentence_of[verb.i][1]
    bare = has_mark(verb, "bare")
    spoken_to = medium_after(scene, verb) if has_mark(verb, "person") else None
    inserted = _inserted_until(scene, verb, last)
    for token in scene.doc[inserted : min(inserted + NEAR, last)]:
        # A "that" within reach opens the content, whatever the parse hung it on: "said in a letter that"
        if (
            opens_clause(token)
            and token.head.i > token.i
            and scene.quote_of[token.i] == scene.quote_of[verb.i]
        ):
            return token.i, predicate_after(token)
        if token.tag_ in FINITE or token.text in {";", ":", ",", "."} or token.dep_ == "acl:relcl":
            break
        if (token.lower_ == "to" and token.tag_ == "TO") or (
            token.lemma_.lower() in noun_lines() and token.dep_ in {"obj", "nsubj"}
        ):
            break
    for child in verb.rights:
        if child.i > last or not _is_clausal(child):
            continue
        start = max(child.left_edge.i, verb.i + 1, spoken_to[1] if spoken_to else 0)
        if start > child.i:
            continue
        if any(t.text == ";" for t in scene.doc[verb.i + 1 : start + 1]):
            continue  # another statement
        # What stands before "that" is the addressee or the time of saying, wherever the parse hangs it
        if child.dep_ in {"parataxis", "advcl"}:
            between = scene.doc[verb.i + 1 : start]
            if any(t.is_punct and t.text != ":" for t in between):
                continue
        if child.dep_ == "advcl" and not any(
            m.lower_ in {"that", "whether", "if"} and m.dep_ == "mark" for m in child.lefts
        ):
            continue
        for other in verb.rights:
            # The clause's own subject, taken for the verb's object by the parse
            taken = own_subject(child) is None and own_subject(verb) is not None
            if bare and taken and other.dep_ in {"obj", "nsubj"} and other.i < start:
                start = min(start, other.left_edge.i)
        return _behind_time(scene, start, child), child
    return None


def _behind_time(scene: Scene, start: int, clause: Token) -> int:
    """Where the clause begins if "on Monday" after the verb tells when it was said: "said | on Monday | they left"."""
    subject = own_subject(clause)
    doc = scene.doc
    if subject is None or subject.left_edge.i <= start or doc[start].pos_ not in {"ADP", "PROPN"}:
        return start
    between = doc[start : subject.left_edge.i]
    return (
        start
        if len(between) > 3 or any(t.is_punct or t.pos_ in {"VERB", "AUX"} for t in between)
        else subject.left_edge.i
    )


def _inserted_until(scene: Scene, verb: Token, last: int) -> int:
    """Token behind ``, citing two diplomats,`` where that stands between the verb and its clause."""
    doc = scene.doc
    for index in range(verb.i + 1, min(verb.i + 5, last)):
        if doc[index].text == "," and doc[index + 1].lower_ in hedges("resumption"):
            closing = next((i for i in range(index + 2, min(index + NEAR, last)) if doc[i].text == ","), None)
            return closing + 1 if closing is not None else verb.i + 1
    return verb.i + 1


def _unparsed_clause(scene: Scene, verb: Token) -> Found | None:
    """A clause whose subject the parse took for the verb's object: "implied | immigrants | were welcome"."""
    doc = scene.doc
    last = scene.sentence_of[verb.i][1]
    for child in verb.rights:
        if child.dep_ != "obj" or child.i > last:
            continue
        end = child.right_edge.i + 1
        if child.left_edge.tag_ in {"WDT", "WP", "WRB"} and child.left_edge.i > verb.i:
            # "asked what damage the shells had done"
            start = child.left_edge.i
            return (
                [close(scene, *scene.chars(start, reach_right(scene, verb, start, end)), verb)],
                child,
                False,
            )
        if end <= last and doc[end].tag_ in {"VBD", "VBZ", "VBP", "MD"} and child.left_edge.i == verb.i + 1:
            span = close(
                scene, *scene.chars(verb.i + 1, reach_right(scene, verb, verb.i + 1, last + 1)), verb
            )
            return [span], doc[end], False
    return None


def _is_clausal(child: Token) -> bool:
    if child.dep_ == "ccomp" and any(m.dep_ == "mark" and m.lower_ == "that" for m in child.lefts):
        return True
    finite = any(c.dep_ in {"aux", "cop"} and c.tag_ in FINITE for c in child.lefts)
    led = any(m.dep_ in {"mark", "case"} and m.lower_ not in {"that", "whether"} for m in child.lefts)
    if child.tag_ == "VBG" and led and not finite:
        return False
    if child.dep_ in {"ccomp", "csubj", "csubj:pass"}:
        return not _is_infinitive(child) and (child.tag_ != "VBG" or own_subject(child) is not None or finite)
    if child.dep_ in {"parataxis", "advcl", "xcomp"}:
        return own_subject(child) is not None and not _is_infinitive(child)
    return False


def _is_infinitive(token: Token) -> bool:
    return any(mark.lower_ == "to" and mark.tag_ == "TO" for mark in token.lefts)


def _is_aside(scene: Scene, verb: Token, report: tuple[int, int], source: Token | None) -> bool:
    """Whether the verb stands in a parenthesis: ``…, the ministry said`` or ``as witnesses recalled``."""
    doc = scene.doc
    first = scene.sentence_of[verb.i][0]
    if source is None and not is_passive(verb):
        return False
    own = own_subject(verb) or bare_speaker(verb)
    if own is None or (own.i > verb.i and own.i - verb.i > 3):
        return False
    start = report[0]
    if doc[start].lower_ == "as" and (start > first or (report[1] < len(doc) and doc[report[1]].text == ",")):
        return True
    if start <= first:
        return False
    if doc[start].pos_ in {"CCONJ", "SCONJ"} or verb.dep_ in {"acl:relcl", "acl"}:
        return False
    previous = doc[start - 1]
    if previous.text not in {",", "?", "!"} | DASHES and scene.quote_of[start - 1] < 0:
        return False
    following = doc[report[1]] if report[1] < len(doc) else None
    at_end = following is None or report[1] > scene.sentence_of[verb.i][1] or following.is_punct
    if not at_end:
        return False
    # "In May, officials said." holds no statement: there must be a verb, before or behind
    last = scene.sentence_of[verb.i][1]
    return any(t.pos_ in {"VERB", "AUX"} for t in (*doc[first:start], *doc[report[1] : last + 1]))


def _around(scene: Scene, verb: Token, report: tuple[int, int]) -> Found | None:
    pieces = []
    left = before(scene, report, verb) if report[0] > scene.sentence_of[verb.i][0] else None
    if left is not None:
        pieces.append(left)
    doc = scene.doc
    end = report[1]
    own = own_subject(verb)
    described = own is not None and own.i > verb.i and aside_speaker(verb) is None
    if end < len(doc) and doc[end].text == "," and not described:
        rest = after(scene, report, verb)
        participle = rest is not None and doc[scene.token_at(rest[0])].tag_ == "VBG"
        if (
            rest is not None
            and not participle
            and any(
                t.pos_ in {"VERB", "AUX"} for t in doc[scene.token_at(rest[0]) : scene.sentence_of[verb.i][1]]
            )
        ):
            pieces.append(rest)
    if not pieces:
        return None
    inside = scene.token_at(pieces[0][0])
    root = root_of(scene, inside, scene.token_at(pieces[0][1] - 1))
    return pieces, root, False


def root_of(scene: Scene, start: int, end: int) -> Token | None:
    """The word of the stretch that nothing in the stretch governs, the last sentence's first."""
    for index in range(start, min(end + 1, len(scene.doc))):
        token = scene.doc[index]
        if token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"} and not token.is_punct:
            head = token.head
            if head.i == token.i or not start <= head.i <= end:
                return token
    return None


def _bare_rest(scene: Scene, verb: Token, source: Token | None) -> Found | None:
    """The rest of the sentence, where the parse found no clause but a finite verb follows without a comma."""
    doc = scene.doc
    if is_passive(verb):
        return None
    last = scene.sentence_of[verb.i][1]
    if source is None or not has_mark(verb, "bare"):
        return None
    start = verb.i + 1
    if start > last or doc[start].is_punct or doc[start].pos_ == "CCONJ":
        return None
    own = own_subject(verb)
    if own is None or own.i > verb.i:
        return None
    finite = next((t for t in doc[start : last + 1] if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    if (
        finite is None
        or finite.nbor(-1).pos_ == "CCONJ"
        or (finite.dep_ == "conj" and finite.head.i == verb.i)
    ):
        return None  # "denied striking the port | and accused": what he did next
    end = reach_right(scene, verb, start, last + 1)
    span = close(scene, *scene.chars(start, end), verb)
    return ([span], finite, False) if span[1] > span[0] else None
