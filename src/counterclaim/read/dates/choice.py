"""
Which time expression dates an event: chosen by syntax, or none.

Comes in: the parsed text, the token that carries the event, and the text's `Timex` records. Goes out: the event's
`DateRange`, or None where the text does not say when. The publication date is never used.

    "Police said on Monday that rebels burned the depot on Friday": burned -> Friday, said -> Monday

Limit: an event told in its own sentence without a date stays undated, though the sentence before may have dated it.
"""

import calendar
import itertools
import re
from collections.abc import Sequence
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import DatePrecision, DateRange, Timex

# How far the search goes up from the event: "a series of attacks that left villages burning" needs four steps.
MAX_CLIMB = 5
# An event shares the date of the word it depends on through these; never through ccomp: that is another's content.
SHARED = frozenset(
    (
        "nsubj",
        "nsubj:pass",
        "obj",
        "obl",
        "nmod",
        "xcomp",
        "advcl",
        "acl",
        "acl:relcl",
        "conj",
        "compound",
        "obl:agent",
    )
)
# What happens in the same "when" clause.
TOGETHER = frozenset(("acl", "acl:relcl", "conj", "advcl"))
UNMARKED = frozenset(("nmod:unmarked", "nmod:tmod"))
# "From April to June", "between 3 May and 5 May"
_TO = re.compile(
    r"\s+(?P<to>" + "|".join(sorted(word_class("up_to"))) + r"|and)\s+(?:the\s+)?", re.IGNORECASE
)
FINENESS = ("minute", "hour", "day", "week", "month", "year")


@cache
def _prepositions() -> dict[str, str]:
    return {row["form"]: row["use"] for row in load_table("dates_prepositions")}


@cache
def _saying() -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("dates_saying"))


def choose_date(tree: Tree, trigger: int, times: tuple[Timex, ...]) -> DateRange | None:
    """When the event with that trigger happened, as far as its sentence says."""
    token = tree[trigger]
    sentence = token.sent
    start_char = tree[sentence.start].idx
    end_char = tree[sentence.end - 1].idx + len(tree[sentence.end - 1])
    near = [timex for timex in times if timex.start and start_char <= timex.start_char < end_char]
    if not near:
        return None
    chain = _chain(token)
    told_of = year_told_of(tree, trigger, times)
    if told_of is not None:
        return _make_bare(told_of)
    best: tuple[tuple[int, int, int], Timex] | None = None
    for timex in near:
        head = _head(tree, timex)
        if head is None:
            continue
        level = _level(tree, token, chain, head, timex)
        if level is None:
            continue
        fineness = FINENESS.index(timex.precision) if timex.precision else len(FINENESS)
        rank = (level, fineness, abs(head.i - trigger))
        if best is None or rank < best[0]:
            best = (rank, timex)
    return _make(*_ends(tree.text, best[1], near)) if best else None


def make_range(tree: Tree, timex: Timex, times: Sequence[Timex]) -> DateRange:
    """The range of a time expression, up to the later end of "from April to June"; of one that nothing anchors, its words and empty ends."""
    sentence = tree[tree.token_at(timex.start_char)].sent
    near = [one for one in times if one.start and sentence.start_char <= one.start_char < sentence.end_char]
    made = _make(*_ends(tree.text, timex, near))
    if made is not None:
        return made
    fineness: DatePrecision = timex.precision or "day"
    return DateRange(timex.text, timex.start_char, timex.end_char, "", "", fineness)


def year_told_of(tree: Tree, trigger: int, times: tuple[Timex, ...]) -> Timex | None:
    """The time a "when" clause is about: "since October 2022, when bombs killed 121"."""
    at = trigger
    for _ in range(MAX_CLIMB):
        when = next((kid for kid in tree.child(at, "advmod", "mark") if tree.words[kid] == "when"), -1)
        if when > 0:
            before = when - 1 if tree.forms[when - 1] == "," else when
            end = tree.idx[before]
            return next((time for time in times if 0 <= end - time.end_char <= 1), None)
        if tree.dep[at] not in TOGETHER or tree.head[at] == at or tree.child(at, "mark"):
            return None
        at = tree.head[at]
    return None


def _make_bare(timex: Timex) -> DateRange | None:
    """The date by its value, without the "since" that made it a stretch up to now."""
    day = timex.value[:10]
    if not day[:4].isdigit() or timex.precision is None:
        return None
    if len(day) == len("2022"):
        first, last = f"{day}-01-01", f"{day}-12-31"
    elif len(day) == len("2022-10") and day[5:].isdigit():
        last_day = calendar.monthrange(int(day[:4]), int(day[5:]))[1]
        first, last = f"{day}-01", f"{day}-{last_day}"
    elif len(day) == len("2022-10-01"):
        first = last = day
    else:
        return _make(timex, timex)
    return DateRange(timex.text, timex.start_char, timex.end_char, first, last, timex.precision)


def _ends(text: str, timex: Timex, near: list[Timex]) -> tuple[Timex, Timex]:
    """First and last of "from April 12 to June 30", whichever of the two hangs on the event; else the same twice."""
    for first, last in itertools.pairwise(near):
        if timex not in {first, last} or first.type != "DATE" or last.type != "DATE":
            continue
        joint = _TO.fullmatch(text, first.end_char, last.start_char)
        before = text[: first.start_char].lower().split()[-1:]
        if (
            joint
            and before == ["between" if joint["to"].lower() == "and" else "from"]
            and (first.start or "") <= (last.start or "")
        ):
            return first, last
    return timex, timex


def _chain(token: Word) -> list[Word]:
    """The event's word and the words above it whose time it shares, nearest first."""
    chain = [token]
    here = token
    for _ in range(MAX_CLIMB):
        # A saying has its own time, also inside another's clause ("the violence, which Baku blames on …").
        if here.lemma in _saying() or here.dep not in SHARED or here.head.i == here.i or not _shares(here):
            break
        here = here.head
        chain.append(here)
    return chain


def _shares(token: Word) -> bool:
    """Whether the word happens when the word above it does."""
    head = token.head
    if token.dep == "conj":
        # "shelled the town and withdrew": handled by position in `_level`.
        return True
    if head.lemma in _saying():
        return token.dep == "nsubj:pass"
    if token.dep in {"advcl", "acl"}:
        # "killing five" happens with its clause; "after shelling the town", "if it attacks", "to help" do not.
        return not any(child.dep == "mark" for child in token.children) and token.tag in {"VBG", "VBN"}
    if token.dep == "nmod" and head.lower in _tolls():
        # "the toll of the siege rose on Tuesday" dates the count, not the siege
        return False
    if token.dep in {"obl", "nmod"}:
        case = next((child.lower for child in token.children if child.dep == "case"), "")
        return _prepositions().get(case, "when") == "when"
    return True


@cache
def _tolls() -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("dates_tense") if row["kind"] == "toll")


def _head(tree: Tree, timex: Timex) -> Word | None:
    """The word of the expression that hangs on a word outside it."""
    span = tree.covering(timex.start_char, timex.end_char)
    if span is None:
        return None
    for token in span:
        if not span.start <= token.head.i < span.end or token.head.i == token.i:
            return token
    return tree[span.end - 1]


def _level(tree: Tree, token: Word, chain: list[Word], head: Word, timex: Timex) -> int | None:
    """How far up the chain the expression hangs (0: on the event itself); None where it does not date the event."""
    if timex.type == "SET" or not _dates(tree, head, timex):
        return None
    if head.i == token.i:
        return 0
    governor = _governor(head)
    for level, here in enumerate(chain):
        if governor.i != here.i:
            continue
        if level and here.lemma in _saying() and token.i != here.i and here.pos == "VERB":
            return None
        if level and _behind_conjunction(chain[: level + 1], head):
            return None
        return None if _belongs_to_saying(tree, token, head) else level
    by_place = _fallback(token, governor, head, len(chain))
    return len(chain) if by_place is None and _opens(tree, chain, timex) else by_place


def _opens(tree: Tree, chain: list[Word], timex: Timex) -> bool:
    """Whether the sentence opens with the expression: "On 3 and 4 August rebels …" dates the main clause, however it was parsed."""
    span = tree.covering(timex.start_char, timex.end_char)
    sentence = chain[0].sent
    if span is None or span.start - sentence.start > 1 or chain[0].i < span.end:
        return False
    root = sentence.root.i
    return any(here.i == root for here in chain) or (
        span.start <= root < span.end and any(here.head.i == root for here in chain)
    )


def _governor(head: Word) -> Word:
    """What the expression hangs on, through "on the night of" and the like."""
    here = head.head
    for _ in range(2):
        if here.pos in {"NUM", "PROPN"} and here.dep in {"obl:tmod", "obl:unmarked", "nmod:tmod"}:
            here = here.head
        else:
            break
    return here


def _dates(tree: Tree, head: Word, timex: Timex) -> bool:
    """Whether the preposition lets the expression date anything: "after May" and "than in 2011" do not."""
    first = tree.covering(timex.start_char, timex.end_char)
    # "Shortly before 6 a.m." is itself the time; "before 6 a.m." bounds it.
    begin = head.i if first is None else first.start
    words = [child.lower for child in head.children if child.dep in {"case", "mark"} and child.i < begin]
    if first is not None and first.start > 0:
        words += [
            token.lower for token in tree.between(max(0, first.start - 2), first.start) if token.pos != "VERB"
        ]
    uses = {_prepositions().get(word, "when") for word in words}
    if "not" in uses:
        return False
    if "open" in uses:
        # "the deadliest violence since 2020" compares; "have been fighting since 2020" dates.
        return _governor(head).pos == "VERB" and not _is_compared(tree, first.start if first else head.i)
    return timex.type != "DURATION" or timex.start is not None


def _is_compared(tree: Tree, start: int) -> bool:
    """As in "their deadliest violence since 2020", "the first visit since Monday": the date bounds the comparison."""
    return any(
        token.lower in _comparing() or (_is_superlative(token) and token.nbor(-1).lower != "at")
        for token in tree.between(max(1, start - 6), start)
    )


def _is_superlative(token: Word) -> bool:
    # The tagger misses rare ones ("deadliest" as JJ).
    return token.tag in {"JJS", "RBS"} or (
        token.pos == "ADJ" and token.lower.endswith("est") and len(token) > 5
    )


@cache
def _comparing() -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("dates_tense") if row["kind"] == "comparing")


def _behind_conjunction(chain: list[Word], head: Word) -> bool:
    """As in "shelled the town and withdrew on Friday": Friday is the second verb's unless it stands before both."""
    for lower, upper in itertools.pairwise(chain):
        if lower.dep == "conj" and lower.pos == "VERB":
            return not head.i < min(lower.i, upper.i)
    return False


def _belongs_to_saying(tree: Tree, token: Word, head: Word) -> bool:
    """
    Whether the expression is the saying's own time though the parse hangs it on the event.

    "said on Tuesday that rebels …": a complementiser stands between; "…, police said on Tuesday": a saying verb
    stands right before it.
    """
    if token.lemma in _saying():
        return False
    if head.i < token.i:
        between = tree.between(head.i + 1, token.i)
        return any(other.dep == "mark" and other.lower == "that" for other in between) and any(
            other.lemma in _saying() for other in tree.between(token.sent.start, head.i)
        )
    for other in reversed(tree.between(max(token.i + 1, head.i - 3), head.i)):
        if other.pos in {"VERB", "AUX"}:
            return other.lemma in _saying()
    return False


def _fallback(token: Word, governor: Word, head: Word, level: int) -> int | None:
    """Content that ends in the saying's date: "said rebels shelled the town on Friday" with Friday hung on "said"."""
    above = governor
    while above.dep == "nmod" and above.head.i > token.i:
        # "died in an attack on a bus on Sunday" with the day hung on the bus.
        above = above.head
    if (
        above.dep in {"obl", "obj", "obl:agent"}
        and above.head.i == token.i
        and token.i < above.i < head.i
        and governor.i < head.i
        and token.lemma not in _saying()
        # "killed 5,000 since the coup of February": the coup's month
        and not any(
            child.dep == "case" and child.lower in word_class("up_to_or_from") for child in above.children
        )
        and (any(child.dep == "case" for child in head.children) or head.dep in UNMARKED)
    ):
        # "travelled to the Caucasus on Wednesday" with the day hung on the Caucasus.
        return level
    if (
        governor.dep in {"nsubj", "nsubj:pass"}
        and governor.head.i == token.i
        and governor.i < head.i < token.i
    ):
        # "Kenya on Monday urged …", "a court in Minsk on Monday jailed …" with the day hung on who does it; "the attack on Monday" keeps its own.
        who = any(one.head == governor.i for one in token.tree.mentions_at.get(governor.i, ()))
        return level if governor.pos == "PROPN" or who else None
    if governor.dep.startswith("acl") and governor.head.i == token.i:
        # "an attack carried out on Friday", "the attack that killed 12 on Friday"; a claim or a verdict has its own time.
        return None if governor.lemma in _saying() else level
    inside = token.dep in {"ccomp", "xcomp"} and token.head.i == governor.i
    if inside and governor.lemma in _saying() and governor.i < token.i < head.i:
        return level
    return None


def _make(timex: Timex, last: Timex) -> DateRange | None:
    if timex.start is None:
        return None
    precision: DatePrecision = timex.precision or _window_precision(timex.value)
    return DateRange(
        text=timex.text,
        start_char=timex.start_char,
        end_char=timex.end_char,
        start=timex.start,
        end=last.end or last.start or timex.start,
        precision=precision,
    )


def _window_precision(value: str) -> DatePrecision:
    """As in "in the past two months" is known to the month, "in the last 24 hours" to the day."""
    units: dict[str, DatePrecision] = {"W": "week", "M": "month", "Y": "year"}
    return "day" if "T" in value else units.get(value[-1], "day")
