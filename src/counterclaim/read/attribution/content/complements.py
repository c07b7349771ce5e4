"""
Content that a cue verb governs as a phrase: an infinitive, a gerund, an object, the object of a preposition.

Comes in: the tree, the verb and its knowledge line. Goes out: the content's stretch and its main word. In "urged both
armies to stop firing" it is "to stop firing"; in "accused the rebels of burning a clinic", "burning a clinic"; in "denied claims
that P", what the noun holds. Its limit: objects are taken whole, lists and appositions included.
"""

from counterclaim.read.attribution.content.of_nouns import noun_content
from counterclaim.read.attribution.content.reach import close, reach_right
from counterclaim.read.attribution.lines import CueLine, lines_of, noun_lines
from counterclaim.read.attribution.source.phrases import NEAR, phrase_of
from counterclaim.read.syntax.classes import FINITE, word_class
from counterclaim.read.syntax.clauses import in_passive, infinitive_after, subject_at
from counterclaim.read.syntax.tree import Tree, Word

Content = tuple[list[tuple[int, int]], Word | None, bool]


# Words from a verb to the one coordinated with it, where both have the same object
SHARED_OBJECT = 3
PREPOSITIONAL = frozenset(("obl", "obl:agent", "nmod", "advcl", "acl", "xcomp", "ccomp", "obl:unmarked"))


def whole_phrase(
    tree: Tree,
    verb: Word,
    head: Word | None,
    *,
    skip_preposition: bool = False,
    from_object: bool = False,
) -> Content | None:
    """The complement's whole phrase as the one piece; from the object on where that is part of what is said."""
    if head is None:
        return None
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start <= verb.i:
        start = verb.i + 1
    if start > verb.i + 1 and tree[start - 1].tag == "VBG" and head.tag in {"VBN", "VBD"}:
        start -= 1  # "denied | having met"
    marker = next((m for m in head.lefts if m.lower == "to" and m.tag == "TO" and m.i > verb.i), None)
    if marker is not None and not skip_preposition:
        told = next(
            (c for c in (*verb.rights, *head.lefts) if c.dep in {"obj", "nsubj", "iobj"} and c.i > verb.i),
            None,
        )
        begins = told.left_edge.i if from_object and told is not None and told.i < marker.i else marker.i
        if begins == marker.i and tree[begins - 1].head.i == head.i and tree[begins - 1].dep == "advmod":
            begins -= 1  # "vowed never to surrender"
        start = max(verb.i + 1, begins)
    leading = [m.i for m in head.lefts if m.dep in {"case", "mark"} and m.i > verb.i]
    if skip_preposition and leading:
        start = leading[0]
    while skip_preposition and start < head.i and (tree[start].is_punct or _leads(tree[start], head)):
        if tree.quote_of[start] >= 0:
            break
        start += 1
    end = reach_right(tree, verb, start, end, clause=False)
    end = min(end, tree.line_of[verb.i][1] + 1)
    if end <= start:
        return None
    span = close(tree, *tree.chars(start, end), verb)
    return ([span], head, False) if span[1] > span[0] else None


def _leads(token: Word, head: Word) -> bool:
    """Whether the token is a preposition leading into the phrase."""
    return token.head.i == head.i and token.dep in {"case", "mark"} and token.pos in {"ADP", "SCONJ", "PART"}


def find_preposition(verb: Word, word: str) -> Word | None:
    """The phrase with this preposition that hangs on the verb, or on its object."""
    hosts = [verb, *(child for child in verb.rights if child.dep in {"obj", "iobj", "obl", "xcomp"})]
    if in_passive(verb):
        hosts += [child for child in verb.rights if child.dep == "obl:agent"]
    for host in hosts:
        for child in host.children:
            if child.i <= verb.i or child.dep not in PREPOSITIONAL:
                continue
            if any(mark.lower == word and mark.dep in {"case", "mark", "advmod"} for mark in child.lefts):
                return child
    for token in verb.tree.between(verb.i + 1, min(verb.i + NEAR, verb.sent.end)):
        # The same by position: "accused each other | of launching attacks"
        if token.is_punct or token.tag in FINITE:
            break
        if token.lower == word and token.head.i > token.i and token.dep in {"case", "mark"}:
            return token.head
    for token in verb.tree.between(verb.i + 1, verb.sent.end - 1):
        # "accused the army, which holds the pass, | of bombing"
        if token.lower == word and token.nbor(-1).text == "," and token.nbor(1).tag == "VBG":
            return token.nbor(1)
    return None


def find_infinitive(verb: Word) -> Word | None:
    """The "to" infinitive that the verb governs, or that hangs on its object: "urged X to leave"."""
    hosts = [verb, *(child for child in verb.rights if child.dep in {"obj", "iobj", "obl"})]
    for host in hosts:
        for child in host.rights:
            if child.i <= verb.i or child.dep not in {"xcomp", "ccomp", "advcl", "acl"}:
                continue
            if not any(mark.lower == "to" and mark.i < child.i for mark in child.lefts):
                continue
            if any(
                t.text in {",", ";"}
                for t in verb.tree.between(verb.i + 1, child.left_edge.i)
                if t.head.i == child.i
            ):
                continue
            return child
    return infinitive_after(verb)


def find_gerund(verb: Word) -> Word | None:
    """The "-ing" form that the verb governs directly: "denied sending troops"."""
    for child in verb.rights:
        having = child.tag in {"VBN", "VBD"} and child.i > verb.i + 1 and child.nbor(-1).tag == "VBG"
        if not (child.tag == "VBG" or having) or child.dep not in {"xcomp", "ccomp", "obj", "advcl"}:
            continue
        if any(t.is_punct for t in verb.tree.between(verb.i + 1, child.i)) or any(
            t.dep == "mark" for t in child.lefts
        ):
            continue
        return child
    following = verb.nbor(1) if verb.i + 1 < len(verb.tree) else None
    return (
        following if following is not None and following.tag == "VBG" and verb.tag.startswith("NN") else None
    )


def find_object(tree: Tree, verb: Word, line: CueLine, *, even_followed: bool = False) -> Content | None:
    """The object, the subject of a passive, or the noun that a relative clause describes."""
    head = _passive_object(verb) if in_passive(verb) else _active_object(verb, line)
    if head is None or any(token.lemma in line.excepted for token in (head, *head.children)):
        return None
    if head.lower in word_class("relative") and head.tag in {"WDT", "WP", "IN", "DT"}:
        if verb.dep != "acl:relcl":
            return None
        head = verb.head
    elif head.i > verb.i or in_passive(verb):
        reported = _noun_content(tree, head)
        if reported is not None:
            # "voiced fears that": the noun says it, the verb only carries it; "denied claims that": the verb decides
            return None if line.stance == "says" else reported
    if head.i > verb.i:
        start, end = _object_behind(tree, verb, head, line, even_followed=even_followed)
        # "denied the claim; the firm halted flights": another statement, whatever the parse hung it on
        end = next((at for at in range(head.i + 1, end) if tree[at].text == ";"), end)
    else:
        start, end = _object_before(tree, verb, head, even_followed=even_followed)
    if even_followed:
        end = _before_on(head, end)
    if end <= start:
        return None
    span = close(tree, *tree.chars(start, end), verb)
    return ([span], head, False) if span[1] > span[0] else None


def _passive_object(verb: Word) -> Word | None:
    """Of whom or what the passive says it, but for nobody."""
    head = subject_at(verb) or (verb.head if verb.dep == "acl" and verb.head.pos == "NOUN" else None)
    return None if head is None or head.lower in word_class("nobody") else head


def _active_object(verb: Word, line: CueLine) -> Word | None:
    # "confirmed and denounced the raid": one object for both verbs
    hosts = [
        verb,
        *(c for c in verb.rights if c.dep == "conj" and lines_of(c) and c.i - verb.i <= SHARED_OBJECT),
    ]
    head = next(
        (
            c
            for host in hosts
            for c in host.children
            # "called on members", whatever the parse made of the members
            if c.dep == "obj" and not any(m.dep == "case" and m.i > verb.i for m in c.lefts)
        ),
        None,
    )
    subject = subject_at(verb)
    if head is None and verb.dep == "acl:relcl" and subject is not None and verb.head.pos == "NOUN":
        # "a charge the group denies"
        head = verb.head if subject.tag not in {"WP", "WDT"} and verb.head.i < subject.i else None
    if head is None and line.words:
        # "brushed off the reports": the particle, taken for a preposition
        head = find_preposition(verb, line.words[-1]) or next(
            (c for c in verb.rights if c.dep == "obl" and c.left_edge.nbor(-1).lower == line.words[-1]),
            None,
        )
    return head


def _object_behind(
    tree: Tree, verb: Word, head: Word, line: CueLine, *, even_followed: bool
) -> tuple[int, int]:
    """The tokens of an object behind its verb, up to where the next thing begins."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    while line.words and start < head.i and tree[start].lower == line.words[-1]:
        start += 1
    if not even_followed:
        for child in verb.rights:
            # "called the raid a crime": the second half belongs to what is said
            if child.dep == "xcomp" and child.i > head.i and child.left_edge.i == end:
                end = child.right_edge.i + 1
        end = reach_right(tree, verb, start, end, clause=False)
    return max(start, verb.i + 1), end


def _object_before(tree: Tree, verb: Word, head: Word, *, even_followed: bool) -> tuple[int, int]:
    """The tokens of what stands before its verb: a passive's subject, the noun of a relative clause."""
    if even_followed and head.i < verb.i:
        return phrase_of(tree, head, apposition=False)
    start, end = phrase_of(tree, head)
    return start, verb.i if start <= verb.i < end else end


def _before_on(head: Word, end: int) -> int:
    """Up to an "on" phrase: "pressed | the ministry | on its losses"."""
    for child in head.rights:
        if any(mark.lower == "on" for mark in child.lefts) and child.left_edge.i < end:
            end = child.left_edge.i
    return end


def _noun_content(tree: Tree, noun: Word) -> Content | None:
    """What a noun such as "reports" or "accusations" holds, where the verb bears on that: denied claims that P."""
    for line in noun_lines().get(noun.lemma, ()):
        found = noun_content(tree, noun, line)
        if found is not None and (
            found[0].left_edge.lower in {"that", "whether", "to"} or line.stance != "says"
        ):
            return [found[1]], found[0], False
    return None
