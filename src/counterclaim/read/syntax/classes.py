"""
Closed classes of English grammar: relations, tags, and the small sets of words that `knowledge/english` names.

Example: `word_class("particles")` holds "off"; "VBD" is FINITE.
"""

from functools import cache

from counterclaim.knowledge import load_table

CLAUSE_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "csubj"))
# Everything a parse may call a subject, "there" and "it" included.
SUBJECTS = CLAUSE_SUBJECTS | {"csubj:pass", "expl"}
OBJECTS = frozenset(("obj", "iobj"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
VERBAL_TAGS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))

# Dependencies of a token that closes a noun phrase: it depends on something outside it.
OUTWARD = frozenset(
    (
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "csubj",
        "obj",
        "iobj",
        "obl",
        "obl:agent",
        "obl:unmarked",
        "obl:tmod",
        "nmod",
        "nmod:unmarked",
        "nmod:tmod",
        "conj",
        "ROOT",
        "root",
        "appos",
        "parataxis",
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "acl:relcl",
        "vocative",
        "dislocated",
        "dep",
    )
)
ARGUMENTS = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod"))
PHRASE_POS = frozenset(("DET", "NUM", "ADJ", "NOUN", "PROPN", "X", "SYM"))
HYPHENS = frozenset("-–‐‑")
QUOTES = frozenset("\"“”'‘’«»`")
APOSTROPHES = frozenset(("'s", "’s", "'", "’", "'S", "’S"))


@cache
def word_class(name: str) -> frozenset[str]:
    """
    One of the word lists of `english`.

    Raises:
        KeyError: there is no list of that name: a typing slip would otherwise be a rule that never holds.
    """
    lists = {row["id"]: row.split("words", "|") for row in load_table("english")}
    return frozenset(lists[name])
