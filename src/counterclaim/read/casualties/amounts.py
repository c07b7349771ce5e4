"""
How many: the quantity a noun phrase states, with honest bounds.

Comes in: the parsed text and the head of a phrase. Goes out: an `Amount` with inclusive bounds, open where the text
leaves them open, and the tokens it covers.

    "at least 12 Afghan civilians" -> 12..; "dozens of villagers" -> 12.. (ACLED's convention); "a soldier" -> 1

Limit: fractions ("half of the crew") are not turned into numbers.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from counterclaim.knowledge import Row, load_table
from counterclaim.read.quantities import number_words, read_number

MAX_LEFT = 14
# "nine hundred and ninety-nine thousand nine hundred and ninety-nine" has eleven words and hyphens.
MAX_NUMBER = 12
YEAR = re.compile(r"(?:19|20)\d\d")
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
RANGE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)[-–](\d{1,3}(?:,\d{3})+|\d+)")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Amount:
    """
    Bounds and the tokens they come from.

    Attributes:
        start, end: Token range of the quantity with its noun.
        head: The noun counted, or the number where no noun stands.
        how: ``number``, ``vague``, ``one``, ``plural`` (a plural without a number) or ``zero``.
    """

    low: int | None
    high: int | None
    start: int
    end: int
    head: int
    how: str

    @property
    def stated(self) -> bool:
        """Whether the text states a number or a word for one."""
        return self.how in {"number", "vague", "zero"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A line of casualties_bounds: what a word before or after a number does to its bounds."""

    words: tuple[str, ...]
    low: str
    high: str


@cache
def _bounds(side: str) -> tuple[Bound, ...]:
    """Longest first."""
    rows = [row for row in load_table("casualties_bounds") if row["side"] == side]
    bounds = [Bound(tuple(row["form"].split()), row["low"], row["high"]) for row in rows]
    return tuple(sorted(bounds, key=lambda bound: -len(bound.words)))


@cache
def _vague() -> dict[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    """Vague phrases by each of their words that carries the meaning, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for row in load_table("casualties_vague"):
        words = tuple(row["form"].split())
        for word in dict.fromkeys(words):
            if word not in {"a", "of"}:
                found.setdefault(word, []).append((words, row))
    return {word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in found.items()}


@cache
def convention(name: str) -> tuple[int | None, int | None]:
    """Low and high of a line of casualties_vague."""
    row = next(row for row in load_table("casualties_vague") if row["form"] == name)
    return _cell(row["low"]), _cell(row["high"])


def _cell(text: str) -> int | None:
    return int(text) if text else None


@cache
def people_words() -> dict[str, tuple[str, str]]:
    """Nouns with what they are (person, fighter, thing) and their mark; the roles of roles.tsv are people too."""
    words = {row["form"]: (row["is"], row["mark"]) for row in load_table("casualties_people")}
    for row in load_table("roles"):
        for noun in row.split("nouns"):
            if row["kind"] == "person" and " " not in noun:
                words.setdefault(noun.lower(), ("person", ""))
                words.setdefault(f"{noun.lower()}s", ("person", ""))
    return words


@cache
def grammar_words(kind: str) -> frozenset[str]:
    """Small closed classes of words the count grammar needs."""
    return frozenset(row["form"] for row in load_table("casualties_words") if row["kind"] == kind)


@cache
def _joiners() -> tuple[tuple[str, ...], ...]:
    """Words that add a further member to a list ("and", "along with"), longest first."""
    forms = (
        tuple(row["form"].split("_")) for row in load_table("casualties_words") if row["kind"] == "joiner"
    )
    return tuple(sorted(forms, key=lambda words: -len(words)))


def is_plural(token: Token) -> bool:
    """Whether the noun is plural, by tag, by form, or as a collective of people ("police", "troops")."""
    lower = token.lower_
    if lower in grammar_words("plural"):
        return True
    if token.tag_ in {"NNS", "NNPS"}:
        return True
    return (
        token.is_upper
        and lower.endswith("s")
        and people_words().get(lower, ("",))[0] in {"person", "fighter"}
    )


def is_number(token: Token) -> bool:
    """A cardinal in digits or words; ordinals, years of a date and parts of "19-year-old" are not asked here."""
    lower = token.lower_
    if lower in number_words():
        return True
    return bool(NUMBER.fullmatch(lower) or RANGE.fullmatch(lower))


def amount_of(doc: Doc, head: Token) -> Amount | None:
    """The quantity of the phrase with that head; None where none can be told."""
    vague = _vague_at(doc, head.i)
    if is_number(head) or (vague is not None and head.lower_ not in {"no", "any"}):
        found = _from_number(doc, head.i)
        if found is None:
            return None
        return _with_noun_after(doc, found, head)
    inner = _contained(doc, head)
    if inner is not None:
        return inner
    return _of_noun(doc, head)


def _contained(doc: Doc, head: Token) -> Amount | None:
    """As in "a group of 12 men", "a total of 40 people": the number inside counts."""
    if head.lower_ not in grammar_words("container"):
        return None
    for child in head.children:
        if child.dep_ in {"nmod", "obl"} and child.i > head.i and _case(child) == "of":
            found = amount_of(doc, child)
            if found is not None and found.stated:
                return replace(found, start=min(found.start, _noun_start(doc, head)))
    return None


def _case(token: Token) -> str:
    return next((child.lower_ for child in token.children if child.dep_ == "case"), "")


def _of_noun(doc: Doc, head: Token) -> Amount | None:
    """Scan left from the noun for the nearest quantity of its own phrase."""
    skipped = _bound_after_ending_at(doc, head.i)
    for position in range(head.i - 1 - skipped, max(-1, head.i - MAX_LEFT), -1):
        token = doc[position]
        lower = token.lower_
        if token.is_space:
            continue
        vague = _vague_at(doc, position)
        if is_number(token) and (vague is None or vague[1] - vague[0] < 2):
            if _is_hyphenated(doc, position):
                if position + 2 < len(doc) and doc[position + 2].lower_ in grammar_words("sized"):
                    found = _from_number(doc, position)
                    return replace(found, end=head.i + 1, head=head.i) if found else None
                continue
            if _is_label(doc, position):
                return None
            found = _from_number(doc, position)
            return replace(found, end=head.i + 1, head=head.i) if found else None
        if vague is not None:
            start, _, row = vague
            low, high = _cell(row["low"]), _cell(row["high"])
            if (low is None and high is None) or (row["form"] == "no" and not _zero_fits(doc, position)):
                return None
            how = "zero" if high == 0 else "vague"
            return _bounded(doc, Amount(low, high, start, head.i + 1, head.i, how))
        if lower in grammar_words("determiner") or token.dep_ == "nmod:poss" or token.tag_ == "PRP$":
            if lower in grammar_words("article_one") and not is_plural(head):
                return Amount(1, 1, position, head.i + 1, head.i, "one")
            if token.tag_ == "POS" or token.dep_ == "nmod:poss" or lower in grammar_words("determiner"):
                before = _number_before_determiner(doc, position)
                if before is not None:
                    return replace(before, end=head.i + 1, head=head.i)
                return _plain(head, position)
        if lower == "of":
            before = _number_before_determiner(doc, position + 1)
            if before is not None:
                return replace(before, end=head.i + 1, head=head.i)
        if _stops(doc, token):
            break
    return _plain(head, _noun_start(doc, head))


def _bound_after_ending_at(doc: Doc, position: int) -> int:
    """How many words of an "or more" stand right before the position."""
    for bound in _bounds("after"):
        if _bound_before(doc, position, bound):
            return len(bound.words)
    return 0


def _zero_fits(doc: Doc, position: int) -> bool:
    """As in "no casualties" but not "no longer", "no fewer"."""
    following = doc[position + 1].lower_ if position + 1 < len(doc) else ""
    return following not in grammar_words("no_idiom")


def _number_before_determiner(doc: Doc, position: int) -> Amount | None:
    """As in "two of the attackers", "105 of its soldiers", "all 12 of them"."""
    if position >= 2 and doc[position - 1].lower_ == "of":
        if is_number(doc[position - 2]):
            return _from_number(doc, position - 2)
        vague = _vague_at(doc, position - 2)
        if vague is not None and _cell(vague[2]["low"]) is not None:
            start = vague[0]
            low, high = _cell(vague[2]["low"]), _cell(vague[2]["high"])
            return _bounded(
                doc, Amount(low, high, start, position, position, "zero" if high == 0 else "vague")
            )
    return None


def _stops(doc: Doc, token: Token) -> bool:
    """Whether the word cannot be part of the noun's own phrase to its left."""
    if token.pos_ in {"AUX", "SCONJ", "PUNCT", "PRON", "PART", "INTJ"}:
        return token.lower_ not in {"-", "'s", "’s", '"', "“", "”", "'"}
    if token.pos_ == "ADP":
        return True
    if token.pos_ == "VERB":
        return token.dep_ not in {"amod", "compound"} or token.tag_ in {"VBZ", "VBP"}
    if token.pos_ == "CCONJ":
        before = doc[token.i - 1] if token.i else token
        return not (before.pos_ in {"ADJ", "PROPN"} and before.tag_ not in {"NNS", "NNPS"})
    return token.pos_ == "NOUN" and is_plural(token) and token.dep_ not in {"compound", "amod"}


def _plain(head: Token, start: int) -> Amount | None:
    """A phrase without a number: one person, or a plural of unknown size."""
    if is_plural(head):
        low, high = convention("+plural")
        return Amount(low, high, start, head.i + 1, head.i, "plural")
    if head.pos_ in {"NOUN", "PROPN"} or head.ent_type_ == "PERSON":
        low, high = convention("+one")
        # "Amina Yusuf": the first name heads the name.
        end = max([head.i, *(child.i for child in head.children if child.dep_ == "flat")]) + 1
        return Amount(low, high, start, end, head.i, "one")
    return None


def _noun_start(doc: Doc, head: Token) -> int:
    start = head.i
    while (
        start > 0
        and doc[start - 1].pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}
        and doc[start - 1].head.i in range(start, head.i + 1)
    ):
        start -= 1
    return start


def _is_hyphenated(doc: Doc, position: int) -> bool:
    """As in "12-year-old", "five-member": the number belongs to an adjective."""
    return position + 1 < len(doc) and doc[position + 1].text in {"-", "–"} and not doc[position].whitespace_


def _is_label(doc: Doc, position: int) -> bool:
    """A number that names instead of counting: money, percentages, "No. 5", a year, an ordinal."""
    token = doc[position]
    before = doc[position - 1].lower_ if position else ""
    after = doc[position + 1].lower_ if position + 1 < len(doc) else ""
    if before in grammar_words("label") or after in grammar_words("label_after"):
        return True
    if ORDINAL.fullmatch(token.lower_):
        return True
    if before == "," and after == "," and position > 1 and doc[position - 2].pos_ == "PROPN":
        # "Ramos, 26, died": an age.
        return True
    return (
        bool(YEAR.fullmatch(token.text))
        and after not in grammar_words("after_year_count")
        and (
            not any(_bound_before(doc, position, bound) for bound in _bounds("before"))
            or before in {"about", "some"}
        )
        and _looks_like_year(doc, position)
    )


def _looks_like_year(doc: Doc, position: int) -> bool:
    """As in "the 2020 deaths" names a year, "2,020 deaths" and "2020 people" count."""
    before = doc[position - 1].lower_ if position else ""
    following = doc[position + 1] if position + 1 < len(doc) else None
    counted = following is not None and people_words().get(following.lower_, ("",))[0] in {
        "person",
        "fighter",
    }
    return not counted or before in grammar_words("determiner")


def _number_span(doc: Doc, position: int) -> tuple[int, int, int] | None:
    """Start, end and value of the number the token at `position` is part of."""
    start = position
    words = number_words()
    while start > max(0, position - MAX_NUMBER) and (
        is_number(doc[start - 1])
        or (
            doc[start - 1].lower_ in {"-", "and"}
            and start > 1
            and doc[start - 2].lower_ in words
            and doc[start].lower_ in words
        )
    ):
        start -= 1
    if (
        start > 0
        and doc[start - 1].lower_ in {"a", "an"}
        and words.get(doc[start].lower_, ("",))[0] == "scale"
    ):
        start -= 1
    lowers = [token.lower_ for token in doc[start : position + 12]]
    for offset in range(position - start + 1):
        read = read_number(lowers, offset)
        if read is not None and offset <= position - start < read[1]:
            return start + offset, start + read[1], read[0]
    return None


def _from_number(doc: Doc, position: int) -> Amount | None:
    """The amount around a number or vague word: ranges and the words that open its bounds."""
    vague = _vague_at(doc, position)
    if vague is not None and (not is_number(doc[position]) or vague[1] - vague[0] > 1):
        start, end, row = vague
        low, high = _cell(row["low"]), _cell(row["high"])
        if low is None and high is None:
            return None
        how = "zero" if high == 0 else "vague"
        return _bounded(doc, Amount(low, high, start, end, position, how))
    joined = RANGE.fullmatch(doc[position].text)
    if joined is not None:
        low, high = (int(part.replace(",", "")) for part in joined.groups())
        # "the 1992-95 siege" names years.
        if low >= high or YEAR.fullmatch(joined.group(1)):
            return None
        return Amount(low, high, position, position + 1, position, "number")
    span = _number_span(doc, position)
    if span is None or _is_label(doc, position):
        return None
    start, end, value = span
    amount = Amount(value, value, start, end, position, "zero" if value == 0 else "number")
    lower = _range_before(doc, start)
    if lower is not None:
        return replace(amount, low=min(lower[1], value), high=max(lower[1], value), start=lower[0])
    return _bounded(doc, amount)


def _range_before(doc: Doc, start: int) -> tuple[int, int] | None:
    """As in "10 to 15", "10-15", "between 10 and 15", "two or three": the first number and where the range starts."""
    if start < 2 or doc[start - 1].lower_ not in {"to", "-", "–", "and", "or"}:
        return None
    joint = doc[start - 1].lower_
    if not is_number(doc[start - 2]):
        return None
    first = _number_span(doc, start - 2)
    if first is None:
        return None
    opener = doc[first[0] - 1].lower_ if first[0] else ""
    if joint == "and" and opener != "between":
        return None
    if joint == "to" and opener in grammar_words("change"):
        return None
    begin = first[0] - 1 if opener == "between" else first[0]
    return begin, first[2]


def _bound_before(doc: Doc, start: int, bound: Bound) -> bool:
    size = len(bound.words)
    return start >= size and tuple(token.lower_ for token in doc[start - size : start]) == bound.words


def _bounded(doc: Doc, amount: Amount) -> Amount:
    """The amount with the words before and after that open its bounds ("at least", "up to", "or more")."""
    start = amount.start
    bounds = [bound for bound in _bounds("before") if _bound_before(doc, start, bound)]
    if not bounds and start > 0 and doc[start - 1].lower_ in grammar_words("between"):
        # "more than another 12", "at least the 12": one word may stand between.
        start -= 1
        bounds = [bound for bound in _bounds("before") if _bound_before(doc, start, bound)]
    for bound in bounds[:1]:
        begin = start - len(bound.words)
        if amount.how == "vague" and amount.low != amount.high:
            # "at least several": still the word's own minimum; "up to several hundred" is open below.
            low = amount.low if bound.low else None
            high = amount.high if bound.high else None
            if low is None and high is None:
                low = amount.low
            return replace(amount, low=low, high=high, start=begin)
        return replace(
            amount, low=_apply(bound.low, amount.low), high=_apply(bound.high, amount.high), start=begin
        )
    for bound in _bounds("after"):
        size = len(bound.words)
        if tuple(token.lower_ for token in doc[amount.end : amount.end + size]) == bound.words:
            return replace(
                amount,
                low=_apply(bound.low, amount.low),
                high=_apply(bound.high, amount.high),
                end=amount.end + size,
            )
    return amount


def _apply(formula: str, value: int | None) -> int | None:
    if not formula or value is None:
        return None
    return value + {"n": 0, "n+1": 1, "n-1": -1}[formula]


def _vague_at(doc: Doc, position: int) -> tuple[int, int, Row] | None:
    """The longest vague phrase over the position: where it starts and ends, and its line."""
    for words, row in _vague().get(doc[position].lower_, ()):
        for offset, word in enumerate(words):
            begin = position - offset
            if word != doc[position].lower_ or begin < 0:
                continue
            if tuple(token.lower_ for token in doc[begin : begin + len(words)]) == words:
                return begin, begin + len(words), row
    return None


def is_quantity(doc: Doc, position: int) -> bool:
    """Whether the word itself is a number or part of a vague one, with no noun needed."""
    return is_number(doc[position]) or _vague_at(doc, position) is not None


def _with_noun_after(doc: Doc, amount: Amount, head: Token) -> Amount:
    """As in "105 of its soldiers", "dozens of villagers": the noun after "of" is what is counted."""
    end = amount.end
    if end < len(doc) and doc[end].lower_ == "of":
        noun = _noun_from(doc, end + 1)
        if noun is not None:
            return replace(amount, end=noun.i + 1, head=noun.i)
    noun = _noun_from(doc, end)
    if noun is not None and (noun.head.i == head.i or head.head.i == noun.i):
        return replace(amount, end=noun.i + 1, head=noun.i)
    return amount


def _noun_from(doc: Doc, start: int) -> Token | None:
    """The last noun of the run of nouns and modifiers that starts here."""
    noun: Token | None = None
    for token in doc[start : start + 10]:
        if token.pos_ in {"NOUN", "PROPN"} or (
            token.pos_ == "PRON" and noun is None and token.tag_ != "PRP$"
        ):
            noun = token
            if token.pos_ == "PRON":
                break
        elif noun is not None or not (token.pos_ in {"ADJ", "DET", "NUM", "ADV"} or token.tag_ == "PRP$"):
            if token.lower_ in {"'s", "’s"} or (token.pos_ == "VERB" and token.dep_ == "amod"):
                noun = None
                continue
            break
    return noun


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
    for joiner in _joiners():
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
        person = people_words().get(before.lower_, ("",))[0] in {"person", "fighter"}
        if earlier is None or not person or earlier.how == "plural" or before.dep_ in {"obj", "obl", "nmod"}:
            return here
        here = before


def _list_head(doc: Doc, start: int) -> Token | None:
    """The head of the noun phrase that starts here."""
    head: Token | None = None
    for token in doc[start : start + 12]:
        hyphenated = _is_hyphenated(doc, token.i)
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
