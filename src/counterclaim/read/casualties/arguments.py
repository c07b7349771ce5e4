"""
Arguments: whom a word of harm is said of, whatever the parse made of the sentence.

Comes in: a verb or state in the parsed text. Goes out: the heads of its objects or subjects, and whether it is passive.

    "30 others were wounded" -> "others"; "killed and wounded dozens" -> "dozens" for both; "the men shot dead" -> "men"

Limit: an object further than nine words behind its verb is not seen.
"""

from spacy.tokens import Doc, Token

from counterclaim.read.casualties.amounts import amount_of
from counterclaim.read.casualties.lists import list_start
from counterclaim.read.casualties.numbers import is_quantity
from counterclaim.read.casualties.words import grammar_words, is_number

PASSIVE_WINDOW = 5
OBJECT_WINDOW = 9


def is_passive(token: Token) -> bool:
    """Whether what the verb tells is done to its subject."""
    if number_follows(token):
        return False
    if token.tag_ == "VBG" or token.lower_.endswith("ing"):
        return any(is_be(child) for child in token.children)
    if any(is_be(child) for child in token.children):
        return True
    if token.tag_ in {"VB", "VBP", "VBZ"} and not token.lower_.endswith("ed"):
        return False
    for position in range(token.i - 1, max(-1, token.i - PASSIVE_WINDOW), -1):
        other = token.doc[position]
        if other.lower_ in grammar_words("be"):
            return True
        if other.pos_ in {"NOUN", "PROPN", "PUNCT", "NUM"} or other.lower_ in grammar_words("have"):
            break
    if any(child.dep_ == "obj" for child in token.children):
        return False
    if token.tag_ == "VBN" and token.dep_ in {"acl", "amod"}:
        return True
    if counted_just_before(token) is not None and not objects_of(token):
        return True
    if token.dep_ == "conj" and _is_active(token.head):
        return False
    if token.dep_ == "conj" and token.tag_ == "VBN" and not _object_right(token):
        return token.head.pos_ != "VERB" or is_passive(token.head)
    return not objects_of(token)


def number_follows(token: Token) -> bool:
    """As in "injured 20 passengers": English puts no participle before a number, so the verb is active."""
    for other in token.doc[token.i + 1 : token.i + 4]:
        if is_number(other) and any(is_be(child) for child in token.children):
            return False
        if is_quantity(token.doc, other.i) and other.lower_ not in grammar_words("no"):
            return not any(
                token.doc[position].lower_ in grammar_words("be")
                for position in range(max(0, token.i - 3), token.i)
            )
        if other.lower_ not in grammar_words("bound_first") and other.lower_ not in grammar_words(
            "bound_word"
        ):
            return False
    return False


def objects_of(token: Token) -> list[Token]:
    """What the verb acts on."""
    heads = [child for child in token.children if child.dep_ in {"obj", "iobj"} and child.i > token.i]
    if heads:
        return heads[:1]
    right = _object_right(token)
    if right is not None:
        return [right]
    # "killed and wounded dozens": the verbs share the object.
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in {"VERB", "ADJ"} and child.i - token.i <= 4:
            return objects_of(child)
    if token.dep_ == "conj" and token.head.pos_ == "VERB" and token.i - token.head.i <= 4:
        return [child for child in token.head.children if child.dep_ == "obj" and child.i > token.i][:1]
    return []


def _object_right(token: Token) -> Token | None:
    """The noun phrase right after the verb, whatever the parse made of it."""
    head: Token | None = None
    for other in token.doc[token.i + 1 : token.i + 1 + OBJECT_WINDOW]:
        if other.sent.start != token.sent.start or other.pos_ in {"AUX", "SCONJ"}:
            break
        if other.pos_ in {"NOUN", "PROPN", "NUM"} or is_number(other):
            head = other
            continue
        if head is not None:
            if other.text == "-" and not other.whitespace_ and not token.doc[other.i - 1].whitespace_:
                continue
            following = token.doc[other.i + 1] if other.i + 1 < len(token.doc) else other
            if is_number(head) and is_number(following) and other.lower_ in grammar_words("range"):
                continue
            if other.lower_ == "of" and (is_number(head) or amount_of(token.doc, head)):
                continue
            break
        if other.pos_ == "PRON" and other.i == token.i + 1:
            return other
        if other.pos_ in {"PUNCT", "VERB", "CCONJ"} and other.dep_ != "amod":
            break
        if other.pos_ == "ADP" and other.lower_ not in grammar_words("bound_first"):
            break
    return head


def subjects_of(token: Token) -> list[Token]:
    """Who dies, flees, surrenders."""
    return _climb_for(token, ("nsubj", "nsubj:pass"))


def passive_subjects_of(token: Token) -> list[Token]:
    """Who was killed, arrested, wounded."""
    return _climb_for(token, ("nsubj:pass", "nsubj"))


def _climb_for(token: Token, deps: tuple[str, ...]) -> list[Token]:
    """The subject of the verb; of the verb it is joined to; or the noun its clause modifies."""
    near = counted_just_before(token)
    if near is not None:
        return [list_start(token.doc, near)]
    here = token
    for _ in range(3):
        for dep in deps:
            for child in reversed(list(here.lefts)):
                # "one died and several were hurt": vague numbers are tagged as adjectives.
                vague = is_quantity(child.doc, child.i)
                nominal = child.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} or vague
                if child.dep_ == dep and nominal:
                    # Two subjects of one verb are a list whose "and" the parse missed; else the nearer counts.
                    subject = _before_aside(antecedent_of(child, here))
                    return [list_start(token.doc, subject)]
        if here.dep_.startswith("acl") and here.head.i < here.i:
            return [here.head]
        if here.dep_ not in {"conj", "xcomp"} or here.head.pos_ not in {"VERB", "ADJ", "AUX"}:
            break
        if here.dep_ == "conj" and _has_own_left_phrase(here):
            break
        here = here.head
    left = _left_phrase(token)
    return [list_start(token.doc, left)] if left is not None else []


def counted_just_before(token: Token) -> Token | None:
    """The number or numbered noun right before a participle or state: "and dozens injured", "30 others wounded"."""
    if token.i == 0:
        return None
    other = token.doc[token.i - 1]
    if other.pos_ not in {"NOUN", "NUM", "PROPN"} and not is_number(other):
        return None
    if other.dep_ == "nmod" and other.head.i < other.i and has_case(other, "of"):
        whole = amount_of(token.doc, other.head)
        if whole is not None and whole.stated and other.head.dep_ in {"nsubj", "nsubj:pass"}:
            # "Three members of one family died"
            return None
    amount = amount_of(token.doc, other)
    return other if amount is not None and amount.stated else None


def _has_own_left_phrase(token: Token) -> bool:
    left = _left_phrase(token)
    return left is not None and (is_number(left) or any(child.dep_ == "nummod" for child in left.children))


def _left_phrase(token: Token) -> Token | None:
    """The noun or number right before the verb, over auxiliaries and adverbs: "30 others were wounded"."""
    for position in range(token.i - 1, max(-1, token.i - 5), -1):
        other = token.doc[position]
        if other.pos_ in {"NOUN", "PROPN", "NUM"} or is_number(other):
            return _before_aside(other) if other.sent.start == token.sent.start else None
        if other.text == "," and position == token.i - 1 - _auxiliaries_before(token):
            continue
        if other.pos_ == "PRON":
            return antecedent_of(other, token)
        if other.pos_ in {"AUX", "ADV", "PART"} or other.lower_ in grammar_words("trail"):
            continue
        if other.lower_ not in grammar_words("be"):
            return None
    return None


def _auxiliaries_before(token: Token) -> int:
    """How many auxiliaries and adverbs stand right before the verb."""
    number = 0
    while number < token.i and (
        token.doc[token.i - 1 - number].pos_ in {"AUX", "ADV", "PART"}
        or token.doc[token.i - 1 - number].lower_ in grammar_words("be")
    ):
        number += 1
    return number


def _before_aside(head: Token) -> Token:
    """The noun before ", including a mayor,": what the aside is part of."""
    amount = amount_of(head.doc, head)
    if (
        amount is None
        or amount.start < 3
        or head.doc[amount.start - 1].lower_ not in grammar_words("including")
    ):
        return head
    position = amount.start - 2
    if head.doc[position].text == ",":
        position -= 1
    before = head.doc[position]
    return before if before.pos_ in {"NOUN", "PROPN", "NUM"} or is_number(before) else head


def antecedent_of(pronoun: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for."""
    if pronoun.lower_ not in grammar_words("relative"):
        return pronoun
    if verb.dep_.startswith("acl"):
        return verb.head
    for position in range(pronoun.i - 1, max(-1, pronoun.i - 4), -1):
        if pronoun.doc[position].pos_ in {"NOUN", "PROPN"}:
            return pronoun.doc[position]
    return pronoun


def phrase_head_after(doc: Doc, start: int) -> Token | None:
    """The head of the noun phrase that begins at the position."""
    head: Token | None = None
    for other in doc[start : start + 8]:
        if other.pos_ in {"NOUN", "PROPN", "NUM"} or is_number(other):
            head = other
        elif head is not None or (other.pos_ in {"VERB", "PUNCT", "SCONJ", "AUX"} and other.text != "-"):
            break
    return head


def is_be(token: Token) -> bool:
    """An auxiliary that makes the passive."""
    return token.dep_ == "aux:pass" and token.lower_ in grammar_words("be")


def _is_active(token: Token) -> bool:
    """A verb with a subject of its own that does something: what is joined to it does too."""
    return (
        token.pos_ == "VERB"
        and any(child.dep_ == "nsubj" for child in token.children)
        and not any(is_be(child) for child in token.children)
        and token.tag_ in {"VBD", "VBZ", "VBP"}
    )


def is_verbal_noun(token: Token) -> bool:
    """A participle the tagger took for a noun ("killing five")."""
    return token.lower_.endswith(("ing", "ed")) and token.dep_ not in {
        "nsubj",
        "compound",
        "obl",
        "obj",
        "nmod",
    }


def is_noun_in_place(token: Token) -> bool:
    """As in "his jail cell", "the capture plan": a base form between an article and a noun is no verb."""
    if token.i == 0 or token.lower_.endswith(("ed", "ing", "s")):
        return False
    return token.nbor(-1).tag_ in {"PRP$", "DT"} and token.dep_ not in {"acl", "advcl", "ccomp", "xcomp"}


def is_life(token: Token) -> bool:
    """As in "claimed 12 lives"."""
    return token.lower_ in grammar_words("lives")


def of_child(token: Token) -> Token | None:
    """What stands after "of": "the lives of 40 people"."""
    if token.i + 1 >= len(token.doc) or token.nbor().lower_ != "of":
        return None
    return next((child for child in token.rights if child.dep_ in {"nmod", "obl"}), None)


def has_case(token: Token, word: str) -> bool:
    """Whether that preposition stands before the noun."""
    return any(child.dep_ == "case" and child.lower_ == word for child in token.children)
