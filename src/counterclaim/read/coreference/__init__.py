"""
Words that stand for an actor named earlier: pronouns, bare surnames, "the ministry", "both sides", "its soldiers".

In: the parsed text and the mentions found in it. Out: further mentions, each with the actor of its antecedent.
Example: "Norway protested. It recalled its envoy." -> "It" and "its envoy" of NOR.
Limit: salience, not understanding: in "the general met the envoy because he had asked" the subject wins.
"""

from counterclaim.read.actors import Phrase
from counterclaim.read.coreference.anaphors import Resolver
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Mention

__all__ = ["find_anaphors"]


def find_anaphors(
    tree: Tree, phrases: tuple[Phrase, ...], mentions: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Mentions that earlier mentions explain; what stays unclear gets none, or none but its sector."""
    return tuple(Resolver(tree, phrases, mentions).run())
