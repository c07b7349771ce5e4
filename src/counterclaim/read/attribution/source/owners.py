"""
Whose a statement is: ``the ministry's claim``, ``claims by Kyiv``, ``Ukrainian claims``, ``the Kremlin statement``.

Comes in: a noun that says or carries something. Goes out: its owner, or None. Its limit: an owner further away than a phrase.
"""

from counterclaim.read.attribution.lines import carriers
from counterclaim.read.syntax.tree import Word


def owner_of(noun: Word) -> Word | None:
    """Whose statement it is: "Kyiv's claim", "claims by Kyiv", "Ukrainian claims", "the Kremlin statement"."""
    for child in noun.lefts:
        if child.dep == "nmod:poss":
            return child
    if noun.i + 2 < len(noun.tree) and noun.nbor(1).lower in {"by", "from"}:
        owner = noun.nbor(1).head
        if owner.i > noun.i and owner.pos in {"NOUN", "PROPN", "PRON"}:
            return owner
    for child in noun.rights:
        if child.dep in {"nmod", "acl", "obl", "nmod:agent"}:
            words = {mark.lower for mark in child.lefts if mark.dep == "case"}
            if words & {"by", "from"} and child.pos in {"NOUN", "PROPN", "PRON"}:
                return child
            for inner in child.rights if child.dep != "acl" else ():
                if inner.dep in {"nmod", "obl"} and any(
                    m.lower in {"by", "from"} and m.dep == "case" for m in inner.lefts
                ):
                    return inner
    for child in noun.lefts:
        if child.entity in {"NORP", "GPE", "ORG", "PERSON"} and child.dep in {"amod", "compound", "nmod"}:
            return child
    if noun.lemma in carriers():
        for child in noun.rights:
            named = child.dep == "nmod" and child.entity in {"ORG", "GPE", "PERSON"}
            if named and any(mark.lower == "of" for mark in child.lefts):
                return child
    return None
