"""
Attributions without a verb or noun of saying: ``according to the navy``, ``reportedly``, ``Navy: ferry sank``.

Comes in: the scene. Goes out: drafts. A source phrase takes the rest of its sentence as content, from the first word
to the comma before it or from the comma behind it to the end; an adverb takes the clause it stands in and names no
source; in a headline the colon parts source and statement.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from counterclaim.read.attribution.content import DASHES, after, before, close
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import (
    Line,
    adverb_lines,
    carriers,
    hedges,
    mark_lines,
    media_names,
    phrase_lines,
    speakers,
)
from counterclaim.read.attribution.scene import Scene, medium_among, own_subject, phrase_of

# Words between the halves of a phrase around its source: "in the | … | 's words".
LONGEST_INSIDE = 10
HEADLINE_WORDS = 22
HEADLINE_SOURCE_WORDS = 6


def find_phrase_drafts(scene: Scene) -> Iterator[Draft]:
    """Source phrases: "according to X", "in X's words", "citing X"."""
    doc = scene.doc
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Line]]] = {}
    for entry in phrase_lines():
        by_first.setdefault(entry[0][0], []).append(entry)
    taken = -1
    for index, word in enumerate(scene.words):
        for words, closing, line in by_first.get(word, ()):
            end = index + len(words)
            if index <= taken or end >= len(doc):
                continue
            if scene.words[index:end] != words or not _closes(scene, end, closing):
                continue
            found = _phrase(scene, doc[index], end, closing, line)
            if found is not None:
                taken = end
                yield found
                break


def _closes(scene: Scene, start: int, closing: tuple[str, ...]) -> bool:
    """Whether the words behind the source are within reach, where the pattern has any."""
    return not closing or closing[0] in scene.words[start : start + LONGEST_INSIDE]


def _phrase(scene: Scene, first: Token, end: int, closing: tuple[str, ...], line: Line) -> Draft | None:
    doc = scene.doc
    last = scene.sentence_of[first.i][1]
    if closing:
        for index in range(end, min(end + LONGEST_INSIDE, last + 1)):
            if scene.words[index : index + len(closing)] == closing:
                source = doc[index].head if doc[index].head.i < index else doc[index - 1]
                span = (end, index)
                stop = index + len(closing)
                break
        else:
            return None
    else:
        source_found = _following_noun(scene, first, end)
        if source_found is None:
            return None
        source = source_found
        start, stop = phrase_of(scene, source)
        start = max(start, end)
        stop = max(stop, source.i + 1)
        span = (start, stop)
        opens = first.i == scene.sentence_of[first.i][0] and stop <= last and doc[stop].text == ","
        if (
            line.lemma == "per"
            and not opens
            and (doc[end].pos_ == "NOUN" or first.i == 0 or doc[first.i - 1].text != ",")
        ):
            return None
    bare = source.tag_ == "NN" and not any(child.dep_ != "case" for child in source.children)
    if (bare or line.frames == ("speaker",)) and not _can_speak(scene, source):
        return None  # "according to plan", "citing fog"
    report = (first.i, stop)
    pieces = []
    start = scene.sentence_of[first.i][0]
    leading = first.i == start or all(
        t.is_punct or t.pos_ in {"CCONJ", "SCONJ", "ADV"} for t in doc[start : first.i]
    )
    left = None if leading else before(scene, report, first)
    if left is not None:
        pieces.append(left)
    # ``According to X, P``; in the middle only what follows a comma
    resumed = stop < last and doc[stop].text == "," and doc[stop + 1].lower_ in hedges("resumption")
    if stop <= last and not resumed and (leading or doc[stop].text in {",", "—", "–"}):
        right = after(scene, (first.i, stop), first)
        if right is not None and (leading or _has_verb(scene, right)):
            pieces.append(right)
    if not pieces:
        return None
    return Draft(line, (first.i, end), first, source, pieces, line.stance, source_span=span)


def _can_speak(scene: Scene, token: Token) -> bool:
    """Whether the phrase is somebody, or a document, rather than a reason: "citing the navy", not "citing fog"."""
    if token.ent_type_ in {"PERSON", "ORG", "NORP"} or token.pos_ == "PRON":
        return True
    if any(
        mention.kind != "adjective" and mention.head == token.i
        for mention in scene.mentions_at.get(token.i, ())
    ):
        return True
    return token.lemma_.lower() in carriers() or token.lemma_.lower() in speakers()


def _has_verb(scene: Scene, span: tuple[int, int]) -> bool:
    start = scene.token_at(span[0])
    stop = scene.token_at(span[1] - 1) + 1
    return any(token.pos_ in {"VERB", "AUX"} for token in scene.doc[start:stop])


def _following_noun(scene: Scene, first: Token, end: int) -> Token | None:
    """Head of the noun phrase that begins at the token."""
    doc = scene.doc
    last = scene.sentence_of[first.i][1]
    for index in range(end, min(end + 14, last + 1)):
        token = doc[index]
        if token.pos_ in {"VERB", "PUNCT"} and index > end and token.text != "’":
            break
        head = token
        hops = 0
        while (
            head.head.i != head.i
            and end <= head.head.i <= last
            and head.dep_ not in {"appos", "conj"}
            and hops < 6
        ):
            if head.head.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"}:
                break
            head, hops = head.head, hops + 1
        if head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            return head
    return None


def find_adverb_drafts(scene: Scene) -> Iterator[Draft]:
    """Adverbs and adjectives that say somebody says so: "reportedly", "the alleged raid"."""
    lines = adverb_lines()
    for index, word in enumerate(scene.words):
        line = lines.get(word)
        if line is None:
            continue
        token = scene.doc[index]
        head = token.head
        if line.frames == ("noun",):
            if token.dep_ != "amod" or head.i <= token.i or head.pos_ not in {"NOUN", "PROPN"}:
                continue
            start, end = token.i + 1, head.right_edge.i + 1
        else:
            if token.dep_ not in {"advmod", "amod", "obl"} or head.i == token.i:
                continue
            start, end = token.i + 1, head.right_edge.i + 1
            if head.i < token.i:
                start = token.i + 1
            subject = next((c for c in head.lefts if c.dep_ in {"nsubj", "nsubj:pass"}), None)
            if subject is not None and subject.i < token.i:
                yield from _split(scene, token, line, subject, end)
                continue
        end = min(end, scene.sentence_of[token.i][1] + 1)
        if end <= start:
            continue
        span = close(scene, *scene.chars(start, end), token)
        if span[1] > span[0]:
            yield Draft(line, (token.i, token.i + 1), token, None, [span], line.stance, root=head)


def _split(scene: Scene, adverb: Token, line: Line, subject: Token, end: int) -> Iterator[Draft]:
    """The clause on both sides of the adverb: "the king | reportedly | fled by boat"."""
    end = min(end, scene.sentence_of[adverb.i][1] + 1)
    if end <= adverb.i + 1:
        return
    right = close(scene, *scene.chars(adverb.i + 1, end), adverb)
    pieces = [right]
    if subject.lower_ not in {"which", "that", "who"}:
        start, stop = phrase_of(scene, subject)
        pieces.insert(0, close(scene, *scene.chars(start, max(stop, start + 1)), adverb))
    if right[1] > right[0]:
        yield Draft(line, (adverb.i, adverb.i + 1), adverb, None, pieces, line.stance, root=adverb.head)


def find_headline_drafts(scene: Scene) -> Iterator[Draft]:
    """
    A headline that names its source: "Navy: ferry sank", "Ferry sank: navy", "Ferry sank - navy".

    ``‘We lost all’: survivors recall the flood``: whoever does something behind the colon said the words before it.
    """
    doc = scene.doc
    end = next((t.i for t in doc if t.is_space and "\n" in t.text), len(doc))
    words = [t for t in doc[:end] if not t.is_space]
    if not words or len(words) > HEADLINE_WORDS:
        return
    for token in words[1:-1]:
        dash = token.text in DASHES and scene.text[token.idx - 1].isspace() and bool(token.whitespace_)
        if (token.text != ":" and not dash) or scene.quote_of[token.i] >= 0:
            continue
        left, right = (words[0].i, token.i), (token.i + 1, words[-1].i + 1)
        for source, content in ((left, right), (right, left)) if not dash else ((right, left),):
            head = _headline_source(scene, source)
            if head is None or (dash and _is_outlet(scene, source)):
                continue
            yield from _headline(scene, token, head, source, content, "dash" if dash else "headline")
            return
        if not dash:
            head = _quoted_before(scene, left, right)
            if head is not None:
                yield from _headline(scene, token, head, None, left, "headline")
            return


def _headline(
    scene: Scene,
    mark: Token,
    head: Token,
    source: tuple[int, int] | None,
    content: tuple[int, int],
    kind: str,
) -> Iterator[Draft]:
    span = close(scene, *scene.chars(*content), mark)
    if span[1] > span[0]:
        line = mark_lines()[kind][0]
        yield Draft(line, (mark.i, mark.i + 1), mark, head, [span], line.stance, source_span=source)


def _is_outlet(scene: Scene, span: tuple[int, int]) -> bool:
    """Whether the name behind the dash is the paper's own: "Ferry sank - Harbour News"."""
    known = medium_among(scene, *span)
    return known is not None or any(token.lower_ in carriers() for token in scene.doc[slice(*span)])


def _quoted_before(scene: Scene, left: tuple[int, int], right: tuple[int, int]) -> Token | None:
    """The subject of what stands behind the colon, where everything before it is one quotation."""
    number = scene.quote_of[left[0]]
    if number < 0 or any(scene.quote_of[index] != number for index in range(*left)):
        return None
    for token in scene.doc[slice(*right)]:
        subject = own_subject(token)
        if subject is not None and right[0] <= subject.i < token.i:
            somebody = subject.lemma_.lower() in speakers() or scene.mention_at(subject) is not None
            return subject if somebody or subject.ent_type_ in {"PERSON", "ORG", "NORP"} else None
    return None


def _headline_source(scene: Scene, span: tuple[int, int]) -> Token | None:
    tokens = [t for t in scene.doc[span[0] : span[1]] if not t.is_punct and not t.is_space]
    if not tokens or len(tokens) > HEADLINE_SOURCE_WORDS or any(t.pos_ in {"VERB", "AUX"} for t in tokens):
        return None
    head = next(
        (t for t in tokens if not any(o.i == t.head.i for o in tokens) or t.head.i == t.i), tokens[-1]
    )
    text = scene.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1])].lower()
    covered = any(
        mention.kind in {"name", "metonym"} for t in tokens for mention in scene.mentions_at.get(t.i, ())
    )
    last = tokens[-1].lemma_.lower()
    if covered or text in media_names() or last in carriers() or last in speakers():
        return head
    return None
