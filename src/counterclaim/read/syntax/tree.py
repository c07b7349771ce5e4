"""
A parsed text as every stage reads it: columns by token, words that know their neighbours, sentences, paragraphs.

Comes in: a spaCy `Doc`. Goes out: a `Tree`. A column is a list with one entry a token (``tree.dep[3]``); a word is the same
token with names for its neighbours (``tree[3].head``). Reading either costs a tenth of asking spaCy, which decodes a
string and makes an object at every question.

    "Mali denied it."   tree.dep -> ["nsubj", "ROOT", "obj", "punct"]; tree[0].head -> the word "denied"

Limit: columns are filled once. `repairs` makes a new tree where a label or a head has to change.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property, wraps
from itertools import accumulate, pairwise
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from counterclaim.read.syntax.quotes import Quote, find_quotes
from counterclaim.types import Mention, Place

_NAMED: list[int | str] = ["ORTH", "NORM", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"]
_NUMBERED: list[int | str] = ["HEAD", "SENT_START", "IS_PUNCT", "IS_SPACE", "IS_QUOTE", "SPACY"]
_P = ParamSpec("_P")
_R = TypeVar("_R")


class Tree:
    """
    One text's grammar.

    Attributes:
        text: The text that every offset refers to.
        forms, words, norms, lemmas: Each token as written; in lower case; with "n't" as "not"; its lemma in lower case.
        pos, tag, dep, head: Universal part of speech, Penn tag, relation, index of the head (its own for a root).
        idx: Character at which each token begins.
        starts: Whether each token begins a sentence.
        mentions: Who is spoken of, once `repairs.settle` has brought it in; empty before.
        toponyms: Where places are named, once the pipeline has looked for them; empty before.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.size = size = len(doc)
        strings = doc.vocab.strings
        keys = [list(map(int, column)) for column in doc.to_array(_NAMED).reshape(size, len(_NAMED)).T]
        names = {key: strings[key] for column in keys for key in set(column)}
        small = {key: names[key].lower() for column in (keys[0], keys[2]) for key in set(column)}
        self.forms: list[str] = [names[key] for key in keys[0]]
        self.words: list[str] = [small[key] for key in keys[0]]
        self.norms: list[str] = [names[key] for key in keys[1]]
        self.lemmas: list[str] = [small[key] for key in keys[2]]
        self.pos: list[str] = [names[key] for key in keys[3]]
        self.tag: list[str] = [names[key] for key in keys[4]]
        self.dep: list[str] = [names[key] for key in keys[5]]
        self.entity: list[str] = [names[key] for key in keys[6]]
        table: NDArray[np.int64] = doc.to_array(_NUMBERED).view(np.int64).reshape(size, len(_NUMBERED))
        self.head: list[int] = (table[:, 0] + np.arange(size)).tolist()
        self.starts: list[bool] = (table[:, 1] == 1).tolist()
        flags: list[list[bool]] = [(table[:, at] == 1).tolist() for at in (2, 3, 4, 5)]
        self.punct, self.space, self.quote, self.spaced = flags
        lengths = np.fromiter(map(len, self.forms), dtype=np.int64, count=size) + (table[:, 5] == 1)
        self.idx: list[int] = (np.cumsum(lengths) - lengths).tolist()
        if size:
            self.starts[0] = True
        self.mentions: tuple[Mention, ...] = ()
        self.toponyms: tuple[Place, ...] = ()
        self.answers: defaultdict[str, dict[Any, Any]] = defaultdict(dict)

    def copy(self) -> "Tree":
        """The same tree, to be repaired: its four columns of grammar are its own, nothing has been asked of it."""
        new = object.__new__(Tree)
        new.__dict__.update({name: value for name, value in self.__dict__.items() if name not in _ASKED})
        new.pos, new.tag, new.dep, new.head = self.pos[:], self.tag[:], self.dep[:], self.head[:]
        new.answers = defaultdict(dict)
        return new

    def release(self) -> None:
        """
        Let go of everything the tree knows: it is of no use afterwards.

        Words and tree hold each other, so that without this only the garbage collector frees them, and to find them it
        goes through all the knowledge in memory: a tenth of the time that reading takes besides the parse.
        """
        for word in self.__dict__.get("all_words", ()):
            word.children.clear()
            del word.head, word.tree
        self.__dict__.clear()

    def to_doc(self) -> Doc:
        """The tree as a spaCy `Doc` with the repaired labels and heads; sentences as they were."""
        doc = self.doc.copy()
        add = doc.vocab.strings.add
        rows = [
            [
                add(self.pos[i]),
                add(self.tag[i]),
                add(self.dep[i]),
                (self.head[i] - i) % 2**64,
                1 if start else 2**64 - 1,
            ]
            for i, start in enumerate(self.starts)
        ]
        table = np.array(rows, dtype=np.uint64).reshape(self.size, 5)
        columns: list[int | str] = ["POS", "TAG", "DEP", "HEAD", "SENT_START"]
        return doc.from_array(columns, table)  # type: ignore[arg-type]  # spaCy's hint forgets unsigned hashes

    def __len__(self) -> int:
        return self.size

    # -- words --------------------------------------------------------------------------------------------------------

    @cached_property
    def all_words(self) -> "tuple[Word, ...]":
        """The tokens as words."""
        words = tuple([Word(self, index) for index in range(self.size)])
        for word, head in zip(words, self.head, strict=True):
            word.head = words[head]
            if head != word.i:
                words[head].children.append(word)
        return words

    def __getitem__(self, index: int) -> "Word":
        return self.all_words[index]

    def __iter__(self) -> "Iterator[Word]":
        return iter(self.all_words)

    def between(self, start: int, end: int) -> "tuple[Word, ...]":
        """The words from `start` up to, not including, `end`."""
        return self.all_words[max(start, 0) : max(end, 0)]

    def stretch(self, start: int, end: int, label: str = "") -> "Stretch":
        """The tokens from `start` up to, not including, `end`, as one thing with a text and a root."""
        return Stretch(self, start, end, label)

    # -- places in the text -------------------------------------------------------------------------------------------

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the tokens from `start` up to, not including, `end`."""
        return self.idx[start], self.idx[end - 1] + len(self.forms[end - 1])

    def written(self, start: int, end: int) -> str:
        """The text of the tokens from `start` up to, not including, `end`."""
        if end <= start:
            return ""
        return self.text[self.idx[start] : self.idx[end - 1] + len(self.forms[end - 1])]

    def token_at(self, char: int) -> int:
        """Index of the first token that ends after the character."""
        return bisect_right(self.ends, char)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The character behind each token."""
        return tuple([start + len(form) for start, form in zip(self.idx, self.forms, strict=True)])

    def covering(self, start_char: int, end_char: int) -> "Stretch | None":
        """The tokens that hold any of the characters; None where none does."""
        start = self.token_at(start_char)
        end = start
        while end < self.size and self.idx[end] < end_char:
            end += 1
        return self.stretch(start, end) if end > start else None

    @cached_property
    def sents(self) -> "tuple[Stretch, ...]":
        """The sentences, as parsed."""
        starts = [index for index, start in enumerate(self.starts) if start]
        return tuple([self.stretch(start, end) for start, end in pairwise([*starts, self.size])])

    @cached_property
    def sent_of(self) -> "tuple[Stretch, ...]":
        """The sentence of each token."""
        return tuple([sent for sent in self.sents for _ in range(sent.start, sent.end)])

    @cached_property
    def line_of(self) -> tuple[tuple[int, int], ...]:
        """First and last token of each token's sentence, cut at line breaks, white space at its edges left out."""
        found: list[tuple[int, int]] = []
        for sent in self.sents:
            breaks = [i + 1 for i in range(sent.start, sent.end) if self.space[i] and "\n" in self.forms[i]]
            for start, end in pairwise(dict.fromkeys((sent.start, *breaks, sent.end))):
                first, last = start, end - 1
                while last > first and self.space[last]:
                    last -= 1
                while first < last and self.space[first]:
                    first += 1
                found.extend([(first, last)] * (end - start))
        return tuple(found)

    @cached_property
    def paragraph_of(self) -> tuple[int, ...]:
        """Running number of the paragraph each token stands in; a line break belongs to the paragraph it opens."""
        forms = zip(self.forms, self.space, strict=True)
        return tuple(accumulate([space and "\n" in form for form, space in forms], initial=0))[1:]

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """Running number of the sentence each token stands in."""
        return tuple(accumulate(self.starts, initial=-1))[1:]

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotations, in order."""
        return find_quotes(self.text)

    @cached_property
    def quote_of(self) -> tuple[int, ...]:
        """Index of the quotation each token stands in, marks included; -1 outside."""
        found = [-1] * self.size
        for number, quote in enumerate(self.quotes):
            first, last = bisect_left(self.idx, quote.start_char), bisect_left(self.idx, quote.end_char)
            found[first:last] = [number] * (last - first)
        return tuple(found)

    @cached_property
    def ents(self) -> "tuple[Stretch, ...]":
        """Names as the weights tagged them, each with its label."""
        return tuple([self.stretch(ent.start, ent.end, ent.label_) for ent in self.doc.ents])

    @cached_property
    def spans(self) -> "dict[str, tuple[Stretch, ...]]":
        """What else the weights tagged, by layer: ``attr_source``, ``attr_cue``, ``attr_content``."""
        return {
            name: tuple([self.stretch(span.start, span.end) for span in group])
            for name, group in self.doc.spans.items()
        }

    # -- who is spoken of ---------------------------------------------------------------------------------------------

    @cached_property
    def named(self) -> frozenset[int]:
        """The heads of mentions."""
        return frozenset(mention.head for mention in self.mentions)

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

    def mention_at(self, word: "Word") -> Mention | None:
        """The mention headed by the word, or else the shortest that covers it."""
        here = self.mentions_at.get(word.i, ())
        return here[0] if here else None

    # -- neighbours ---------------------------------------------------------------------------------------------------

    @cached_property
    def kids(self) -> list[list[int]]:
        """What hangs on each token, in text order."""
        kids: list[list[int]] = [[] for _ in range(self.size)]
        for index, head in enumerate(self.head):
            if head != index:
                kids[head].append(index)
        return kids

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """First and last token of all that hangs on each token, itself included."""
        left, right = list(range(self.size)), list(range(self.size))
        for index in range(self.size):
            at = index
            while self.head[at] != at:
                at = self.head[at]
                if left[at] <= index <= right[at]:
                    break
                left[at], right[at] = min(left[at], index), max(right[at], index)
        return list(zip(left, right, strict=True))

    def child(self, index: int, *deps: str) -> tuple[int, ...]:
        """Children standing in one of these relations, in text order."""
        dep = self.dep
        return tuple([kid for kid in self.kids[index] if dep[kid] in deps])

    def conjuncts(self, index: int) -> tuple[int, ...]:
        """The token and everything coordinated with it."""
        found = [index]
        for kid in self.kids[index]:
            if self.dep[kid] == "conj":
                found.extend(self.conjuncts(kid))
        return tuple(found)

    def root_of(self, start: int, end: int) -> int:
        """The token of a stretch that stands highest, the first of several."""
        best, least = start, -1
        for index in range(start, end):
            head = self.head[index]
            if start <= head < end and head != index:
                continue
            depth, at = 0, index
            while self.head[at] != at:
                at, depth = self.head[at], depth + 1
            if least < 0 or depth < least:
                best, least = index, depth
        return best


# What a tree works out on demand; a copy to be repaired has to work it out anew.
_ASKED = frozenset(name for name, value in vars(Tree).items() if isinstance(value, cached_property))


def question(
    answer: Callable[Concatenate[Tree, _P], _R],
) -> Callable[Concatenate[Tree, _P], _R]:
    """A question about a tree that is answered once: the answer is kept in the tree and goes with it."""
    name = answer.__qualname__

    @wraps(answer)
    def ask(tree: Tree, /, *arguments: _P.args, **named: _P.kwargs) -> _R:
        known = tree.answers[name]
        try:
            return known[arguments]  # type: ignore[no-any-return]  # what this function put there
        except KeyError:
            known[arguments] = found = answer(tree, *arguments, **named)
            return found

    return ask


class Word:
    """A token of a `Tree`, with spaCy's names for its neighbours and the tree's for its columns."""

    __slots__ = (
        "children",
        "dep",
        "entity",
        "head",
        "i",
        "idx",
        "lemma",
        "lower",
        "pos",
        "tag",
        "text",
        "tree",
    )

    def __init__(self, tree: Tree, index: int) -> None:
        self.tree = tree
        self.i = index
        self.idx = tree.idx[index]
        self.text = tree.forms[index]
        self.lower = tree.words[index]
        self.lemma = tree.lemmas[index]
        self.pos = tree.pos[index]
        self.tag = tree.tag[index]
        self.dep = tree.dep[index]
        self.entity = tree.entity[index]
        self.head = self
        self.children: list[Word] = []

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def norm(self) -> str:
        """The word in lower case, "n't" as "not"."""
        return self.tree.norms[self.i]

    @property
    def lefts(self) -> "list[Word]":
        """The children before the word."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> "list[Word]":
        """The children behind the word."""
        return [child for child in self.children if child.i > self.i]

    @property
    def left_edge(self) -> "Word":
        """The first word of all that hangs on this one."""
        return self.tree[self.tree.edges[self.i][0]]

    @property
    def right_edge(self) -> "Word":
        """The last word of all that hangs on this one."""
        return self.tree[self.tree.edges[self.i][1]]

    @property
    def sent(self) -> "Stretch":
        """The sentence."""
        return self.tree.sent_of[self.i]

    @property
    def spaced(self) -> bool:
        """Whether white space follows."""
        return self.tree.spaced[self.i]

    @property
    def is_punct(self) -> bool:
        """A mark, not a word."""
        return self.tree.punct[self.i]

    @property
    def is_space(self) -> bool:
        """White space that the text has beyond single blanks."""
        return self.tree.space[self.i]

    @property
    def is_quote(self) -> bool:
        """A quotation mark."""
        return self.tree.quote[self.i]

    def nbor(self, step: int = 1) -> "Word":
        """The word so many places on; before this one where negative."""
        return self.tree.all_words[self.i + step]

    @property
    def ancestors(self) -> "Iterator[Word]":
        """What the word hangs on, and what that hangs on."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> "Iterator[Word]":
        """The word and all that hangs on it, in text order."""
        waiting, found = [self], []
        while waiting:
            word = waiting.pop()
            found.append(word)
            waiting.extend(word.children)
        return iter(sorted(found, key=lambda word: word.i))


class Stretch:
    """Some tokens in a row: a sentence, a name, a label of the weights."""

    __slots__ = ("end", "label", "start", "tree")

    def __init__(self, tree: Tree, start: int, end: int, label: str = "") -> None:
        self.tree = tree
        self.start = start
        self.end = end
        self.label = label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.tree.all_words[self.start : self.end])

    @property
    def start_char(self) -> int:
        """The first character."""
        return self.tree.idx[self.start]

    @property
    def end_char(self) -> int:
        """The character behind the last."""
        return self.tree.idx[self.end - 1] + len(self.tree.forms[self.end - 1])

    @property
    def text(self) -> str:
        """The characters."""
        return self.tree.text[self.start_char : self.end_char]

    @property
    def root(self) -> Word:
        """The word that stands highest."""
        return self.tree[self.tree.root_of(self.start, self.end)]
