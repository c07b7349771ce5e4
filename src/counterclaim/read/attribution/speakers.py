"""
Who does a cue verb: its subject, wherever the parse or the sentence put him.

Comes in: the scene and a cue verb. Goes out: the head of the phrase that speaks, or None. "He said nine had died,
adding that …": he adds. ``“…,” wrote Ana Ruiz``: Ruiz, though a parser likes her as the object. Its limit: a speaker whom
neither grammar nor the place between quotation and verb gives.
"""

from spacy.tokens import Token

from counterclaim.read.attribution.lines import has_mark, hedges, lines_of, noun_lines
from counterclaim.read.attribution.scene import (
    FINITE,
    Scene,
    is_passive,
    is_verbal,
    opens_clause,
    own_subject,
    subject_of,
)


def is_hidden_verb(token: Token) -> bool:
    """``The navy assumes that …``, ``The army informed relatives that …``, tagged as noun or adjective."""
    if token.i == 0 or token.nbor(-1).pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return False
    if token.tag_ == "NNS":
        following = token.i + 1 < len(token.doc) and (
            opens_clause(token.nbor(1)) or (token.nbor(1).tag_ == "VBG" and token.nbor(-1).pos_ == "PROPN")
        )
        return following and token.lemma_.lower() not in noun_lines()
    if token.tag_ != "VBN" or token.dep_ not in {"amod", "compound"} or not token.head.i > token.i:
        return False
    behind = token.head.i + 1
    return behind < len(token.doc) and opens_clause(token.doc[behind])


def speaker_of(scene: Scene, verb: Token) -> Token | None:
    """Who does the verb; where the parse lost him in a quotation, the noun phrase between the marks and the verb."""
    if any("impersonal" in line.marks for line in lines_of(verb)):
        return None
    if is_hidden_verb(verb):
        return verb.nbor(-1)
    beside = _beside_quotation(scene, verb)
    if beside is not None and beside.i < verb.i and not is_passive(verb):
        own = own_subject(verb)
        if own is not None and own.i > verb.i:
            return beside  # ``“…,” Chief Ruiz said Monday``: nothing behind the verb can be who speaks
    aside = aside_speaker(verb)
    if aside is not None:
        return aside
    source = _goes_on(verb) or _spoke_before(verb) or _met_and_told(verb) or subject_of(verb)
    lost = source is None or scene.quote_of[source.i] != scene.quote_of[verb.i]
    if not lost or is_passive(verb):
        return source
    return beside or source or bare_speaker(verb) or _sentence_head(verb)


def bare_speaker(verb: Token) -> Token | None:
    """
    The noun phrase between a comma and a verb that ends its sentence, where the parse gave it to another verb.

    ``Oslo is considering a ban, three officials familiar with the plan | said.``
    """
    doc = verb.doc
    if verb.tag_ not in FINITE or own_subject(verb) is not None or verb.i + 1 >= len(doc):
        return None
    if not doc[verb.i + 1].is_punct:
        return None
    index = verb.i - 1
    while index > verb.sent.start and doc[index].text != ",":
        if doc[index].tag_ in FINITE or doc[index].is_quote:
            return None
        index -= 1
    if doc[index].text != "," or index + 1 >= verb.i:
        return None
    noun = next((t for t in doc[index + 1 : verb.i] if t.pos_ in {"NOUN", "PROPN", "PRON"}), None)
    while noun is not None and noun.dep_ in {"compound", "flat", "amod"} and noun.i < noun.head.i < verb.i:
        noun = noun.head
    return noun


def aside_speaker(verb: Token) -> Token | None:
    """
    Who speaks behind his verb, where that opens the sentence or stands between commas.

    ``Said one trader: “…”``; ``The port, admits its director, was never inspected``.
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.i + 2 >= len(verb.doc):
        return None
    first = verb.i == verb.sent.start
    if not first and verb.nbor(-1).text not in {",", "—", "–"}:
        return None
    noun = _noun_behind(verb)
    if noun is None or noun.i < verb.i or noun.right_edge.i + 1 >= len(verb.doc):
        return None
    closing = noun.right_edge.nbor(1) if noun.dep_ != "nsubj:pass" else noun.nbor(1)
    if first:
        return noun if closing.text == ":" and own_subject(verb) is None else None
    own = own_subject(verb)
    speaks = any("clause" in line.frames for line in lines_of(verb))
    return noun if speaks and closing.text in {",", "—", "–"} and (own is None or own.i < verb.i) else None


def _sentence_head(verb: Token) -> Token | None:
    """
    The noun that the parse made the head of the sentence, where the verb has no subject of its own.

    A sentence needs a finite verb: "The clan, who hold the port, | claimed".
    """
    root = verb.sent.root
    missing = verb.tag_ in FINITE and own_subject(verb) is None and root.i < verb.i
    return root if missing and root.pos_ in {"NOUN", "PROPN", "PRON"} else None


def _noun_behind(verb: Token) -> Token | None:
    """Head of the noun phrase that follows the verb directly, whatever the parse made of it."""
    if verb.i + 1 >= len(verb.doc) or verb.nbor(1).pos_ in {"ADP", "SCONJ", "ADV", "VERB", "AUX", "PUNCT"}:
        return None
    for child in verb.rights:
        if child.left_edge.i <= verb.i + 1 and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"}:
            return child
    token = verb.nbor(1)
    while token.dep_ in {"det", "nmod:poss", "amod", "compound", "nummod"} and token.head.i > token.i:
        token = token.head
    return token if token.pos_ in {"NOUN", "PROPN", "PRON"} else None


def _beside_quotation(scene: Scene, verb: Token) -> Token | None:
    """The noun phrase that stands between a quotation and the verb, before it or behind."""
    doc = scene.doc
    number = scene.quote_of[verb.i]
    index = verb.i - 1
    while index >= 0 and scene.quote_of[index] == number and verb.i - index < 40:
        if doc[index].is_space and "\n" in doc[index].text:
            return None
        index -= 1
    if index < 0 or scene.quote_of[index] < 0 or scene.quote_of[index] == number:
        return None
    if index == verb.i - 1 or all(t.pos_ in {"ADV", "AUX", "PUNCT"} for t in doc[index + 1 : verb.i]):
        # ``“…,” wrote Ana Ruiz``
        return _noun_behind(verb)
    first = next((t for t in doc[index + 1 : verb.i] if t.pos_ in {"NOUN", "PROPN", "PRON"}), None)
    if first is None or any(t.tag_ in FINITE and t.dep_ != "acl:relcl" for t in doc[index + 1 : first.i]):
        return None
    while (
        first.dep_ in {"compound", "flat", "nmod:poss", "nmod:desc", "amod"}
        and first.i < first.head.i < verb.i
    ) or (first.dep_ == "flat" and index < first.head.i < verb.i and first.head.i != first.i):
        first = first.head
    return first


def _goes_on(verb: Token) -> Token | None:
    """``He said nine had died, adding that …``: he adds, whatever the parse hung "adding" on."""
    if verb.lower_ not in hedges("resumption"):
        return None
    head = verb.head
    for _ in range(5):
        if head.i < verb.i and is_verbal(head) and lines_of(head) and own_subject(head) is not None:
            return subject_of(head)
        head = head.head
    return None


def _spoke_before(verb: Token) -> Token | None:
    """``He said the army had left and told reporters that …``: he told them, not the army."""
    if verb.dep_ != "conj" or own_subject(verb) is not None or verb.i == 0:
        return None
    before = [t for t in verb.doc[max(verb.sent.start, verb.i - 3) : verb.i] if t.pos_ == "CCONJ"]
    said = verb.head.head if verb.head.dep_ in {"ccomp", "parataxis"} else None
    if not before or said is None or said.tag_ != verb.tag_ or said.i > verb.i:
        return None
    again = any("clause" in line.frames for line in lines_of(verb)) and bool(lines_of(said))
    return subject_of(said) if again and own_subject(said) is not None else None


def _met_and_told(verb: Token) -> Token | None:
    """``Oslo said Berg met the envoy, telling him …``: who met him told him, not who said so."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or not has_mark(verb, "person"):
        return None
    if not any(c.dep_ in {"obj", "iobj"} and c.pos_ == "PRON" for c in verb.rights):
        return None
    for child in verb.head.rights:
        if child.dep_ == "ccomp" and child.i < verb.i and own_subject(child) is not None:
            return own_subject(child)
    return None


def is_expletive(subject: Token, verb: Token) -> bool:
    """Whether the subject stands for nobody: "it was reported that"."""
    return subject.lower_ == "there" or is_passive(verb) or subject.dep_ == "expl"
