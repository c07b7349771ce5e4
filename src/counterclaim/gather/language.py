"""
Is this English, and if not, what is it? A test that is light, the same every time, and slow to say no.

Comes in: a text, or the paragraphs of one. Goes out: ISO 639 codes, ``en`` where nothing else is plain.

    >>> find_language("Le président a déclaré que les combats dans le nord ont fait trois morts.")
    'fr'
    >>> find_language("MOGADISHU (Reuters) - Al Shabaab kills 12.")
    'en'

Function words decide first (knowledge/languages.tsv): where there are as many English ones as English has, it is English, and nothing is loaded.
Only where there are hardly any is py3langid asked, a classifier of 140 languages: loading it takes most of a second and 130 MB. On twenty English
corpora that happens in two documents of a hundred, for a list or a line of names, of which the classifier is not sure, and then it is English.

Where nothing speaks plainly, as in a list of names, the answer is ``en``: a page read for nothing costs less than
a report lost.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from counterclaim.knowledge import load_table

_WORD = re.compile(r"[^\W\d_]+")
# Enough to judge by; a page does not change its language later on.
_SAMPLE = 20_000
# Below this many function words of the other language a quotation or a name could tip the balance.
_MIN_WORDS = 5
# Of a news text's words 0.17 to 0.42 are on the English line (1st percentile to most, median 0.31, tune parts).
_FEW_ENGLISH = 0.15
# With fewer than this, a text is English only if nothing else is sure: 22 of 7,200 paragraphs of English corpora have so few.
_HARDLY_ENGLISH = 0.08
# A line of names has fewer words.
_SHORTEST = 12
# How sure the classifier must be. Of a list of names it is at .08, of Russian in Latin letters at .2, of two sentences of any language at .95.
_SURE = 0.95
# A script that English is not written in is no doubt that it is not English: only which language it is.
_LIKELY = 0.5


def find_language(text: str) -> str:
    """ISO 639-1 code of the text's language; ``und`` for one that nobody can tell, in another script than Latin."""
    sample = text[:_SAMPLE]
    words = [word.casefold() for word in _WORD.findall(sample)]
    if not words:
        return "en"
    latin = sum(_is_latin_letter(word[0]) for word in words)
    if latin * 2 < len(words):
        name, sure = _classify(sample)
        return name if sure >= _LIKELY and name != "en" else "und"
    counts = dict.fromkeys(_languages(), 0)
    owners = _words()
    for word in words:
        for language in owners.get(word, ()):
            counts[language] += 1
    english = counts.pop("en")
    # In file order the first of equals: the table is sorted, so the answer is the same every time.
    other = max(counts, key=lambda language: counts[language])
    is_other = (
        counts[other] >= _MIN_WORDS and counts[other] > 1.5 * english and english < _FEW_ENGLISH * len(words)
    )
    if not is_other and (english >= _HARDLY_ENGLISH * len(words) or len(words) < _SHORTEST):
        return "en"
    name, sure = _classify(sample)
    if sure >= _SURE and (name != "en" or not is_other):
        return name
    return other if is_other else "en"


def find_foreign(paragraphs: Sequence[str]) -> dict[int, str]:
    """
    Which of the paragraphs are in another language, by their number, and in which.

    >>> find_foreign(["The army left.", "El presidente dijo el miércoles que las fuerzas de la región no participaron en los ataques."])
    {1: 'es'}
    """
    found = {number: find_language(text) for number, text in enumerate(paragraphs)}
    return {
        number: name
        for number, name in found.items()
        if name != "en" and (not _is_latin(paragraphs[number]) or _is_surely(name, paragraphs[number]))
    }


def _is_latin(text: str) -> bool:
    words = _WORD.findall(text)
    return sum(_is_latin_letter(word[0]) for word in words) * 2 >= len(words)


def _is_latin_letter(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter <= "\u1eff"


def _is_surely(name: str, text: str) -> bool:
    """Whether a paragraph of some length is in that language and no other: a quotation or a line of names is not taken out."""
    told, sure = _classify(text)
    return count_words(text) >= _SHORTEST and told == name and sure >= _SURE


def count_words(text: str) -> int:
    """How many words a text has, in scripts that part them."""
    return len(_WORD.findall(text))


def _classify(text: str) -> tuple[str, float]:
    name, sure = _identifier().classify(text)
    return str(name), float(sure)


@cache
def _identifier() -> Any:
    # Here and not above: most processes never need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


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
