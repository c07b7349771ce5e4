"""
Who stands where in the clause: the arguments of a word, the same for whoever asks.

Comes in: a `Tree`. Goes out: token indexes for the logical subject, the logical object and the prepositional arguments of any
token, with passives undone and missing subjects found: relative clauses and participles take their noun, coordinated
verbs share, controlled infinitives and gerunds look up.

    "The village, shelled by rebels, ..."      shelled: subject rebels, object village
    "accused Kabul of sheltering them"         sheltering: subject Kabul
    "urged Chad to withdraw"                   withdraw: subject Chad

Limit: a gap inside a coordinated relative clause ("whom A met and B praised") is not followed.
"""

from counterclaim.read.syntax.classes import (
    CLAUSE_SUBJECTS,
    FINITE,
    NOMINAL,
    VERBAL_TAGS,
    word_class,
)
from counterclaim.read.syntax.tree import Tree, Word, question

_OBLIQUES = frozenset(
    ("obl", "obl:agent", "nmod", "obl:tmod", "obl:npmod", "obl:unmarked", "advcl", "acl", "advmod")
)
# Where a word that looks like a verb only describes another.
_DESCRIBING = frozenset(("amod", "compound", "case", "aux", "aux:pass", "cop", "flat", "fixed", "nmod:desc"))
_MAX_CLIMB = 4  # a subject more than four clauses up is a guess


# -- voice ------------------------------------------------------------------------------------------------------------


def is_verb(tree: Tree, index: int) -> bool:
    """Used as a verb, whatever one of the two tag sets says."""
    return tree.pos[index] == "VERB" or tree.tag[index].startswith("VB")


@question
def is_passive(tree: Tree, index: int) -> bool:
    """The surface subject is the logical object."""
    kids, tag, dep = tree.kids[index], tree.tag[index], tree.dep[index]
    marked = {tree.dep[kid] for kid in kids}
    if "aux:pass" in marked:
        return True
    if any(tree.dep[kid] == "aux" and tree.words[kid] in word_class("be") for kid in kids):
        return tag not in {"VBG", "VB"}
    if tag == "VBN" and any("by" in prepositions(tree, kid) for kid in tree.child(index, "obl:agent")):
        return True
    if tag == "VBN" and not marked.isdisjoint({"nsubj:pass", "csubj:pass"}):
        # "also called for": without any form of be, a passive subject only where nothing finite is near
        return marked.isdisjoint({"aux", "obj"}) and tree.head[index] != index
    if tag not in {"VBN", "VBD", "JJ"} or tree.words[index].endswith("ing"):
        return False
    if dep == "amod":
        return True
    if dep == "acl":
        return tag != "VBD" and marked.isdisjoint({"obj", "aux"})
    if any(tree.dep[kid] == "cop" and tree.words[kid] in word_class("be") for kid in kids):
        return True
    if not marked.isdisjoint({"obj", "nsubj"}):
        return False
    if dep == "conj":
        return is_verb(tree, tree.head[index]) and is_passive(tree, tree.head[index])
    # "accused of", "urged by": a bare participle clause hanging on a verb
    return dep in {"advcl", "xcomp", "ccomp"} and tag == "VBN" and "aux" not in marked


# -- prepositions -----------------------------------------------------------------------------------------------------


@question
def prepositions(tree: Tree, index: int) -> tuple[str, ...]:
    """The words that introduce the phrase or clause headed here: ``("against",)``, ``("because_of",)``."""
    found = []
    for kid in tree.kids[index]:
        if tree.dep[kid] in {"case", "mark"} and kid < index:
            if tree.words[kid] == "to" and tree.tag[index] == "VB":
                continue  # an infinitive's
            fixed = [tree.words[sub] for sub in tree.kids[kid] if tree.dep[sub] == "fixed"]
            found.append("_".join((tree.words[kid], *fixed)))
    return tuple(found)


@question
def prepositional(tree: Tree, index: int) -> tuple[tuple[str, int], ...]:
    """Each preposition with the head of its phrase, for phrases hanging on this token or on its object."""
    head = tree.head[index]
    hosts = [index]
    lent: list[tuple[str, int]] = []
    if is_verb(tree, index):
        # "signed a deal with Oman": the parser hangs "with Oman" on either word
        hosts.extend(tree.child(index, "obj", "nsubj:pass"))
        hosts.extend(tree.child(index, "compound:prt"))
        # "walked away from the talks": away hangs on the verb as an adverb, the talks on away
        hosts.extend(kid for kid in tree.child(index, "advmod") if tree.words[kid] in word_class("particles"))
    else:
        if tree.dep[index] in {"obj", "nsubj", "nsubj:pass"} and is_verb(tree, head):
            # "the raid by rebels was condemned by Oslo": the agent of the verb did not do the raid
            agent = tree.dep[index] == "nsubj:pass" and bool(tree.child(index, "nmod"))
            later = [kid for kid in tree.child(head, "obl", "obl:agent", "advcl") if kid > index]
            lent.extend(
                (word, kid)
                for kid in later
                for word in prepositions(tree, kid)
                if not (agent and word == "by" and tree.words[head] not in word_class("does_nouns"))
            )
        elif tree.dep[index] == "nmod" and tree.pos[head] == "NOUN":
            # "an end to strikes against Oman": the parser hangs "against Oman" on end
            later = [kid for kid in tree.child(head, "nmod") if kid > index]
            lent.extend(
                (word, kid)
                for kid in later
                for word in prepositions(tree, kid)
                if word in {"against", "between"}
            )
        # "the loan by Japan to Vietnam": the parser hangs "to Vietnam" on Japan
        lent.extend(
            (word, below)
            for kid in tree.child(index, "nmod")
            if "by" in prepositions(tree, kid)
            for below in tree.child(kid, "nmod")
            for word in prepositions(tree, below)
            if word in word_class("addressed")
        )
    found = [
        (word, kid)
        for host in reversed(hosts)
        for kid in tree.kids[host]
        if tree.dep[kid] in _OBLIQUES
        for word in prepositions(tree, kid)
    ]
    return (*found, *lent)


@question
def with_preposition(tree: Tree, index: int, word: str) -> tuple[int, ...]:
    """Heads of the phrases introduced by this preposition; times ("on Monday") are none."""
    times = word_class("times")
    return tuple(
        [
            antecedent(tree, kid, index)
            for preposition, kid in prepositional(tree, index)
            if preposition == word and tree.words[kid] not in times
        ]
    )


# -- subjects and objects ---------------------------------------------------------------------------------------------


@question
def subjects(tree: Tree, index: int) -> tuple[int, ...]:
    """The logical subject: who does it. In the passive whoever follows "by", or nobody."""
    if is_passive(tree, index):
        return agents(tree, index)
    return surface_subjects(tree, index)


@question
def agents(tree: Tree, index: int) -> tuple[int, ...]:
    """The "by" phrase of a passive; a number or a gerund behind "by" is no agent."""
    found = tree.child(index, "obl:agent") or with_preposition(tree, index, "by")
    named = tuple([kid for kid in found if tree.pos[kid] != "NUM" and not is_verb(tree, kid)])
    return named or at_the_hands_of(tree, index)


@question
def at_the_hands_of(tree: Tree, index: int) -> tuple[int, ...]:
    """Who did it, where the text says so in these words: "died at the hands of a mob"."""
    return tuple(
        [
            below
            for word, kid in prepositional(tree, index)
            if word == "at" and tree.words[kid] == "hands"
            for below in with_preposition(tree, kid, "of")
        ]
    )


@question
def objects(tree: Tree, index: int) -> tuple[int, ...]:
    """The logical object: whom or what it is done to."""
    passive = is_passive(tree, index)
    # a parser that sees one object may call the person told or warned an indirect one
    found = tree.child(index, "obj") or (() if passive else tree.child(index, "iobj"))
    if found:
        return tuple([antecedent(tree, kid, index) for kid in found])
    if passive:
        return surface_subjects(tree, index)
    return _gap(tree, index) or _shared_object(tree, index) or _after_particle(tree, index)


@question
def own_subject(tree: Tree, index: int) -> int | None:
    """The subject that hangs on the verb itself; of several the nearest before it, as the others belong elsewhere."""
    own = tree.child(index, *CLAUSE_SUBJECTS)
    before = [kid for kid in own if kid < index]
    if before:
        return before[-1]
    if tree.tag[index] in FINITE and tree.tag[index] != "MD" and tree.dep[index] in {"acl:relcl", "ccomp"}:
        # "a figure the government | disputes": a finite verb has no noun before it but its subject
        noun = next((kid for kid in tree.child(index, "compound") if kid < index), None)
        if noun is not None:
            return noun
    return own[0] if own else None


@question
def surface_subjects(tree: Tree, index: int, climbed: int = 0) -> tuple[int, ...]:
    """The subject as the verb's voice has it: its own, or the one it shares or is controlled by."""
    own = own_subject(tree, index)
    if own is not None:
        beside = _joined_subject(tree, index, own)
        return tuple([antecedent(tree, one, index) for one in (*beside, own)])
    if climbed >= _MAX_CLIMB:
        return ()
    dep, head = tree.dep[index], tree.head[index]
    if dep == "amod":
        return (head,)
    if dep in {"acl", "acl:relcl"}:
        return _subject_from_noun(tree, index, head, climbed)
    if dep == "conj" and (is_verb(tree, head) or tree.child(head, "cop", "aux")):
        return surface_subjects(tree, head, climbed + 1)
    if dep in {"xcomp", "advcl", "ccomp", "parataxis", "obl", "nmod", "obj", "dep"} and head != index:
        return _controller(tree, index, head, climbed)
    return ()


def _joined_subject(tree: Tree, index: int, own: int) -> tuple[int, ...]:
    """As in "Chad | and Niger", "the envoy | Ana Ruiz" called two subjects: the one that ends where the other begins."""
    start = tree.edges[own][0]
    return tuple(
        [
            kid
            for kid in tree.child(index, *CLAUSE_SUBJECTS)
            if kid < own and tree.edges[kid][1] + 1 == start and not tree.punct[start]
        ]
    )


def _controller(tree: Tree, index: int, head: int, climbed: int) -> tuple[int, ...]:
    """Who does an infinitive, a gerund or a participle that hangs on `head`."""
    if not (is_verb(tree, head) or tree.child(head, "cop", "aux:pass")):
        # "plans for withdrawing", "ready to withdraw" without a copula: whoever the noun belongs to
        return tree.child(head, "nmod:poss") if tree.pos[head] == "NOUN" else ()
    dep, tag = tree.dep[index], tree.tag[index]
    if dep == "ccomp" and tag not in {"VB", "VBG"}:
        return ()
    if tag == "VBG" and is_passive(tree, head) and "by" in prepositions(tree, index):
        # "killed by shelling": those killed did not shell
        return ()
    lemma = tree.lemmas[head]
    if dep in {"xcomp", "advcl", "ccomp"} and tag == "VB":
        addressed = _called_on(tree, head)
        if addressed:
            return addressed
    if dep == "xcomp":
        held = tree.child(head, "obj", "iobj")
        if held and lemma not in word_class("subject_control"):
            return held
        return surface_subjects(tree, head, climbed + 1)
    if lemma in word_class("blames_object"):
        # "accused Rwanda of backing": the accused backs; "was accused of backing": the surface subject does
        held = objects(tree, head)
        if held:
            return held
    if dep == "parataxis" or tag in {"VBG", "VBN", "VB"}:
        return surface_subjects(tree, head, climbed + 1)
    return ()


def _called_on(tree: Tree, verb: int) -> tuple[int, ...]:
    """As in "called on both sides to stop": whoever is called on does it."""
    return tuple(
        [
            head
            for preposition in ("on", "upon", "to")
            if f"{tree.words[verb]} {preposition}" in word_class("addressing")
            for head in with_preposition(tree, verb, preposition)
        ]
    )


def _subject_from_noun(tree: Tree, index: int, noun: int, climbed: int) -> tuple[int, ...]:
    """Who does a verb that describes a noun: mostly the noun."""
    tag, verb = tree.tag[index], tree.head[noun]
    if tree.dep[index] == "acl:relcl" or tag in {"VBD", "VBZ", "VBP"}:
        return (noun,)
    held = tree.dep[noun] == "obj" and is_verb(tree, verb)
    if held and tag == "VBG" and tree.lemmas[verb] in word_class("blames_object"):
        # "accused the militia of burning farms", with the gerund hung on the militia
        return (noun,)
    if tag == "VB" or any(tree.words[kid] in {"to", "of", "for"} for kid in tree.child(index, "mark")):
        # "Peru's decision to leave", "took steps to leave"
        owner = tree.child(noun, "nmod:poss") or with_preposition(tree, noun, "by")
        if owner:
            return owner
        if tree.lemmas[verb] in word_class("foils") and is_verb(tree, verb):
            # "foiled a plot to bomb the station": whoever foils it did not plot
            return ()
        if tree.dep[noun] in {"obj", "obl", "xcomp", "nsubj:pass"} and is_verb(tree, verb):
            return (
                subjects(tree, verb) if is_passive(tree, verb) else surface_subjects(tree, verb, climbed + 1)
            )
        return ()
    if tag == "VBG" and noun not in tree.named and tree.dep[noun] == "obj" and is_verb(tree, verb):
        # "held talks asking for aid": the holder asks, not the talks
        return surface_subjects(tree, verb, climbed + 1)
    if tree.words[index] in word_class("asking"):
        holder = _holder_of_talks(tree, noun, climbed)
        if holder:
            return holder
    return (noun,)


def _holder_of_talks(tree: Tree, partner: int, climbed: int) -> tuple[int, ...]:
    """As in "held talks with Oslo asking for aid": who holds them asks, not whom they are with."""
    while tree.dep[partner] == "conj":
        partner = tree.head[partner]
    if "with" not in prepositions(tree, partner):
        return ()
    verb = tree.head[partner]
    while not is_verb(tree, verb) and tree.head[verb] != verb:
        verb = tree.head[verb]
    return surface_subjects(tree, verb, climbed + 1) if is_verb(tree, verb) else ()


def _gap(tree: Tree, index: int) -> tuple[int, ...]:
    """The noun a relative clause lost its object to: "the town that rebels shelled"."""
    if tree.dep[index] != "acl:relcl":
        return ()
    own = [kid for kid in tree.kids[index] if tree.dep[kid] in CLAUSE_SUBJECTS]
    if not own or any(tree.words[kid] in word_class("relative") for kid in own):
        return ()
    return (tree.head[index],)


def _shared_object(tree: Tree, index: int) -> tuple[int, ...]:
    """As in "attacked and looted a village": the object stands with the last verb."""
    for kid in tree.child(index, "conj"):
        if (
            is_verb(tree, kid)
            and kid - index <= _MAX_CLIMB
            and not tree.child(index, "obl", "xcomp", "ccomp")
        ):
            return tree.child(kid, "obj")
    return ()


def _after_particle(tree: Tree, index: int) -> tuple[int, ...]:
    """As in "handed over a suspect": a particle taken for a preposition has the object below it."""
    if (
        index + 1 >= tree.size
        or tree.words[index + 1] not in word_class("particles")
        or tree.words[index] not in word_class("particle_verbs")
    ):
        return ()
    return tuple([kid for kid in tree.child(index, "obl") if index + 1 in tree.kids[kid]])


# -- relative pronouns ------------------------------------------------------------------------------------------------


@question
def antecedent(tree: Tree, index: int, clause: int) -> int:
    """The noun a relative pronoun of the clause stands for; any other token itself."""
    word = tree.words[index]
    if word not in word_class("relative") or tree.tag[index] not in {"WP", "WDT", "IN", "DT"}:
        return index
    described = _described(tree, clause, index)
    if described is not None:
        return described
    if word == "that" and tree.tag[index] in {"IN", "DT"}:
        return index
    before = index - 1
    led = tree.child(index, "case")
    if led:
        # "..., in which dozens died": the nearest noun before the preposition
        before = led[0] - 1
    if before > 0 and tree.forms[before] == ",":
        before -= 1
    if before < 0:
        return index
    while (
        tree.dep[before] in {"flat", "compound", "goeswith"}
        and tree.head[before] < index
        and tree.head[before] != before
    ):
        before = tree.head[before]
    return before if tree.pos[before] in NOMINAL else index


def _described(tree: Tree, clause: int, pronoun: int) -> int | None:
    """The noun that the clause, or the one it is part of, describes."""
    for _ in range(_MAX_CLIMB):
        if tree.dep[clause] in {"acl:relcl", "acl"} and tree.head[clause] < pronoun:
            return tree.head[clause]
        if tree.dep[clause] not in {"conj", "xcomp", "ccomp", "parataxis"}:
            return None
        clause = tree.head[clause]
    return None


# -- the same, for words ----------------------------------------------------------------------------------------------


def in_passive(verb: Word) -> bool:
    """Whether the verb is in the passive: "was accused", "accused of arson" after a noun."""
    return is_passive(verb.tree, verb.i)


def subject_of(verb: Word) -> Word | None:
    """Who does the verb or is what the adjective says, of several the nearest; None where nobody is said to."""
    found = (surface_subjects if verb.tag == "JJ" else subjects)(verb.tree, verb.i)
    return verb.tree[found[-1]] if found else None


def agent_of(verb: Word) -> Word | None:
    """The "by" phrase of a passive."""
    found = agents(verb.tree, verb.i) if in_passive(verb) else ()
    return verb.tree[found[0]] if found else None


def subject_at(verb: Word) -> Word | None:
    """The subject that hangs on the verb itself, a relative pronoun included."""
    found = own_subject(verb.tree, verb.i)
    return None if found is None else verb.tree[found]


def is_verbal(word: Word) -> bool:
    """Whether the word stands as a verb here, not as a noun or an adjective made from one."""
    if word.tag not in VERBAL_TAGS and (word.pos not in {"VERB", "AUX"} or word.tag.startswith("NN")):
        return False
    return word.dep not in _DESCRIBING


# -- complements ------------------------------------------------------------------------------------------------------


def opens_clause(word: Word) -> bool:
    """Whether a "that" or "whether" leads into a clause with its own subject, whatever the tagger calls it."""
    if word.lower not in {"that", "whether"} or word.i + 2 >= len(word.tree):
        return False
    following = word.nbor()
    if following.is_quote:
        # "said that “firing almost stopped”"
        return word.head.i > word.i
    if following.pos in {"VERB", "AUX", "PUNCT", "SPACE"} or following.tag in FINITE:
        return False
    behind = word.tree.between(word.i + 1, min(word.i + 15, word.sent.end))
    return any(other.tag in FINITE or other.tag == "VB" for other in behind)


def predicate_after(opener: Word) -> Word:
    """The verb, or other main word, of the clause that "that" opens."""
    if opener.head.i > opener.i and opener.head.pos in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "NUM"}:
        return opener.head
    for word in opener.tree.between(opener.i + 1, opener.sent.end):
        if word.tag in FINITE:
            return word.head if word.dep in {"aux", "cop", "aux:pass"} and word.head.i > opener.i else word
    return opener.nbor()


def infinitive_after(word: Word) -> Word | None:
    """The verb behind a "to" that follows directly, where the tagger took it for a noun: "agreed to exchange prisoners"."""
    if word.i + 2 >= len(word.tree):
        return None
    marker, verb = word.nbor(), word.nbor(2)
    if marker.lower != "to" or verb.pos not in {"VERB", "NOUN"} or verb.tag not in {"VB", "VBP", "NN"}:
        return None
    return marker.head if marker.head.i > marker.i else verb
