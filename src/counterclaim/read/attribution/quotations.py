"""
Direct quotations next to a cue verb: before it, behind it, on both sides.

Comes in: the scene, the verb, the reporting words. Goes out: stretches of content, quotation marks included. ``“We stay,”
said Ruiz, “and fight.”`` has two. Its limit: the quotation must stand in the verb's own paragraph.
"""

import re

from spacy.tokens import Token

from counterclaim.read.attribution.clauses import right_clause, root_of
from counterclaim.read.attribution.complements import Found
from counterclaim.read.attribution.content import before, close, reach_right
from counterclaim.read.attribution.quotes import Quote
from counterclaim.read.attribution.scene import Scene, own_subject

ENDS_SAYING = re.compile(r"[,?!.…—–-]['\"”’»]*\s*$")


LEADS_IN = re.compile(r"^[\s,:]*(?:that\s+)?$")


def find_quotation(scene: Scene, verb: Token, report: tuple[int, int], source: Token | None) -> Found | None:
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
        root = root_of(scene, scene.token_at(content[0]), scene.token_at(content[1] - 1))
        return pieces, root, True
    right = _quote_after(scene, verb, report)
    if right is None:
        return None
    start = scene.token_at(right.start_char)
    if not right.initial and not scene.text[right.start_char + 1 : right.start_char + 2].isupper():
        # ``said it was “a lie”``: part of a clause, which the clause frame reads whole
        clause = right_clause(scene, verb)
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
        if (
            behind <= last
            and not scene.doc[behind].is_punct
            and scene.doc[behind].pos_ not in {"CCONJ", "SCONJ"}
        ):
            final = scene.doc[last]
            end_char = max(end_char, final.idx + len(final))
    span = close(scene, right.start_char, end_char, verb)
    root = root_of(scene, start, scene.token_at(span[1] - 1))
    return [span], root, True


def _left_quote(scene: Scene, verb: Token, report: tuple[int, int]) -> Quote | None:
    doc = scene.doc
    index = report[0] - 1
    number = scene.quote_of[verb.i]
    if doc[report[0]].pos_ == "CCONJ" or (verb.tag_ in {"VBG", "VB"} and own_subject(verb) is None):
        return None  # "… ,” adding that": what stands before is somebody else's report
    while (
        index >= 0
        and (doc[index].is_space or doc[index].text in {",", "—", "–", "-", "--"})
        and scene.quote_of[index] < 0
    ):
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
    if inside.endswith(("!", "?")) and right_clause(scene, verb) is not None:
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
        (index for index, quote in enumerate(quotes) if quote.start_char >= end_char and index != number),
        None,
    )
    if low is None or (number >= 0 and quotes[low].start_char > quotes[number].end_char):
        return None
    quote = quotes[low]
    between = scene.text[end_char : quote.start_char]
    if "\n" in between and not between.rstrip().endswith(":"):
        return None
    if len(between) > 160:
        return None
    if between.rstrip().endswith(":"):
        colon = scene.token_at(end_char + len(between.rstrip()) - 1)
        if scene.sentence_of[colon] != scene.sentence_of[verb.i]:
            return None  # "He responded. Later he said: “…”": another verb leads into it
    if scene.sentence_of[scene.token_at(quote.start_char)] != scene.sentence_of[
        verb.i
    ] and not between.rstrip().endswith(":"):
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
    if between.rstrip().endswith(",") and right_clause(scene, verb) is None and quote.initial is False:
        tokens = scene.doc[verb.i + 1 : scene.token_at(quote.start_char)]
        if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in tokens):
            return quote
    return None
