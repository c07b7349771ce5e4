"""
Finds the counts of a text: words of harm and their phrases, tolls, and plain numbers of protesters, troops or homes.

Comes in: the parsed text and the mentions found in it. Goes out: `Count` records in text order. A count whose span lies
inside another's of the same kind and trigger is a part of it ("12 people, including three children").

    "killing at least five and wounding dozens of villagers" -> dead 5.., injured 12..

Limit: a total and its parts are told apart only where the text says "including" or lists them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from counterclaim.knowledge import Row, load_table
from counterclaim.read.casualties.amounts import (
    Amount,
    amount_of,
    grammar_words,
    is_number,
    is_quantity,
    list_amounts,
    list_start,
    people_words,
    total,
)
from counterclaim.types import Count, Mention

PASSIVE_WINDOW = 5
OBJECT_WINDOW = 9
TOLL_WINDOW = 14


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of casualties.tsv, ready to use."""

    row: Row
    pos: str
    kind: str
    slot: str
    needs: str
    then: tuple[tuple[str, ...], ...]


@cache
def _lines() -> dict[str, tuple[_Line, ...]]:
    """Lines by the form of their trigger; lines that need further words first."""
    found: dict[str, list[_Line]] = {}
    for row in load_table("casualties"):
        line = _Line(
            row,
            row["pos"],
            row["kind"],
            row["slot"],
            row["needs"],
            tuple(tuple(part.split()) for part in row.split("then", "|")),
        )
        for form in row.split("forms"):
            found.setdefault(form, []).append(line)
    return {form: tuple(sorted(lines, key=lambda line: not line.then)) for form, lines in found.items()}


def find_counts(doc: Doc, mentions: tuple[Mention, ...]) -> tuple[Count, ...]:
    """Every count of people or things that events are measured by, with its bounds and, where named, its victims."""
    finder = _Finder(doc, mentions)
    lines = _lines()
    things: list[tuple[Token, _Line]] = []
    for token in doc:
        for line in lines.get(token.lower_, ()):
            if line.pos == "thing":
                things.append((token, line))
            elif finder.try_line(token, line):
                break
    for token, line in things:
        finder.try_thing(token, line)
    return tuple(sorted(finder.counts, key=lambda count: (count.start_char, -count.end_char, count.kind)))


class _Finder:
    """One text's search: remembers which words were counted, so that no number is counted twice for one kind."""

    def __init__(self, doc: Doc, mentions: tuple[Mention, ...]) -> None:
        self.doc = doc
        self.mentions = mentions
        self.counts: list[Count] = []
        self.counted: set[int] = set()
        self.seen: set[tuple[str, int]] = set()

    def try_line(self, token: Token, line: _Line) -> bool:
        """Whether the line made a count of this trigger."""
        if line.then and not self._followed(token, line):
            return False
        match line.pos:
            case "verb":
                return self._verb(token, line)
            case "adjective":
                return self._state(token, line)
            case _:
                return self._noun(token, line)

    # --- verbs --------------------------------------------------------------------------------

    def _followed(self, token: Token, line: _Line) -> bool:
        """Whether the words the line asks for stand after the trigger within its clause."""
        window = [other.lower_ for other in self.doc[token.i + 1 : token.i + 12]]
        for words in line.then:
            for start in range(len(window) - len(words) + 1):
                if tuple(window[start : start + len(words)]) == words:
                    between = self.doc[token.i + 1 : token.i + 1 + start]
                    if not any(
                        other.pos_ in {"VERB", "PUNCT", "SCONJ"} and other.dep_ != "amod" for other in between
                    ):
                        return True
        return False

    def _verb(self, token: Token, line: _Line) -> bool:
        nominal = token.pos_ in {"NOUN", "PROPN"} and not (
            line.then or _verbal_noun(token) or self._number_follows(token)
        )
        if nominal or token.pos_ not in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}:
            return False
        if self._is_intended(token, line) or _is_noun_in_place(token):
            return False
        if line.slot == "subject":
            return self._emit(token, line, self._subjects(token))
        if line.needs == "lives":
            lives = [head for head in self._objects(token) if _is_life(head)]
            return self._emit(token, line, [_of_child(head) or head for head in lives])
        heads = self._objects(token) if not self._is_passive(token) else self._passive_subjects(token)
        return self._emit(token, line, heads)

    def _is_intended(self, token: Token, line: _Line) -> bool:
        """As in "an operation to capture a leader", "threatened to kill two": meant, not told as done."""
        before = self.doc[token.i - 1] if token.i else token
        return (
            before.lower_ == "to"
            and before.pos_ in {"PART", "SCONJ"}
            and line.kind in grammar_words("done_kind")
        )

    def _is_passive(self, token: Token) -> bool:
        if self._number_follows(token):
            return False
        if token.tag_ == "VBG" or token.lower_.endswith("ing"):
            return any(_is_be(child) for child in token.children)
        if any(_is_be(child) for child in token.children):
            return True
        if token.tag_ in {"VB", "VBP", "VBZ"} and not token.lower_.endswith("ed"):
            return False
        for position in range(token.i - 1, max(-1, token.i - PASSIVE_WINDOW), -1):
            other = self.doc[position]
            if other.lower_ in grammar_words("be"):
                return True
            if other.pos_ in {"NOUN", "PROPN", "PUNCT", "NUM"} or other.lower_ in grammar_words("have"):
                break
        if any(child.dep_ == "obj" for child in token.children):
            return False
        if token.tag_ == "VBN" and token.dep_ in {"acl", "amod"}:
            return True
        if self._counted_just_before(token) is not None and not self._objects(token):
            return True
        if token.dep_ == "conj" and _is_active(token.head):
            return False
        if token.dep_ == "conj" and token.tag_ == "VBN" and not self._object_right(token):
            return token.head.pos_ != "VERB" or self._is_passive(token.head)
        return not self._objects(token)

    def _number_follows(self, token: Token) -> bool:
        """As in "injured 20 passengers": English puts no participle before a number, so the verb is active."""
        for other in self.doc[token.i + 1 : token.i + 4]:
            if is_number(other) and any(_is_be(child) for child in token.children):
                return False
            if is_quantity(self.doc, other.i) and other.lower_ not in grammar_words("no"):
                return not any(
                    self.doc[position].lower_ in grammar_words("be")
                    for position in range(max(0, token.i - 3), token.i)
                )
            if other.lower_ not in grammar_words("bound_first") and other.lower_ not in grammar_words(
                "bound_word"
            ):
                return False
        return False

    def _objects(self, token: Token) -> list[Token]:
        heads = [child for child in token.children if child.dep_ in {"obj", "iobj"} and child.i > token.i]
        if heads:
            return heads[:1]
        right = self._object_right(token)
        if right is not None:
            return [right]
        # "killed and wounded dozens": the verbs share the object.
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in {"VERB", "ADJ"} and child.i - token.i <= 4:
                return self._objects(child)
        if token.dep_ == "conj" and token.head.pos_ == "VERB" and token.i - token.head.i <= 4:
            return [child for child in token.head.children if child.dep_ == "obj" and child.i > token.i][:1]
        return []

    def _object_right(self, token: Token) -> Token | None:
        """The noun phrase right after the verb, whatever the parse made of it."""
        head: Token | None = None
        for other in self.doc[token.i + 1 : token.i + 1 + OBJECT_WINDOW]:
            if other.sent.start != token.sent.start or other.pos_ in {"AUX", "SCONJ"}:
                break
            if other.pos_ in {"NOUN", "PROPN", "NUM"} or is_number(other):
                head = other
                continue
            if head is not None:
                if other.text == "-" and not other.whitespace_ and not self.doc[other.i - 1].whitespace_:
                    continue
                following = self.doc[other.i + 1] if other.i + 1 < len(self.doc) else other
                if is_number(head) and is_number(following) and other.lower_ in grammar_words("range"):
                    continue
                if other.lower_ == "of" and (is_number(head) or amount_of(self.doc, head)):
                    continue
                break
            if other.pos_ == "PRON" and other.i == token.i + 1:
                return other
            if other.pos_ in {"PUNCT", "VERB", "CCONJ"} and other.dep_ != "amod":
                break
            if other.pos_ == "ADP" and other.lower_ not in grammar_words("bound_first"):
                break
        return head

    def _subjects(self, token: Token) -> list[Token]:
        return self._climb_for(token, ("nsubj", "nsubj:pass"))

    def _passive_subjects(self, token: Token) -> list[Token]:
        return self._climb_for(token, ("nsubj:pass", "nsubj"))

    def _climb_for(self, token: Token, deps: tuple[str, ...]) -> list[Token]:
        """The subject of the verb; of the verb it is joined to; or the noun its clause modifies."""
        near = self._counted_just_before(token)
        if near is not None:
            return [list_start(self.doc, near)]
        here = token
        for _ in range(3):
            for dep in deps:
                for child in reversed(list(here.lefts)):
                    nominal = child.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} or is_number(child)
                    if child.dep_ == dep and nominal:
                        # Two subjects of one verb are a list whose "and" the parse missed; else the nearer counts.
                        subject = self._before_aside(self._antecedent(child, here))
                        return [list_start(self.doc, subject)]
            if here.dep_.startswith("acl") and here.head.i < here.i:
                return [here.head]
            if here.dep_ not in {"conj", "xcomp"} or here.head.pos_ not in {"VERB", "ADJ", "AUX"}:
                break
            if here.dep_ == "conj" and self._has_own_left_phrase(here):
                break
            here = here.head
        left = self._left_phrase(token)
        return [list_start(self.doc, left)] if left is not None else []

    def _counted_just_before(self, token: Token) -> Token | None:
        """The number or numbered noun right before a participle or state: "and dozens injured", "30 others wounded"."""
        if token.i == 0:
            return None
        other = self.doc[token.i - 1]
        if other.pos_ not in {"NOUN", "NUM", "PROPN"} and not is_number(other):
            return None
        amount = amount_of(self.doc, other)
        return other if amount is not None and amount.stated else None

    def _has_own_left_phrase(self, token: Token) -> bool:
        left = self._left_phrase(token)
        return left is not None and (
            is_number(left) or any(child.dep_ == "nummod" for child in left.children)
        )

    def _left_phrase(self, token: Token) -> Token | None:
        """The noun or number right before the verb, over auxiliaries and adverbs: "30 others were wounded"."""
        for position in range(token.i - 1, max(-1, token.i - 5), -1):
            other = self.doc[position]
            if other.pos_ in {"NOUN", "PROPN", "NUM"} or is_number(other):
                return self._before_aside(other) if other.sent.start == token.sent.start else None
            if other.text == "," and position == token.i - 1 - self._auxiliaries_before(token):
                continue
            if other.pos_ == "PRON":
                return self._antecedent(other, token)
            if other.pos_ in {"AUX", "ADV", "PART"} or other.lower_ in grammar_words("trail"):
                continue
            if other.lower_ not in grammar_words("be"):
                return None
        return None

    def _auxiliaries_before(self, token: Token) -> int:
        """How many auxiliaries and adverbs stand right before the verb."""
        number = 0
        while number < token.i and (
            self.doc[token.i - 1 - number].pos_ in {"AUX", "ADV", "PART"}
            or self.doc[token.i - 1 - number].lower_ in grammar_words("be")
        ):
            number += 1
        return number

    def _before_aside(self, head: Token) -> Token:
        """The noun before ", including a mayor,": what the aside is part of."""
        amount = amount_of(self.doc, head)
        if (
            amount is None
            or amount.start < 3
            or self.doc[amount.start - 1].lower_ not in grammar_words("including")
        ):
            return head
        position = amount.start - 2
        if self.doc[position].text == ",":
            position -= 1
        before = self.doc[position]
        return before if before.pos_ in {"NOUN", "PROPN", "NUM"} or is_number(before) else head

    def _antecedent(self, pronoun: Token, verb: Token) -> Token:
        """The noun a relative pronoun stands for."""
        if pronoun.lower_ not in grammar_words("relative"):
            return pronoun
        if verb.dep_.startswith("acl"):
            return verb.head
        for position in range(pronoun.i - 1, max(-1, pronoun.i - 4), -1):
            if self.doc[position].pos_ in {"NOUN", "PROPN"}:
                return self.doc[position]
        return pronoun

    # --- adjectives and nouns -----------------------------------------------------------------

    def _state(self, token: Token, line: _Line) -> bool:
        """As in "left nine dead", "12 dead", "three are missing", "with 30 wounded"."""
        if token.dep_ in {"amod", "compound"} and token.head.i > token.i:
            return False
        near = self._counted_just_before(token)
        if near is not None:
            return self._emit(token, line, [near], number_only=True)
        subject = [
            child for child in token.children if child.dep_ in {"nsubj", "nsubj:pass"} and child.i < token.i
        ]
        if subject:
            return self._emit(token, line, [self._antecedent(subject[0], token)])
        if token.dep_ in {"xcomp", "obj", "advcl", "conj", "acl"} and token.head.pos_ == "VERB":
            objects = [child for child in token.head.children if child.dep_ == "obj" and child.i < token.i]
            if not objects and any(_is_be(child) for child in token.head.children):
                objects = self._passive_subjects(token.head)
            if objects and token.dep_ == "xcomp":
                return self._emit(token, line, objects[:1])
        return False

    def _noun(self, token: Token, line: _Line) -> bool:
        if token.pos_ == "VERB" and token.tag_ != "VBG":
            return False
        if line.slot == "toll":
            return self._toll(token, line)
        if token.dep_ == "compound" and token.head.i > token.i:
            # "27 arrest warrants", "two death sentences"
            return False
        own = amount_of(self.doc, token)
        if line.slot in {"deaths", "number"} and own is not None and own.stated:
            return self._add(token, line, own, self._victims_of_noun(token))
        if line.slot == "number":
            return False
        for child in token.children:
            if child.dep_ in {"nmod", "obl"} and child.i > token.i and _has_case(child, "of"):
                if self._emit(token, line, [child]):
                    return True
                break
        if token.i + 2 < len(self.doc) and self.doc[token.i + 1].lower_ == "of":
            head = self._phrase_head_after(token.i + 2)
            if head is not None and self._emit(token, line, [head]):
                return True
        owners = [child for child in token.children if child.dep_ == "nmod:poss" and _may_be_name(child)]
        return self._emit(token, line, owners[:1])

    def _victims_of_noun(self, token: Token) -> list[Token]:
        """Whose: "17 deaths among soldiers", "50 Armenian deaths", "the deaths of 12 civilians"."""
        return [
            child
            for child in token.children
            if (child.dep_ == "nmod" and child.i > token.i and not _has_case(child, "in"))
            or child.dep_ in {"amod", "compound", "nmod:poss"}
        ]

    def _toll(self, token: Token, line: _Line) -> bool:
        """As in "the death toll rose from 40 to 64", "a toll of 12", "raising the toll to 49"."""
        following = self.doc[token.i + 1].lower_ if token.i + 1 < len(self.doc) else ""
        article = self.doc[token.i - 1].lower_ if token.i else ""
        if following in grammar_words("toll_not") or (line.then and article in grammar_words("article_one")):
            return False
        kind = line.kind
        before = [other.lower_ for other in self.doc[max(0, token.i - 2) : token.i]]
        if any(word in grammar_words("toll_injury") for word in before):
            kind = "injured"
        best: Token | None = None
        for other in self.doc[token.i + 1 : token.i + 1 + TOLL_WINDOW]:
            if other.lower_ in grammar_words("toll_break") or other.sent.start != token.sent.start:
                break
            if not is_number(other):
                continue
            amount = amount_of(self.doc, other)
            if amount is None:
                continue
            best = other
            opener = self.doc[amount.start - 1].lower_
            if opener == "to" or (opener not in grammar_words("change") and opener != "by"):
                break
        if best is None:
            return False
        amount = amount_of(self.doc, best)
        if amount is None:
            return False
        return self._add(token, replace(line, kind=kind), amount, [])

    def try_thing(self, token: Token, line: _Line) -> None:
        """A counted noun by itself: "3,000 troops", "50 homes"; not where it is already counted as a victim."""
        if token.i in self.counted or token.pos_ not in {"NOUN", "PROPN"}:
            return
        amount = amount_of(self.doc, token)
        if amount is None or amount.how not in {"number", "vague"} or amount.low == 0:
            return
        if amount.head != token.i or any(
            position in self.counted for position in range(amount.start, amount.end)
        ):
            return
        if token.i + 1 < len(self.doc) and self.doc[token.i + 1].dep_ == "compound" and is_number(token):
            return
        self._add(token, line, amount, [token])

    # --- making counts ------------------------------------------------------------------------

    def _emit(self, token: Token, line: _Line, heads: list[Token], *, number_only: bool = False) -> bool:
        for head in heads:
            pronoun = self._pronoun(head)
            if pronoun is not None:
                if line.needs == "number" or number_only:
                    return False
                return self._add(token, line, pronoun, [head])
            amounts = list_amounts(self.doc, head, token.i)
            if not amounts:
                continue
            amounts = [self._named_by_group(amounts[0]), *amounts[1:]]
            amounts = [amount for amount in amounts if self._fits(line, amount)]
            if not amounts:
                continue
            if number_only and not amounts[0].stated:
                continue
            whole = total(amounts) if len(amounts) > 1 else amounts[0]
            line = self._either(token, line)
            made = self._add(token, line, whole, [self.doc[whole.head]], mixed=len(amounts) > 1)
            if made:
                if len(amounts) > 1:
                    for amount in amounts:
                        self._add_part(token, line, amount)
                self._included(token, line, whole)
            return made
        return False

    def _named_by_group(self, amount: Amount) -> Amount:
        """As in "a Movement of Uzbekistan facilitator": parses hang the person on the group's name."""
        head = self.doc[amount.head]
        inner = _of_child(head)
        if inner is None or head.pos_ != "PROPN" or amount.how != "one" or is_number(inner):
            return amount
        if (
            people_words().get(inner.lower_, ("",))[0] not in {"person", "fighter"}
            or amount_of(self.doc, inner) is None
        ):
            return amount
        return replace(amount, head=inner.i, end=inner.i + 1)

    def _either(self, token: Token, line: _Line) -> _Line:
        """As in "killed or wounded": which of the two is not said, so the count is of casualties."""
        for step in (-1, 1):
            at, beyond = token.i + step, token.i + 2 * step
            if not 0 <= beyond < len(self.doc) or self.doc[at].lower_ != "or":
                continue
            kinds = {line.kind for line in _lines().get(self.doc[beyond].lower_, ())} | {line.kind}
            if kinds >= {"dead", "injured"}:
                return replace(line, kind="casualties")
        return line

    def _pronoun(self, head: Token) -> Amount | None:
        lower = head.lower_
        before = self.doc[head.i - 1].lower_ if head.i else ""
        if lower in grammar_words("nobody") or (before in grammar_words("no") and lower == "one"):
            return Amount(0, 0, head.i if lower != "one" else head.i - 1, head.i + 1, head.i, "zero")
        if head.pos_ != "PRON":
            return None
        if lower in grammar_words("pronoun_one"):
            return Amount(1, 1, head.i, head.i + 1, head.i, "one")
        if lower in grammar_words("pronoun_many"):
            return Amount(2, None, head.i, head.i + 1, head.i, "plural")
        return None

    def _fits(self, line: _Line, amount: Amount) -> bool:
        """Whether what is counted can be what the line counts."""
        head = self.doc[amount.head]
        lower = head.lower_
        if lower in grammar_words("reflexive"):
            return False
        sort = people_words().get(lower, ("", ""))[0]
        if sort == "thing":
            return False
        bare_number = is_quantity(self.doc, head.i)
        match line.needs:
            case "lives":
                return amount.stated and sort == "person"
            case "number":
                return amount.how in {"number", "vague"} and (sort in {"person", "fighter"} or bare_number)
            case "fighters":
                return sort == "fighter" and amount.how != "one"
            case "person":
                return sort in {"person", "fighter"} or self._is_person(head) or bare_number
            case _:
                person = sort in {"person", "fighter"} or self._is_person(head) or _may_be_name(head)
                person = person or head.pos_ == "PRON"
                return person or bare_number or (amount.stated and head.pos_ in {"NOUN", "PROPN"})

    def _is_person(self, head: Token) -> bool:
        if head.ent_type_ == "PERSON":
            return True
        return any(
            mention.start <= head.i < mention.end
            and (mention.kind in {"nominal", "pronoun"} or _personal(mention))
            for mention in self.mentions
        )

    def _included(self, token: Token, line: _Line, whole: Amount) -> None:
        """As in "12 people, including three children": the parts of the total just made."""
        position = whole.end
        while position < min(len(self.doc), whole.end + 6) and self.doc[position].lower_ not in grammar_words(
            "including"
        ):
            if self.doc[position].pos_ in {"VERB", "SCONJ"} and position != token.i:
                return
            position += 1
        if position >= min(len(self.doc), whole.end + 6):
            return
        head = self._phrase_head_after(position + 1)
        if head is None:
            return
        for amount in list_amounts(self.doc, head, token.i):
            if amount.start > position and amount.how != "plural":
                self._add_part(token, line, amount, whole)

    def _phrase_head_after(self, start: int) -> Token | None:
        head: Token | None = None
        for other in self.doc[start : start + 8]:
            if other.pos_ in {"NOUN", "PROPN", "NUM"} or is_number(other):
                head = other
            elif head is not None or (other.pos_ in {"VERB", "PUNCT", "SCONJ", "AUX"} and other.text != "-"):
                break
        return head

    def _add_part(self, token: Token, line: _Line, amount: Amount, whole: Amount | None = None) -> None:
        if whole is not None:
            # The total's span grows over its parts, so that containment tells which is which.
            for number, count in enumerate(self.counts):
                if (
                    count.trigger == token.i
                    and count.kind == line.kind
                    and count.start_char == self._char(whole.start)
                ):
                    end = max(count.end_char, self._end_char(amount.end))
                    text = self.doc.text[count.start_char : end]
                    self.counts[number] = replace(count, end_char=end, text=text)
        self._add(token, line, amount, [self.doc[amount.head]], part=True)

    def _char(self, position: int) -> int:
        return self.doc[position].idx

    def _end_char(self, end: int) -> int:
        last = self.doc[end - 1]
        return last.idx + len(last)

    def _add(
        self,
        token: Token,
        line: _Line,
        amount: Amount,
        victims: list[Token],
        *,
        mixed: bool = False,
        part: bool = False,
    ) -> bool:
        key = (line.kind, amount.start)
        if key in self.seen and not part:
            return False
        self.seen.add(key)
        self.counted.update(range(amount.start, amount.end))
        self.counted.add(amount.head)
        start, end = self._char(amount.start), self._end_char(amount.end)
        self.counts.append(
            Count(
                kind=line.kind,
                low=amount.low,
                high=amount.high,
                victims=None if mixed else self._mention(victims, amount),
                text=self.doc.text[start:end],
                start_char=start,
                end_char=end,
                trigger=token.i,
                rule=line.row.rule,
            )
        )
        return True

    def _mention(self, victims: list[Token], amount: Amount) -> Mention | None:
        """The mention that names those counted: the one over their noun, else one inside the phrase."""
        for token in victims:
            over = [mention for mention in self.mentions if mention.start <= token.i < mention.end]
            named = [mention for mention in over if mention.kind != "adjective" or mention.actor.country]
            if named:
                return max(named, key=lambda mention: mention.end - mention.start)
        inside = [
            mention
            for mention in self.mentions
            if amount.start <= mention.start and mention.end <= amount.end and mention.actor.country
        ]
        return max(inside, key=lambda mention: mention.end - mention.start) if inside else None


def _may_be_name(token: Token) -> bool:
    """A proper noun that the names model did not take for a place or an organisation."""
    if token.pos_ != "PROPN":
        return False
    # In capitals the names model takes people for organisations; a word beside a people word is a person.
    capitals = token.is_upper and len(token) > 3
    return capitals or token.ent_type_ not in {"GPE", "LOC", "FAC", "ORG", "NORP"}


def _is_be(token: Token) -> bool:
    return token.dep_ == "aux:pass" and token.lower_ in grammar_words("be")


def _personal(mention: Mention) -> bool:
    return mention.kind == "name" and mention.actor.sector is not None


def _verbal_noun(token: Token) -> bool:
    """A participle the tagger took for a noun ("killing five")."""
    return token.lower_.endswith(("ing", "ed")) and token.dep_ not in {
        "nsubj",
        "compound",
        "obl",
        "obj",
        "nmod",
    }


def _is_noun_in_place(token: Token) -> bool:
    """As in "his jail cell", "the capture plan": a base form between an article and a noun is no verb."""
    if token.i == 0 or token.lower_.endswith(("ed", "ing", "s")):
        return False
    return token.nbor(-1).tag_ in {"PRP$", "DT"} and token.dep_ not in {"acl", "advcl", "ccomp", "xcomp"}


def _is_active(token: Token) -> bool:
    """A verb with a subject of its own that does something: what is joined to it does too."""
    return (
        token.pos_ == "VERB"
        and any(child.dep_ == "nsubj" for child in token.children)
        and not any(_is_be(child) for child in token.children)
        and token.tag_ in {"VBD", "VBZ", "VBP"}
    )


def _is_life(token: Token) -> bool:
    return token.lower_ in grammar_words("lives")


def _of_child(token: Token) -> Token | None:
    """What stands after "of": "the lives of 40 people"."""
    if token.i + 1 >= len(token.doc) or token.nbor().lower_ != "of":
        return None
    return next((child for child in token.rights if child.dep_ in {"nmod", "obl"}), None)


def _has_case(token: Token, word: str) -> bool:
    return any(child.dep_ == "case" and child.lower_ == word for child in token.children)


def parts(counts: tuple[Count, ...]) -> Iterator[tuple[Count, bool]]:
    """Each count with whether it is a part of another: inside its span, same kind and trigger."""
    for count in counts:
        yield (
            count,
            any(
                other is not count
                and other.kind == count.kind
                and other.trigger == count.trigger
                and other.start_char <= count.start_char
                and count.end_char <= other.end_char
                and (other.start_char, other.end_char) != (count.start_char, count.end_char)
                for other in counts
            ),
        )
