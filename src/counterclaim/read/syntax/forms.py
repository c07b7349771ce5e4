"""
Inflection: the forms of a verb or noun from its base, and the bases a form may have.

Forms are made by rule, and where the rule fails by the table of irregulars. Example: ``verb_forms("halt")`` holds "halts",
"halted", "halting". Limit: a verb missing in the table is inflected regularly.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.classes import word_class

_VOWELS = "aeiou"


@cache
def irregular_forms() -> dict[str, tuple[str, ...]]:
    """Base form to its other forms, for verbs and nouns that do not follow the rule."""
    return {row["id"]: row.split("forms", "|") for row in load_table("irregulars")}


@cache
def verb_forms(base: str) -> frozenset[str]:
    """Every surface form of a verb: ``halt halts halted halting``."""
    forms = {base}
    irregular = irregular_forms().get(base)
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(base + "es")
    elif base.endswith("y") and base[-2:-1] not in _VOWELS:
        forms.add(base[:-1] + "ies")
    else:
        forms.add(base + "s")
    if irregular:
        return frozenset(forms.union(irregular))
    if base.endswith("ie"):
        forms.update((base + "d", base[:-2] + "ying"))
    elif base.endswith("e"):
        forms.update((base + "d", (base if base.endswith("ee") else base[:-1]) + "ing"))
    elif base.endswith("y") and base[-2:-1] not in _VOWELS:
        forms.update((base[:-1] + "ied", base + "ing"))
    elif _doubles(base):
        forms.update((base + base[-1] + "ed", base + base[-1] + "ing"))
    else:
        forms.update((base + "ed", base + "ing"))
    return frozenset(forms)


@cache
def noun_forms(base: str) -> frozenset[str]:
    """Singular and plural."""
    irregular = irregular_forms().get(base)
    if irregular:
        return frozenset((base, *irregular))
    return frozenset((base, _regular_plural(base)))


def _regular_plural(noun: str) -> str:
    lowered = noun.lower()
    if lowered.endswith("y") and lowered[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if lowered.endswith(("s", "x", "ch", "sh", "z")) else "s")


def _doubles(base: str) -> bool:
    """One vowel, one final consonant, one syllable: ``stab``, ``rob``; longer ones are in irregulars."""
    return (
        len(base) >= 3
        and base[-1] not in _VOWELS + "wxy"
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
        and sum(letter in _VOWELS for letter in base) == 1
    )


def plurals(noun: str) -> tuple[str, ...]:
    """
    The plural spellings of a noun, inflected at its head.

    >>> plurals("head of state"), plurals("border guard"), plurals("gunman"), plurals("ministry")
    (('heads of state',), ('border guards',), ('gunmen',), ('ministries',))
    """
    words = noun.split()
    head = next(
        (index - 1 for index, word in enumerate(words) if word in word_class("behind_head") and index), -1
    )
    plural = _plural(words[head])
    if plural is None:
        return ()
    words[head] = plural
    return (" ".join(words),)


def _plural(word: str) -> str | None:
    lowered = word.lower()
    for single, many in _irregular_plurals():
        if lowered.endswith(single):
            return word[: len(word) - len(single)] + many
    if lowered.endswith(tuple(word_class("plural_ends"))):
        return None
    return _regular_plural(word)


@cache
def _irregular_plurals() -> tuple[tuple[str, str], ...]:
    """Nouns whose compounds inflect alike: "gunman" as "man"."""
    return tuple((noun, irregular_forms()[noun][0]) for noun in sorted(word_class("inflected_inside")))


@cache
def stems(form: str) -> tuple[str, ...]:
    """The bases that a regular ending may have made the form of, surest first: "rebutted" of "rebutt", "rebutte", "rebut"."""
    for ending in ("ied", "ies"):
        if form.endswith(ending):
            return (form.removesuffix(ending) + "y",)
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form.removesuffix(ending)
            single = stem[:-1] if stem[-1] == stem[-2] else stem
            return stem, stem + "e", single
    return ()
