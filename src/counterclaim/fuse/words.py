"""
What the words of two reports have in common: the words for what happened, and what the articles are about.

Comes in: words, texts. Goes out: stems ("shelled" and "shelling" are one), groups of words that name one kind of
happening (knowledge/event_words.tsv), and how alike two articles are, from 0 to 1: the cosine of their words,
rare words counting most. How rare a word is comes from a fixed table (knowledge/word_spread.tsv) and not from
the articles at hand, so that what is added tomorrow changes nothing about two reports of today.

Two reports of "the quake that flattened the market of Dessa" are alike; a third, of another quake, shares "quake"
and little else.

Known limit: two acts in one running story ("the ferry sank", "the ferry's captain was arrested") make alike
articles; that the acts are two must come from type, word, place, day or parties.
"""

import re
from collections import Counter
from functools import cache, lru_cache
from math import log, sqrt

from counterclaim.knowledge import load_table

# A text's most telling words: enough for a page, and the time does not grow with long ones.
MOST_TERMS = 48
# What two words of one group are to each other, where a word and itself are 1.
LIKE_WORD = 0.8

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*\d|\d")
_ENDINGS = ("ations", "ation", "ements", "ement", "ings", "ing", "ies", "ied", "ed", "es", "s", "e")
# What must be left of a word for its ending to be one.
_SHORTEST = 3


@lru_cache(maxsize=2**18)
def stem(word: str) -> str:
    """
    The word without its ending, for comparing only.

    >>> stem("shelling") == stem("shelled") == stem("Shells"), stem("clash") == stem("class")
    (True, False)
    """
    word = word.lower().removesuffix("’s").removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    # "stopp(ed)" and "stop", "tri(ed)" and "try".
    if len(word) > _SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("y").removesuffix("i") if len(word) > _SHORTEST else word


@lru_cache(maxsize=2**16)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a trigger, in order."""
    return tuple(stem(word) for word in WORD.findall(text))


@lru_cache(maxsize=2**14)
def find_groups(trigger: str) -> frozenset[str]:
    """
    The groups of knowledge/event_words.tsv that a trigger belongs to; several for words of several senses.

    >>> sorted(find_groups("quake") & find_groups("tremor"))
    ['quake']
    """
    found = f" {' '.join(stems(trigger))} "
    first = _groups_by_stem()
    return frozenset(
        group for one in stems(trigger) for phrase, group in first.get(one, ()) if f" {phrase} " in found
    )


def match_triggers(ours: str, theirs: str) -> float:
    """1 for one word, endings apart; `LIKE_WORD` for words of one group; else 0."""
    if _says_same(stems(ours), stems(theirs)):
        return 1.0
    return LIKE_WORD if find_groups(ours) & find_groups(theirs) else 0.0


def _says_same(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Equal, small words apart: "the attack" and "attack"."""
    small = _small_words()
    left, right = (tuple(word for word in words if word not in small) or words for words in (ours, theirs))
    return left == right


# Candidates come in no order of articles: all of a large store's that are compared should stay at hand, 3 kB each.
@lru_cache(maxsize=2**17)
def find_terms(text: str) -> dict[str, float]:
    """The most telling words of an article with their weights; the squares of all weights sum to 1."""
    spread = _spread()
    often = Counter(stem(word) for word in WORD.findall(text))
    weights = {
        term: (1 + log(times)) * weight
        for term, times in often.items()
        if (weight := spread.get(term, spread[""])) > 0
    }
    chosen = sorted(weights, key=lambda term: (-weights[term], term))[:MOST_TERMS]
    length = sqrt(sum(weights[term] ** 2 for term in chosen)) or 1.0
    return {term: weights[term] / length for term in chosen}


def find_likeness(ours: dict[str, float], theirs: dict[str, float]) -> float:
    """How alike two articles are by their terms, from 0 to 1."""
    fewer, more = sorted((ours, theirs), key=len)
    return sum(weight * more[term] for term, weight in fewer.items() if term in more)


@cache
def _spread() -> dict[str, float]:
    """The weight of each stem: nearly none for what stands in every story; under "" for those seldom found."""
    rows = load_table("word_spread")
    weights = {row["stem"]: -log(float(row["permille"]) / 1000) for row in rows}
    return weights | {"": -log(min(float(row["permille"]) for row in rows) / 1000)}


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row["stem"] for row in load_table("word_spread") if float(row["permille"]) >= 350)


@cache
def _groups_by_stem() -> dict[str, tuple[tuple[str, str], ...]]:
    """Each phrase and its group, by the phrase's first stem."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in load_table("event_words"):
        for phrase in row.split("words"):
            parts = stems(phrase)
            found.setdefault(parts[0], []).append((" ".join(parts), row["id"]))
    return {first: tuple(phrases) for first, phrases in found.items()}
