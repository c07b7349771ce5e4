"""
Capitals and seats that act, told apart from the places they are.

In: a capital or seat in a phrase. Out: the line of knowledge/metonym_frames.tsv that says it acts, or None: a place.
Example: "Nairobi recalled its envoy" acts (subject); "he lives in Nairobi" does not.
Limit: sports teams ("Madrid beat Paris") act as governments do.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors.records import Phrase
from counterclaim.read.syntax.classes import HYPHENS
from counterclaim.read.syntax.tree import Tree


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


def find_reading(tree: Tree, phrase: Phrase, *, modifying: str = "") -> str | None:
    """
    The rule under which the capital or seat at the core of a phrase acts; None where it is a place.

    Args:
        modifying: ``possessive`` or ``compound`` where it stands before the word it modifies.
    """
    if modifying:
        return _judge(modifying, *_forms(tree, phrase.head))
    head = phrase.head
    first = head
    for _ in range(8):
        if tree.dep[first] != "conj":
            break
        first = tree.head[first]
    preposition = phrase.preposition or ("" if first == head else _case_of(tree, first))
    governor = tree.head[first]
    forms = _forms(tree, governor)
    if preposition:
        # "put pressure on Havana": the noun before the preposition tells more than the verb it may hang on.
        before = phrase.start - 2
        nearer = _forms(tree, before) if before >= 0 and tree.pos[before] in {"NOUN", "VERB", "ADJ"} else ()
        return _judge(f"prep {preposition}", *nearer, *forms)
    dep = tree.dep[first]
    if dep in {"nsubj", "nsubj:outer", "csubj"}:
        if any(tree.dep[at] == "cop" for at in range(first, governor) if tree.head[at] == governor):
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
    lost = dep not in {"appos", "nmod", "compound", "list"} and following < len(tree)
    if lost and tree.pos[following] in {"VERB", "AUX"} and not tree.starts[following]:
        return _judge("subject", *_forms(tree, following))
    return None


def find_participle_reading(tree: Tree, end: int) -> str | None:
    """The rule for "Tehran-backed", given where the seat ends; None where no participle follows or it is a place."""
    if end + 1 < len(tree) and tree.forms[end] in HYPHENS:
        return _judge("participle", *_forms(tree, end + 1))
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


def _case_of(tree: Tree, index: int) -> str:
    for back in range(index - 1, max(index - 6, -1), -1):
        if tree.head[back] == index and tree.dep[back] == "case":
            return tree.words[back]
        if tree.starts[back]:
            break
    return ""


def _forms(tree: Tree, index: int) -> tuple[str, str]:
    """A word's lemma, and the verb it may be a form of where the lemmatiser left it as it was."""
    return tree.lemmas[index], _stem(tree.words[index])


def _judge(relation: str, *words: str) -> str | None:
    frame = _frames().get(relation)
    if frame is None:
        return None
    listed, other = frame
    verdict = next((listed[word] for word in words if word in listed), other)
    return verdict[1] if verdict is not None and verdict[0] else None
