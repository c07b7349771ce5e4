"""
Content that a cue verb governs as a clause, or that it stands in as an aside.

Comes in: the tree, the verb, the reporting words. Goes out: stretches of content. ``The envoy said in a letter that
P``: from "that" on, whatever the parse hung it on. ``P, the envoy said, Q``: the sentence on both sides.
Its limit: an aside without commas.
"""

from counterclaim.read.attribution.content.complements import Content, find_infinitive, whole_phrase
from counterclaim.read.attribution.content.reach import DASHES, after, before, close, reach_right
from counterclaim.read.attribution.lines import has_mark, hedges, noun_lines
from counterclaim.read.attribution.source.phrases import NEAR, medium_after
from counterclaim.read.attribution.source.speakers import aside_speaker, bare_speaker
from counterclaim.read.syntax.classes import FINITE, word_class
from counterclaim.read.syntax.clauses import in_passive, opens_clause, predicate_after, subject_at
from counterclaim.read.syntax.tree import Tree, Word


def find_clause(tree: Tree, verb: Word, report: tuple[int, int], source: Word | None) -> Content | None:
    """The clause the verb governs, or the sentence it is an aside in."""
    if _is_between_commas(tree, report) and (
        aside_speaker(verb) is not None or _is_aside(tree, verb, report, source)
    ):
        return _around(tree, verb, report)
    right = right_clause(tree, verb)
    if right is not None:
        start, head = right
        end = reach_right(tree, verb, start, max(head.right_edge.i + 1, start + 1))
        if end > start:
            span = close(tree, *tree.chars(start, end), verb)
            return ([span], head, False) if span[1] > span[0] else None
    bare = _unparsed_clause(tree, verb)
    if bare is not None:
        return bare
    if in_passive(verb):
        found = whole_phrase(tree, verb, find_infinitive(verb))
        if found is not None:
            return found
    if _is_aside(tree, verb, report, source):
        return _around(tree, verb, report)
    return _bare_rest(tree, verb, source)


def _is_between_commas(tree: Tree, report: tuple[int, int]) -> bool:
    return (
        report[0] > 0
        and tree[report[0] - 1].text == ","
        and report[1] < len(tree)
        and tree[report[1]].text == ","
    )


def right_clause(tree: Tree, verb: Word) -> tuple[int, Word] | None:
    """Start token and head of the clause that the verb governs to its right."""
    last = tree.line_of[verb.i][1]
    bare = has_mark(verb, "bare")
    spoken_to = medium_after(tree, verb) if has_mark(verb, "person") else None
    inserted = _inserted_until(tree, verb, last)
    for token in tree.between(inserted, min(inserted + NEAR, last)):
        # A "that" within reach opens the content, whatever the parse hung it on: "said in a letter that"
        if opens_clause(token) and token.head.i > token.i and tree.quote_of[token.i] == tree.quote_of[verb.i]:
            return token.i, predicate_after(token)
        if token.tag in FINITE or token.text in {";", ":", ",", "."} or token.dep == "acl:relcl":
            break
        if (token.lower == "to" and token.tag == "TO") or (
            token.lemma in noun_lines() and token.dep in {"obj", "nsubj"}
        ):
            break
    for child in verb.rights:
        if child.i > last or not _is_clausal(child):
            continue
        start = max(child.left_edge.i, verb.i + 1, spoken_to[1] if spoken_to else 0)
        if start > child.i:
            continue
        if any(t.text == ";" for t in tree.between(verb.i + 1, start + 1)):
            continue  # another statement
        # What stands before "that" is the addressee or the time of saying, wherever the parse hangs it
        if child.dep in {"parataxis", "advcl"}:
            between = tree.between(verb.i + 1, start)
            if any(t.is_punct and t.text != ":" for t in between):
                continue
        if child.dep == "advcl" and not any(
            m.lower in word_class("complementizers") and m.dep == "mark" for m in child.lefts
        ):
            continue
        for other in verb.rights:
            # The clause's own subject, taken for the verb's object by the parse
            taken = subject_at(child) is None and subject_at(verb) is not None
            if bare and taken and other.dep in {"obj", "nsubj"} and other.i < start:
                start = min(start, other.left_edge.i)
        return _behind_time(tree, start, child), child
    return None


def _behind_time(tree: Tree, start: int, clause: Word) -> int:
    """Where the clause begins if "on Monday" after the verb tells when it was said: "said | on Monday | they left"."""
    subject = subject_at(clause)
    if subject is None or subject.left_edge.i <= start or tree[start].pos not in {"ADP", "PROPN"}:
        return start
    between = tree.between(start, subject.left_edge.i)
    return (
        start
        if len(between) > 3 or any(t.is_punct or t.pos in {"VERB", "AUX"} for t in between)
        else subject.left_edge.i
    )


def _inserted_until(tree: Tree, verb: Word, last: int) -> int:
    """Word behind ``, citing two diplomats,`` where that stands between the verb and its clause."""
    for index in range(verb.i + 1, min(verb.i + 5, last)):
        if tree[index].text == "," and tree[index + 1].lower in hedges("resumption"):
            closing = next(
                (i for i in range(index + 2, min(index + NEAR, last)) if tree[i].text == ","), None
            )
            return closing + 1 if closing is not None else verb.i + 1
    return verb.i + 1


def _unparsed_clause(tree: Tree, verb: Word) -> Content | None:
    """A clause whose subject the parse took for the verb's object: "implied | immigrants | were welcome"."""
    last = tree.line_of[verb.i][1]
    for child in verb.rights:
        if child.dep != "obj" or child.i > last:
            continue
        end = child.right_edge.i + 1
        if child.left_edge.tag in {"WDT", "WP", "WRB"} and child.left_edge.i > verb.i:
            # "asked what damage the shells had done"
            start = child.left_edge.i
            return (
                [close(tree, *tree.chars(start, reach_right(tree, verb, start, end)), verb)],
                child,
                False,
            )
        if end <= last and tree[end].tag in {"VBD", "VBZ", "VBP", "MD"} and child.left_edge.i == verb.i + 1:
            span = close(tree, *tree.chars(verb.i + 1, reach_right(tree, verb, verb.i + 1, last + 1)), verb)
            return [span], tree[end], False
    return None


def _is_clausal(child: Word) -> bool:
    if child.dep == "ccomp" and any(m.dep == "mark" and m.lower == "that" for m in child.lefts):
        return True
    finite = any(c.dep in {"aux", "cop"} and c.tag in FINITE for c in child.lefts)
    led = any(m.dep in {"mark", "case"} and m.lower not in {"that", "whether"} for m in child.lefts)
    if child.tag == "VBG" and led and not finite:
        return False
    if child.dep in {"ccomp", "csubj", "csubj:pass"}:
        return not _is_infinitive(child) and (child.tag != "VBG" or subject_at(child) is not None or finite)
    if child.dep in {"parataxis", "advcl", "xcomp"}:
        return subject_at(child) is not None and not _is_infinitive(child)
    return False


def _is_infinitive(token: Word) -> bool:
    return any(mark.lower == "to" and mark.tag == "TO" for mark in token.lefts)


def _is_aside(tree: Tree, verb: Word, report: tuple[int, int], source: Word | None) -> bool:
    """Whether the verb stands in a parenthesis: ``…, the ministry said`` or ``as witnesses recalled``."""
    first = tree.line_of[verb.i][0]
    if source is None and not in_passive(verb):
        return False
    own = subject_at(verb) or bare_speaker(verb)
    if own is None or (own.i > verb.i and own.i - verb.i > 3):
        return False
    start = report[0]
    if tree[start].lower == "as" and (
        start > first or (report[1] < len(tree) and tree[report[1]].text == ",")
    ):
        return True
    if start <= first:
        return False
    if tree[start].pos in {"CCONJ", "SCONJ"} or verb.dep in {"acl:relcl", "acl"}:
        return False
    previous = tree[start - 1]
    if previous.text not in {",", "?", "!"} | DASHES and tree.quote_of[start - 1] < 0:
        return False
    following = tree[report[1]] if report[1] < len(tree) else None
    at_end = following is None or report[1] > tree.line_of[verb.i][1] or following.is_punct
    if not at_end:
        return False
    # "In May, officials said." holds no statement: there must be a verb, before or behind
    last = tree.line_of[verb.i][1]
    return any(
        t.pos in {"VERB", "AUX"} for t in (*tree.between(first, start), *tree.between(report[1], last + 1))
    )


def _around(tree: Tree, verb: Word, report: tuple[int, int]) -> Content | None:
    pieces = []
    left = before(tree, report, verb) if report[0] > tree.line_of[verb.i][0] else None
    if left is not None:
        pieces.append(left)
    end = report[1]
    own = subject_at(verb)
    described = own is not None and own.i > verb.i and aside_speaker(verb) is None
    if end < len(tree) and tree[end].text == "," and not described:
        rest = after(tree, report, verb)
        participle = rest is not None and tree[tree.token_at(rest[0])].tag == "VBG"
        if (
            rest is not None
            and not participle
            and any(
                t.pos in {"VERB", "AUX"}
                for t in tree.between(tree.token_at(rest[0]), tree.line_of[verb.i][1])
            )
        ):
            pieces.append(rest)
    if not pieces:
        return None
    inside = tree.token_at(pieces[0][0])
    root = root_of(tree, inside, tree.token_at(pieces[0][1] - 1))
    return pieces, root, False


def root_of(tree: Tree, start: int, end: int) -> Word | None:
    """The word of the stretch that nothing in the stretch governs, the last sentence's first."""
    for index in range(start, min(end + 1, len(tree))):
        token = tree[index]
        if token.pos in {"VERB", "AUX", "ADJ", "NOUN"} and not token.is_punct:
            head = token.head
            if head.i == token.i or not start <= head.i <= end:
                return token
    return None


def _bare_rest(tree: Tree, verb: Word, source: Word | None) -> Content | None:
    """The rest of the sentence, where the parse found no clause but a finite verb follows without a comma."""
    if in_passive(verb):
        return None
    last = tree.line_of[verb.i][1]
    if source is None or not has_mark(verb, "bare"):
        return None
    start = verb.i + 1
    if start > last or tree[start].is_punct or tree[start].pos == "CCONJ":
        return None
    own = subject_at(verb)
    if own is None or own.i > verb.i:
        return None
    # "denied the claim; the firm halted flights": what stands behind the mark is another statement
    last = next((t.i - 1 for t in tree.between(start, last + 1) if t.text == ";"), last)
    finite = next(
        (
            t
            for t in tree.between(start, last + 1)
            if t.tag in {"VBD", "VBZ", "VBP", "MD"} and not _is_relative(t)
        ),
        None,
    )
    if finite is None or finite.nbor(-1).pos == "CCONJ" or (finite.dep == "conj" and finite.head.i == verb.i):
        return None  # "denied striking the port | and accused": what he did next
    end = reach_right(tree, verb, start, last + 1)
    span = close(tree, *tree.chars(start, end), verb)
    return ([span], finite, False) if span[1] > span[0] else None


def _is_relative(verb: Word) -> bool:
    """As in "claimed the ambush that killed six": the verb tells more of a noun and makes no statement."""
    clause = verb.head if verb.dep in {"aux", "cop", "aux:pass"} else verb
    return clause.dep == "acl:relcl" and any(t.tag in {"WDT", "WP", "WP$", "WRB"} for t in clause.lefts)
