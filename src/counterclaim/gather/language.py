"""
Is this English? A test that is light, the same every time, and slow to say no.

Comes in: a text. Goes out: an ISO 639 code where another language is plain, ``en`` otherwise; function words
decide (knowledge/languages.tsv), and letters where the script is not Latin.

    >>> find_language("Le président a déclaré que les combats dans le nord ont fait trois morts.")
    'fr'
    >>> find_language("MOGADISHU (Reuters) - Al Shabaab kills 12.")
    'en'

Where nothing speaks plainly, as in a list of names, the answer is ``en``: a page read for nothing costs less than
a report lost. Two languages in one page are one answer, that of the larger part.
"""

import re
from functools import cache

from counterclaim.knowledge import load_table

_WORD = re.compile(r"[^\W\d_]+")
# Enough to judge by; a page does not change its language later on.
_SAMPLE = 20_000
# Below this many function words of the other language a quotation or a name could tip the balance.
_MIN_WORDS = 5


def find_language(text: str) -> str:
    """ISO 639-1 code of the text's language; ``und`` for a language in another script than Latin."""
    words = [word.casefold() for word in _WORD.findall(text[:_SAMPLE])]
    if not words:
        return "en"
    latin = sum(word[0] < "\u0250" or "\u1e00" <= word[0] <= "\u1eff" for word in words)
    if latin * 2 < len(words):
        return "und"
    counts = dict.fromkeys(_languages(), 0)
    owners = _words()
    for word in words:
        for language in owners.get(word, ()):
            counts[language] += 1
    english = counts.pop("en")
    # In file order the first of equals: the table is sorted, so the answer is the same every time.
    other = max(counts, key=lambda language: counts[language])
    # Of a news text's words 0.17 to 0.42 are on the English line (1st percentile to most, median 0.31, tune parts).
    is_other = counts[other] >= _MIN_WORDS and counts[other] > 1.5 * english and english < 0.15 * len(words)
    return other if is_other else "en"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    owners: dict[str, tuple[str, ...]] = {}
    for row in load_table("languages"):
        for word in row["words"].split():
            owners[word] = (*owners.get(word, ()), row["id"])
    return owners


@cache
def _languages() -> tuple[str, ...]:
    return tuple(row["id"] for row in load_table("languages"))
