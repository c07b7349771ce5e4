"""
How many: the quantity a noun phrase states, with honest bounds.

Comes in: the parsed text and the head of a phrase. Goes out: an `Amount` with inclusive bounds, open where the text
leaves them open, and the tokens it covers.

    "at least 12 Afghan civilians" -> 12..; "dozens of villagers" -> 12.. (ACLED's convention); "a soldier" -> 1

Limit: a plural without a number is more than one, whatever the rest of the text says of it.
"""

from dataclasses import replace

from counterclaim.read.casualties.numbers import (
    Amount,
    bound_before,
    bounded,
    is_hyphenated,
    is_label,
    is_year,
    read_amount,
    vague_at,
)
from counterclaim.read.casualties.words import bounds, cell, convention, grammar_words, is_number, is_plural
from counterclaim.read.syntax.tree import Tree, Word

MAX_LEFT = 14


def amount_of(tree: Tree, head: Word) -> Amount | None:
    """The quantity of the phrase with that head; None where none can be told."""
    phrase = vague_at(tree, head.i)
    if is_number(head) or (phrase is not None and head.lower not in {"no", "any"}):
        found = read_amount(tree, head.i)
        if found is None:
            return None
        return _with_noun_after(tree, found, head)
    inner = _contained(tree, head)
    if inner is not None:
        return inner
    return _of_noun(tree, head)


def _contained(tree: Tree, head: Word) -> Amount | None:
    """As in "a group of 12 men", "a total of 40 people": the number inside counts."""
    if head.lower not in grammar_words("container"):
        return None
    for child in head.children:
        if child.dep in {"nmod", "obl"} and child.i > head.i and _case(child) == "of":
            found = amount_of(tree, child)
            if found is not None and found.stated:
                return replace(found, start=min(found.start, _noun_start(tree, head)))
    return None


def _case(token: Word) -> str:
    return next((child.lower for child in token.children if child.dep == "case"), "")


def _of_noun(tree: Tree, head: Word) -> Amount | None:
    """Scan left from the noun for the nearest quantity of its own phrase."""
    skipped = _bound_after_ending_at(tree, head.i)
    for position in range(head.i - 1 - skipped, max(-1, head.i - MAX_LEFT), -1):
        token = tree[position]
        lower = token.lower
        if token.is_space:
            continue
        phrase = vague_at(tree, position)
        spelled = _spelled_out(tree, position)
        if spelled is not None:
            return replace(spelled, end=head.i + 1, head=head.i)
        if is_number(token) and (phrase is None or phrase[1] - phrase[0] < 2):
            if is_hyphenated(tree, position):
                if position + 2 < len(tree) and tree[position + 2].lower in grammar_words("sized"):
                    found = read_amount(tree, position)
                    return replace(found, end=head.i + 1, head=head.i) if found else None
                continue
            if is_year(tree, position):
                break
            if is_label(tree, position):
                return None
            found = read_amount(tree, position)
            return _owned(tree, replace(found, end=head.i + 1, head=head.i)) if found else None
        if phrase is not None:
            start, _, row = phrase
            low, high = cell(row["low"]), cell(row["high"])
            if (low is None and high is None) or (row["form"] == "no" and not _zero_fits(tree, position)):
                return None
            how = "zero" if high == 0 else "vague"
            return bounded(tree, Amount(low, high, start, head.i + 1, head.i, how))
        if lower in grammar_words("determiner") or token.dep == "nmod:poss" or token.tag == "PRP$":
            if lower in grammar_words("article_one") and not is_plural(head):
                return Amount(1, 1, position, head.i + 1, head.i, "one")
            if token.tag == "POS" or token.dep == "nmod:poss" or lower in grammar_words("determiner"):
                before = _number_before_determiner(tree, position)
                if before is not None:
                    return replace(before, end=head.i + 1, head=head.i)
                return _plain(head, position)
        if lower == "of":
            before = _number_before_determiner(tree, position + 1)
            if before is not None:
                return replace(before, end=head.i + 1, head=head.i)
        if _stops(tree, token):
            break
    return _plain(head, _noun_start(tree, head))


def _spelled_out(tree: Tree, closing: int) -> Amount | None:
    """As in "8 (eight) policemen": the same number again in brackets."""
    if tree[closing].text != ")" or closing < 3:
        return None
    opening = next((at for at in range(closing - 1, max(0, closing - 6), -1) if tree[at].text == "("), 0)
    if not opening or not is_number(tree[closing - 1]) or not is_number(tree[opening - 1]):
        return None
    inner, outer = read_amount(tree, closing - 1), read_amount(tree, opening - 1)
    return outer if inner is not None and outer is not None and inner.low == outer.low else None


def _owned(tree: Tree, amount: Amount) -> Amount:
    """As in "his two sons": the phrase begins with whose they are."""
    owned = amount.start > 0 and tree[amount.start - 1].tag == "PRP$"
    return replace(amount, start=amount.start - 1) if owned else amount


def _bound_after_ending_at(tree: Tree, position: int) -> int:
    """How many words of an "or more" stand right before the position."""
    for bound in bounds("after"):
        if bound_before(tree, position, bound):
            return len(bound.words)
    return 0


def _zero_fits(tree: Tree, position: int) -> bool:
    """As in "no casualties" but not "no longer", "no fewer"."""
    following = tree[position + 1].lower if position + 1 < len(tree) else ""
    return following not in grammar_words("no_idiom")


def _number_before_determiner(tree: Tree, position: int) -> Amount | None:
    """As in "two of the attackers", "105 of its soldiers", "all 12 of them"."""
    if position >= 2 and tree[position - 1].lower == "of":
        if is_number(tree[position - 2]):
            return read_amount(tree, position - 2)
        phrase = vague_at(tree, position - 2)
        if phrase is not None and cell(phrase[2]["low"]) is not None:
            start = phrase[0]
            low, high = cell(phrase[2]["low"]), cell(phrase[2]["high"])
            return bounded(
                tree, Amount(low, high, start, position, position, "zero" if high == 0 else "vague")
            )
    return None


def _stops(tree: Tree, token: Word) -> bool:
    """Whether the word cannot be part of the noun's own phrase to its left."""
    if token.pos in {"AUX", "SCONJ", "PUNCT", "PRON", "PART", "INTJ"}:
        return token.lower not in {"-", "'s", "’s", '"', "“", "”", "'"}
    if token.pos == "ADP":
        return True
    if token.pos == "VERB":
        return token.dep not in {"amod", "compound"} or token.tag in {"VBZ", "VBP"}
    if token.pos == "CCONJ":
        before = tree[token.i - 1] if token.i else token
        return not (before.pos in {"ADJ", "PROPN"} and before.tag not in {"NNS", "NNPS"})
    return token.pos == "NOUN" and is_plural(token) and token.dep not in {"compound", "amod"}


def _plain(head: Word, start: int) -> Amount | None:
    """A phrase without a number: one person, or a plural of unknown size."""
    if is_plural(head):
        low, high = convention("+plural")
        return Amount(low, high, start, head.i + 1, head.i, "plural")
    if head.pos in {"NOUN", "PROPN"} or head.entity == "PERSON":
        low, high = convention("+one")
        # "Amina Yusuf": the first name heads the name.
        end = max([head.i, *(child.i for child in head.children if child.dep == "flat")]) + 1
        return Amount(low, high, start, end, head.i, "one")
    return None


def _noun_start(tree: Tree, head: Word) -> int:
    start = head.i
    while (
        start > 0
        and tree[start - 1].pos in {"NOUN", "PROPN", "ADJ", "NUM"}
        and tree[start - 1].head.i in range(start, head.i + 1)
    ):
        start -= 1
    return start


def _with_noun_after(tree: Tree, amount: Amount, head: Word) -> Amount:
    """As in "105 of its soldiers", "dozens of villagers": the noun after "of" is what is counted."""
    end = amount.end
    if end < len(tree) and tree[end].lower == "of":
        noun = _noun_from(tree, end + 1)
        if noun is not None:
            return replace(amount, end=noun.i + 1, head=noun.i)
    noun = _noun_from(tree, end)
    if noun is not None and (noun.head.i == head.i or head.head.i == noun.i):
        return replace(amount, end=noun.i + 1, head=noun.i)
    return amount


def _noun_from(tree: Tree, start: int) -> Word | None:
    """The last noun of the run of nouns and modifiers that starts here."""
    noun: Word | None = None
    for token in tree.between(start, start + 10):
        if token.pos in {"NOUN", "PROPN"} or (token.pos == "PRON" and noun is None and token.tag != "PRP$"):
            noun = token
            if token.pos == "PRON":
                break
        elif noun is not None or not (token.pos in {"ADJ", "DET", "NUM", "ADV"} or token.tag == "PRP$"):
            if token.lower in {"'s", "’s"} or (token.pos == "VERB" and token.dep == "amod"):
                noun = None
                continue
            break
    return noun
