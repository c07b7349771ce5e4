"""
Figures: a number set beside a word of harm, with no grammar between them.

Comes in: a word of harm in the parsed text. Goes out: the amount that stands behind it.

    "Killed: 12. Wounded: at least 30." -> 12 and 30..; "put the dead at 45 and the wounded at 80" -> 45 and 80

Limit: a label and its number on two lines of a list are not brought together.
"""

from counterclaim.read.casualties.amounts import amount_of
from counterclaim.read.casualties.arguments import phrase_head_after
from counterclaim.read.casualties.numbers import Amount
from counterclaim.read.casualties.words import grammar_words
from counterclaim.read.syntax.tree import Word

# Words from the verb that estimates to what it estimates: "put the number of its own soldiers killed at 12".
_FAR = 14


def figure_of(token: Word) -> Amount | None:
    """The amount of a labelled or an estimated figure; None where the word stands in a sentence of its own."""
    if token.i + 2 >= len(token.tree):
        return None
    following = token.nbor()
    if following.text == ":" and _is_label(token):
        return _amount_after(token)
    if following.lower == "at" and token.dep != "amod" and _is_estimated(token):
        return _amount_after(token)
    return None


def _is_label(token: Word) -> bool:
    """As in "Killed: 12", "Toll so far: dead: 9; wounded: 14": the word opens its line or follows a mark."""
    before = token.tree[token.i - 1] if token.i else None
    return before is None or before.is_punct or before.is_space or before.i < token.sent.start


def _is_estimated(token: Word) -> bool:
    """As in "put | the dead at 45": a verb of estimating before it in its sentence."""
    return any(
        other.lower in grammar_words("estimating")
        for other in token.tree.between(max(token.sent.start, token.i - _FAR), token.i)
    )


def _amount_after(token: Word) -> Amount | None:
    """The number that follows the mark or the "at", with the noun that it counts."""
    head = phrase_head_after(token.tree, token.i + 2)
    amount = amount_of(token.tree, head) if head is not None else None
    if amount is None or not amount.stated or amount.start > token.i + 2:
        return None
    return amount
