"""
Lists: the members of "two soldiers and a child", each with its amount, and their sum.

Comes in: the parsed text and the head of one member. Goes out: the amounts of all, or the first member of the list.

    "killed two guards, a cook and three drivers" -> 2, 1, 3; "12 people, seven women and five men" -> 12

Limit: a member without number, article or name of its own ends the list.
"""

from spacy.tokens import Doc, Token

from counterclaim.read.casualties.amounts import amount_of
from counterclaim.read.casualties.numbers import Amount, is_hyphenated
from counterclaim.read.casualties.words import grammar_words, is_number, joiners, people_words


def list_amounts(doc: Doc, head: Token, trigger: int) -> list[Amount]:
    """
    The amounts of a list: "two soldiers and a child" gives two, "12 men and women" one.

    Read from the words, because parses lose the end of a list; a further part needs its own number, article or name.
    """
    first = amount_of(doc, head)
    if first is None:
        return []
    amounts = [first]
    while True:
        end = amounts[-1].end
        start = _after_comma(doc, end)
        if start is None:
            return _without_breakdown(doc, amounts)
        part = _part_at(doc, start, trigger)
        aside = start == end + 1 and doc[end].text == ","
        if part is None or (part.how == "one" and aside and not _goes_on(doc, part.end, trigger)):
            return _without_breakdown(doc, amounts)
        amounts.append(part)


def _without_breakdown(doc: Doc, amounts: list[Amount]) -> list[Amount]:
    """As in "12 people, seven women and five men": what follows breaks the first number down and adds nothing."""
    rest = [amount.low for amount in amounts[1:]]
    if (
        rest
        and doc[amounts[0].end].text == ","
        and None not in rest
        and sum(low or 0 for low in rest) == amounts[0].low
    ):
        return amounts[:1]
    return amounts


def _goes_on(doc: Doc, end: int, trigger: int) -> bool:
    """Whether another member follows: "a guard, a cook and a maid" is a list, "the chief, a colonel," is one person."""
    start = _after_comma(doc, end)
    if start is None or (doc[end].text == "," and start == end + 1):
        return False
    return _part_at(doc, start, trigger) is not None


def _after_comma(doc: Doc, end: int) -> int | None:
    """The position after ", ", " and " or ", and "; None where no list goes on."""
    position = end
    if position < len(doc) and doc[position].text == ",":
        position += 1
    for joiner in joiners():
        if tuple(token.lower_ for token in doc[position : position + len(joiner)]) == joiner:
            position += len(joiner)
            break
    return position if end < position < len(doc) else None


def _part_at(doc: Doc, start: int, trigger: int) -> Amount | None:
    """A further member of a list that starts here, on the same side of the trigger."""
    head = _list_head(doc, start)
    if head is None or (start < trigger) != (head.i < trigger):
        return None
    part = amount_of(doc, head)
    if part is None or part.start != start or part.how == "plural":
        return None
    # "31 people, nine of them critically": a breakdown adds nothing.
    if doc[part.head].lower_ in grammar_words("of_the_whole"):
        return None
    article = doc[start].lower_ in grammar_words("list_article") or part.how in {"number", "vague"}
    named = head.ent_type_ == "PERSON" or (
        head.pos_ == "PROPN" and doc[start - 1].lower_ == "and" and not head.ent_type_
    )
    if not article and not named:
        return None
    if people_words().get(head.lower_, ("person",))[0] == "thing":
        return None
    following = doc[part.end] if part.end < len(doc) else None
    # "killed two guards and three others fled": the third phrase begins a clause of its own.
    if head.i > trigger and following is not None and following.pos_ in {"VERB", "AUX", "ADJ"}:
        return None
    return part


def list_start(doc: Doc, head: Token) -> Token:
    """
    The first member of the list that ends with this one, read leftwards: "six priests and two women were killed".

    Only people join, and no one who is the object of a verb: "shot two guards and three others fled".
    """
    here = head
    while True:
        amount = amount_of(doc, here)
        if amount is None or amount.start < 2:
            return here
        position = amount.start - 1
        # A comma goes on with a list only once an "and" has ended it.
        if doc[position].lower_ != "and" and (here.i == head.i or doc[position].text != ","):
            return here
        if doc[position - 1].text == ",":
            position -= 1
        before = doc[position - 1] if position else here
        earlier = amount_of(doc, before)
        # "Eight dead and a score wounded" are two counts, not a list.
        person = people_words().get(before.lower_, ("",))[0] in {"person", "fighter"} and before.pos_ != "ADJ"
        if earlier is None or not person or earlier.how == "plural" or before.dep_ in {"obj", "obl", "nmod"}:
            return here
        here = before


def _list_head(doc: Doc, start: int) -> Token | None:
    """The head of the noun phrase that starts here."""
    head: Token | None = None
    for token in doc[start : start + 12]:
        hyphenated = is_hyphenated(doc, token.i)
        if token.text in {"-", "–"} or (hyphenated and token.pos_ != "PUNCT"):
            # "a 10-year-old girl": what a hyphen follows is no head.
            continue
        noun = head is not None and not is_number(head)
        person = people_words().get(token.lower_, ("",))[0] in {"person", "fighter"}
        if token.pos_ in {"NOUN", "PROPN"} or person or (is_number(token) and not noun):
            head = token
        elif noun or not (
            token.pos_ in {"ADJ", "DET", "ADV", "NUM"} or token.tag_ == "PRP$" or token.dep_ == "amod"
        ):
            break
    if head is not None and head.dep_ == "flat" and start <= head.head.i < head.i:
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
