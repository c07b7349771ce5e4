"""
Finds the counts of a text: words of harm and their phrases, tolls, and plain numbers of protesters, troops or homes.

Comes in: the parsed text and the mentions found in it. Goes out: `Count` records in text order. A count whose span lies
inside another's of the same kind and trigger is a part of it ("12 people, including three children").

    "killing at least five and wounding dozens of villagers" -> dead 5.., injured 12..

Limit: a total and its parts are told apart only where the text says "including" or lists them.
"""

from collections.abc import Iterator
from dataclasses import replace

from counterclaim.read.casualties.amounts import amount_of
from counterclaim.read.casualties.arguments import (
    antecedent_of,
    counted_just_before,
    has_case,
    is_be,
    is_life,
    is_noun_in_place,
    is_passive,
    is_verbal_noun,
    number_follows,
    objects_of,
    of_child,
    passive_subjects_of,
    phrase_head_after,
    subjects_of,
)
from counterclaim.read.casualties.figures import figure_of
from counterclaim.read.casualties.lines import HarmLine, load_lines
from counterclaim.read.casualties.lists import list_amounts, total
from counterclaim.read.casualties.numbers import Amount, is_quantity
from counterclaim.read.casualties.words import grammar_words, is_number, people_words
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import Count, Mention

TOLL_WINDOW = 14
# What may become of the same people: one of them rules out the others.
_FATES = frozenset(("dead", "injured", "captured", "arrested", "missing"))

# More people than there are.
MOST_PEOPLE = 10**10


def find_counts(tree: Tree) -> tuple[Count, ...]:
    """Every count of people or things that events are measured by, with its bounds and, where named, its victims."""
    finder = _Finder(tree)
    lines = load_lines()
    things: list[tuple[Word, HarmLine]] = []
    for token in tree:
        for line in lines.get(token.lower, ()):
            if line.pos == "thing":
                things.append((token, line))
            elif finder.try_line(token, line):
                break
    for token, line in things:
        finder.try_thing(token, line)
    return tuple(sorted(finder.counts, key=lambda count: (count.start_char, -count.end_char, count.kind)))


class _Finder:
    """One text's search: remembers which words were counted, so that no number is counted twice for one kind."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.mentions = tree.mentions
        self.counts: list[Count] = []
        self.counted: set[int] = set()
        self.seen: set[tuple[str, int]] = set()

    def try_line(self, token: Word, line: HarmLine) -> bool:
        """Whether the line made a count of this trigger."""
        if line.then and not self._followed(token, line):
            return False
        figure = figure_of(token) if not line.then and line.slot != "toll" else None
        if figure is not None:
            return self._add(token, line, figure, [self.tree[figure.head], *self._victims_of_noun(token)])
        match line.pos:
            case "verb":
                return self._verb(token, line)
            case "adjective":
                return self._state(token, line)
            case _:
                return self._noun(token, line)

    def _followed(self, token: Word, line: HarmLine) -> bool:
        """Whether the words the line asks for stand after the trigger within its clause."""
        window = [other.lower for other in self.tree.between(token.i + 1, token.i + 12)]
        for words in line.then:
            for start in range(len(window) - len(words) + 1):
                if tuple(window[start : start + len(words)]) == words:
                    between = self.tree.between(token.i + 1, token.i + 1 + start)
                    if not any(
                        other.pos in {"VERB", "PUNCT", "SCONJ"} and other.dep != "amod" for other in between
                    ):
                        return True
        return False

    def _verb(self, token: Word, line: HarmLine) -> bool:
        nominal = token.pos in {"NOUN", "PROPN"} and not (
            line.then or is_verbal_noun(token) or number_follows(token)
        )
        if nominal or token.pos not in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}:
            return False
        if self._is_intended(token, line) or is_noun_in_place(token) or _is_numbered(token):
            return False
        if line.slot == "subject":
            return self._emit(token, line, subjects_of(token))
        if line.needs == "lives":
            lives = [head for head in objects_of(token) if is_life(head)]
            return self._emit(token, line, [of_child(head) or head for head in lives])
        heads = objects_of(token) if not is_passive(token) else passive_subjects_of(token)
        return self._emit(token, line, heads)

    def _is_intended(self, token: Word, line: HarmLine) -> bool:
        """As in "an operation to capture a leader", "threatened to kill two": meant, not told as done."""
        before = self.tree[token.i - 1] if token.i else token
        return (
            before.lower == "to"
            and before.pos in {"PART", "SCONJ"}
            and line.kind in grammar_words("done_kind")
        )

    def _state(self, token: Word, line: HarmLine) -> bool:
        """As in "left nine dead", "12 dead", "three are missing", "with 30 wounded"."""
        if token.dep in {"amod", "compound"} and token.head.i > token.i and token.nbor().pos != "ADP":
            # Before a preposition ("Eleven dead in Kabul blast") it stands for itself.
            return False
        near = counted_just_before(token)
        if near is not None:
            return self._emit(token, line, [near], number_only=True)
        subject = [
            child for child in token.children if child.dep in {"nsubj", "nsubj:pass"} and child.i < token.i
        ]
        if subject:
            return self._emit(token, line, [antecedent_of(subject[0], token)])
        if token.dep in {"xcomp", "obj", "advcl", "conj", "acl"} and token.head.pos == "VERB":
            objects = [child for child in token.head.children if child.dep == "obj" and child.i < token.i]
            if not objects and any(is_be(child) for child in token.head.children):
                objects = passive_subjects_of(token.head)
            if not objects and token.dep == "xcomp":
                # "Three dozen villagers remain missing"
                objects = [
                    child for child in token.head.children if child.dep == "nsubj" and child.i < token.i
                ]
            if objects and token.dep == "xcomp":
                return self._emit(token, line, objects[:1])
        return False

    def _noun(self, token: Word, line: HarmLine) -> bool:
        if token.pos == "VERB" and token.tag != "VBG":
            return False
        if line.slot == "toll":
            return self._toll(token, line)
        if token.dep == "compound" and token.head.i > token.i:
            # "27 arrest warrants", "two death sentences"
            return False
        if line.kind in grammar_words("done_kind") and any(
            child.i < token.i and child.lower in grammar_words("unachieved") for child in token.children
        ):
            return False
        own = amount_of(self.tree, token)
        if line.slot in {"deaths", "number"} and own is not None and own.stated:
            return self._add(token, line, own, self._victims_of_noun(token))
        if line.slot == "number":
            return False
        for child in token.children:
            if child.dep in {"nmod", "obl"} and child.i > token.i and has_case(child, "of"):
                if self._emit(token, line, [child]):
                    return True
                break
        if token.i + 2 < len(self.tree) and self.tree[token.i + 1].lower == "of":
            head = phrase_head_after(self.tree, token.i + 2)
            if head is not None and self._emit(token, line, [head]):
                return True
        owners = [child for child in token.children if child.dep == "nmod:poss" and _may_be_name(child)]
        return self._emit(token, line, owners[:1])

    def _victims_of_noun(self, token: Word) -> list[Word]:
        """Whose: "17 deaths among soldiers", "50 Armenian deaths", "the deaths of 12 civilians"."""
        return [
            child
            for child in token.children
            if (child.dep == "nmod" and child.i > token.i and not has_case(child, "in"))
            or child.dep in {"amod", "compound", "nmod:poss"}
        ]

    def _toll(self, token: Word, line: HarmLine) -> bool:
        """As in "the death toll rose from 40 to 64", "a toll of 12", "raising the toll to 49"."""
        following = self.tree[token.i + 1].lower if token.i + 1 < len(self.tree) else ""
        article = self.tree[token.i - 1].lower if token.i else ""
        if following in grammar_words("toll_not") or (line.then and article in grammar_words("article_one")):
            return False
        kind = line.kind
        before = [other.lower for other in self.tree.between(max(0, token.i - 2), token.i)]
        if any(word in grammar_words("toll_injury") for word in before):
            kind = "injured"
        best: Word | None = None
        for other in self.tree.between(token.i + 1, token.i + 1 + TOLL_WINDOW):
            if other.lower in grammar_words("toll_break") or other.sent.start != token.sent.start:
                break
            if other.lower in grammar_words("modal"):
                # "The toll could reach 100" forecasts.
                return False
            if not is_number(other):
                continue
            amount = amount_of(self.tree, other)
            if amount is None:
                continue
            best = other
            opener = self.tree[amount.start - 1].lower
            if opener == "to" or (opener not in grammar_words("change") and opener != "by"):
                break
        if best is None:
            return False
        amount = amount_of(self.tree, best)
        if amount is None:
            return False
        return self._add(token, replace(line, kind=kind), amount, [])

    def try_thing(self, token: Word, line: HarmLine) -> None:
        """A counted noun by itself: "3,000 troops", "50 homes"; not where it is already counted as a victim."""
        if token.i in self.counted or token.pos not in {"NOUN", "PROPN"}:
            return
        amount = amount_of(self.tree, token)
        if amount is None or amount.how not in {"number", "vague"} or amount.low == 0:
            return
        if amount.head != token.i or any(
            position in self.counted for position in range(amount.start, amount.end)
        ):
            return
        if token.i + 1 < len(self.tree) and self.tree[token.i + 1].dep == "compound" and is_number(token):
            return
        self._add(token, line, amount, [token])

    def _emit(self, token: Word, line: HarmLine, heads: list[Word], *, number_only: bool = False) -> bool:
        for head in (*heads, *(part for one in heads for part in _beside_oneself(one))):
            pronoun = self._pronoun(head)
            if pronoun is not None:
                if line.needs == "number" or number_only:
                    return False
                return self._add(token, line, pronoun, [head])
            amounts = list_amounts(self.tree, head, token.i)
            if not amounts:
                continue
            amounts = [self._named_by_group(amounts[0]), *amounts[1:]]
            amounts = [amount for amount in amounts if self._fits(line, amount)]
            if not amounts:
                continue
            if number_only and not amounts[0].stated:
                continue
            whole = total(amounts) if len(amounts) > 1 else amounts[0]
            told = self._either(token, line)
            if told is None:
                return False
            line = told
            made = self._add(token, line, whole, [self.tree[whole.head]], mixed=len(amounts) > 1)
            if made:
                if len(amounts) > 1:
                    for amount in amounts:
                        self._add_part(token, line, amount)
                self._included(token, line, whole)
            return made
        return False

    def _named_by_group(self, amount: Amount) -> Amount:
        """As in "a Movement of Uzbekistan facilitator": parses hang the person on the group's name."""
        head = self.tree[amount.head]
        inner = of_child(head)
        if inner is None or head.pos != "PROPN" or amount.how != "one" or is_number(inner):
            return amount
        if (
            people_words().get(inner.lower, ("",))[0] not in {"person", "fighter"}
            or amount_of(self.tree, inner) is None
        ):
            return amount
        return replace(amount, head=inner.i, end=inner.i + 1)

    def _either(self, token: Word, line: HarmLine) -> HarmLine | None:
        """
        As in "killed or wounded": which of the two is not said, so the count is of casualties.

        "Captured or killed" counts nothing: no kind holds both, and how many of either is unknown.
        """
        for step in (-1, 1):
            at, beyond = token.i + step, token.i + 2 * step
            if not 0 <= beyond < len(self.tree) or self.tree[at].lower != "or":
                continue
            others = {other.kind for other in load_lines().get(self.tree[beyond].lower, ())}
            if line.kind in others:
                return line
            if others | {line.kind} >= {"dead", "injured"}:
                return replace(line, kind="casualties")
            if others & _FATES and line.kind in _FATES:
                return None
        return line

    def _pronoun(self, head: Word) -> Amount | None:
        lower = head.lower
        before = self.tree[head.i - 1].lower if head.i else ""
        if lower in grammar_words("nobody") or (before in grammar_words("no") and lower == "one"):
            return Amount(0, 0, head.i if lower != "one" else head.i - 1, head.i + 1, head.i, "zero")
        if head.pos != "PRON":
            return None
        if lower in grammar_words("pronoun_one"):
            return Amount(1, 1, head.i, head.i + 1, head.i, "one")
        if lower in grammar_words("pronoun_many"):
            return Amount(2, None, head.i, head.i + 1, head.i, "plural")
        return None

    def _fits(self, line: HarmLine, amount: Amount) -> bool:
        """Whether what is counted can be what the line counts."""
        head = self.tree[amount.head]
        lower = head.lower
        if lower in grammar_words("reflexive"):
            return False
        sort = people_words().get(lower, ("", ""))[0]
        if sort == "thing":
            return False
        bare_number = is_quantity(self.tree, head.i)
        match line.needs:
            case "lives":
                return amount.stated and sort == "person"
            case "number":
                return amount.how in {"number", "vague"} and (sort in {"person", "fighter"} or bare_number)
            case "fighters":
                fighters = sort == "fighter" or (lower in grammar_words("men") and amount.stated)
                return fighters and amount.how != "one"
            case "people":
                # "hitting five, of whom two died" counts people, "hit 12 markets" does not
                told = bare_number and self._is_of_whom(amount)
                return amount.stated and (sort in {"person", "fighter"} or told)
            case "person":
                return sort in {"person", "fighter"} or self._is_person(head) or bare_number
            case _:
                person = sort in {"person", "fighter"} or self._is_person(head) or _may_be_name(head)
                person = person or head.pos == "PRON"
                return person or bare_number or (amount.stated and head.pos in {"NOUN", "PROPN"})

    def _is_of_whom(self, amount: Amount) -> bool:
        """Whether what follows tells that the number is of people: "five, of whom two later died"."""
        after = [token.lower for token in self.tree.between(amount.end, amount.end + 4)]
        return "whom" in after

    def _is_person(self, head: Word) -> bool:
        if head.entity == "PERSON":
            return True
        return any(
            mention.start <= head.i < mention.end
            and (mention.kind in {"nominal", "pronoun"} or _personal(mention))
            for mention in self.mentions
        )

    def _included(self, token: Word, line: HarmLine, whole: Amount) -> None:
        """As in "12 people, including three children": the parts of the total just made."""
        position = whole.end
        while position < min(len(self.tree), whole.end + 6) and self.tree[
            position
        ].lower not in grammar_words("including"):
            if self.tree[position].pos in {"VERB", "SCONJ"} and position != token.i:
                return
            position += 1
        if position >= min(len(self.tree), whole.end + 6):
            return
        head = phrase_head_after(self.tree, position + 1)
        if head is None:
            return
        for amount in list_amounts(self.tree, head, token.i):
            if amount.start > position and amount.how != "plural":
                self._add_part(token, line, amount, whole)

    def _add_part(self, token: Word, line: HarmLine, amount: Amount, whole: Amount | None = None) -> None:
        if whole is not None:
            # The total's span grows over its parts, so that containment tells which is which.
            for number, count in enumerate(self.counts):
                if (
                    count.trigger == token.i
                    and count.kind == line.kind
                    and count.start_char == self._char(whole.start)
                ):
                    end = max(count.end_char, self._end_char(amount.end))
                    text = self.tree.text[count.start_char : end]
                    self.counts[number] = replace(count, end_char=end, text=text)
        self._add(token, line, amount, [self.tree[amount.head]], part=True)

    def _char(self, position: int) -> int:
        return self.tree[position].idx

    def _end_char(self, end: int) -> int:
        last = self.tree[end - 1]
        return last.idx + len(last)

    def _add(
        self,
        token: Word,
        line: HarmLine,
        amount: Amount,
        victims: list[Word],
        *,
        mixed: bool = False,
        part: bool = False,
    ) -> bool:
        if max(amount.low or 0, amount.high or 0) > MOST_PEOPLE:
            return False  # A number of the text that counts no people, whatever stands beside it.
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
                text=self.tree.text[start:end],
                start_char=start,
                end_char=end,
                trigger=token.i,
                rule=line.row.rule,
            )
        )
        return True

    def _mention(self, victims: list[Word], amount: Amount) -> Mention | None:
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


# A list has at least so many members.
LIST = 2


def _beside_oneself(head: Word) -> list[Word]:
    """As in "killing himself and six guards": the others are counted."""
    if head.lower not in grammar_words("reflexive"):
        return []
    inside = [child for child in head.children if child.dep == "conj"][:1]
    if head.i + 2 >= len(head.tree) or head.nbor().text not in {"and", ","}:
        return inside
    if inside and head.nbor().lower == "and":
        return inside
    # "himself, a cook and two guards": the list begins behind the comma, wherever the parse hangs its members.
    after = phrase_head_after(head.tree, head.i + 2)
    # "killed himself, a soldier said" is no list.
    if head.nbor().text == "," and (after is None or len(list_amounts(head.tree, after, head.i)) < LIST):
        return inside
    return [after] if after is not None else []


def _is_numbered(token: Word) -> bool:
    """As in "the number of people killed rose to 28": the number is the count, and it stands elsewhere."""
    noun = token.head
    return token.dep == "acl" and noun.dep == "nmod" and noun.head.lower in grammar_words("number_noun")


def _may_be_name(token: Word) -> bool:
    """A proper noun that the names model did not take for a place or an organisation."""
    if token.pos != "PROPN":
        return False
    # In capitals the names model takes people for organisations; a word beside a people word is a person.
    capitals = token.text.isupper() and len(token) > 3
    return capitals or token.entity not in {"GPE", "LOC", "FAC", "ORG", "NORP"}


def _personal(mention: Mention) -> bool:
    return mention.kind == "name" and mention.actor.sector is not None


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
