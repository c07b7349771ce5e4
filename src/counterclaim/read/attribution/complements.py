"""
Content that a cue verb governs as a phrase: an infinitive, a gerund, an object, the object of a preposition.

Comes in: the scene, the verb and its knowledge line. Goes out: the content's stretch and its main word. In "urged both
armies to stop firing" it is "to stop firing"; in "accused the rebels of burning a clinic", "burning a clinic"; in "denied claims
that P", what the noun holds. Its limit: objects are taken whole, lists and appositions included.
"""

from spacy.tokens import Token

from counterclaim.read.attribution.content import close, reach_right
from counterclaim.read.attribution.lines import Line, lines_of, noun_lines
from counterclaim.read.attribution.nouns import noun_content
from counterclaim.read.attribution.scene import (
    FINITE,
    NEAR,
    Scene,
    infinitive_after,
    is_passive,
    own_subject,
    phrase_of,
)

Found = tuple[list[tuple[int, int]], Token | None, bool]


# Words from a verb to the one coordinated with it, where both have the same object
SHARED_OBJECT = 3
PREPOSITIONAL = frozenset(("obl", "obl:agent", "nmod", "advcl", "acl", "xcomp", "ccomp", "obl:unmarked"))


def whole_phrase(
    scene: Scene,
    verb: Token,
    head: Token | None,
    *,
    skip_preposition: bool = False,
    from_object: bool = False,
) -> Found | None:
    """The complement's whole phrase as the one piece; from the object on where that is part of what is said."""
    if head is None:
        return None
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start <= verb.i:
        start = verb.i + 1
    if start > verb.i + 1 and scene.doc[start - 1].tag_ == "VBG" and head.tag_ in {"VBN", "VBD"}:
        start -= 1  # "denied | having met"
    marker = next((m for m in head.lefts if m.lower_ == "to" and m.tag_ == "TO" and m.i > verb.i), None)
    if marker is not None and not skip_preposition:
        told = next(
            (c for c in (*verb.rights, *head.lefts) if c.dep_ in {"obj", "nsubj", "iobj"} and c.i > verb.i),
            None,
        )
        begins = told.left_edge.i if from_object and told is not None and told.i < marker.i else marker.i
        if (
            begins == marker.i
            and scene.doc[begins - 1].head.i == head.i
            and scene.doc[begins - 1].dep_ == "advmod"
        ):
            begins -= 1  # "vowed never to surrender"
        start = max(verb.i + 1, begins)
    leading = [m.i for m in head.lefts if m.dep_ in {"case", "mark"} and m.i > verb.i]
    if skip_preposition and leading:
        start = leading[0]
    while (
        skip_preposition and start < head.i and (scene.doc[start].is_punct or _leads(scene.doc[start], head))
    ):
        if scene.quote_of[start] >= 0:
            break
        start += 1
    end = reach_right(scene, verb, start, end, clause=False)
    end = min(end, scene.sentence_of[verb.i][1] + 1)
    if end <= start:
        return None
    span = close(scene, *scene.chars(start, end), verb)
    return ([span], head, False) if span[1] > span[0] else None


def _leads(token: Token, head: Token) -> bool:
    """Whether the token is a preposition leading into the phrase."""
    return (
        token.head.i == head.i and token.dep_ in {"case", "mark"} and token.pos_ in {"ADP", "SCONJ", "PART"}
    )


def find_preposition(verb: Token, word: str) -> Token | None:
    """The phrase with this preposition that hangs on the verb, or on its object."""
    hosts = [verb, *(child for child in verb.rights if child.dep_ in {"obj", "iobj", "obl", "xcomp"})]
    if is_passive(verb):
        hosts += [child for child in verb.rights if child.dep_ == "obl:agent"]
    for host in hosts:
        for child in host.children:
            if child.i <= verb.i or child.dep_ not in PREPOSITIONAL:
                continue
            if any(mark.lower_ == word and mark.dep_ in {"case", "mark", "advmod"} for mark in child.lefts):
                return child
    for token in verb.doc[verb.i + 1 : min(verb.i + NEAR, verb.sent.end)]:
        # The same by position: "accused each other | of launching attacks"
        if token.is_punct or token.tag_ in FINITE:
            break
        if token.lower_ == word and token.head.i > token.i and token.dep_ in {"case", "mark"}:
            return token.head
    for token in verb.doc[verb.i + 1 : verb.sent.end - 1]:
        # "accused the army, which holds the pass, | of bombing"
        if token.lower_ == word and token.nbor(-1).text == "," and token.nbor(1).tag_ == "VBG":
            return token.nbor(1)
    return None


def find_infinitive(verb: Token) -> Token | None:
    """The "to" infinitive that the verb governs, or that hangs on its object: "urged X to leave"."""
    hosts = [verb, *(child for child in verb.rights if child.dep_ in {"obj", "iobj", "obl"})]
    for host in hosts:
        for child in host.rights:
            if child.i <= verb.i or child.dep_ not in {"xcomp", "ccomp", "advcl", "acl"}:
                continue
            if not any(mark.lower_ == "to" and mark.i < child.i for mark in child.lefts):
                continue
            if any(
                t.text in {",", ";"} for t in verb.doc[verb.i + 1 : child.left_edge.i] if t.head.i == child.i
            ):
                continue
            return child
    return infinitive_after(verb)


def find_gerund(verb: Token) -> Token | None:
    """The "-ing" form that the verb governs directly: "denied sending troops"."""
    for child in verb.rights:
        having = child.tag_ in {"VBN", "VBD"} and child.i > verb.i + 1 and child.nbor(-1).tag_ == "VBG"
        if not (child.tag_ == "VBG" or having) or child.dep_ not in {"xcomp", "ccomp", "obj", "advcl"}:
            continue
        if any(t.is_punct for t in verb.doc[verb.i + 1 : child.i]) or any(
            t.dep_ == "mark" for t in child.lefts
        ):
            continue
        return child
    following = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    return (
        following
        if following is not None and following.tag_ == "VBG" and verb.tag_.startswith("NN")
        else None
    )


def find_object(scene: Scene, verb: Token, line: Line, *, even_followed: bool = False) -> Found | None:
    """The object, the subject of a passive, or the noun that a relative clause describes."""
    head: Token | None = None
    if is_passive(verb):
        head = own_subject(verb) or (verb.head if verb.dep_ == "acl" and verb.head.pos_ == "NOUN" else None)
        if head is not None and head.lower_ in {"it", "there"}:
            return None
    else:
        # "confirmed and denounced the raid": one object for both verbs
        hosts = [
            verb,
            *(c for c in verb.rights if c.dep_ == "conj" and lines_of(c) and c.i - verb.i <= SHARED_OBJECT),
        ]
        head = next(
            (
                c
                for host in hosts
                for c in host.children
                # "called on members", whatever the parse made of the members
                if c.dep_ == "obj" and not any(m.dep_ == "case" and m.i > verb.i for m in c.lefts)
            ),
            None,
        )
        subject = own_subject(verb)
        if head is None and verb.dep_ == "acl:relcl" and subject is not None and verb.head.pos_ == "NOUN":
            # "a charge the group denies"
            head = verb.head if subject.tag_ not in {"WP", "WDT"} and verb.head.i < subject.i else None
        if head is None and line.words:
            # "brushed off the reports": the particle, taken for a preposition
            head = find_preposition(verb, line.words[-1]) or next(
                (c for c in verb.rights if c.dep_ == "obl" and c.left_edge.nbor(-1).lower_ == line.words[-1]),
                None,
            )
    if head is None or any(token.lemma_.lower() in line.excepted for token in (head, *head.children)):
        return None
    if head.lower_ in {"which", "that", "who", "whom"} and head.tag_ in {"WDT", "WP", "IN", "DT"}:
        if verb.dep_ != "acl:relcl":
            return None
        head = verb.head
    elif head.i > verb.i or is_passive(verb):
        reported = _noun_content(scene, head)
        if reported is not None:
            # "voiced fears that": the noun says it, the verb only carries it; "denied claims that": the verb decides
            return None if line.stance == "says" else reported
    if head.i > verb.i:
        start, end = head.left_edge.i, head.right_edge.i + 1
        while line.words and start < head.i and scene.doc[start].lower_ == line.words[-1]:
            start += 1
        for child in verb.rights:
            # "called the raid a crime": the second half belongs to what is said
            if child.dep_ == "xcomp" and child.i > head.i and child.left_edge.i == end and not even_followed:
                end = child.right_edge.i + 1
        if not even_followed:
            end = reach_right(scene, verb, start, end, clause=False)
    else:
        start, end = phrase_of(scene, head)
        if start <= verb.i < end:
            end = verb.i
    if even_followed:
        start, end = phrase_of(scene, head, apposition=False) if head.i < verb.i else (start, end)
        for child in head.rights:
            if (
                child.i > head.i
                and any(mark.lower_ == "on" for mark in child.lefts)
                and child.left_edge.i < end
            ):
                end = child.left_edge.i
    start = max(start, verb.i + 1) if head.i > verb.i else start
    if end <= start:
        return None
    span = close(scene, *scene.chars(start, end), verb)
    return ([span], head, False) if span[1] > span[0] else None


def _noun_content(scene: Scene, noun: Token) -> Found | None:
    """What a noun such as "reports" or "accusations" holds, where the verb bears on that: denied claims that P."""
    for line in noun_lines().get(noun.lemma_.lower(), ()):
        found = noun_content(scene, noun, line)
        if found is not None and (
            found[0].left_edge.lower_ in {"that", "whether", "to"} or line.stance != "says"
        ):
            return [found[1]], found[0], False
    return None
