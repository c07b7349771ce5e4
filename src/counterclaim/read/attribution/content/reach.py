"""
How far the content of an attribution reaches.

Comes in: the tree, a cue's word and the complement that holds the content. Goes out: character stretches. In
``The mayor said on Monday that the bridge, built in 1970, had fallen.`` it is ``that the bridge … fallen``: the
clause with everything that belongs to it, without the reporting words and without the full stop.

Its limit: where the parse cuts a clause short, the rest of the sentence is taken unless a comma stands before it.
"""

from counterclaim.read.attribution.lines import carriers, hedges, lines_of, phrase_lines
from counterclaim.read.syntax.classes import FINITE, SUBJECTS
from counterclaim.read.syntax.clauses import opens_clause, predicate_after, subject_at
from counterclaim.read.syntax.quotes import Quote
from counterclaim.read.syntax.tree import Tree, Word

LEFT_TRIM = frozenset(",;:.–—-…")
DASHES = frozenset(("—", "–", "―", "--", "-"))


def reach_right(tree: Tree, cue: Word, start: int, end: int, *, clause: bool = True) -> int:
    """
    The end token of content that starts at `start` and whose grammar ends at `end`.

    What follows without a comma still belongs to it if it hangs on the cue: "said the man died | on Monday".
    """
    last = tree.line_of[cue.i][1] + 1
    last = min(last, max(_latest(cue, last), start))
    end = _stop(tree, start, min(end, last), cue, clause=clause)
    while end < last:
        token = tree[end]
        if token.text == "," and end + 3 < last and tree[end + 1].pos == "CCONJ":
            # ``said offers had come, but “the terms were not right”``: the quotation is still his
            opened = (
                next((i for i in range(end + 2, end + 5) if tree.quote_of[i] >= 0), None)
                if end + 5 < last
                else None
            )
            if opened is not None and tree.quote_of[opened] != tree.quote_of[cue.i]:
                end = min(last, tree.token_at(tree.quotes[tree.quote_of[opened]].end_char))
                continue
        if token.text == "," and end + 1 < last and _tells_him(tree[end + 1], cue):
            end = _stop(tree, end + 1, min(tree[end + 1].right_edge.i + 1, last))
            continue
        if token.pos == "CCONJ" and end + 1 < last and opens_clause(tree[end + 1]) and clause:
            grown = _stop(tree, end, min(predicate_after(tree[end + 1]).right_edge.i + 1, last), cue)
            if grown > end + 1:
                end = grown  # "said that A | and that B"
                continue
        if token.is_punct or token.is_space or token.pos == "CCONJ":
            break
        top = _below(token, cue)
        if top is None or top.dep not in {
            "obl",
            "obl:unmarked",
            "advmod",
            "advcl",
            "nmod",
            "obj",
            "ccomp",
            "xcomp",
            "amod",
        }:
            break
        if top.dep == "obl" and top.lemma in carriers():
            break  # "in a statement" tells how it was said
        grown = _stop(tree, end, min(top.right_edge.i + 1, last))
        if grown <= end:
            break
        end = grown
    return end


def _another_speaks(tree: Tree, mark: int, cue: Word) -> bool:
    """
    ``…, while Israel said``, ``…; Israel has said``: a noun as subject and a cue verb, set off by the mark.

    A semicolon and "while" set two speakers against each other; behind other conjunctions the tense has to be the
    report's own.
    """
    start = mark + 1
    conjunction = tree[start].pos in {"CCONJ", "SCONJ"} and tree[start].lower not in {"that", "whether"}
    if not conjunction and tree[mark].text != ";":
        return False
    opposed = tree[mark].text == ";" or tree[start].lower in hedges("contrast")
    for token in tree.between(start, min(start + 10, len(tree))):
        if token.is_punct:
            return False
        if token.tag in FINITE:
            # "has announced": the auxiliary has the tense
            verb = token.head if token.pos == "AUX" and token.dep == "aux" else token
            subject = subject_at(verb)
            if subject is None or not start <= subject.i < token.i or subject.pos not in {"NOUN", "PROPN"}:
                return False
            return (opposed or token.tag == cue.tag) and any(
                "clause" in line.frames or line.lemma == "put" for line in lines_of(verb)
            )
    return False


def _speaks_again(tree: Tree, index: int, cue: Word) -> bool:
    """``He said the army had left | and told reporters that …``: he speaks on, in the cue's own tense."""
    for token in tree.between(index + 1, min(index + 4, len(tree))):
        if token.pos in {"ADV", "PART"}:
            continue
        # "confirmed it had boarded the boat | but denied": parsed as if it had denied it, too
        again = (
            token.tag == "VBN"
            and cue.tag == "VBD"
            and tree[index].lower == "but"
            and token.lower[-2:] == "ed"
        )
        if (token.tag != cue.tag and not again) or tree.quote_of[token.i] != tree.quote_of[cue.i]:
            return False
        # "but did not suggest": the auxiliary has the tense
        verb = token.head if token.pos == "AUX" and token.head.i > token.i else token
        speaks = any("clause" in line.frames for line in lines_of(verb))
        return speaks and not any(c.dep == "nsubj" for c in verb.children)
    return False


def _acts_again(tree: Tree, start: int, index: int, cue: Word) -> bool:
    """``denied attacking the base | and accused the army``: a gerund or a noun goes on with no finite verb."""
    if tree[index].pos != "CCONJ" or any(token.tag in FINITE for token in tree.between(start, index)):
        return False
    following = next((token for token in tree.between(index + 1, index + 3) if token.pos != "ADV"), None)
    # Of "is determined to" the verb "be" has the tense
    tenses = {cue.tag, *(child.tag for child in cue.lefts if child.dep in {"cop", "aux:pass", "aux"})}
    return following is not None and following.tag in tenses and following.tag in FINITE


def _tells_him(token: Word, cue: Word) -> bool:
    """``said Berg met the envoy, telling him …``: telling is part of what is said."""
    if (
        token.tag != "VBG"
        or token.head.i != cue.i
        or not any("person" in line.marks for line in lines_of(token))
    ):
        return False
    return any(child.dep in {"obj", "iobj"} and child.pos == "PRON" for child in token.rights)


def _latest(cue: Word, last: int) -> int:
    """
    Where the cue's own clause has to end: before the main clause it opens, or before the verb its noun is subject of.

    "When the army announced a truce, | the rebels", "The men who said they saw it | have left".
    """
    token = cue
    for _ in range(6):
        head = token.head
        if token.dep == "advcl" and head.i > cue.i:
            subject = subject_at(head)
            last = min(last, subject.left_edge.i if subject is not None and subject.i > cue.i else head.i)
        if token.dep in {"acl:relcl", "acl"} and head.dep in SUBJECTS and head.head.i > cue.i:
            before = [
                c.i for c in head.head.lefts if c.dep in {"aux", "aux:pass", "cop", "advmod"} and c.i > cue.i
            ]
            last = min([last, head.head.i, *before])
        if head.i == token.i:
            break
        token = head
    return last


def _in_relative(cue: Word) -> bool:
    for _ in range(5):
        if cue.dep == "acl:relcl":
            return True
        if cue.dep not in {"conj", "xcomp", "ccomp"}:
            return False
        cue = cue.head
    return False


def _below(token: Word, cue: Word) -> Word | None:
    """The ancestor of the token that hangs directly on the cue."""
    for _ in range(12):
        if token.head.i == cue.i:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _stop(tree: Tree, start: int, end: int, cue: Word | None = None, *, clause: bool = True) -> int:
    """Where other reporting words inside the stretch end it: ", adding that", ", according to"."""
    commas = 0
    relative = cue is not None and _in_relative(cue)
    for index in range(start + 1, end - 1):
        if cue is not None and tree[index].pos == "CCONJ" and _speaks_again(tree, index, cue):
            return index
        if not clause and cue is not None and _acts_again(tree, start, index, cue):
            return index
        if cue is not None and tree[index].text in {",", ";"} and _another_speaks(tree, index, cue):
            return index
        if tree[index].text not in {",", "–", "—"} or (
            tree.quote_of[index] >= 0 and tree.quote_of[start] < 0
        ):
            continue
        following = tree[index + 1]
        if relative and not commas and following.tag in {"VBD", "VBZ", "VBP", "MD"}:
            return index  # the comma that closes the relative clause
        commas += 1
        if following.lower in hedges("resumption"):
            return index
        if not clause and following.tag == "VBG" and lines_of(following):
            # "cautioned against haste, saying": it is the source who goes on
            return index
        for before, after, _ in phrase_lines():
            if (
                not after
                and len(before) > 1
                and tuple(t.lower for t in tree.between(index + 1, index + 1 + len(before))) == before
            ):
                return index
    return end


def close(tree: Tree, start_char: int, end_char: int, outside: Word) -> tuple[int, int]:
    """The stretch without stray punctuation at its edges, and with the quotations it begins or ends in made whole."""
    text = tree.text
    number = tree.quote_of[outside.i]
    if number >= 0:
        # Whoever speaks inside a quotation reports nothing outside it
        held = tree.quotes[number]
        start_char, end_char = max(start_char, held.start_char), min(end_char, held.end_char)
        if end_char <= start_char:
            return start_char, start_char
    for quote in tree.quotes:
        if quote.end_char <= start_char:
            continue
        if quote.start_char >= end_char:
            break
        if quote.start_char <= outside.idx < quote.end_char:
            # The cue itself is quoted: what it reports ends with the quotation.
            end_char = min(end_char, quote.end_char - _mark_width(text, quote))
            continue
        end_char = max(end_char, quote.end_char)
        start_char = min(start_char, quote.start_char)
    while end_char > start_char and (text[end_char - 1].isspace() or text[end_char - 1] in LEFT_TRIM | {"("}):
        end_char -= 1
    while start_char < end_char and (text[start_char].isspace() or text[start_char] in LEFT_TRIM | {")"}):
        start_char += 1
    return start_char, end_char


def _mark_width(text: str, quote: Quote) -> int:
    return 1 if quote.closed and not text[quote.end_char - 1].isalnum() else 0


def before(tree: Tree, report: tuple[int, int], cue: Word) -> tuple[int, int] | None:
    """
    The content to the left of the reporting words, from where its sentence or quotation begins.

    Args:
        report: Start and end token of the reporting words ("the ministry said on Monday").
    """
    index = report[0] - 1
    while index >= 0 and (tree[index].is_space or tree[index].text in LEFT_TRIM or tree[index].text == "--"):
        index -= 1
    if index < 0 or tree.paragraph_of[index] != tree.paragraph_of[cue.i]:
        return None
    last = tree[index]
    start_char = tree[tree.line_of[index][0]].idx
    number = tree.quote_of[index]
    if number >= 0 and number != tree.quote_of[cue.i]:
        quote = tree.quotes[number]
        if quote.initial:
            start_char = quote.start_char
        else:
            start_char = min(tree[tree.line_of[tree.token_at(quote.start_char)][0]].idx, quote.start_char)
    elif tree.quote_of[cue.i] >= 0:
        start_char = max(start_char, tree.quotes[tree.quote_of[cue.i]].start_char + 1)
    opened = tree.text.rfind("(", start_char, last.idx)
    if opened > tree.text.rfind(")", start_char, last.idx):
        start_char = opened + 1  # the reporting words stand in the same bracket
    start_char = max(start_char, _paragraph_start(tree, index) if number < 0 else 0)
    span = close(tree, start_char, last.idx + len(last), cue)
    return span if span[1] - span[0] > 1 else None


def _paragraph_start(tree: Tree, index: int) -> int:
    position = tree.text.rfind("\n", 0, tree[index].idx)
    return position + 1


def after(tree: Tree, report: tuple[int, int], cue: Word) -> tuple[int, int] | None:
    """The rest of the sentence behind the reporting words, where they stand in its middle."""
    last = tree.line_of[cue.i][1]
    start = report[1]
    while start <= last and (tree[start].is_space or tree[start].text in LEFT_TRIM):
        start += 1
    if start > last:
        return None
    number = tree.quote_of[start]
    end_char = tree.quotes[number].end_char if number >= 0 and number != tree.quote_of[cue.i] else 0
    end = _stop(tree, start, last + 1)
    final = tree[end - 1]
    span = close(tree, tree[start].idx, max(final.idx + len(final), end_char), cue)
    return span if span[1] - span[0] > 1 else None
