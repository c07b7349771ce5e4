"""
Who stands where in the clause: the logical arguments of a word, read off a UD dependency parse.

Comes in: a parsed `Doc`. Goes out: token indexes for the logical subject, the logical object and the
prepositional arguments of any token, with passives undone and missing subjects found: relative clauses
and participles take their noun, coordinated verbs share, controlled infinitives and gerunds look up.

    "The village, shelled by rebels, ..."      shelled: subject rebels, object village
    "urged Chad to withdraw"                   withdraw: subject Chad

Limit: a gap inside a coordinated relative clause ("whom A met and B praised") is not followed.
"""

from spacy.tokens import Doc

from counterclaim.read.events.settle import settle, word_class
from counterclaim.types import Mention

_CLAUSE_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_OBLIQUES = frozenset(
    ("obl", "obl:agent", "nmod", "obl:tmod", "obl:npmod", "obl:unmarked", "advcl", "acl", "advmod")
)
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_BE = frozenset(
    ("be", "is", "are", "was", "were", "been", "being", "'s", "'re", "am", "get", "got", "gets", "getting")
)
_MAX_CLIMB = 4  # a subject more than four clauses up is a guess


class Tree:
    """The parse of one document as plain lists, with logical arguments worked out on demand and kept."""

    def __init__(self, doc: Doc, mentions: tuple[Mention, ...] = ()) -> None:
        self.doc = doc
        self.size = len(doc)
        self.named = frozenset(mention.head for mention in mentions)
        self.words: list[str] = [token.text.lower() for token in doc]
        self.pos: list[str] = [token.pos_ for token in doc]
        self.tag: list[str] = [token.tag_ for token in doc]
        self.dep: list[str] = [token.dep_ for token in doc]
        self.head: list[int] = [token.head.i for token in doc]
        settle(self, mentions)
        self.kids: list[list[int]] = [[] for _ in range(self.size)]
        for index, head in enumerate(self.head):
            if head != index:
                self.kids[head].append(index)
        self._subjects: dict[int, tuple[int, ...]] = {}
        self._surface: dict[int, tuple[int, ...]] = {}
        self._objects: dict[int, tuple[int, ...]] = {}
        self._preps: dict[int, tuple[tuple[str, int], ...]] = {}

    def child(self, index: int, *deps: str) -> tuple[int, ...]:
        """Children standing in one of these relations, in text order."""
        return tuple(kid for kid in self.kids[index] if self.dep[kid] in deps)

    def conjuncts(self, index: int) -> tuple[int, ...]:
        """The token and everything coordinated with it."""
        found = [index]
        for kid in self.kids[index]:
            if self.dep[kid] == "conj":
                found.extend(self.conjuncts(kid))
        return tuple(found)

    def is_verb(self, index: int) -> bool:
        """Used as a verb, whatever one of the two tag sets says."""
        return self.pos[index] == "VERB" or self.tag[index].startswith("VB")

    def is_passive(self, index: int) -> bool:
        """The surface subject is the logical object."""
        kids = self.kids[index]
        if any(
            self.dep[kid] == "aux:pass" or (self.dep[kid] == "aux" and self.words[kid] in _BE) for kid in kids
        ):
            return self.tag[index] not in {"VBG", "VB"} or any(self.dep[kid] == "aux:pass" for kid in kids)
        if any(self.dep[kid] in {"nsubj:pass", "csubj:pass"} for kid in kids) and self.tag[index] == "VBN":
            # "also called for": without any form of be, a passive subject only where nothing finite is near
            return not any(self.dep[kid] in {"aux", "obj"} for kid in kids) and self.head[index] != index
        if self.tag[index] not in {"VBN", "VBD", "JJ"} or self.words[index].endswith("ing"):
            return False
        if self.dep[index] in {"acl", "amod"}:
            return self.dep[index] == "amod" or (self.tag[index] != "VBD" and not self.child(index, "obj"))
        if any(self.dep[kid] in {"aux", "cop"} and self.words[kid] in _BE for kid in kids):
            return True
        if self.dep[index] == "conj" and not self.child(index, "obj", "nsubj"):
            return self.is_verb(self.head[index]) and self.is_passive(self.head[index])
        # "accused of", "urged by": a bare participle clause hanging on a verb
        return (
            self.dep[index] in {"advcl", "xcomp", "ccomp"}
            and self.tag[index] == "VBN"
            and not self.child(index, "obj", "nsubj")
            and not any(self.dep[kid] == "aux" for kid in kids)
        )

    def prepositions(self, index: int) -> tuple[str, ...]:
        """The words that introduce the phrase or clause headed here: ``("against",)``, ``("because_of",)``."""
        found = []
        for kid in self.kids[index]:
            if self.dep[kid] in {"case", "mark"} and kid < index:
                if self.words[kid] == "to" and self.tag[index] == "VB":
                    continue  # an infinitive's
                parts = [
                    self.words[kid],
                    *(self.words[sub] for sub in self.kids[kid] if self.dep[sub] == "fixed"),
                ]
                found.append("_".join(parts))
        return tuple(found)

    def prepositional(self, index: int) -> tuple[tuple[str, int], ...]:
        """Each preposition with the head of its phrase, for phrases hanging on this token or on its object."""
        known = self._preps.get(index)
        if known is not None:
            return known
        found: list[tuple[str, int]] = []
        hosts = [index]
        if self.is_verb(index):
            # "signed a deal with Oman": the parser hangs "with Oman" on either word
            hosts.extend(self.child(index, "obj", "nsubj:pass"))
            hosts.extend(self.child(index, "compound:prt"))
            # "walked away from the talks": away hangs on the verb as an adverb, the talks on away
            hosts.extend(
                kid for kid in self.child(index, "advmod") if self.words[kid] in word_class("particles")
            )
            # "agreed ... with": a phrase at the end of an open complement may hang there
        elif self.dep[index] in {"obj", "nsubj", "nsubj:pass"} and self.is_verb(self.head[index]):
            found.extend(
                (word, kid)
                for kid in self.kids[self.head[index]]
                if kid > index and self.dep[kid] in {"obl", "obl:agent", "advcl"}
                for word in self.prepositions(kid)
            )
        elif self.dep[index] == "nmod" and self.pos[self.head[index]] == "NOUN":
            # "an end to strikes against Oman": the parser hangs "against Oman" on end
            found.extend(
                (word, kid)
                for kid in self.kids[self.head[index]]
                if kid > index and self.dep[kid] == "nmod"
                for word in self.prepositions(kid)
                if word in {"against", "between"}
            )
        if not self.is_verb(index):
            # "the loan by Japan to Vietnam": the parser hangs "to Vietnam" on Japan
            found.extend(
                (word, below)
                for kid in self.kids[index]
                if self.dep[kid] == "nmod" and "by" in self.prepositions(kid)
                for below in self.kids[kid]
                if self.dep[below] == "nmod"
                for word in self.prepositions(below)
                if word in word_class("addressed")
            )
        for host in hosts:
            found[:0] = [
                (word, kid)
                for kid in self.kids[host]
                if self.dep[kid] in _OBLIQUES
                for word in self.prepositions(kid)
            ]
        self._preps[index] = tuple(found)
        return self._preps[index]

    def with_preposition(self, index: int, word: str) -> tuple[int, ...]:
        """Heads of the phrases introduced by this preposition."""
        times = word_class("times")
        return tuple(
            self._antecedent(kid, index)
            for prep, kid in self.prepositional(index)
            if prep == word and self.words[kid] not in times
        )

    def subjects(self, index: int) -> tuple[int, ...]:
        """The logical subject: who does it."""
        known = self._subjects.get(index)
        if known is not None:
            return known
        self._subjects[index] = ()  # a cycle in the climb ends here
        if self.is_passive(index):
            agents = self.child(index, "obl:agent") or self.with_preposition(index, "by")
            found = tuple(kid for kid in agents if self.pos[kid] != "NUM" and not self.is_verb(kid))
        else:
            found = self.surface_subjects(index)
        self._subjects[index] = found
        return found

    def objects(self, index: int) -> tuple[int, ...]:
        """The logical object: whom or what it is done to."""
        known = self._objects.get(index)
        if known is not None:
            return known
        self._objects[index] = ()
        # a parser that sees one object may call the person told or warned an indirect one
        objects = self.child(index, "obj") or (() if self.is_passive(index) else self.child(index, "iobj"))
        found = tuple(self._antecedent(kid, index) for kid in objects)
        if not found and self.is_passive(index):
            found = self.surface_subjects(index)
        elif not found:
            found = self._gap(index) or self._shared_object(index) or self._after_particle(index)
        self._objects[index] = found
        return found

    def surface_subjects(self, index: int, climbed: int = 0) -> tuple[int, ...]:
        """The subject as the verb's voice has it: its own, or the one it shares or is controlled by."""
        known = self._surface.get(index)
        if known is not None:
            return known
        found = self._surface_subjects(index, climbed)
        if not climbed:
            self._surface[index] = found
        return found

    def _surface_subjects(self, index: int, climbed: int) -> tuple[int, ...]:
        own = tuple(kid for kid in self.kids[index] if self.dep[kid] in _CLAUSE_SUBJECTS)
        if own:
            return tuple(self._antecedent(kid, index) for kid in own)
        if climbed >= _MAX_CLIMB:
            return ()
        dep, head = self.dep[index], self.head[index]
        if dep == "amod":
            return (head,)
        if dep in {"acl", "acl:relcl"}:
            return self._subject_from_noun(index, head, climbed)
        if dep == "conj" and (self.is_verb(head) or self.child(head, "cop", "aux")):
            return self.surface_subjects(head, climbed + 1)
        if dep in {"xcomp", "advcl", "ccomp", "parataxis", "obl", "nmod", "obj"} and head != index:
            return self._controller(index, head, climbed)
        return ()

    def _controller(self, index: int, head: int, climbed: int) -> tuple[int, ...]:
        if not (self.is_verb(head) or self.child(head, "cop")):
            # "plans for withdrawing", "ready to withdraw" without a copula: whoever the noun belongs to
            return self.child(head, "nmod:poss") if self.pos[head] == "NOUN" else ()
        dep = self.dep[index]
        if dep in {"ccomp", "parataxis"} and self.tag[index] not in {"VB", "VBG"}:
            return ()
        lemma = self.doc[head].lemma_.lower()
        if dep in {"xcomp", "advcl", "ccomp"} and self.tag[index] == "VB":
            addressed = self._called_on(head)
            if addressed:
                return addressed
        if dep == "xcomp":
            held = self.child(head, "obj", "iobj")
            if held and lemma not in word_class("subject_control"):
                return held
            return self.surface_subjects(head, climbed + 1)
        if lemma in word_class("blames_object"):
            # "accused Rwanda of backing": the accused backs; "was accused of backing": the surface subject does
            held = self.objects(head)
            if held:
                return held
        if dep in {"advcl", "obl", "ccomp", "obj"} and (self.tag[index] in {"VBG", "VBN", "VB"}):
            return self.surface_subjects(head, climbed + 1)
        return ()

    def _called_on(self, verb: int) -> tuple[int, ...]:
        """As in "called on both sides to stop": whoever is called on does it."""
        return tuple(
            head
            for preposition in ("on", "upon", "to")
            if f"{self.words[verb]} {preposition}" in word_class("addressing")
            for head in self.with_preposition(verb, preposition)
        )

    def _subject_from_noun(self, index: int, noun: int, climbed: int) -> tuple[int, ...]:
        if self.dep[index] == "acl:relcl" or self.tag[index] in {"VBD", "VBZ", "VBP"}:
            return (noun,)
        if self.tag[index] == "VB" or any(
            self.words[kid] in {"to", "of", "for"} for kid in self.child(index, "mark")
        ):
            # "Peru's decision to leave", "took steps to leave"
            owner = self.child(noun, "nmod:poss") or self.with_preposition(noun, "by")
            if owner:
                return owner
            verb = self.head[noun]
            if self.dep[noun] in {"obj", "obl", "xcomp", "nsubj:pass"} and self.is_verb(verb):
                return (
                    self.subjects(verb) if self.is_passive(verb) else self.surface_subjects(verb, climbed + 1)
                )
            return ()
        verb = self.head[noun]
        if (
            self.tag[index] == "VBG"
            and noun not in self.named
            and self.dep[noun] == "obj"
            and self.is_verb(verb)
        ):
            # "held talks asking for aid": the holder asks, not the talks
            return self.surface_subjects(verb, climbed + 1)
        if self.words[index] in word_class("asking"):
            holder = self._holder_of_talks(noun, climbed)
            if holder:
                return holder
        return (noun,)

    def _holder_of_talks(self, partner: int, climbed: int) -> tuple[int, ...]:
        """As in "held talks with Oslo asking for aid": who holds them asks, not whom they are with."""
        while self.dep[partner] == "conj":
            partner = self.head[partner]
        if "with" not in self.prepositions(partner):
            return ()
        verb = self.head[partner]
        while not self.is_verb(verb) and self.head[verb] != verb:
            verb = self.head[verb]
        return self.surface_subjects(verb, climbed + 1) if self.is_verb(verb) else ()

    def _antecedent(self, index: int, clause: int) -> int:
        if self.words[index] in _RELATIVE and self.dep[clause] == "acl:relcl":
            return self.head[clause]
        if (
            self.words[index] in _RELATIVE
            and self.dep[clause] == "conj"
            and self.dep[self.head[clause]] == "acl:relcl"
        ):
            return self.head[self.head[clause]]
        if self.words[index] == "which" and self.child(index, "case"):
            # "..., in which dozens died": the nearest noun before the preposition
            for near in range(self.child(index, "case")[0] - 1, max(-1, index - 8), -1):
                if self.pos[near] in {"NOUN", "PROPN"}:
                    return near
        return index

    def _gap(self, index: int) -> tuple[int, ...]:
        """The noun a relative clause lost its object to: "the town that rebels shelled"."""
        if self.dep[index] != "acl:relcl":
            return ()
        subjects = [kid for kid in self.kids[index] if self.dep[kid] in _CLAUSE_SUBJECTS]
        if not subjects or any(self.words[kid] in _RELATIVE for kid in subjects):
            return ()
        return (self.head[index],)

    def _shared_object(self, index: int) -> tuple[int, ...]:
        """As in "attacked and looted a village": the object stands with the last verb."""
        for kid in self.child(index, "conj"):
            between = self.words[index + 1 : kid]
            if self.is_verb(kid) and len(between) <= 3 and not self.child(index, "obl", "xcomp", "ccomp"):
                return self.child(kid, "obj")
        return ()

    def _after_particle(self, index: int) -> tuple[int, ...]:
        """As in "handed over a suspect": a particle taken for a preposition has the object below it."""
        if (
            index + 1 >= self.size
            or self.words[index + 1] not in word_class("particles")
            or self.words[index] not in word_class("particle_verbs")
        ):
            return ()
        return tuple(kid for kid in self.child(index, "obl") if index + 1 in self.kids[kid])
