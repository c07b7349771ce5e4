"""
Direct quotations next to a cue verb: before it, behind it, on both sides.

Comes in: the tree, the verb, the reporting words. Goes out: stretches of content, quotation marks included. ``“We stay,”
said Ruiz, “and fight.”`` has two. Its limit: the quotation must stand in the verb's own paragraph.
"""

import re

from counterclaim.read.attribution.content.clauses import right_clause, root_of
from counterclaim.read.attribution.content.complements import Content
from counterclaim.read.attribution.content.reach import before, close, reach_right
from counterclaim.read.syntax.clauses import subject_at
from counterclaim.read.syntax.quotes import Quote
from counterclaim.read.syntax.tree import Tree, Word

ENDS_SAYING = re.compile(r"[,?!.…—–-]['\"”’»]*\s*$")


LEADS_IN = re.compile(r"^[\s,:]*(?:that\s+)?$")


def find_quotation(tree: Tree, verb: Word, report: tuple[int, int], source: Word | None) -> Content | None:
    """Quotations that stand next to the reporting words: before, behind, or on both sides."""
    left = _left_quote(tree, verb, report)
    if left is not None and (source is not None or subject_at(verb) is not None):
        content = before(tree, report, verb)
        if content is None:
            return None
        pieces = [content]
        right = _quote_after(tree, verb, report)
        if right is not None:
            pieces.append(close(tree, right.start_char, right.end_char, verb))
        root = root_of(tree, tree.token_at(content[0]), tree.token_at(content[1] - 1))
        return pieces, root, True
    right = _quote_after(tree, verb, report)
    if right is None:
        return None
    start = tree.token_at(right.start_char)
    if not right.initial and not tree.text[right.start_char + 1 : right.start_char + 2].isupper():
        # ``said it was “a lie”``: part of a clause, which the clause frame reads whole
        clause = right_clause(tree, verb)
        if clause is not None:
            end = reach_right(tree, verb, clause[0], clause[1].right_edge.i + 1)
            span = close(tree, *tree.chars(clause[0], end), verb)
            return [span], clause[1], True
    end_char = right.end_char
    inside = tree.text[right.start_char : right.end_char].rstrip("\"”’'»")
    if inside[-1:] not in {".", "!", "?", ",", "…"}:
        # ``said the “safe zone” was shelled``: the sentence goes on behind the closing mark
        last = tree.line_of[tree.token_at(right.end_char - 1)][1]
        behind = tree.token_at(right.end_char)
        if behind <= last and not tree[behind].is_punct and tree[behind].pos not in {"CCONJ", "SCONJ"}:
            final = tree[last]
            end_char = max(end_char, final.idx + len(final))
    span = close(tree, right.start_char, end_char, verb)
    root = root_of(tree, start, tree.token_at(span[1] - 1))
    return [span], root, True


def _left_quote(tree: Tree, verb: Word, report: tuple[int, int]) -> Quote | None:
    index = report[0] - 1
    number = tree.quote_of[verb.i]
    if tree[report[0]].pos == "CCONJ" or (verb.tag in {"VBG", "VB"} and subject_at(verb) is None):
        return None  # "… ,” adding that": what stands before is somebody else's report
    while (
        index >= 0
        and (tree[index].is_space or tree[index].text in {",", "—", "–", "-", "--"})
        and tree.quote_of[index] < 0
    ):
        index -= 1
    if index < 0 or tree.quote_of[index] < 0 or tree.quote_of[index] == number:
        return None
    if tree.paragraph_of[index] != tree.paragraph_of[verb.i]:
        return None
    quote = tree.quotes[tree.quote_of[index]]
    upto = tree[report[0]].idx
    inside = tree.text[quote.start_char : upto].rstrip().rstrip("\"”’'»")
    if (
        inside.endswith((".", "…"))
        and report[0] == tree.line_of[verb.i][0]
        and tree[report[0]].text.istitle()
    ):
        return None  # the quotation is a sentence of its own, and this the next one
    if inside.endswith(("!", "?")) and right_clause(tree, verb) is not None:
        return None
    if ENDS_SAYING.search(tree.text[quote.start_char : upto].rstrip() + " "):
        return quote
    return None


def _quote_after(tree: Tree, verb: Word, report: tuple[int, int]) -> Quote | None:
    """The quotation that opens behind the reporting words, with at most a comma, a colon or "that" between."""
    end_char = tree.chars(verb.i, verb.i + 1)[1]
    number = tree.quote_of[verb.i]
    quotes = tree.quotes
    low = next(
        (index for index, quote in enumerate(quotes) if quote.start_char >= end_char and index != number),
        None,
    )
    if low is None or (number >= 0 and quotes[low].start_char > quotes[number].end_char):
        return None
    quote = quotes[low]
    between = tree.text[end_char : quote.start_char]
    if "\n" in between and not between.rstrip().endswith(":"):
        return None
    if len(between) > 160:
        return None
    if between.rstrip().endswith(":"):
        colon = tree.token_at(end_char + len(between.rstrip()) - 1)
        if tree.line_of[colon] != tree.line_of[verb.i]:
            return None  # "He responded. Later he said: “…”": another verb leads into it
    if tree.line_of[tree.token_at(quote.start_char)] != tree.line_of[
        verb.i
    ] and not between.rstrip().endswith(":"):
        return None
    if LEADS_IN.match(between):
        return quote
    report_end = tree.chars(report[1] - 1, report[1])[1]
    rest = tree.text[min(max(end_char, report_end), quote.start_char) : quote.start_char]
    if LEADS_IN.match(rest):
        return quote
    # ``told the daily in Lima on Friday: “…”``: whatever stands before a colon reports
    if between.rstrip().endswith(":") and not re.search(r"[“\"”]", between):
        colon = tree.token_at(end_char + len(between.rstrip()) - 1)
        # "Told of what the army denies, the bishop shook his head: “…”": the verb that follows leads into it
        return None if any(verb.i < above.i < colon for above in verb.ancestors) else quote
    if between.rstrip().endswith(",") and right_clause(tree, verb) is None and quote.initial is False:
        tokens = tree.between(verb.i + 1, tree.token_at(quote.start_char))
        if not any(t.tag in {"VBD", "VBZ", "VBP", "MD"} for t in tokens):
            return quote
    return None
