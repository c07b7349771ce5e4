"""
Lists: the members of "two soldiers and a child", each with its amount, and their sum.

Comes in: the parsed text and the head of one member. Goes out: the amounts of all, or the first member of the list.

    "killed two guards, a cook and three drivers" -> 2, 1, 3; "12 people, seven women and five men" -> 12

Limit: a member without number, article or name of its own ends the list.
"""

from counterclaim.read.casualties.amounts import amount_of
from counterclaim.read.casualties.numbers import Amount, is_hyphenated
from counterclaim.read.casualties.words import grammar_words, is_number, joiners, people_words
from counterclaim.read.syntax.tree import Tree, Word


def list_amounts(tree: Tree, head: Word, trigger: int) -> list[Amount]:
    """
    The amounts of a list: "two soldiers and a child" gives two, "12 men and women" one.

    Read from the words, because parses lose the end of a list; a further part needs its own number, article or name.
    """
    first = amount_of(tree, head)
    if first is None:
        return []
    amounts = [first]
    while True:
        end = amounts[-1].end
        start = _after_comma(tree, end)
        if start is None:
            return _without_breakdown(tree, amounts)
        part = _part_at(tree, start, trigger)
        aside = start == end + 1 and tree[end].text == ","
        if part is None or (part.how == "one" and aside and not _goes_on(tree, part.end, trigger)):
            return _without_breakdown(tree, amounts)
        amounts.append(part)


def _without_breakdown(tree: Tree, amounts: list[Amount]) -> list[Amount]:
    """As in "12 people, seven women and five men": what follows breaks the first number down and adds nothing."""
    rest = [amount.low for amount in amounts[1:]]
    if (
        rest
        and tree[amounts[0].end].text == ","
        and None not in rest
        and sum(low or 0 for low in rest) == amounts[0].low
    ):
        return amounts[:1]
    return amounts


def _goes_on(tree: Tree, end: int, trigger: int) -> bool:
    """Whether another member follows: "a guard, a cook and a maid" is a list, "the chief, a colonel," is one person."""
    start = _after_comma(tree, end)
    if start is None or (tree[end].text == "," and start == end + 1):
        return False
    return _part_at(tree, start, trigger) is not None


def _after_comma(tree: Tree, end: int) -> int | None:
    """The position after ", ", " and " or ", and "; None where no list goes on."""
    position = end
    if position < len(tree) and tree[position].text == ",":
        position += 1
    for joiner in joiners():
        if tuple(token.lower for token in tree.between(position, position + len(joiner))) == joiner:
            position += len(joiner)
            break
    return position if end < position < len(tree) else None


def _part_at(tree: Tree, start: int, trigger: int) -> Amount | None:
    """A further member of a list that starts here, on the same side of the trigger."""
    head = _list_head(tree, start)
    if head is None or (start < trigger) != (head.i < trigger):
        return None
    part = amount_of(tree, head)
    if part is None or part.start != start or part.how == "plural":
        return None
    # "31 people, nine of them critically": a breakdown adds nothing.
    if tree[part.head].lower in grammar_words("of_the_whole"):
        return None
    article = tree[start].lower in grammar_words("list_article") or part.how in {"number", "vague"}
    named = head.entity == "PERSON" or (
        head.pos == "PROPN" and tree[start - 1].lower == "and" and not head.entity
    )
    if not article and not named:
        return None
    if people_words().get(head.lower, ("person",))[0] == "thing":
        return None
    following = tree[part.end] if part.end < len(tree) else None
    # "killed two guards and three others fled": the third phrase begins a clause of its own.
    if head.i > trigger and following is not None and following.pos in {"VERB", "AUX", "ADJ"}:
        return None
    return part


def list_start(tree: Tree, head: Word) -> Word:
    """
    The first member of the list that ends with this one, read leftwards: "six priests and two women were killed".

    Only people join, and no one who is the object of a verb: "shot two guards and three others fled".
    """
    here = head
    while True:
        amount = amount_of(tree, here)
        if amount is None or amount.start < 2:
            return here
        position = amount.start - 1
        # A comma goes on with a list only once an "and" has ended it.
        if tree[position].lower != "and" and (here.i == head.i or tree[position].text != ","):
            return here
        if tree[position - 1].text == ",":
            position -= 1
        before = tree[position - 1] if position else here
        earlier = amount_of(tree, before)
        # "Eight dead and a score wounded" are two counts, not a list.
        person = people_words().get(before.lower, ("",))[0] in {"person", "fighter"} and before.pos != "ADJ"
        if earlier is None or not person or earlier.how == "plural" or before.dep in {"obj", "obl", "nmod"}:
            return here
        here = before


def _list_head(tree: Tree, start: int) -> Word | None:
    """The head of the noun phrase that starts here."""
    head: Word | None = None
    for token in tree.between(start, start + 12):
        hyphenated = is_hyphenated(tree, token.i)
        if token.text in {"-", "–"} or (hyphenated and token.pos != "PUNCT"):
            # "a 10-year-old girl": what a hyphen follows is no head.
            continue
        noun = head is not None and not is_number(head)
        person = people_words().get(token.lower, ("",))[0] in {"person", "fighter"}
        if token.pos in {"NOUN", "PROPN"} or person or (is_number(token) and not noun):
            head = token
        elif noun or not (
            token.pos in {"ADJ", "DET", "ADV", "NUM"} or token.tag == "PRP$" or token.dep == "amod"
        ):
            break
    if head is not None and head.dep == "flat" and start <= head.head.i < head.i:
        return head.head
    return head


def total(amounts: list[Amount]) -> Amount:
    """The sum of a list; open where any of its parts is open."""
    low = sum(amount.low or 0 for amount in amounts)
    highs = [amount.high for amount in amounts]
    high = None if any(value is None for value in highs) else sum(value or 0 for value in highs)
    how = "number" if any(amount.how == "number" for amount in amounts) else amounts[0].how
    return Amount(
        low or None if high is None else low, high, amounts[0].start, amounts[-1].end, amounts[0].head, how
    )
