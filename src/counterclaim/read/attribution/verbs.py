"""
Attributions that a verb makes: ``“We stay,” the mayor said``; ``Mali accused the rebels of burning a clinic``.

Comes in: the scene. Goes out: drafts with source, cue, stance and the stretches of content, one for each cue verb.
A verb's knowledge line says which complements may hold the content; quotations next to the verb come first, then
its clause or object, then the sentence it stands in as an aside (``…, the ministry said``).

Its limit: an aside without commas, and a verb whose quotation stands in another paragraph.
"""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from counterclaim.read.attribution.content import DASHES, after, before, close, reach_right
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import Line, hedges, lines_of, noun_lines
from counterclaim.read.attribution.nouns import noun_content
from counterclaim.read.attribution.quotes import Quote
from counterclaim.read.attribution.scene import (
    FINITE,
    LONGEST_SOURCE,
    Scene,
    agent_of,
    infinitive_after,
    is_passive,
    is_verbal,
    name_of,
    opens_clause,
    own_subject,
    phrase_of,
    predicate_after,
    subject_of,
)
from counterclaim.read.attribution.stance import judge_stance

ENDS_SAYING = re.compile(r"[,?!.…—–-]['\"”’»]*\s*$")
LEADS_IN = re.compile(r"^[\s,:]*(?:that\s+)?$")
# What a parse makes of the subject behind its verb: ``“…,” wrote Ana Ruiz``
INVERTED = frozenset(("obj", "iobj", "nsubj", "obl", "xcomp", "appos", "flat", "ccomp"))
# How far from its noun a participle or an infinitive may stand and still be the verb's own complement.
NEAR = 12


def find_verb_drafts(scene: Scene) -> Iterator[Draft]:
    """One draft for each verb that a knowledge line makes a cue and that has something to report."""
    for token in scene.doc:
        here = lines_of(token)
        if not here or not (is_verbal(token) or _is_hidden_verb(token)):
            continue
        draft = _read(scene, token, here)
        if draft is not None:
            yield draft


def _read(scene: Scene, verb: Token, lines: tuple[Line, ...]) -> Draft | None:
    if _is_relayed(verb):
        return None
    relay = _relay(scene, verb)
    if relay is not None:
        return relay
    source = _speaker(scene, verb)
    if source is not None and source.lower_ in {"it", "there"} and _is_expletive(source, verb):
        source = agent_of(verb)
    report = _report(scene, verb)
    for line in lines:
        words_end = _words_end(verb, line)
        if words_end is None:
            continue
        for frame in line.frames:
            found = _match(scene, verb, frame, report, source, line)
            if found is None:
                continue
            pieces, root, quoted = found
            if not pieces:
                continue
            nameless = is_passive(verb) or "impersonal" in line.marks or verb.head.lower_ in hedges("inability")
            if source is None and not quoted and not nameless and frame not in {"quote", "clause"}:
                continue
            return Draft(
                line=line,
                cue=_cue_tokens(scene, verb, frame, words_end),
                anchor=verb,
                source=source,
                pieces=pieces,
                stance=judge_stance(scene, verb, line, root, source),
                root=root,
                quoted=quoted,
            )
    return None


def _is_hidden_verb(token: Token) -> bool:
    """``The navy assumes that …``, ``The army informed relatives that …``, tagged as noun or adjective."""
    if token.i == 0 or token.nbor(-1).pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return False
    if token.tag_ == "NNS":
        following = token.i + 1 < len(token.doc) and opens_clause(token.nbor(1))
        return following and token.lemma_.lower() not in noun_lines()
    if token.tag_ != "VBN" or token.dep_ not in {"amod", "compound"} or not token.head.i > token.i:
        return False
    behind = token.head.i + 1
    return behind < len(token.doc) and opens_clause(token.doc[behind])


def _goes_on(verb: Token) -> Token | None:
    """``He said nine had died, adding that …``: he adds, whatever the parse hung "adding" on."""
    if verb.lower_ not in hedges("resumption"):
        return None
    head = verb.head
    for _ in range(5):
        if head.i < verb.i and is_verbal(head) and lines_of(head) and own_subject(head) is not None:
            return subject_of(head)
        head = head.head
    return None


def _spoke_before(verb: Token) -> Token | None:
    """``He said the army had left and told reporters that …``: he told them, not the army."""
    if verb.dep_ != "conj" or own_subject(verb) is not None or verb.i == 0:
        return None
    before = [t for t in verb.doc[max(verb.sent.start, verb.i - 3) : verb.i] if t.pos_ == "CCONJ"]
    said = verb.head.head if verb.head.dep_ in {"ccomp", "parataxis"} else None
    if not before or said is None or said.tag_ != verb.tag_ or said.i > verb.i:
        return None
    again = any("clause" in line.frames for line in lines_of(verb)) and bool(lines_of(said))
    return subject_of(said) if again and own_subject(said) is not None else None


def _met_and_told(verb: Token) -> Token | None:
    """``Oslo said Berg met the envoy, telling him …``: who met him told him, not who said so."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or not _has_mark(verb, "person"):
        return None
    if not any(c.dep_ in {"obj", "iobj"} and c.pos_ == "PRON" for c in verb.rights):
        return None
    for child in verb.head.rights:
        if child.dep_ == "ccomp" and child.i < verb.i and own_subject(child) is not None:
            return own_subject(child)
    return None


def _speaker(scene: Scene, verb: Token) -> Token | None:
    """Who does the verb; where the parse lost him in a quotation, the noun phrase between the marks and the verb."""
    if any("impersonal" in line.marks for line in lines_of(verb)):
        return None
    if _is_hidden_verb(verb):
        return verb.nbor(-1)
    source = _goes_on(verb) or _spoke_before(verb) or _met_and_told(verb) or subject_of(verb)
    number = scene.quote_of[verb.i]
    lost = source is None or scene.quote_of[source.i] != number
    if not lost or is_passive(verb):
        return source
    doc = scene.doc
    index = verb.i - 1
    while index >= 0 and scene.quote_of[index] == number and verb.i - index < 40:
        if doc[index].is_space and "\n" in doc[index].text:
            return source
        index -= 1
    if index < 0 or scene.quote_of[index] < 0 or scene.quote_of[index] == number:
        return source
    if index == verb.i - 1 or all(t.pos_ in {"ADV", "AUX", "PUNCT"} for t in doc[index + 1 : verb.i]):
        # ``“…,” wrote Ana Ruiz``
        return next((c for c in verb.rights if c.dep_ in INVERTED and c.left_edge.i <= verb.i + 1), source)
    first = next((t for t in doc[index + 1 : verb.i] if t.pos_ in {"NOUN", "PROPN", "PRON"}), None)
    if first is None or any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and t.dep_ not in {"acl:relcl"} for t in doc[index + 1 : first.i]):
        return source
    while first.dep_ in {"compound", "flat", "nmod:poss", "nmod:desc", "amod"} and first.i < first.head.i < verb.i or (
        first.dep_ == "flat" and index < first.head.i < verb.i and first.head.i != first.i
    ):
        first = first.head
    return first


def _is_relayed(verb: Token) -> bool:
    """The "saying" of "quoted him as saying": the relaying verb speaks for it."""
    if verb.tag_ != "VBG" or verb.i == 0 or verb.nbor(-1).lower_ != "as":
        return False
    return any(_has_mark(token, "relay") for token in verb.doc[max(0, verb.i - NEAR) : verb.i])


def _relay(scene: Scene, verb: Token) -> Draft | None:
    """``The agency quoted the minister as saying P``: the minister speaks, through the agency."""
    if not _has_mark(verb, "relay"):
        return None
    doc = scene.doc
    last = scene.sentence_of[verb.i][1]
    saying = next(
        (t for t in doc[verb.i + 1 : min(verb.i + NEAR, last + 1)] if t.tag_ == "VBG" and doc[t.i - 1].lower_ == "as"), None
    )
    if saying is None:
        return None
    line = next(line for line in lines_of(verb) if "relay" in line.marks)
    if is_passive(verb):
        quoted, carrier = own_subject(verb), agent_of(verb) or agent_of(saying)
        if quoted is None and verb.dep_ in {"acl", "advcl"}:
            quoted = verb.head
    else:
        carrier = subject_of(verb)
        quoted = next((c for c in verb.children if c.dep_ in {"obj", "iobj"} and c.i > verb.i), None)
        if quoted is None and verb.i + 1 < saying.i - 1:
            quoted = doc[saying.i - 2]
    start = min(verb.i, *(phrase_of(scene, t)[0] for t in (own_subject(verb), verb) if t is not None and t.i <= verb.i))
    report = (start, saying.i + 1)
    found = _quotation(scene, verb, report, quoted, line) or _clause(scene, saying, (start, saying.i + 1), quoted)
    if found is None or not found[0]:
        return None
    pieces, root, is_quote = found
    via = [] if carrier is None else [name_of(scene, carrier)]
    if quoted is not None and carrier is not None and _same_actor(scene, quoted, carrier):
        # Whoever was really quoted is lost in the text: unknown stays unknown
        quoted = None
    stance = judge_stance(scene, verb, line, root, quoted)
    return Draft(line, (verb.i, saying.i + 1), verb, quoted, pieces, stance, root=root, quoted=is_quote, via=via)


def _same_actor(scene: Scene, one: Token, other: Token) -> bool:
    first, second = scene.mention_at(one), scene.mention_at(other)
    if first is not None and second is not None and first.start_char != second.start_char:
        return first.actor == second.actor
    return name_of(scene, one).lower() == name_of(scene, other).lower()


def _is_expletive(subject: Token, verb: Token) -> bool:
    return subject.lower_ == "there" or is_passive(verb) or subject.dep_ == "expl"


def _words_end(verb: Token, line: Line) -> int | None:
    """Token behind the cue's further words (``point out``), or None where they are not there."""
    position = verb.i + 1
    for word in line.words:
        for index in range(position, min(position + 4, len(verb.doc))):
            token = verb.doc[index]
            if word in {token.lower_, token.lemma_.lower()}:
                position = index + 1
                break
        else:
            return None
    return position


def _cue_tokens(scene: Scene, verb: Token, frame: str, words_end: int) -> tuple[int, int]:
    """The verb with the auxiliaries, negation and adverbs that stand directly before it, and its preposition."""
    start, end = verb.i, verb.i + 1
    doc = scene.doc
    while start > 0:
        token = doc[start - 1]
        if token.head.i == verb.i and token.dep_ in {"aux", "aux:pass", "advmod"} and token.pos_ != "SCONJ":
            start -= 1
        else:
            break
    head = verb.head
    if verb.dep_ in {"xcomp", "advcl", "acl"} and 0 < start - head.i <= 2 and doc[start - 1].lower_ in {"to", "of"}:
        if head.lemma_.lower() in hedges("negator") or head.lower_ in hedges("inability"):
            # "was unable to verify", "declined to say"
            start = head.i
            while start > 0 and doc[start - 1].head.i == head.i and doc[start - 1].dep_ in {"aux", "aux:pass", "advmod", "cop"}:
                start -= 1
    if words_end - verb.i <= 2:
        end = max(end, words_end)
    preposition = frame.removeprefix("prep:").removesuffix("+to")
    if preposition != frame and end < len(doc) and doc[end].lower_ == preposition:
        end += 1
    if end < len(doc) and doc[end].text == ":":
        end += 1
    return start, end


# --- the reporting words -------------------------------------------------------------------------


def _report(scene: Scene, verb: Token) -> tuple[int, int]:
    """
    Start and end token of the words that report, as far as they stand together around the verb.

    ``, the ministry said in a statement on Monday`` without anything that could be content.
    """
    doc = scene.doc
    first, last = scene.sentence_of[verb.i]
    number = scene.quote_of[verb.i]
    start, end = verb.i, verb.i + 1
    subject = own_subject(verb)
    for child in verb.lefts:
        if child.dep_ in {"aux", "aux:pass", "advmod", "cop", "expl"} and child.i >= start - 6:
            start = min(start, child.left_edge.i)
    if subject is not None and subject.i < verb.i:
        left, right = phrase_of(scene, subject)
        gap_quoted = any(scene.quote_of[i] >= 0 and scene.quote_of[i] != number for i in range(right, verb.i))
        if not gap_quoted:
            start = min(start, left)
    start = min(start, _behind_quote(scene, verb, start))
    while start > first and doc[start - 1].pos_ in {"CCONJ", "SCONJ"} and scene.quote_of[start - 1] == number:
        start -= 1
    addressed = _has_mark(verb, "person")
    parts = []
    for child in verb.rights:
        if child.dep_ in {"nsubj", "nsubj:pass"}:
            left, right = phrase_of(scene, child)
            parts.append((left, right))
        elif child.dep_ in {"iobj", "advmod", "compound:prt", "obl", "obl:agent", "obl:unmarked", "obl:tmod", "obl:npmod"} or (
            child.dep_ == "obj" and addressed
        ):
            parts.append((child.left_edge.i, child.right_edge.i + 1))
    for left, right in sorted(parts):
        if left > end and not (left == end + 1 and doc[end].text == ","):
            break
        if any(scene.quote_of[i] != number for i in range(left, min(right, last + 1))):
            break
        end = max(end, right)
    # A description behind a comma belongs to an inverted subject: "said Ana Ruiz, the mayor."
    end = min(end, last + 1)
    return start, end


def _behind_quote(scene: Scene, verb: Token, start: int) -> int:
    """Where the reporting words begin if only a noun phrase stands between a quotation and the verb."""
    doc = scene.doc
    number = scene.quote_of[verb.i]
    index = start - 1
    while index >= 0 and start - index <= LONGEST_SOURCE and scene.quote_of[index] == number:
        token = doc[index]
        if token.is_space or token.text in {".", ";", ":", "?", "!"} or token.tag_ in FINITE and token.dep_ != "acl:relcl":
            return start
        index -= 1
    if index < 0 or scene.quote_of[index] == number or scene.sentence_of[index][1] < scene.sentence_of[verb.i][0] - 1:
        return start
    index += 1
    while index < start and doc[index].text in {",", "—", "–", "-", "--"}:
        index += 1
    return index if index == start or doc[index].pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"} else start


# --- complements ---------------------------------------------------------------------------------

Found = tuple[list[tuple[int, int]], Token | None, bool]


def _match(
    scene: Scene, verb: Token, frame: str, report: tuple[int, int], source: Token | None, line: Line
) -> Found | None:
    if frame == "quote":
        return _quotation(scene, verb, report, source, line)
    if frame == "clause":
        return _clause(scene, verb, report, source)
    if frame == "to":
        return _one(scene, verb, _infinitive(verb), from_object="whole" in line.marks)
    if frame == "ing":
        return _one(scene, verb, _gerund(verb))
    if frame == "np":
        return _object(scene, verb, line)
    if frame.startswith("np+"):
        word = frame.removeprefix("np+")
        return _object(scene, verb, line, even_followed=True) if _preposition(verb, word) is not None else None
    if frame.startswith("on+"):
        return _one(scene, verb, _infinitive(verb)) if _preposition(verb, "on") is not None else None
    head = _preposition(verb, frame.removeprefix("prep:"))
    if frame == "prep:as" and head is not None:
        # "portrayed the general as a hero": both halves are what is said
        whole = _object(scene, verb, line)
        if whole is not None and whole[0][0][0] > verb.idx:
            end = scene.chars(head.i, reach_right(scene, verb, head.i, head.right_edge.i + 1))[1]
            return [close(scene, whole[0][0][0], end, verb)], head, False
    return _one(scene, verb, head, skip_preposition=True)


def _one(
    scene: Scene, verb: Token, head: Token | None, *, skip_preposition: bool = False, from_object: bool = False
) -> Found | None:
    """The complement's whole phrase as the one piece; from the object on where that is part of what is said."""
    if head is None:
        return None
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start <= verb.i:
        start = verb.i + 1
    marker = next((m for m in head.lefts if m.lower_ == "to" and m.tag_ == "TO" and m.i > verb.i), None)
    if marker is not None and not skip_preposition:
        told = next((c for c in (*verb.rights, *head.lefts) if c.dep_ in {"obj", "nsubj", "iobj"} and c.i > verb.i), None)
        begins = told.left_edge.i if from_object and told is not None and told.i < marker.i else marker.i
        start = max(verb.i + 1, begins)
    while skip_preposition and start < head.i and (scene.doc[start].is_punct or _leads(scene.doc[start], head)):
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
    return token.head.i == head.i and token.dep_ in {"case", "mark"} and token.pos_ in {"ADP", "SCONJ", "PART"}


def _preposition(verb: Token, word: str) -> Token | None:
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
    return None


PREPOSITIONAL = frozenset(("obl", "obl:agent", "nmod", "advcl", "acl", "xcomp", "ccomp", "obl:unmarked"))


def _infinitive(verb: Token) -> Token | None:
    """The "to" infinitive that the verb governs, or that hangs on its object: "urged X to leave"."""
    hosts = [verb, *(child for child in verb.rights if child.dep_ in {"obj", "iobj", "obl"})]
    for host in hosts:
        for child in host.rights:
            if child.i <= verb.i or child.dep_ not in {"xcomp", "ccomp", "advcl", "acl"}:
                continue
            if not any(mark.lower_ == "to" and mark.i < child.i for mark in child.lefts):
                continue
            if any(t.text in {",", ";"} for t in verb.doc[verb.i + 1 : child.left_edge.i] if t.head.i == child.i):
                continue
            return child
    return infinitive_after(verb)


def _gerund(verb: Token) -> Token | None:
    """The "-ing" form that the verb governs directly: "denied sending troops"."""
    for child in verb.rights:
        if child.tag_ != "VBG" or child.dep_ not in {"xcomp", "ccomp", "obj", "advcl"}:
            continue
        if any(t.is_punct for t in verb.doc[verb.i + 1 : child.i]) or any(t.dep_ == "mark" for t in child.lefts):
            continue
        return child
    return None


def _object(scene: Scene, verb: Token, line: Line, *, even_followed: bool = False) -> Found | None:
    """The object, the subject of a passive, or the noun that a relative clause describes."""
    head: Token | None = None
    if is_passive(verb):
        head = own_subject(verb) or (verb.head if verb.dep_ == "acl" and verb.head.pos_ == "NOUN" else None)
        if head is not None and head.lower_ in {"it", "there"}:
            return None
    else:
        head = next((c for c in verb.children if c.dep_ == "obj"), None)
        if head is None and line.words:
            # "brushed off the reports": the particle, taken for a preposition
            head = _preposition(verb, line.words[-1])
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
            if child.i > head.i and any(mark.lower_ == "on" for mark in child.lefts) and child.left_edge.i < end:
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
        if found is not None and (found[0].left_edge.lower_ in {"that", "whether", "to"} or line.stance != "says"):
            return [found[1]], found[0], False
    return None


# --- clauses and asides --------------------------------------------------------------------------


def _clause(scene: Scene, verb: Token, report: tuple[int, int], source: Token | None) -> Found | None:
    if _is_between_commas(scene, verb, report) and _is_aside(scene, verb, report, source):
        return _around(scene, verb, report)
    right = _right_clause(scene, verb)
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
        found = _one(scene, verb, _infinitive(verb))
        if found is not None:
            return found
    if _is_aside(scene, verb, report, source):
        return _around(scene, verb, report)
    return _bare_rest(scene, verb, report, source)


def _is_between_commas(scene: Scene, verb: Token, report: tuple[int, int]) -> bool:
    doc = scene.doc
    return report[0] > 0 and doc[report[0] - 1].text == "," and report[1] < len(doc) and doc[report[1]].text == ","


def _right_clause(scene: Scene, verb: Token) -> tuple[int, Token] | None:
    """Start token and head of the clause that the verb governs to its right."""
    last = scene.sentence_of[verb.i][1]
    bare = _has_mark(verb, "bare")
    for token in scene.doc[verb.i + 1 : min(verb.i + NEAR, last)]:
        # A "that" within reach opens the content, whatever the parse hung it on: "said in a letter that"
        if opens_clause(token) and token.head.i > token.i and scene.quote_of[token.i] == scene.quote_of[verb.i]:
            return token.i, predicate_after(token)
        if token.tag_ in FINITE or token.text in {";", ":", ",", "."} or token.dep_ == "acl:relcl":
            break
        if token.lower_ == "to" and token.tag_ == "TO" or token.lemma_.lower() in noun_lines() and token.dep_ == "obj":
            break
    for child in verb.rights:
        if child.i > last or not _is_clausal(child):
            continue
        start = max(child.left_edge.i, verb.i + 1)
        # What stands before "that" is the addressee or the time of saying, wherever the parse hangs it
        if child.dep_ in {"parataxis", "advcl"}:
            between = scene.doc[verb.i + 1 : start]
            if any(t.is_punct and t.text not in {":"} for t in between):
                continue
        if child.dep_ == "advcl" and not any(m.lower_ in {"that", "whether", "if"} and m.dep_ == "mark" for m in child.lefts):
            continue
        for other in verb.rights:
            # The clause's own subject, taken for the verb's object by the parse
            if other.dep_ in {"obj", "nsubj"} and other.i < start and bare:
                if own_subject(child) is None and own_subject(verb) is not None:
                    start = min(start, other.left_edge.i)
        return start, child
    return None


def _unparsed_clause(scene: Scene, verb: Token) -> Found | None:
    """A clause whose subject the parse took for the verb's object: "implied | immigrants | were welcome"."""
    doc = scene.doc
    last = scene.sentence_of[verb.i][1]
    for child in verb.rights:
        if child.dep_ != "obj" or child.i > last:
            continue
        end = child.right_edge.i + 1
        if end <= last and doc[end].tag_ in {"VBD", "VBZ", "VBP", "MD"} and child.left_edge.i == verb.i + 1:
            span = close(scene, *scene.chars(verb.i + 1, reach_right(scene, verb, verb.i + 1, last + 1)), verb)
            return [span], doc[end], False
    return None


def _is_clausal(child: Token) -> bool:
    if child.dep_ == "ccomp" and any(m.dep_ == "mark" and m.lower_ == "that" for m in child.lefts):
        return True
    if child.tag_ == "VBG" and any(m.dep_ in {"mark", "case"} and m.lower_ not in {"that", "whether"} for m in child.lefts):
        return False
    if child.dep_ in {"ccomp", "csubj", "csubj:pass"}:
        return not _is_infinitive(child) and (child.tag_ != "VBG" or own_subject(child) is not None)
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
    own = own_subject(verb)
    if own is None or own.i > verb.i and own.i - verb.i > 3:
        return False
    start = report[0]
    if doc[start].lower_ == "as" and (start > first or report[1] < len(doc) and doc[report[1]].text == ","):
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
    described = own is not None and own.i > verb.i
    if end < len(doc) and doc[end].text == "," and not described:
        rest = after(scene, report, verb)
        participle = rest is not None and doc[scene.token_at(rest[0])].tag_ == "VBG"
        if rest is not None and not participle and any(t.pos_ in {"VERB", "AUX"} for t in doc[scene.token_at(rest[0]) : scene.sentence_of[verb.i][1]]):
            pieces.append(rest)
    if not pieces:
        return None
    inside = scene.token_at(pieces[0][0])
    root = _root(scene, inside, scene.token_at(pieces[0][1] - 1), verb)
    return pieces, root, False


def _root(scene: Scene, start: int, end: int, verb: Token) -> Token | None:
    """The word of the stretch that nothing in the stretch governs, the last sentence's first."""
    for index in range(start, min(end + 1, len(scene.doc))):
        token = scene.doc[index]
        if token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"} and not token.is_punct:
            head = token.head
            if head.i == token.i or not start <= head.i <= end:
                return token
    return None


def _bare_rest(scene: Scene, verb: Token, report: tuple[int, int], source: Token | None) -> Found | None:
    """The rest of the sentence, where the parse found no clause but a finite verb follows without a comma."""
    doc = scene.doc
    if is_passive(verb):
        return None
    last = scene.sentence_of[verb.i][1]
    if source is None or not _has_mark(verb, "bare"):
        return None
    start = verb.i + 1
    if start > last or doc[start].is_punct:
        return None
    own = own_subject(verb)
    if own is None or own.i > verb.i:
        return None
    finite = next((t for t in doc[start : last + 1] if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    if finite is None:
        return None
    end = reach_right(scene, verb, start, last + 1)
    span = close(scene, *scene.chars(start, end), verb)
    return ([span], finite, False) if span[1] > span[0] else None


def _has_mark(verb: Token, mark: str) -> bool:
    return any(mark in line.marks for line in lines_of(verb))


# --- quotations ----------------------------------------------------------------------------------


def _quotation(scene: Scene, verb: Token, report: tuple[int, int], source: Token | None, line: Line) -> Found | None:
    """Quotations that stand next to the reporting words: before, behind, or on both sides."""
    left = _left_quote(scene, verb, report)
    if left is not None and (source is not None or own_subject(verb) is not None):
        content = before(scene, report, verb)
        if content is None:
            return None
        pieces = [content]
        right = _quote_after(scene, verb, report)
        if right is not None:
            pieces.append(close(scene, right.start_char, right.end_char, verb))
        root = _root(scene, scene.token_at(content[0]), scene.token_at(content[1] - 1), verb)
        return pieces, root, True
    right = _quote_after(scene, verb, report)
    if right is None:
        return None
    start = scene.token_at(right.start_char)
    if not right.initial and not scene.text[right.start_char + 1 : right.start_char + 2].isupper():
        # ``said it was “a lie”``: part of a clause, which the clause frame reads whole
        clause = _right_clause(scene, verb)
        if clause is not None:
            end = reach_right(scene, verb, clause[0], clause[1].right_edge.i + 1)
            span = close(scene, *scene.chars(clause[0], end), verb)
            return [span], clause[1], True
    end_char = right.end_char
    inside = scene.text[right.start_char : right.end_char].rstrip("\"”’'»")
    if inside[-1:] not in {".", "!", "?", ",", "…"}:
        # ``said the “safe zone” was shelled``: the sentence goes on behind the closing mark
        last = scene.sentence_of[scene.token_at(right.end_char - 1)][1]
        behind = scene.token_at(right.end_char)
        if behind <= last and not scene.doc[behind].is_punct and scene.doc[behind].pos_ not in {"CCONJ", "SCONJ"}:
            final = scene.doc[last]
            end_char = max(end_char, final.idx + len(final))
    span = close(scene, right.start_char, end_char, verb)
    root = _root(scene, start, scene.token_at(span[1] - 1), verb)
    return [span], root, True


def _left_quote(scene: Scene, verb: Token, report: tuple[int, int]) -> Quote | None:
    doc = scene.doc
    index = report[0] - 1
    number = scene.quote_of[verb.i]
    if doc[report[0]].pos_ == "CCONJ":
        return None
    while index >= 0 and (doc[index].is_space or doc[index].text in {",", "—", "–", "-", "--"}) and scene.quote_of[index] < 0:
        index -= 1
    if index < 0 or scene.quote_of[index] < 0 or scene.quote_of[index] == number:
        return None
    if scene.paragraph_of[index] != scene.paragraph_of[verb.i]:
        return None
    quote = scene.quotes[scene.quote_of[index]]
    upto = doc[report[0]].idx
    inside = scene.text[quote.start_char : upto].rstrip().rstrip("\"”’'»")
    if inside.endswith((".", "…")) and report[0] == scene.sentence_of[verb.i][0] and doc[report[0]].is_title:
        return None  # the quotation is a sentence of its own, and this the next one
    if inside.endswith(("!", "?")) and _right_clause(scene, verb) is not None:
        return None
    if ENDS_SAYING.search(scene.text[quote.start_char : upto].rstrip() + " "):
        return quote
    return None


def _quote_after(scene: Scene, verb: Token, report: tuple[int, int]) -> Quote | None:
    """The quotation that opens behind the reporting words, with at most a comma, a colon or "that" between."""
    end_char = scene.chars(verb.i, verb.i + 1)[1]
    number = scene.quote_of[verb.i]
    quotes = scene.quotes
    low = next(
        (index for index, quote in enumerate(quotes) if quote.start_char >= end_char and index != number), None
    )
    if low is None or number >= 0 and quotes[low].start_char > quotes[number].end_char:
        return None
    quote = quotes[low]
    between = scene.text[end_char : quote.start_char]
    if "\n" in between and not between.rstrip().endswith(":"):
        return None
    if len(between) > 160:
        return None
    if scene.sentence_of[scene.token_at(quote.start_char)] != scene.sentence_of[verb.i] and not between.rstrip().endswith(":"):
        return None
    if LEADS_IN.match(between):
        return quote
    report_end = scene.chars(report[1] - 1, report[1])[1]
    rest = scene.text[min(max(end_char, report_end), quote.start_char) : quote.start_char]
    if LEADS_IN.match(rest):
        return quote
    # ``told the daily in Lima on Friday: “…”``: whatever stands before a colon reports
    if between.rstrip().endswith(":") and not re.search(r"[“\"”]", between):
        return quote
    if between.rstrip().endswith(",") and _right_clause(scene, verb) is None and quote.initial is False:
        tokens = scene.doc[verb.i + 1 : scene.token_at(quote.start_char)]
        if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in tokens):
            return quote
    return None
