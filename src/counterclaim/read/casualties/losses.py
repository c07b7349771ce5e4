"""
Whose losses: a government that reports "50 military deaths" and says no more reports its own.

Comes in: the parsed text, a count without victims, and the source that tells it. Goes out: a `Mention` over the count's
words with the source's country and sector MIL, or None where the words say otherwise.

    "Baku reported 50 military deaths" -> victims Azerbaijan's military

Limit: only soldiers and military losses are taken for the source's own; "12 deaths" stays without victims.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors import STATE
from counterclaim.read.casualties.words import grammar_words, people_words
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import Actor, Count, Mention

LOSSES = frozenset(("dead", "injured", "casualties", "missing", "captured"))


def resolve_own_losses(tree: Tree, count: Count, source: Mention) -> Mention | None:
    """The source's own military as victims, where nothing in the words names another side; None otherwise."""
    country = source.actor.country
    if (
        count.victims is not None
        or country is None
        or count.kind not in LOSSES
        or source.actor.sector not in STATE
    ):
        return None
    span = tree.covering(count.start_char, count.end_char)
    trigger = tree[count.trigger]
    if (
        span is None
        or _names_others(tree, span.start, span.end, trigger, _names_of(country))
        or not _is_own(tree, span.start, span.end, trigger)
    ):
        return None
    name = _forces_of(country) if source.actor.sector != "MIL" else source.actor.name
    return Mention(
        text=count.text,
        start_char=count.start_char,
        end_char=count.end_char,
        start=span.start,
        end=span.end,
        head=span.root.i,
        kind="nominal",
        actor=Actor(f"{country}.MIL", name, country, "MIL"),
        rule=count.rule,
    )


def _is_own(tree: Tree, start: int, end: int, trigger: Word) -> bool:
    """Military losses told as something suffered: no agent, no act of killing by the source."""
    words = [token.lower for token in tree.between(start, end)]
    military = any(
        word in grammar_words("own_modifier") or people_words().get(word, ("", ""))[1] for word in words
    )
    possessed = any(word in grammar_words("ours") for word in words)
    if trigger.lower in grammar_words("own_noun"):
        return military or possessed
    if not (military or possessed):
        return False
    if any(child.dep == "obl:agent" for child in trigger.children):
        return False
    # "50 soldiers were killed in its strikes" tells of the other side's.
    if any(_is_possessed(child) for child in trigger.children if child.dep in {"obl", "nmod"}):
        return False
    # "the army killed 12 soldiers" tells of the others' soldiers, "lost 12 soldiers" of its own.
    own_verb = trigger.lemma in grammar_words("own_verb")
    active = any(child.dep == "obj" for child in trigger.children)
    return own_verb or not active


@cache
def _forces_of(country: str) -> str:
    """``Kenyan armed forces``."""
    row = next((row for row in load_table("countries") if row["id"] == country), None)
    if row is None:
        return "armed forces"
    adjectives = row.split("adjectives")
    return f"{adjectives[0]} armed forces" if adjectives else f"armed forces of {row['name']}"


@cache
def _names_of(country: str) -> frozenset[str]:
    """What a country is called, in small letters: ``kenya``, ``kenyan``."""
    return frozenset(
        name.lower()
        for row in load_table("countries")
        if row["id"] == country
        for column in ("name", "variants", "adjectives")
        for name in row.split(column)
    )


def _names_others(tree: Tree, start: int, end: int, trigger: Word, own: frozenset[str]) -> bool:
    """Whether a nationality, a place or another's possessive stands with the losses; the source's own names do not count."""
    near = {token.i: token for token in tree.between(start, end)}
    near.update(
        (child.i, child)
        for child in trigger.children
        if child.dep in {"amod", "nmod", "nmod:poss", "compound"}
    )
    # "deaths among Kenyan troops", "on the Kenyan side"
    if any(
        token.entity == "NORP"
        for child in trigger.children
        if child.dep in {"obl", "nmod"}
        for token in child.subtree
    ):
        return True
    return any(
        token.entity in {"NORP", "GPE", "ORG", "LOC"}
        or (token.dep == "nmod:poss" and token.lower not in grammar_words("ours"))
        or token.lower in grammar_words("enemy")
        for token in near.values()
        if _phrase(token) not in own
    )


def _phrase(token: Word) -> str:
    """``Kenya's`` as ``kenya``."""
    return " ".join(word.lower for word in token.subtree if word.dep != "case")


def _is_possessed(token: Word) -> bool:
    """Whether "its" or "our" stands before the noun."""
    return any(child.dep == "nmod:poss" and child.lower in grammar_words("ours") for child in token.children)
