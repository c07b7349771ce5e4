"""
The words that report, as a stretch of tokens: ``, the ministry said in a statement on Monday``.

Comes in: the scene and a cue verb. Goes out: start and end token of everything around the verb that cannot be content,
and the tokens shown as the cue ("was unable to verify", "called for"). Its limit: a subject torn off by the parse.
"""

from spacy.tokens import Token

from counterclaim.read.attribution.lines import Line, has_mark, hedges
from counterclaim.read.attribution.scene import FINITE, LONGEST_SOURCE, Scene, own_subject, phrase_of
from counterclaim.read.attribution.speakers import aside_speaker, bare_speaker


def words_end(verb: Token, line: Line) -> int | None:
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


def cue_tokens(scene: Scene, verb: Token, frame: str, words_end: int) -> tuple[int, int]:
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
    if (
        verb.dep_ in {"xcomp", "advcl", "acl"}
        and 0 < start - head.i <= 2
        and doc[start - 1].lower_ in {"to", "of"}
    ) and (
        head.lemma_.lower() in hedges("negator")
        or head.lower_ in {**hedges("inability"), **hedges("ability")}
    ):
        # "was unable to verify", "declined to say"
        start = head.i
        while (
            start > 0
            and doc[start - 1].head.i == head.i
            and doc[start - 1].dep_ in {"aux", "aux:pass", "advmod", "cop"}
        ):
            start -= 1
    if words_end - verb.i <= 2:
        end = max(end, words_end)
    preposition = frame.removeprefix("prep:").removesuffix("+to")
    if preposition != frame and end < len(doc) and doc[end].lower_ == preposition:
        end += 1
    if end < len(doc) and doc[end].text == ":":
        end += 1
    return start, end


def report_of(scene: Scene, verb: Token) -> tuple[int, int]:
    """
    Start and end token of the words that report, as far as they stand together around the verb.

    ``, the ministry said in a statement on Monday`` without anything that could be content.
    """
    doc = scene.doc
    first, last = scene.sentence_of[verb.i]
    number = scene.quote_of[verb.i]
    start, end = verb.i, verb.i + 1
    aside = aside_speaker(verb)
    if aside is not None and verb.i > first:
        return start, next(t.i for t in doc[aside.i :] if t.is_punct)
    subject = own_subject(verb) or bare_speaker(verb)
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
    addressed = has_mark(verb, "person")
    parts = []
    for child in verb.rights:
        if child.dep_ in {"nsubj", "nsubj:pass"}:
            left, right = phrase_of(scene, child)
            parts.append((left, right))
        elif child.dep_ in {
            "iobj",
            "advmod",
            "compound:prt",
            "obl",
            "obl:agent",
            "obl:unmarked",
            "obl:tmod",
            "obl:npmod",
        } or (child.dep_ == "obj" and (addressed or child.lower_ == "it")):
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
        if (
            token.is_space
            or token.text in {".", ";", ":", "?", "!"}
            or (token.tag_ in FINITE and token.dep_ != "acl:relcl")
        ):
            return start
        index -= 1
    if (
        index < 0
        or scene.quote_of[index] == number
        or scene.sentence_of[index][1] < scene.sentence_of[verb.i][0] - 1
    ):
        return start
    index += 1
    while index < start and doc[index].text in {",", "—", "–", "-", "--"}:
        index += 1
    return (
        index
        if index == start or doc[index].pos_ in {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"}
        else start
    )
