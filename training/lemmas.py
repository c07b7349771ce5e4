"""
The table of lemma rules, learnt from the treebanks: fine tag and ending to a rule.

In: words with fine tag and lemma. Out: rows of tag, ending ("^" before a whole word) and rule, longer endings only where
they say something else than shorter ones. Example: VBD "ied" -> "3y" (cut three letters, write y); NNPS "s" -> "c1"; VBD "^saw" -> "=see".
Limit: each form has one lemma a tag, the one it has most often.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from counterclaim.knowledge import load_table
from counterclaim.read.parse.lemmas import apply, endings


def inflected(lemma: str) -> Iterator[tuple[str, str]]:
    """Yield the regular forms of a verb with their tags; final consonants of short verbs are doubled (rob, robbed)."""
    stem = lemma
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        stem = lemma[:-1]
    elif re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", lemma):
        stem = lemma + lemma[-1]
    past = (
        f"{lemma[:-1]}ied"
        if re.search("[^aeiou]y$", lemma)
        else f"{stem}d"
        if stem.endswith("e")
        else f"{stem}ed"
    )
    yield from ((past, tag) for tag in ("VBD", "VBN"))
    yield f"{stem}ing", "VBG"
    third = f"{lemma}es" if re.search("(s|x|z|ch|sh|o)$", lemma) else f"{lemma}s"
    yield f"{lemma[:-1]}ies" if re.search("[^aeiou]y$", lemma) else third, "VBZ"


def of_the_rules() -> Iterator[tuple[str, str, str]]:
    """
    Yield the forms of the verbs that the package's own rules know, with tag and lemma.

    The treebanks hold "shelling" and "fled" once or never, and their endings mislead ("shel").
    """
    irregular = {row["id"]: row["forms"].split("|") for row in load_table("irregulars")}
    words = {word for row in load_table("events/verbs") for word in row["words"].split("|")}
    words |= {row["lemma"] for row in load_table("cues/verbs")}
    for lemma in sorted({word.split()[0] for word in words if word.split()[:1]} | set(irregular)):
        if not lemma.isalpha() or not lemma.islower():
            continue
        for form in irregular.get(lemma, ()):
            yield from ((form, tag, lemma) for tag in _tags_of(form))
        made = {tag for form in irregular.get(lemma, ()) for tag in _tags_of(form)}
        yield from ((form, tag, lemma) for form, tag in inflected(lemma) if tag not in made)


def _tags_of(form: str) -> tuple[str, ...]:
    return ("VBG",) if form.endswith("ing") else ("VBZ",) if form.endswith("s") else ("VBD", "VBN")


def rule_of(form: str, lemma: str) -> str:
    """Return the rule that makes a lemma of its form, or nothing where only the word itself tells it."""
    small = form.lower()
    if lemma == form and lemma != small:
        return "k"
    named = form[0].isupper() and lemma[:1].isupper()
    same = form if named else small
    shared = 0
    while shared < min(len(same), len(lemma)) and same[shared] == lemma[shared]:
        shared += 1
    cut, add = len(same) - shared, lemma[shared:]
    rule = f"{'c' * named}{cut}{add}"
    return rule if shared and cut <= 4 and len(add) <= 3 else ""  # "ying" -> "ie" and no more


def learn(words: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return the rows for (form, tag, lemma) triples."""
    seen: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for form, tag, lemma in words:
        seen[tag, form.lower()][form, lemma] += 1
    unseen = list(of_the_rules())
    verbs = Counter(lemma for (tag, _), pairs in seen.items() if tag.startswith("VB") for _, lemma in pairs)
    for lemma in sorted(lemma for lemma, times in verbs.items() if times > 1 and lemma.isalpha()):
        unseen.extend((form, tag, lemma) for form, tag in inflected(lemma))
    for (tag, form), pairs in list(seen.items()):
        # What was read as past tense may come as participle, and the other way round.
        if other := {"VBD": "VBN", "VBN": "VBD"}.get(tag):
            unseen.extend((form, other, lemma) for _, lemma in pairs)
    known_before = set(seen)
    for form, tag, lemma in unseen:
        if (tag, form) not in known_before:
            seen[tag, form][form, lemma] = 2
    # Each different word has one vote on its endings: how often "said" is said tells nothing of "laid".
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (tag, small), pairs in seen.items():
        (form, lemma), _ = max(pairs.items(), key=lambda item: (item[1], item[0]))
        if rule := rule_of(form, lemma):
            for ending in endings(small)[:-1]:
                votes[tag, ending][rule] += 1
    best: dict[tuple[str, str], str] = {}

    def known(tag: str, form: str, longest: int) -> str:
        for ending in reversed(endings(form)[:-1][: longest + 1]):
            if (tag, ending) in best:
                return best[tag, ending]
        return "0"

    # Shorter endings first: a longer one is kept only where it changes the answer.
    for (tag, ending), rules in sorted(votes.items(), key=lambda item: (len(item[0][1]), item[0])):
        rule, times = max(rules.items(), key=lambda item: (item[1], item[0]))
        if not ending or (times > 1 and rule != known(tag, ending, len(ending) - 1)):
            best[tag, ending] = rule
    rows = [f"{tag}\t{ending}\t{rule}" for (tag, ending), rule in best.items()]
    for (tag, small), pairs in seen.items():
        lemmas: Counter[str] = Counter()
        for (_, lemma), times in pairs.items():
            lemmas[lemma] += times
        lemma, times = max(lemmas.items(), key=lambda item: (item[1], item[0]))
        forms = [form for form, made in pairs if made == lemma]
        if all(apply(known(tag, form, len(form)), form) == lemma for form in forms):
            continue
        rule = rule_of(forms[0], lemma)
        if times > 1 or (rule and rule != "k"):
            keep = rule == "k" and tag.startswith("NNP")
            rows.append(f"{tag}\t^{small}\t{'k' if keep else f'={lemma}'}")
    return sorted(rows)
