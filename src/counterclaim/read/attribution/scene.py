"""
The text as attribution sees it: tokens, quotations, paragraphs and who is mentioned where.

Comes in: the parsed `Doc` and the mentions. Goes out: a `Scene` with the questions that every kind of cue asks:
who is the subject, how far does a noun phrase or a clause reach, is this stretch inside a quotation.
In ``Baku, which blames Yerevan, said …`` the subject of "blames" is "Baku". Its limit is the parse's.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc, Token

from counterclaim.read.attribution.lines import carriers, media_names, noun_lines, speakers
from counterclaim.read.attribution.quotes import Quote, find_quotes
from counterclaim.types import Mention

SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "csubj"))
VERBAL_TAGS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
RELATIVE = frozenset(("WP", "WDT", "WRB", "WP$", "IN", "CC"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
# How far from its verb a complement's first word may stand.
NEAR = 12
# A noun phrase longer than this is a misparse more often than a title (swept on PolNeAR train).
LONGEST_SOURCE = 30


@dataclass(frozen=True)
class Scene:
    """One document with its quotations and mentions indexed by token."""

    doc: Doc
    mentions: tuple[Mention, ...]

    @cached_property
    def text(self) -> str:
        """The text that every offset refers to."""
        return self.doc.text

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Each token in lower case: asking spaCy anew for every pattern costs more than all patterns do."""
        return tuple(token.lower_ for token in self.doc)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations, in order."""
        return find_quotes(self.text)

    @cached_property
    def quote_of(self) -> tuple[int, ...]:
        """Index of the quotation each token stands in, marks included; -1 outside."""
        found = []
        current = 0
        for token in self.doc:
            while current < len(self.quotes) and self.quotes[current].end_char <= token.idx:
                current += 1
            inside = current < len(self.quotes) and self.quotes[current].start_char <= token.idx
            found.append(current if inside else -1)
        return tuple(found)

    @cached_property
    def paragraph_of(self) -> tuple[int, ...]:
        """Running number of the paragraph each token stands in."""
        found, number = [], 0
        for token in self.doc:
            if token.is_space and "\n" in token.text:
                number += 1
            found.append(number)
        return tuple(found)

    @cached_property
    def sentence_of(self) -> tuple[tuple[int, int], ...]:
        """First and last token of the sentence each token stands in, cut at line breaks, spaces at its edges left out."""
        found: list[tuple[int, int]] = []
        for sent in self.doc.sents:
            breaks = [t.i + 1 for t in sent if t.is_space and "\n" in t.text]
            for start, end in pairwise(dict.fromkeys((sent.start, *breaks, sent.end))):
                first, last = start, end - 1
                while last > first and self.doc[last].is_space:
                    last -= 1
                while first < last and self.doc[first].is_space:
                    first += 1
                found.extend([(first, last)] * (end - start))
        return tuple(found)

    @cached_property
    def mentions_at(self) -> dict[int, tuple[Mention, ...]]:
        """Mentions covering each token, those headed by it first, then the shorter."""
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            for index in range(mention.start, mention.end):
                found.setdefault(index, []).append(mention)
        return {
            index: tuple(
                sorted(here, key=lambda m: (m.head != index, m.end - m.start, m.kind == "adjective"))
            )
            for index, here in found.items()
        }

    def mention_at(self, token: Token) -> Mention | None:
        """The mention headed by the token, or else the shortest that covers it."""
        here = self.mentions_at.get(token.i, ())
        return here[0] if here else None

    def token_at(self, start_char: int) -> int:
        """Index of the first token that ends after the character."""
        low, high = 0, len(self.doc)
        while low < high:
            middle = (low + high) // 2
            token = self.doc[middle]
            if token.idx + len(token) <= start_char:
                low = middle + 1
            else:
                high = middle
        return low

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the tokens from `start` up to, not including, `end`."""
        last = self.doc[end - 1]
        return self.doc[start].idx, last.idx + len(last)


def is_verbal(token: Token) -> bool:
    """Whether the word stands as a verb here, not as a noun or an adjective made from one."""
    if token.tag_ not in VERBAL_TAGS and (token.pos_ not in {"VERB", "AUX"} or token.tag_.startswith("NN")):
        return False
    return token.dep_ not in {
        "amod",
        "compound",
        "case",
        "aux",
        "aux:pass",
        "cop",
        "flat",
        "fixed",
        "nmod:desc",
    }


def opens_clause(token: Token) -> bool:
    """Whether a "that" or "whether" leads into a clause with its own subject, whatever the tagger calls it."""
    if token.lower_ not in {"that", "whether"} or token.i + 2 >= len(token.doc):
        return False
    following = token.nbor(1)
    if following.is_quote:
        # "said that “firing almost stopped”"
        return token.head.i > token.i
    if following.pos_ in {"VERB", "AUX", "PUNCT", "SPACE"} or following.tag_ in FINITE:
        return False
    behind = token.doc[token.i + 1 : min(token.i + 15, token.sent.end)]
    return any(other.tag_ in FINITE or other.tag_ == "VB" for other in behind)


def predicate_after(opener: Token) -> Token:
    """The verb, or other main word, of the clause that "that" opens."""
    if opener.head.i > opener.i and opener.head.pos_ in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "NUM"}:
        return opener.head
    for token in opener.doc[opener.i + 1 : opener.sent.end]:
        if token.tag_ in FINITE:
            return (
                token.head if token.dep_ in {"aux", "cop", "aux:pass"} and token.head.i > opener.i else token
            )
    return opener.nbor(1)


def infinitive_after(word: Token) -> Token | None:
    """The verb behind a "to" that follows directly, where the tagger took it for a noun: "agreed to exchange prisoners"."""
    if word.i + 2 >= len(word.doc):
        return None
    marker, verb = word.nbor(1), word.nbor(2)
    if marker.lower_ != "to" or verb.pos_ not in {"VERB", "NOUN"} or verb.tag_ not in {"VB", "VBP", "NN"}:
        return None
    return marker.head if marker.head.i > marker.i else verb


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive: "was accused", "accused of arson" after a noun."""
    if any(child.dep_ == "aux:pass" for child in verb.children):
        return True
    if verb.tag_ == "VBN" and any(child.dep_ == "obl:agent" and _is_by(child) for child in verb.children):
        return True
    if verb.tag_ != "VBN" or verb.dep_ not in {"acl", "amod"} or any(c.dep_ == "aux" for c in verb.children):
        return False
    # "The minister, during a visit, also called for": a sentence needs a finite verb, so this is it
    return verb.head.dep_ != "ROOT"


def agent_of(verb: Token) -> Token | None:
    """The "by" phrase of a passive."""
    for child in verb.children:
        if child.dep_ in {"obl:agent", "obl"} and is_passive(verb) and _is_by(child):
            return child
    return None


def _is_by(phrase: Token) -> bool:
    return any(mark.lower_ == "by" for mark in phrase.lefts)


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on the verb itself; of several the nearest before it, as the others belong elsewhere."""
    before = [child for child in verb.lefts if child.dep_ in SUBJECTS]
    if before:
        return max(before, key=lambda child: child.i)
    if verb.tag_ in FINITE and verb.tag_ != "MD" and verb.dep_ in {"acl:relcl", "ccomp"}:
        # "a figure the government | disputes": a finite verb has no noun before it but its subject
        noun = next((child for child in verb.lefts if child.dep_ == "compound"), None)
        if noun is not None:
            return noun
    return next((child for child in verb.rights if child.dep_ in SUBJECTS), None)


def subject_of(verb: Token, hops: int = 4) -> Token | None:
    """
    Who does the verb: its subject, or the one it shares with the verb it hangs on, or the noun it describes.

    In the passive the subject is the "by" phrase, and None where there is none.
    """
    if is_passive(verb):
        return agent_of(verb)
    own = own_subject(verb)
    if own is not None:
        return _antecedent(own, verb)
    if hops == 0 or verb.head.i == verb.i:
        return None
    if verb.dep_ == "conj":
        if is_passive(verb.head):
            passive = own_subject(verb.head)
            return None if passive is None else _antecedent(passive, verb.head)
        return subject_of(verb.head, hops - 1) if is_verbal(verb.head) or own_subject(verb.head) else None
    if verb.dep_ in {"xcomp", "advcl", "ccomp", "parataxis", "dep"}:
        head = verb.head
        if verb.dep_ == "xcomp":
            # "ordered the guards to say": the object does it
            for child in head.children:
                if child.dep_ in {"obj", "iobj"} and head.i < child.i < verb.i:
                    return _antecedent(child, head)
        subject = own_subject(head)
        if subject is not None:
            return _antecedent(subject, head)
        return subject_of(head, hops - 1)
    if verb.dep_ in {"acl", "acl:relcl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        noun = verb.head
        if verb.tag_ == "VBG" and noun.dep_ in {"obj", "obl"} and noun.pos_ == "NOUN" and not noun.ent_type_:
            # "held talks, asking for calm": whoever held them asks
            doer = subject_of(noun.head, hops - 1) if is_verbal(noun.head) else None
            speaks = noun.lemma_.lower() in speakers() or noun.lemma_.lower() in carriers()
            return noun if speaks or doer is None else doer
        return noun
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for; any other subject itself."""
    if subject.lower_ in {"who", "which", "that"} and subject.tag_ in {"WP", "WDT", "IN", "DT"}:
        clause = verb
        for _ in range(4):
            if clause.dep_ in {"acl:relcl", "acl"} and clause.head.i < subject.i:
                return clause.head
            if clause.dep_ not in {"conj", "xcomp", "ccomp", "parataxis"}:
                break
            clause = clause.head
        return _noun_before(subject) or subject
    return subject


def _noun_before(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun follows, where the parse hung its clause elsewhere."""
    index = pronoun.i - 1
    if index > 0 and pronoun.doc[index].text == ",":
        index -= 1
    if index < 0 or (pronoun.lower_ == "that" and pronoun.tag_ in {"IN", "DT"}):
        return None
    noun = pronoun.doc[index]
    while noun.dep_ in {"flat", "compound", "goeswith"} and noun.head.i < pronoun.i and noun.head.i != noun.i:
        noun = noun.head
    return noun if noun.pos_ in {"NOUN", "PROPN", "PRON"} else None


def phrase_of(scene: Scene, head: Token, *, apposition: bool = True) -> tuple[int, int]:
    """
    Tokens of the noun phrase around its head: determiners, titles, "of" phrases, appositions; no relative clause.

    Returns:
        Start and end token, half-open.
    """
    start, end = head.i, head.i + 1
    for child in head.lefts:
        if child.dep_ in {
            "case",
            "mark",
            "cc",
            "punct",
            "advmod",
            "cop",
            "aux",
            "nsubj",
            "discourse",
            "parataxis",
        }:
            continue
        start = min(start, child.left_edge.i)
    for child in sorted(head.rights, key=lambda token: token.i):
        if child.dep_ == "punct":
            continue
        if child.dep_ in {"appos", "conj"} and not apposition and child.dep_ == "appos":
            break
        if child.dep_ not in PHRASE_PARTS or (child.dep_ == "conj" and child.lemma_.lower() in noun_lines()):
            break
        if child.left_edge.i > end and not _joined(scene, end, child.left_edge.i):
            break
        if child.dep_ in {"nmod", "acl"} and "," in {
            scene.doc[child.left_edge.i - 1].text,
            child.left_edge.text,
        }:
            break
        end = max(end, child.right_edge.i + 1)
        finite = next((t for t in scene.doc[child.i : end] if t.tag_ in FINITE and t.dep_ != "acl"), None)
        if finite is not None and child.dep_ != "nmod:poss":
            # A verb inside a name: the parse went on too far
            end = finite.i
            break
        relative = next((t for t in child.subtree if t.dep_ == "acl:relcl" and t.i > child.i), None)
        if relative is not None:
            end = max(child.i + 1, relative.left_edge.i)
            break
    first, last = scene.sentence_of[head.i]
    start, end = max(start, first), min(end, last + 1)
    inside = scene.quote_of[head.i]
    while scene.quote_of[start] != inside:
        start += 1
    while scene.quote_of[end - 1] != inside:
        end -= 1
    if end - start > LONGEST_SOURCE:
        start, end = max(start, head.i - 5), min(end, head.i + 6)
    if (
        start > first
        and scene.doc[start - 1].tag_ == "DT"
        and scene.quote_of[start - 1] == scene.quote_of[start]
    ):
        start -= 1  # a determiner that the parse hung elsewhere
    while (
        start > first
        and scene.doc[start - 1].pos_ == "PROPN" == scene.doc[start].pos_
        and scene.quote_of[start - 1] == inside
    ):
        start -= 1  # "Professor | Alba"
    while end - 1 > head.i and (
        scene.doc[end - 1].is_punct or scene.doc[end - 1].is_space or scene.doc[end - 1].tag_ in RELATIVE
    ):
        end -= 1
    while start < head.i and (
        (scene.doc[start].is_punct and scene.quote_of[start] < 0) or scene.doc[start].is_space
    ):
        start += 1
    return start, end


def name_of(scene: Scene, head: Token) -> str:
    """The phrase without its article; of "Russian agency Tass" only the name that the tables know, "Tass"."""
    known = medium_among(scene, *phrase_of(scene, head))
    return name_between(scene, *(known or phrase_of(scene, head, apposition=False)))


def name_between(scene: Scene, start: int, end: int) -> str:
    """The press organisation named among the tokens, or all of them without their article."""
    known = medium_among(scene, start, end)
    if known is not None:
        start, end = known
    while start < end - 1 and scene.doc[start].pos_ in {"DET", "PUNCT"}:
        start += 1
    first, last = scene.chars(start, end)
    return scene.text[first:last]


def medium_among(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """The tokens among these that name a press organisation of the tables, the longest name first."""
    names = media_names()
    for width in range(min(end - start, 6), 0, -1):
        for index in range(start, end - width + 1):
            first, last = scene.chars(index, index + width)
            text = scene.text[first:last]
            if text in names or (text.lower() in names and not text.islower()):
                return index, index + width
    return None


def medium_after(scene: Scene, verb: Token) -> tuple[int, int] | None:
    """The press organisation named right behind the verb: "told | Reuters | the dam could burst"."""
    end = min(verb.i + 6, scene.sentence_of[verb.i][1] + 1)
    known = medium_among(scene, verb.i + 1, end) if verb.i + 1 < end else None
    return known if known is not None and known[0] <= verb.i + 2 else None


PHRASE_PARTS = frozenset(
    (
        "flat",
        "nmod",
        "nmod:poss",
        "nmod:desc",
        "nmod:npmod",
        "nmod:unmarked",
        "amod",
        "nummod",
        "compound",
        "appos",
        "conj",
        "det",
        "fixed",
        "case",
        "goeswith",
        "acl",
    )
)


def _joined(scene: Scene, end: int, start: int) -> bool:
    """Whether nothing but punctuation or a coordinator stands between the phrase and its next part."""
    return all(
        scene.doc[index].is_punct or scene.doc[index].pos_ in {"CCONJ", "ADP", "DET", "PART"}
        for index in range(end, start)
    )
