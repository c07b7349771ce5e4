"""
Whether an event is told as history: by a year beside it, as what an anniversary marks, as long before something else.

Comes in: the tree, the event's word, the text's times and the newest year of the article. Goes out: the rule that says so,
empty where none does.

    "since 2016, when gunmen killed 29": killed, by its year; "five years after a gunman killed 51": killed, by the distance

Limit: history told without a year, a distance or an anniversary ("the great famine") is not seen.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.dates import year_told_of
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import is_verb, prepositions
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Timex

# An event more than this many years before the newest date in the article is told as history.
YEARS = 1
_MAX_CLIMB = 4
# "since" stands at most so many words before "when", and the superlative twice as far before it.
_FAR_BACK = 7
_TOGETHER = frozenset(("acl", "acl:relcl", "conj", "advcl"))


def told_as_history(tree: Tree, trigger: int, times: tuple[Timex, ...], newest: int | None) -> str:
    """The rule by which the event is history; empty where it is news."""
    if newest is not None and _has_old_year(tree, trigger, times, newest):
        return "factuality/year"
    if _lasted_decades(tree, trigger):
        return "factuality/decades"
    if _is_compared_with(tree, trigger):
        return "factuality/record"
    at = trigger
    for _ in range(_MAX_CLIMB):
        if _is_marked(tree, at):
            return "factuality/anniversary"
        if _is_years_after(tree, at):
            return "factuality/years"
        if newest is not None and _is_of_old_time(tree, at, times, newest):
            return "factuality/year"
        head, dep = tree.head[at], tree.dep[at]
        # "shot down an airliner, killing 298": the killing is as old as the shooting
        bare = dep != "advcl" or (tree.tag[at] == "VBG" and not tree.child(at, "mark"))
        if dep not in _TOGETHER or not bare or head == at or not (is_verb(tree, at) or dep == "conj"):
            break
        at = head
    return ""


def _is_of_old_time(tree: Tree, at: int, times: tuple[Timex, ...], newest: int) -> bool:
    """A year right before the noun ("the July 22, 2011, massacre"), a "when" clause of one, or the circumstance's."""
    if is_verb(tree, at):
        time = year_told_of(tree, at, times)
        if time is not None and _is_old(time, newest):
            return True
        return any(
            not is_verb(tree, kid)
            and not word_class("in_the_course").isdisjoint(prepositions(tree, kid))
            and _is_of_old_time(tree, kid, times, newest)
            for kid in tree.child(at, "obl")
        )
    start = at
    while start > 0 and tree.head[start - 1] == at and tree.dep[start - 1] in {"compound", "amod", "punct"}:
        start -= 1
    end = tree.idx[start] + len(tree.forms[start]) if tree.forms[start] == "," else tree.idx[start]
    return any(_is_old(time, newest) and 0 <= end - time.end_char <= 1 for time in times)


def _is_old(time: Timex, newest: int) -> bool:
    return time.value[:4].isdigit() and int(time.value[:4]) < newest - YEARS


def _is_marked(tree: Tree, at: int) -> bool:
    """As in "the anniversary of the massacre", "to commemorate the killing"."""
    for _ in range(2):
        head = tree.head[at]
        if tree.words[head] in _forms("anniversary") and tree.dep[at] in {
            "nmod",
            "obj",
            "nmod:poss",
            "compound",
        }:
            return not is_verb(tree, at)
        if tree.dep[at] not in {"nmod", "conj"}:
            return False
        at = head
    return False


def _is_years_after(tree: Tree, at: int) -> bool:
    """As in "five years after a gunman killed 51", "a decade since the raid"."""
    for kid in tree.child(at, "mark", "case"):
        if tree.words[kid] in {"after", "since"} and 0 < kid < at and tree.words[kid - 1] in _forms("years"):
            return True
    return False


def _has_old_year(tree: Tree, index: int, times: tuple[Timex, ...], newest: int) -> bool:
    """A year beside the trigger, in its own clause, lies well before the newest date of the article."""
    trigger = tree[index]
    sentence = trigger.sent
    best: tuple[int, Timex] | None = None
    for time in times:
        if not (sentence.start_char <= time.start_char < sentence.end_char) or not time.value[:4].isdigit():
            continue
        span = tree.covering(time.start_char, time.end_char)
        if span is None or tree.words[max(0, span.start - 1)] in _forms("bounds"):
            continue  # "since 2020" and "until 2020" bound a time, they do not date the event
        if not _belongs(tree, span.root.i, index):
            continue
        distance = abs(time.start_char - trigger.idx)
        if best is None or distance < best[0]:
            best = (distance, time)
    return best is not None and _is_old(best[1], newest)


def _belongs(tree: Tree, time: int, trigger: int) -> bool:
    at = time
    for step in range(2):
        at = tree.head[at]
        if step and at != trigger:
            break
        if not step and not _forms("bounds").isdisjoint(prepositions(tree, at)):
            return False  # "since the coup of February 2021"
        if at == trigger or (
            at == tree.head[trigger] and tree.dep[trigger] in {"obj", "nsubj", "nsubj:pass", "obl", "conj"}
        ):
            return True
    return False


def _lasted_decades(tree: Tree, trigger: int) -> bool:
    """As in "have been fighting for decades": told as background, not as news."""
    at = trigger if is_verb(tree, trigger) else tree.head[trigger]
    return any(
        tree.words[kid] in _forms("decades") and "for" in prepositions(tree, kid)
        for kid in tree.kids[at]
        if tree.dep[kid] in {"obl", "nmod"}
    )


def _is_compared_with(tree: Tree, trigger: int) -> bool:
    """As in "the deadliest raid since March last year, when gunmen killed nine": what the news is measured by."""
    clause = trigger
    while not is_verb(tree, clause) and tree.head[clause] != clause:
        clause = tree.head[clause]
    when = next((kid for kid in tree.child(clause, "advmod", "mark") if tree.words[kid] == "when"), None)
    if when is None or when > trigger:
        return False
    before = range(when - 1, max(when - _FAR_BACK, -1), -1)
    since = next((at for at in before if tree.words[at] == "since"), None)
    if since is None or any(is_verb(tree, at) for at in range(since, when)):
        return False
    return any(
        (tree.pos[at] in {"ADJ", "ADV"} and tree.words[at].endswith("est"))
        or tree.words[at] in _forms("record")
        for at in range(since - 1, max(since - 2 * _FAR_BACK, -1), -1)
        if tree.sentence_of[at] == tree.sentence_of[since]
    )


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(
        word for row in load_table("factuality") if row["id"] == name for word in row.split("words", "|")
    )
