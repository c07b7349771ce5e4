"""
Two slips of the parser that English grammar rules out, put right.

Comes in: the parsed document. Goes out: the same, with the label or the head changed where
- a noun phrase before a finite verb without a subject is called an object: "The ministry | which denied it | said …";
- ", who" is hung on a noun further away than the name right before the comma: "protests against Osei, who denied it".

Measured on GUM dev, EWT dev and 25 documents of GUM train: the first was right in 2 of 2 places, the second in 6 of 10,
where the parser was right in 2. Everything else that was tried (two subjects side by side as one name) was a draw
and left out.
"""

from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})
# What joins the words of a name to its first word.
NAME_PARTS = frozenset({"compound", "flat", "nmod:desc"})


def mend(doc: Doc) -> None:
    """Put the two slips right in place."""
    for token in doc:
        if token.dep_ in {"iobj", "obj"} and token.i < token.head.i:
            _mend_subject(token)
        elif token.text == "who" and token.dep_ == "nsubj":
            _mend_relative(token)


def _mend_subject(token: Token) -> None:
    verb = token.head
    if token.tag_ in {"WDT", "WP"} or token.pos_ not in {"NOUN", "PRON", "PROPN"} or verb.tag_ not in FINITE:
        return
    if not any(child.dep_ in SUBJECTS for child in verb.children):
        token.dep_ = "nsubj"


def _mend_relative(who: Token) -> None:
    if who.head.dep_ != "acl:relcl" or who.i < 2 or who.nbor(-1).text != ",":
        return
    name = who.nbor(-2)
    while name.dep_ in NAME_PARTS and name.head.i < who.i:
        name = name.head
    if (
        name.pos_ == "PROPN"
        and name.sent == who.sent
        and name != who.head.head
        and not _is_above(who.head, name)
    ):
        who.head.head = name


def _is_above(token: Token, other: Token) -> bool:
    """Whether the other hangs on the token, so that hanging the token on it would make a ring."""
    return any(ancestor == token for ancestor in other.ancestors)
