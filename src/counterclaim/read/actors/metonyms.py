"""
Capitals and seats that act, told apart from the places they are.

In: a capital or seat in a phrase. Out: the line of knowledge/metonym_frames.tsv that says it acts, or None: a place.
Example: "Nairobi recalled its envoy" acts (subject); "he lives in Nairobi" does not.
Limit: sports teams ("Madrid beat Paris") act as governments do.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors.records import Phrase
from counterclaim.read.actors.tokens import HYPHENS, Tokens


@cache
def _frames() -> dict[str, tuple[dict[str, tuple[bool, str]], tuple[bool, str] | None]]:
    """By relation: listed lemmas, then the line for any other; each says whether it acts, and its rule."""
    frames: dict[str, tuple[dict[str, tuple[bool, str]], tuple[bool, str] | None]] = {}
    for row in load_table("metonym_frames"):
        listed, other = frames.get(row["relation"], ({}, None))
        verdict = (row["reading"] == "actor", row.rule)
        for word in row.split("words"):
            if word == "*":
                other = verdict
            else:
                listed.setdefault(word, verdict)
        frames[row["relation"]] = (listed, other)
    return frames


def find_reading(tokens: Tokens, phrase: Phrase, *, modifying: str = "") -> str | None:
    """
    The rule under which the capital or seat at the core of a phrase acts; None where it is a place.

    Args:
        modifying: ``possessive`` or ``compound`` where it stands before the word it modifies.
    """
    if modifying:
        return _judge(modifying, *_forms(tokens, phrase.head))
    head = phrase.head
    first = head
    for _ in range(8):
        if tokens.dep[first] != "conj":
            break
        first = tokens.head[first]
    preposition = phrase.preposition or ("" if first == head else _case_of(tokens, first))
    governor = tokens.head[first]
    forms = _forms(tokens, governor)
    if preposition:
        # "put pressure on Havana": the noun before the preposition tells more than the verb it may hang on.
        before = phrase.start - 2
        nearer = (
            _forms(tokens, before) if before >= 0 and tokens.pos[before] in {"NOUN", "VERB", "ADJ"} else ()
        )
        return _judge(f"prep {preposition}", *nearer, *forms)
    dep = tokens.dep[first]
    if dep in {"nsubj", "nsubj:outer", "csubj"}:
        if any(tokens.dep[at] == "cop" for at in range(first, governor) if tokens.head[at] == governor):
            return _judge("copula", *forms)
        return _judge("subject", *forms)
    if dep == "nsubj:pass":
        return _judge("passive", *forms)
    if dep in {"obj", "iobj"}:
        return _judge("object", *forms)
    if dep == "obl:agent":
        return _judge("prep by", *forms)
    following = phrase.end
    # The parse lost the subject: the word behind it still shows a verb ("Baku denied ...").
    lost = dep not in {"appos", "nmod", "compound", "list"} and following < len(tokens)
    if lost and tokens.pos[following] in {"VERB", "AUX"} and not tokens.sent_start[following]:
        return _judge("subject", *_forms(tokens, following))
    return None


def find_participle_reading(tokens: Tokens, end: int) -> str | None:
    """The rule for "Tehran-backed", given where the seat ends; None where no participle follows or it is a place."""
    if end + 1 < len(tokens) and tokens.text[end] in HYPHENS:
        return _judge("participle", *_forms(tokens, end + 1))
    return None


def _stem(word: str) -> str:
    """
    The verb of a regular participle, where the lemmatiser missed it.

    >>> _stem("backed"), _stem("led"), _stem("brokered")
    ('back', 'lead', 'broker')
    """
    if word == "led":
        return "lead"
    if not word.endswith("ed"):
        return word
    listed = _listed_words()
    return next((stem for stem in (word[:-2], word[:-1], word[:-3]) if stem in listed), word)


@cache
def _listed_words() -> frozenset[str]:
    return frozenset(word for listed, _ in _frames().values() for word in listed)


def _case_of(tokens: Tokens, index: int) -> str:
    for back in range(index - 1, max(index - 6, -1), -1):
        if tokens.head[back] == index and tokens.dep[back] == "case":
            return tokens.lower[back]
        if tokens.sent_start[back]:
            break
    return ""


def _forms(tokens: Tokens, index: int) -> tuple[str, str]:
    """A word's lemma, and the verb it may be a form of where the lemmatiser left it as it was."""
    return tokens.lemma[index], _stem(tokens.lower[index])


def _judge(relation: str, *words: str) -> str | None:
    frame = _frames().get(relation)
    if frame is None:
        return None
    listed, other = frame
    verdict = next((listed[word] for word in words if word in listed), other)
    return verdict[1] if verdict is not None and verdict[0] else None
