"""
Arguments: whom a word of harm is said of, whatever the parse made of the sentence.

Comes in: a verb or state in the parsed text. Goes out: the heads of its objects or subjects, and whether it is passive.

    "30 others were wounded" -> "others"; "killed and wounded dozens" -> "dozens" for both; "the men shot dead" -> "men"

Limit: an object further than nine words behind its verb is not seen.
"""

from counterclaim.read.casualties.amounts import amount_of
from counterclaim.read.casualties.lists import list_start
from counterclaim.read.casualties.numbers import is_quantity
from counterclaim.read.casualties.words import grammar_words, is_number
from counterclaim.read.syntax.tree import Tree, Word

PASSIVE_WINDOW = 5
OBJECT_WINDOW = 9


def is_passive(token: Word) -> bool:
    """Whether what the verb tells is done to its subject."""
    if number_follows(token):
        return False
    if token.tag == "VBG" or token.lower.endswith("ing"):
        return any(is_be(child) for child in token.children)
    if any(is_be(child) for child in token.children):
        return True
    if token.tag in {"VB", "VBP", "VBZ"} and not token.lower.endswith("ed"):
        return False
    for position in range(token.i - 1, max(-1, token.i - PASSIVE_WINDOW), -1):
        other = token.tree[position]
        if other.lower in grammar_words("be"):
            return True
        if other.pos in {"NOUN", "PROPN", "PUNCT", "NUM"} or other.lower in grammar_words("have"):
            break
    if any(child.dep == "obj" for child in token.children):
        return False
    if token.tag == "VBN" and token.dep in {"acl", "amod"}:
        return True
    if counted_just_before(token) is not None and not objects_of(token):
        return True
    if token.dep == "conj" and _is_active(token.head):
        return False
    if token.dep == "conj" and token.tag == "VBN" and not _object_right(token):
        return token.head.pos != "VERB" or is_passive(token.head)
    return not objects_of(token)


def number_follows(token: Word) -> bool:
    """As in "injured 20 passengers": English puts no participle before a number, so the verb is active."""
    for other in token.tree.between(token.i + 1, token.i + 4):
        if is_number(other) and any(is_be(child) for child in token.children):
            return False
        if is_quantity(token.tree, other.i) and other.lower not in grammar_words("no"):
            return not any(
                token.tree[position].lower in grammar_words("be")
                for position in range(max(0, token.i - 3), token.i)
            )
        if other.lower not in grammar_words("bound_first") and other.lower not in grammar_words("bound_word"):
            return False
    return False


def objects_of(token: Word) -> list[Word]:
    """What the verb acts on."""
    heads = [child for child in token.children if child.dep in {"obj", "iobj"} and child.i > token.i]
    if heads:
        return heads[:1]
    right = _object_right(token)
    if right is not None:
        return [right]
    # "killed and wounded dozens": the verbs share the object.
    for child in token.children:
        if child.dep == "conj" and child.pos in {"VERB", "ADJ"} and child.i - token.i <= 4:
            return objects_of(child)
    if token.dep == "conj" and token.head.pos == "VERB" and token.i - token.head.i <= 4:
        return [child for child in token.head.children if child.dep == "obj" and child.i > token.i][:1]
    return []


def _object_right(token: Word) -> Word | None:
    """The noun phrase right after the verb, whatever the parse made of it."""
    head: Word | None = None
    for other in token.tree.between(token.i + 1, token.i + 1 + OBJECT_WINDOW):
        if other.sent.start != token.sent.start or other.pos in {"AUX", "SCONJ"}:
            break
        if other.pos in {"NOUN", "PROPN", "NUM"} or is_number(other):
            head = other
            continue
        if head is not None:
            if other.text == "-" and not other.spaced and not token.tree[other.i - 1].spaced:
                continue
            following = token.tree[other.i + 1] if other.i + 1 < len(token.tree) else other
            if is_number(head) and is_number(following) and other.lower in grammar_words("range"):
                continue
            if other.lower == "of" and (is_number(head) or amount_of(token.tree, head)):
                continue
            break
        if other.pos == "PRON" and other.i == token.i + 1:
            return other
        if other.pos in {"PUNCT", "VERB", "CCONJ"} and other.dep != "amod":
            break
        if other.pos == "ADP" and not (other.lower in grammar_words("bound_first") or _opens_range(other)):
            break
    return head


def _opens_range(word: Word) -> bool:
    """As in "killed | from 60 to 70 militants"."""
    tree = word.tree
    return (
        word.lower == "from"
        and word.i + 3 < len(tree)
        and is_number(tree[word.i + 1])
        and tree[word.i + 2].lower == "to"
        and is_number(tree[word.i + 3])
    )


def subjects_of(token: Word) -> list[Word]:
    """Who dies, flees, surrenders."""
    return _climb_for(token, ("nsubj", "nsubj:pass"))


def passive_subjects_of(token: Word) -> list[Word]:
    """Who was killed, arrested, wounded."""
    return _climb_for(token, ("nsubj:pass", "nsubj"))


def _climb_for(token: Word, deps: tuple[str, ...]) -> list[Word]:
    """The subject of the verb; of the verb it is joined to; or the noun its clause modifies."""
    near = counted_just_before(token)
    if near is not None:
        return [list_start(token.tree, near)]
    here = token
    for _ in range(3):
        for dep in deps:
            for child in reversed(list(here.lefts)):
                # "one died and several were hurt": vague numbers are tagged as adjectives.
                vague = is_quantity(child.tree, child.i)
                nominal = child.pos in {"NOUN", "PROPN", "NUM", "PRON"} or vague
                if child.dep == dep and nominal:
                    # Two subjects of one verb are a list whose "and" the parse missed; else the nearer counts.
                    subject = _before_aside(antecedent_of(child, here))
                    return [list_start(token.tree, subject)]
        if here.dep.startswith("acl") and here.head.i < here.i:
            return [here.head]
        if here.dep not in {"conj", "xcomp"} or here.head.pos not in {"VERB", "ADJ", "AUX"}:
            break
        if here.dep == "conj" and _has_own_left_phrase(here):
            break
        here = here.head
    left = _left_phrase(token)
    return [list_start(token.tree, left)] if left is not None else []


def counted_just_before(token: Word) -> Word | None:
    """The number or numbered noun right before a participle or state: "and dozens injured", "30 others wounded"."""
    if token.i == 0:
        return None
    other = token.tree[token.i - 1]
    if other.pos not in {"NOUN", "NUM", "PROPN"} and not is_number(other):
        return None
    if other.dep == "nmod" and other.head.i < other.i and has_case(other, "of"):
        whole = amount_of(token.tree, other.head)
        if whole is not None and whole.stated and other.head.dep in {"nsubj", "nsubj:pass"}:
            # "Three members of one family died"
            return None
    amount = amount_of(token.tree, other)
    return other if amount is not None and amount.stated else None


def _has_own_left_phrase(token: Word) -> bool:
    left = _left_phrase(token)
    return left is not None and (is_number(left) or any(child.dep == "nummod" for child in left.children))


def _left_phrase(token: Word) -> Word | None:
    """The noun or number right before the verb, over auxiliaries and adverbs: "30 others were wounded"."""
    for position in range(token.i - 1, max(-1, token.i - 5), -1):
        other = token.tree[position]
        if other.pos in {"NOUN", "PROPN", "NUM"} or is_number(other):
            return _before_aside(other) if other.sent.start == token.sent.start else None
        if other.text == "," and position == token.i - 1 - _auxiliaries_before(token):
            continue
        if other.pos == "PRON":
            return antecedent_of(other, token)
        if other.pos in {"AUX", "ADV", "PART"} or other.lower in grammar_words("trail"):
            continue
        if other.lower not in grammar_words("be"):
            return None
    return None


def _auxiliaries_before(token: Word) -> int:
    """How many auxiliaries and adverbs stand right before the verb."""
    number = 0
    while number < token.i and (
        token.tree[token.i - 1 - number].pos in {"AUX", "ADV", "PART"}
        or token.tree[token.i - 1 - number].lower in grammar_words("be")
    ):
        number += 1
    return number


def _before_aside(head: Word) -> Word:
    """The noun before ", including a mayor,": what the aside is part of."""
    amount = amount_of(head.tree, head)
    if (
        amount is None
        or amount.start < 3
        or head.tree[amount.start - 1].lower not in grammar_words("including")
    ):
        return head
    position = amount.start - 2
    if head.tree[position].text == ",":
        position -= 1
    before = head.tree[position]
    return before if before.pos in {"NOUN", "PROPN", "NUM"} or is_number(before) else head


def antecedent_of(pronoun: Word, verb: Word) -> Word:
    """The noun a relative pronoun stands for."""
    if pronoun.lower not in grammar_words("relative"):
        return pronoun
    if verb.dep.startswith("acl"):
        return verb.head
    for position in range(pronoun.i - 1, max(-1, pronoun.i - 4), -1):
        if pronoun.tree[position].pos in {"NOUN", "PROPN"}:
            return pronoun.tree[position]
    return pronoun


def phrase_head_after(tree: Tree, start: int) -> Word | None:
    """The head of the noun phrase that begins at the position."""
    head: Word | None = None
    for other in tree.between(start, start + 8):
        if other.pos in {"NOUN", "PROPN", "NUM"} or is_number(other):
            head = other
        elif head is not None or (other.pos in {"VERB", "PUNCT", "SCONJ", "AUX"} and other.text != "-"):
            break
    return head


def is_be(token: Word) -> bool:
    """An auxiliary that makes the passive."""
    return token.dep == "aux:pass" and token.lower in grammar_words("be")


def _is_active(token: Word) -> bool:
    """A verb with a subject of its own that does something: what is joined to it does too."""
    return (
        token.pos == "VERB"
        and any(child.dep == "nsubj" for child in token.children)
        and not any(is_be(child) for child in token.children)
        and token.tag in {"VBD", "VBZ", "VBP"}
    )


def is_verbal_noun(token: Word) -> bool:
    """A participle the tagger took for a noun ("killing five")."""
    return token.lower.endswith(("ing", "ed")) and token.dep not in {
        "nsubj",
        "compound",
        "obl",
        "obj",
        "nmod",
    }


def is_noun_in_place(token: Word) -> bool:
    """As in "his jail cell", "the capture plan": a base form between an article and a noun is no verb."""
    if token.i == 0 or token.lower.endswith(("ed", "ing", "s")):
        return False
    return token.nbor(-1).tag in {"PRP$", "DT"} and token.dep not in {"acl", "advcl", "ccomp", "xcomp"}


def is_life(token: Word) -> bool:
    """As in "claimed 12 lives"."""
    return token.lower in grammar_words("lives")


def of_child(token: Word) -> Word | None:
    """What stands after "of": "the lives of 40 people"."""
    if token.i + 1 >= len(token.tree) or token.nbor().lower != "of":
        return None
    return next((child for child in token.rights if child.dep in {"nmod", "obl"}), None)


def has_case(token: Word, word: str) -> bool:
    """Whether that preposition stands before the noun."""
    return any(child.dep == "case" and child.lower == word for child in token.children)
