"""
Inflection: the forms of a verb or noun from its base, and the bases a form may have.

Forms are made by rule, and where the rule fails by the table of irregulars. Example: ``verb_forms("halt")`` holds "halts",
"halted", "halting". Limit: a verb missing in the table is inflected regularly.
"""

from functools import cache

from counterclaim.knowledge import load_table

_VOWELS = "aeiou"


@cache
def irregular_forms() -> dict[str, tuple[str, ...]]:
    """Base form to its other forms, for verbs and nouns that do not follow the rule."""
    return {row["id"]: row.split("forms", "|") for row in load_table("events/irregulars")}


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
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return frozenset((base, base + "es"))
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return frozenset((base, base[:-1] + "ies"))
    return frozenset((base, base + "s"))


def _doubles(base: str) -> bool:
    """One vowel, one final consonant, one syllable: ``stab``, ``rob``; longer ones are in irregulars."""
    return (
        len(base) >= 3
        and base[-1] not in _VOWELS + "wxy"
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
        and sum(letter in _VOWELS for letter in base) == 1
    )
