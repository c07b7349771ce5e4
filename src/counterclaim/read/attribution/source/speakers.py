"""
Who does a cue verb: its subject, wherever the parse or the sentence put him.

Comes in: the tree and a cue verb. Goes out: the head of the phrase that speaks, or None. "He said nine had died,
adding that …": he adds. ``“…,” wrote Ana Ruiz``: Ruiz, though a parser likes her as the object. Its limit: a speaker whom
neither grammar nor the place between quotation and verb gives.
"""

from counterclaim.read.attribution.lines import carriers, has_mark, hedges, lines_of, noun_lines
from counterclaim.read.syntax.classes import FINITE
from counterclaim.read.syntax.clauses import in_passive, is_verbal, opens_clause, subject_at, subject_of
from counterclaim.read.syntax.tree import Tree, Word


def is_hidden_verb(token: Word) -> bool:
    """``The navy assumes that …``, ``The army informed relatives that …``, tagged as noun or adjective."""
    if token.i == 0 or token.nbor(-1).pos not in {"NOUN", "PROPN", "ADJ"}:
        return False
    if token.tag == "NNS":
        following = token.i + 1 < len(token.tree) and (
            opens_clause(token.nbor(1)) or (token.nbor(1).tag == "VBG" and token.nbor(-1).pos == "PROPN")
        )
        return following and token.lemma not in noun_lines()
    if token.tag != "VBN" or token.dep not in {"amod", "compound"} or not token.head.i > token.i:
        return False
    behind = token.head.i + 1
    return behind < len(token.tree) and opens_clause(token.tree[behind])


def speaker_of(tree: Tree, verb: Word) -> Word | None:
    """Who does the verb; where the parse lost him in a quotation, the noun phrase between the marks and the verb."""
    if any("impersonal" in line.marks for line in lines_of(verb)):
        return None
    if is_hidden_verb(verb):
        return verb.nbor(-1)
    beside = _beside_quotation(tree, verb)
    if beside is not None and beside.i < verb.i and not in_passive(verb):
        own = subject_at(verb)
        if own is not None and own.i > verb.i:
            return beside  # ``“…,” Chief Ruiz said Monday``: nothing behind the verb can be who speaks
    aside = aside_speaker(verb)
    if aside is not None:
        return aside
    if verb.head.dep == "acl" and in_passive(verb.head) and verb.dep in {"xcomp", "advcl", "obl"}:
        return None  # "speeches designed to offer hope": what a noun is for, not what it says
    if verb.tag == "VBG" and verb.dep == "acl" and verb.head.lemma in carriers():
        return verb.head  # "issued a statement saying"
    source = _goes_on(verb) or _spoke_before(verb) or _met_and_told(verb) or subject_of(verb)
    lost = source is None or tree.quote_of[source.i] != tree.quote_of[verb.i]
    if not lost or in_passive(verb):
        return source
    return beside or source or bare_speaker(verb) or _sentence_head(verb)


def bare_speaker(verb: Word) -> Word | None:
    """
    The noun phrase between a comma and a verb that ends its sentence, where the parse gave it to another verb.

    ``Oslo is considering a ban, three officials familiar with the plan | said.``
    """
    tree = verb.tree
    if verb.tag not in FINITE or subject_at(verb) is not None or verb.i + 1 >= len(tree):
        return None
    if not tree[verb.i + 1].is_punct:
        return None
    index = verb.i - 1
    while index > verb.sent.start and tree[index].text != ",":
        if tree[index].tag in FINITE or tree[index].is_quote:
            return None
        index -= 1
    if tree[index].text != "," or index + 1 >= verb.i:
        return None
    noun = next((t for t in tree.between(index + 1, verb.i) if t.pos in {"NOUN", "PROPN", "PRON"}), None)
    while noun is not None and noun.dep in {"compound", "flat", "amod"} and noun.i < noun.head.i < verb.i:
        noun = noun.head
    return noun


def aside_speaker(verb: Word) -> Word | None:
    """
    Who speaks behind his verb, where that opens the sentence or stands between commas.

    ``Said one trader: “…”``; ``The port, admits its director, was never inspected``.
    """
    if verb.tag not in {"VBD", "VBZ", "VBP"} or verb.i + 2 >= len(verb.tree):
        return None
    first = verb.i == verb.sent.start
    if not first and verb.nbor(-1).text not in {",", "—", "–"}:
        return None
    noun = _noun_behind(verb)
    if noun is None or noun.i < verb.i or noun.right_edge.i + 1 >= len(verb.tree):
        return None
    closing = noun.right_edge.nbor(1) if noun.dep != "nsubj:pass" else noun.nbor(1)
    if first:
        return noun if closing.text == ":" and subject_at(verb) is None else None
    own = subject_at(verb)
    speaks = any("clause" in line.frames for line in lines_of(verb))
    return noun if speaks and closing.text in {",", "—", "–"} and (own is None or own.i < verb.i) else None


def _sentence_head(verb: Word) -> Word | None:
    """
    The noun that the parse made the head of the sentence, where the verb has no subject of its own.

    A sentence needs a finite verb: "The clan, who hold the port, | claimed".
    """
    root = verb.sent.root
    missing = verb.tag in FINITE and subject_at(verb) is None and root.i < verb.i
    return root if missing and root.pos in {"NOUN", "PROPN", "PRON"} else None


def _noun_behind(verb: Word) -> Word | None:
    """Head of the noun phrase that follows the verb directly, whatever the parse made of it."""
    if verb.i + 1 >= len(verb.tree) or verb.nbor(1).pos in {"ADP", "SCONJ", "ADV", "VERB", "AUX", "PUNCT"}:
        return None
    for child in verb.rights:
        if child.left_edge.i <= verb.i + 1 and child.pos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"}:
            return child
    token = verb.nbor(1)
    while token.dep in {"det", "nmod:poss", "amod", "compound", "nummod"} and token.head.i > token.i:
        token = token.head
    return token if token.pos in {"NOUN", "PROPN", "PRON"} else None


def _beside_quotation(tree: Tree, verb: Word) -> Word | None:
    """The noun phrase that stands between a quotation and the verb, before it or behind."""
    number = tree.quote_of[verb.i]
    index = verb.i - 1
    while index >= 0 and tree.quote_of[index] == number and verb.i - index < 40:
        if tree[index].is_space and "\n" in tree[index].text:
            return None
        index -= 1
    if index < 0 or tree.quote_of[index] < 0 or tree.quote_of[index] == number:
        return None
    if index == verb.i - 1 or all(t.pos in {"ADV", "AUX", "PUNCT"} for t in tree.between(index + 1, verb.i)):
        # ``“…,” wrote Ana Ruiz``
        return _noun_behind(verb)
    first = next((t for t in tree.between(index + 1, verb.i) if t.pos in {"NOUN", "PROPN", "PRON"}), None)
    if first is None or any(
        t.tag in FINITE and t.dep != "acl:relcl" for t in tree.between(index + 1, first.i)
    ):
        return None
    while (
        first.dep in {"compound", "flat", "nmod:poss", "nmod:desc", "amod"}
        and first.i < first.head.i < verb.i
    ) or (first.dep == "flat" and index < first.head.i < verb.i and first.head.i != first.i):
        first = first.head
    return first


def _goes_on(verb: Word) -> Word | None:
    """``He said nine had died, adding that …``: he adds, whatever the parse hung "adding" on."""
    if verb.lower not in hedges("resumption"):
        return None
    head = verb.head
    for _ in range(5):
        if head.i < verb.i and is_verbal(head) and lines_of(head) and subject_at(head) is not None:
            return subject_of(head)
        head = head.head
    return None


def _spoke_before(verb: Word) -> Word | None:
    """``He said the army had left and told reporters that …``: he told them, not the army."""
    if verb.dep != "conj" or subject_at(verb) is not None or verb.i == 0:
        return None
    before = [t for t in verb.tree.between(max(verb.sent.start, verb.i - 3), verb.i) if t.pos == "CCONJ"]
    said = verb.head.head if verb.head.dep in {"ccomp", "parataxis"} else None
    if not before or said is None or said.tag != verb.tag or said.i > verb.i:
        return None
    again = any("clause" in line.frames for line in lines_of(verb)) and bool(lines_of(said))
    return subject_of(said) if again and subject_at(said) is not None else None


def _met_and_told(verb: Word) -> Word | None:
    """``Oslo said Berg met the envoy, telling him …``: who met him told him, not who said so."""
    if verb.tag != "VBG" or verb.dep != "advcl" or not has_mark(verb, "person"):
        return None
    if not any(c.dep in {"obj", "iobj"} and c.pos == "PRON" for c in verb.rights):
        return None
    for child in verb.head.rights:
        if child.dep == "ccomp" and child.i < verb.i and subject_at(child) is not None:
            return subject_at(child)
    return None


def is_expletive(subject: Word, verb: Word) -> bool:
    """Whether the subject stands for nobody: "it was reported that"."""
    return subject.lower == "there" or in_passive(verb) or subject.dep == "expl"
