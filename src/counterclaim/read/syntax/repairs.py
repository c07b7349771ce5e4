"""
Slips of the parser that English grammar rules out, put right once, before anybody reads arguments off the tree.

Comes in: a `Tree` as parsed, or one that was repaired and the mentions found in it. Goes out: a new tree with a few labels
and heads changed. Each repair rests on a contradiction inside the parse, never on a sentence:

    "Kenya | repatriated/VBD/amod | refugees"   a past tense modifies no noun: it is the predicate

`repair` runs after the parse, `settle` after coreference, when it is known which words are one name. docs/evaluation.md
has what each is worth. Limit: a wrong parse that is consistent with itself stays wrong.
"""

from itertools import pairwise

from spacy.tokens import Doc

from counterclaim.read.syntax.classes import FINITE, NOMINAL, SUBJECTS, word_class
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Mention

_CLAUSAL = frozenset(("ccomp", "advcl", "acl", "parataxis", "xcomp", "acl:relcl"))
# What may be a subject where a noun was taken for part of another's name.
_MAY_BE_SUBJECT = frozenset(
    ("nsubj", "nsubj:pass", "compound", "nmod:poss", "obl:unmarked", "nmod:unmarked", "nmod:desc")
)
# What joins the words of a name to its first word.
_NAME_PARTS = frozenset(("compound", "flat", "nmod:desc"))
# Relations that give a word a place of its own in the clause.
_OWN_PLACE = frozenset(("nsubj", "nsubj:pass", "obj", "conj", "obl:unmarked", "obl:tmod"))
_REACH = 12
# What opens a condition without "if", and the form of the verb that follows: "should it close", "had they taken", "were he to".
_INVERTING = dict(pair.split("=") for pair in sorted(word_class("inverted_if")))


def read_tree(doc: Doc, mentions: tuple[Mention, ...] | None = None) -> Tree:
    """The text's repaired tree; settled too where the mentions are known already."""
    tree = repair(Tree(doc))
    return tree if mentions is None else settle(tree, mentions)


def repair(parsed: Tree) -> Tree:
    """A tree without the slips that need no mentions to be seen: the order is words, then arguments, then predicates."""
    tree = parsed.copy()
    dep = tree.dep
    for index, label in enumerate(dep):
        if label in {"iobj", "obj"}:
            if index < tree.head[index]:
                _subject_called_object(tree, index)
            elif index > tree.head[index] + 1:
                _object_of_gerund(tree, index)
        elif label in SUBJECTS:
            if index > tree.head[index]:
                _oblique_called_subject(tree, index)
            elif tree.forms[index] == "who":
                _who(tree, index)
        elif label == "reparandum":
            _subject_after_that(tree, index)
        elif label in {"amod", "advmod"} and index + 2 < tree.size:
            _adjective_before_infinitive(tree, index)
    for index in range(tree.size):
        _believe_spelling(tree, index)
    for index in range(1, tree.size):
        tag, label = tree.tag[index], dep[index]
        if tag == "VBG":
            _object_before_gerund(tree, index)
            _gerund_called_adjective(tree, index)
        elif tag in {"VBD", "VBN"}:
            _predicate(tree, index)
        if label == "nsubj" and tree.words[index] in word_class("relative_object"):
            _relative_object(tree, index)
        elif label == "case":
            _oblique_called_object(tree, index)
        elif label == "obl":
            _object_after_particle(tree, index)
            _phrase_inside_noun(tree, index)
    for index in range(tree.size):
        if tree.dep[index] == "acl:relcl":
            _harm_after_target(tree, index)
        elif tree.dep[index] == "cc" and index > 1:
            _first_of_two_speakers(tree, index)
        elif tree.words[index] in _INVERTING:
            _inverted_condition(tree, index)
        elif tree.dep[index] in {"conj", "ccomp"} and 0 < tree.head[index] < index - 1:
            _second_clause(tree, index)
        elif tree.dep[index] == "advcl" and tree.tag[index] == "VBG":
            _participle_of_speaker(tree, index)
    _break_cycles(tree)
    return tree


def settle(repaired: Tree, mentions: tuple[Mention, ...]) -> Tree:
    """The tree that knows who is spoken of: every name is one unit, and a finite verb right behind one has it as subject."""
    tree = repaired.copy()
    tree.mentions = mentions = tuple(sorted(mentions, key=lambda mention: mention.start))
    spoken = [mention for mention in mentions if mention.kind not in {"adjective", "pronoun"}]
    for mention in spoken:
        if mention.end - mention.start > 1:
            _unit(tree, mention)
    for left, right in pairwise(mentions):
        _coordinate(tree, left, right)
    for mention in spoken:
        _adopt_subject(tree, mention)
    _break_cycles(tree)
    return tree


# -- arguments --------------------------------------------------------------------------------------------------------


def _hanging(tree: Tree, index: int) -> list[int]:
    """What hangs on a token as things stand, within reach of a sentence."""
    low, high = max(0, index - 80), min(tree.size, index + 80)
    return [kid for kid in range(low, high) if tree.head[kid] == index and kid != index]


def _oblique_called_subject(tree: Tree, noun: int) -> None:
    """As in "had appealed | to the alliance": a phrase with a preposition behind its verb is no subject."""
    if any(
        tree.dep[kid] == "case" and kid < noun and tree.tag[kid] in {"IN", "TO"}
        for kid in _hanging(tree, noun)
    ):
        tree.dep[noun] = "obl"


def _first_of_two_speakers(tree: Tree, joint: int) -> None:
    """As in "rebels killed 12 in Bria, an aid group and the army | said.": no "and" joins a noun to a clause that ends the sentence."""
    other, noun = tree.head[joint], joint - 1
    said = tree.head[other]
    if (
        tree.dep[other] != "nsubj"
        or not joint < other < said <= other + 3
        or tree.tag[said] not in FINITE
        or tree.pos[noun] not in NOMINAL
        or tree.dep[noun] not in {"nsubj", "appos"}
        or _is_above(tree, noun, said)
    ):
        return
    first = min([noun, *(kid for kid in _hanging(tree, noun) if tree.dep[kid] != "punct")])
    end = next((at for at in range(said + 1, tree.size) if tree.starts[at]), tree.size)
    if (
        first == 0
        or tree.forms[first - 1] != ","
        or any(tree.pos[at] in {"VERB", "AUX"} or tree.forms[at] == "," for at in range(said + 1, end))
    ):
        return
    told = tree.head[said]
    if tree.dep[said] == "conj" and told < noun:
        tree.head[said], tree.dep[said] = (
            (tree.head[told] if tree.head[told] != told else said),
            tree.dep[told],
        )
        tree.head[told], tree.dep[told] = said, "ccomp"
    tree.head[noun], tree.dep[noun] = said, "nsubj"
    tree.head[other], tree.dep[other] = noun, "conj"


def _who(tree: Tree, who: int) -> None:
    """As in "protests against Osei, who denied it": the clause belongs to the name right before the comma."""
    verb = tree.head[who]
    if tree.dep[verb] != "acl:relcl" or who < 2 or tree.forms[who - 1] != ",":
        return
    name = who - 2
    while tree.dep[name] in _NAME_PARTS and tree.head[name] < who:
        name = tree.head[name]
    if tree.pos[name] != "PROPN" or any(tree.starts[name + 1 : who + 1]) or name == tree.head[verb]:
        return
    if not _is_above(tree, verb, name):
        tree.head[verb] = name


def _is_above(tree: Tree, high: int, low: int) -> bool:
    while tree.head[low] != low:
        low = tree.head[low]
        if low == high:
            return True
    return False


def _object_before_gerund(tree: Tree, gerund: int) -> None:
    """As in "accused Greece of shelling": what stands before the gerund's preposition is the verb's object."""
    verb = tree.head[gerund]
    if tree.words[gerund - 1] == "of" and tree.words[gerund - 2] == "," and tree.head[gerund - 1] == gerund:
        # "accused Mali, which is a neighbour, of arming them": the charge belongs to the accusing
        accusing = next(
            (
                near
                for near in range(gerund - 3, max(-1, gerund - 40), -1)
                if tree.words[near] in word_class("blames_object")
            ),
            -1,
        )
        if accusing >= 0 and tree.pos[accusing] == "VERB":
            tree.head[gerund], tree.dep[gerund] = accusing, "advcl"
            return
    mark = next((near for near in (gerund - 1, gerund - 2) if near > 0 and tree.head[near] == gerund), -1)
    if verb >= gerund or mark < 0 or tree.dep[mark] not in {"mark", "case"}:
        return
    for kid in range(verb + 1, mark):
        if tree.head[kid] == gerund and tree.dep[kid] == "nsubj" and tree.tag[kid] not in {"WP", "WDT"}:
            tree.head[kid], tree.dep[kid] = verb, "obj"


def _oblique_called_object(tree: Tree, preposition: int) -> None:
    """As in "called for | an end": a noun behind a preposition is neither an object nor a clause."""
    noun = tree.head[preposition]
    if (
        preposition < noun
        and (tree.dep[noun] == "xcomp" or (tree.dep[noun] == "obj" and tree.words[preposition] == "for"))
        and tree.pos[noun] in {"NOUN", "PROPN"}
        and tree.pos[tree.head[noun]] == "VERB"
    ):
        tree.dep[noun] = "obl"


def _object_after_particle(tree: Tree, noun: int) -> None:
    """As in "put off | the summit": what follows a particle with no preposition of its own is the object."""
    verb = tree.head[noun]
    if not verb < noun <= verb + _REACH or tree.words[noun] in word_class("times"):
        return
    between = range(verb + 1, noun)
    particle = next((k for k in between if tree.head[k] == verb and tree.dep[k] == "compound:prt"), None)
    if particle is None or f"{tree.words[verb]} {tree.words[particle]}" in word_class("addressing"):
        return
    if not any(
        (tree.head[kid] == noun and tree.dep[kid] == "case")
        or (tree.head[kid] == verb and tree.dep[kid] == "obj")
        for kid in between
    ):
        tree.dep[noun] = "obj"


def _phrase_inside_noun(tree: Tree, phrase: int) -> None:
    """As in "against the killing | on Monday | of a student": what stands inside a noun's phrase hangs on the noun."""
    verb = tree.head[phrase]
    first = min((kid for kid in _hanging(tree, phrase) if tree.dep[kid] == "case"), default=-1)
    noun = first - 1
    if (
        not verb < noun < first < phrase
        or tree.pos[noun] != "NOUN"
        or tree.words[phrase] not in word_class("times")
    ):
        return
    after = phrase + 1
    if (
        after < tree.size
        and tree.words[after] == "of"
        and tree.head[tree.head[after]] == noun
        and tree.head[after] > after
    ):
        tree.head[phrase], tree.dep[phrase] = noun, "nmod"


# -- clauses ----------------------------------------------------------------------------------------------------------


def _harm_after_target(tree: Tree, verb: int) -> None:
    """As in "an attack on a mosque that killed nine": the attack killed, not what was attacked."""
    target = tree.head[verb]
    if tree.lemmas[verb] not in word_class("harms") or not any(
        tree.words[kid] in {"that", "which"} and tree.dep[kid] in SUBJECTS for kid in _hanging(tree, verb)
    ):
        return
    noun = target
    for _ in range(3):
        if tree.words[noun] in word_class("blows") and noun != target:
            tree.head[verb] = noun
            return
        before = [kid for kid in _hanging(tree, noun) if tree.dep[kid] == "case" and kid < noun]
        if tree.dep[noun] != "nmod" or not any(tree.words[kid] in word_class("upon") for kid in before):
            return
        noun = tree.head[noun]


def _participle_of_speaker(tree: Tree, participle: int) -> None:
    """As in "said that the church had been bombed, condemning it": whoever says it condemns."""
    said = tree.head[participle]
    above = tree.head[said]
    if (
        tree.dep[said] == "ccomp"
        and above < said < participle
        and tree.forms[participle - 1] == ","
        and tree.lemmas[participle] in word_class("judging")
    ):
        tree.head[participle] = above


def _second_clause(tree: Tree, verb: int) -> None:
    """As in "blamed bandits and the army | sent tanks": a verb joined to another needs an "and"; the noun took the only one."""
    noun, first = verb - 1, tree.head[verb]
    if (
        tree.tag[verb] not in {"VBD", "VBZ", "VBP"}
        or tree.dep[noun] != "conj"
        or not first < tree.head[noun] < noun
        or tree.pos[noun] not in NOMINAL
        or tree.dep[tree.head[noun]] not in {"obj", "obl", "nmod"}
    ):
        return
    if not any(
        tree.dep[kid] in {"cc", "mark", "aux", "punct", *SUBJECTS}
        for kid in _hanging(tree, verb)
        if kid < verb
    ):
        tree.head[noun], tree.dep[noun] = verb, "nsubj"
        tree.dep[verb] = "conj"


def _inverted_condition(tree: Tree, auxiliary: int) -> None:
    """As in "should Iran attack", "had the rebels taken the town", "were they to attack": a condition, with its own subject."""
    before = auxiliary - 1
    while before >= 0 and (tree.quote[before] or tree.forms[before] in {"(", *word_class("coordinators")}):
        before -= 1
    opening = before < 0 or tree.starts[before + 1] or tree.forms[before] in {",", ";", ":", "."}
    if not opening and not (
        tree.tag[auxiliary - 1] in {"VB", "VBN", "RB", "JJ", "NN", "NNS"}
        and _has_modal_before(tree, auxiliary)
    ):
        return
    start = auxiliary + 1
    if start >= tree.size or tree.tag[start] not in {
        "DT",
        "PRP",
        "PRP$",
        "NNP",
        "NNPS",
        "NNS",
        "NN",
        "CD",
        "JJ",
    }:
        return
    wanted = _INVERTING[tree.words[auxiliary]]
    verb, subject = -1, -1
    for index in range(start, min(tree.size, auxiliary + _REACH)):
        if tree.starts[index] or tree.forms[index] in {",", ";", "."}:
            break
        if tree.tag[index] == wanted and tree.words[index] not in word_class("bare_auxiliaries"):
            verb = index
            break
        if tree.tag[index] in {"VBD", "VBZ", "VBP", "MD", "WP", "WDT"}:
            return
        if tree.pos[index] in NOMINAL and (subject < 0 or tree.head[index] != subject):
            subject = index if subject < 0 or tree.head[subject] == index else subject
    if verb < 0 or subject < 0:
        return
    if tree.words[auxiliary] == "were" and tree.words[verb - 1] != "to":
        return
    left = [kid for kid in _hanging(tree, verb) if kid < auxiliary]
    if not opening and left:
        # "oil would soar should it attack": what stands before belongs to the verb before
        soar = next(
            (at for at in range(auxiliary - 1, max(-1, auxiliary - 8), -1) if tree.pos[at] == "VERB"), -1
        )
        if soar < 0:
            return
        if tree.head[soar] == verb or _is_above(tree, verb, soar):
            tree.head[soar], tree.dep[soar] = (
                (tree.head[verb] if tree.head[verb] != verb else soar),
                tree.dep[verb],
            )
        for kid in left:
            if kid != soar:
                tree.head[kid] = soar
        tree.head[verb], tree.dep[verb] = soar, "advcl"
    main = next(
        (
            at
            for at in (tree.head[auxiliary], tree.head[verb], tree.head[subject], tree.head[tree.head[verb]])
            if at not in {auxiliary, verb, subject} and tree.pos[at] in {"VERB", "AUX", "ADJ", "NOUN"}
        ),
        -1,
    )
    if main >= 0 and not _is_above(tree, verb, main):
        tree.head[verb], tree.dep[verb] = main, "advcl"
    elif tree.dep[verb] in {"acl", "csubj", "xcomp"}:
        return
    tree.head[auxiliary], tree.dep[auxiliary] = verb, "aux"
    tree.head[subject], tree.dep[subject] = verb, "nsubj"
    for mark in range(subject + 1, verb):
        if tree.words[mark] == "to":
            tree.head[mark], tree.dep[mark] = verb, "mark"


def _has_modal_before(tree: Tree, index: int) -> bool:
    """Whether the sentence says earlier what would or will be."""
    for at in range(index - 1, max(-1, index - 25), -1):
        if tree.words[at] in word_class("looking_ahead"):
            return True
        if tree.starts[at]:
            break
    return False


# -- words and predicates ---------------------------------------------------------------------------------------------


def _predicate(tree: Tree, verb: int) -> None:
    """A past tense that was hung on a noun as its attribute becomes the predicate that it is."""
    dep, noun = tree.dep[verb], tree.head[verb]
    if dep == "xcomp" and tree.tag[verb] == "VBD" and tree.tag[noun] == "VBG" and noun < verb <= noun + 3:
        # "firing almost stopped": a past tense complements nothing, the gerund is its subject
        _swap(tree, verb, noun, "nsubj")
        tree.pos[noun], tree.tag[noun] = "NOUN", "NN"
        return
    if dep not in {"amod", "compound", "acl"} or noun == verb:
        return
    own = [kid for kid in range(max(0, verb - _REACH), verb) if tree.head[kid] == verb]
    if noun > verb and any(tree.dep[kid] in {"nsubj", "aux"} for kid in own):
        # a modifier has no subject and no auxiliary of its own
        _swap(tree, verb, noun, "obj")
        tree.tag[verb] = "VBD" if tree.tag[verb] == "VBD" else "VBN"
        for kid in range(max(0, verb - 30), verb):
            if tree.head[kid] == noun and tree.dep[kid] in _MAY_BE_SUBJECT:
                tree.head[kid], tree.dep[kid] = verb, "nsubj"
        return
    auxiliary = next(
        (near for near in (verb - 1, verb - 2) if near >= 0 and tree.words[near] in word_class("have")), -1
    )
    if dep == "amod" and noun > verb and auxiliary >= 0 and tree.dep[auxiliary] != "aux":
        # "has prompted calls": a perfect, not a possession of prompted calls
        _swap(tree, verb, auxiliary, "aux")
        tree.head[noun], tree.dep[noun] = verb, "obj"
        return
    _verbless(tree, verb, noun)


def _verbless(tree: Tree, verb: int, noun: int) -> None:
    """The same where the noun was made the head of a sentence that has no other verb."""
    dep = tree.dep[verb]
    before = [
        kid
        for kid in range(max(0, verb - _REACH), verb)
        if tree.head[kid] == noun
        and tree.dep[kid] in _MAY_BE_SUBJECT
        and tree.pos[kid] in NOMINAL
        and tree.tag[kid] != "PRP$"
    ]
    verbless = tree.head[noun] == noun and not any(
        tree.head[near] == noun and tree.dep[near] in {"cop", "aux", "acl:relcl", "parataxis"}
        for near in range(max(0, noun - 40), min(tree.size, noun + 40))
    )
    if dep == "acl" or (dep == "amod" and noun < verb):
        has_object = any(
            tree.head[kid] == verb and tree.dep[kid] == "obj"
            for kid in range(verb + 1, min(tree.size, verb + 15))
        )
        if verbless and noun < verb and (has_object or tree.words[verb] in word_class("intransitive")):
            _swap(tree, verb, noun, "nsubj")
            tree.tag[verb] = "VBD"
    elif noun > verb and before and (tree.tag[verb] == "VBD" or verbless):
        _swap(tree, verb, noun, "obj")
        tree.tag[verb] = "VBD"
        for kid in range(max(0, verb - 30), verb):
            if tree.head[kid] == noun:
                tree.head[kid] = before[-1] if tree.dep[kid] in {"det", "amod"} else verb
        tree.head[before[-1]], tree.dep[before[-1]] = verb, "nsubj"
    elif noun > verb > tree.head[noun] and tree.tag[verb] == "VBD" and tree.dep[noun] in {"flat", "appos"}:
        # "Chad | shelled | positions" taken for one long name
        _swap(tree, verb, tree.head[noun], "nsubj")
        tree.head[noun], tree.dep[noun] = verb, "obj"


def _swap(tree: Tree, verb: int, other: int, dep: str) -> None:
    """`verb` takes the place of `other`, which comes to stand below it."""
    tree.head[verb] = verb if tree.head[other] == other else tree.head[other]
    tree.dep[verb], tree.pos[verb] = tree.dep[other], "VERB"
    tree.head[other], tree.dep[other] = verb, dep
    if dep == "aux":
        for kid in range(max(0, other - 40), min(tree.size, other + 40)):
            if tree.head[kid] == other:
                tree.head[kid] = verb


# -- names ------------------------------------------------------------------------------------------------------------


def _unit(tree: Tree, mention: Mention) -> None:
    """All of a name hangs where its head hangs, and its preposition is the head's."""
    head = mention.head
    outside = [
        index
        for index in range(mention.start, mention.end)
        if (not mention.start <= tree.head[index] < mention.end or tree.head[index] == index)
        and not (tree.dep[index] == "det" and tree.head[index] >= mention.end)
    ]
    if not outside or any(
        tree.tag[index] == "NNS" and tree.dep[index] in _OWN_PLACE and index != head for index in outside
    ):
        return  # "88 generals and admirals | Tuesday": people with a place of their own are no part of a name
    if head not in outside:
        leader = outside[0]
        tree.head[head] = head if tree.head[leader] == leader else tree.head[leader]
        tree.dep[head] = tree.dep[leader]
        outside = [head, *outside]
    for index in outside:
        if index != head:
            tree.head[index], tree.dep[index] = head, "flat"
    case = -1
    for kid in range(max(0, mention.start - 3), mention.start):
        if tree.dep[kid] == "case" and mention.start <= tree.head[kid] < mention.end:
            tree.head[kid] = head
            case = kid
    if case >= 0 and tree.dep[head] in _CLAUSAL:
        verb = next(
            (near for near in range(case - 1, max(-1, case - _REACH), -1) if tree.pos[near] == "VERB"), -1
        )
        if verb >= 0:
            tree.head[head], tree.dep[head] = verb, "obl"


def _adopt_subject(tree: Tree, mention: Mention) -> None:
    """A finite verb right behind a name, with no subject of its own, has the name for its subject."""
    finite = mention.end
    if finite >= tree.size or tree.tag[finite] not in FINITE:
        return
    predicate = tree.head[finite] if tree.dep[finite] in {"aux", "cop", "aux:pass"} else finite
    if tree.dep[predicate] in {"acl:relcl", "acl", "amod"} or predicate < mention.start:
        return
    if any(tree.dep[kid].startswith("nsubj") and kid < predicate for kid in _hanging(tree, predicate)):
        return
    head = mention.head
    while tree.dep[head] == "conj" and tree.head[head] < head:
        head = tree.head[head]  # "Chad and Niger | signed"
    if tree.dep[head] == "appos" or any(
        tree.dep[kid] == "case" and kid < head for kid in _hanging(tree, head)
    ):
        return
    was_root = tree.head[head] == head
    tree.head[head], tree.dep[head] = predicate, "nsubj"
    if was_root:
        tree.head[predicate], tree.dep[predicate] = predicate, "ROOT"


def _break_cycles(tree: Tree) -> None:
    """Every word hangs, directly or not, on a root: where repairs contradict each other, the later word is one."""
    settled = [False] * tree.size
    for index in range(tree.size):
        path: list[int] = []
        on_path: set[int] = set()
        at = index
        while not settled[at] and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = tree.head[at]
        if not settled[at] and tree.head[at] != at:
            tree.head[at], tree.dep[at] = at, "ROOT"
        for known in path:
            settled[known] = True


def _subject_called_object(tree: Tree, noun: int) -> None:
    """As in "The ministry | which denied it | said": a noun before a finite verb without a subject is its subject."""
    verb = tree.head[noun]
    if tree.tag[noun] in {"WDT", "WP"} or tree.pos[noun] not in NOMINAL or tree.tag[verb] not in FINITE:
        return
    if not any(tree.dep[kid] in SUBJECTS for kid in _hanging(tree, verb)):
        tree.dep[noun] = "nsubj"


def _object_of_gerund(tree: Tree, noun: int) -> None:
    """As in "has denied | shelling | positions": an object behind a gerund without one is the gerund's."""
    verb = tree.head[noun]
    gerund = next(
        (kid for kid in _hanging(tree, verb) if tree.dep[kid] == "xcomp" and tree.tag[kid] == "VBG"), -1
    )
    if verb < gerund < noun and not any(
        tree.dep[kid] in {"obj", "obl", "ccomp", "xcomp"} for kid in _hanging(tree, gerund)
    ):
        tree.head[noun] = gerund


def _subject_after_that(tree: Tree, slip: int) -> None:
    """As in "said that “firing almost stopped”", where "that" is called the subject and the firing a slip of the tongue."""
    verb = tree.head[slip]
    if tree.tag[verb] not in FINITE or slip > verb:
        return
    if tree.pos[slip] not in {"NOUN", "PROPN"} and tree.tag[slip] != "VBG":
        return
    subjects = [kid for kid in _hanging(tree, verb) if tree.dep[kid] in SUBJECTS]
    if len(subjects) == 1 and tree.forms[subjects[0]] == "that" and subjects[0] < slip:
        tree.dep[subjects[0]], tree.dep[slip] = "mark", "nsubj"


def _adjective_before_infinitive(tree: Tree, adjective: int) -> None:
    """As in "was | due | to travel": the adjective is what is said of somebody, the infinitive what it governs."""
    verb, after = tree.head[adjective], adjective + 1
    if tree.forms[after] != "to" or tree.head[after] != verb or verb < after:
        return
    kids = _hanging(tree, verb)
    if not any(tree.dep[kid] == "cop" and kid < adjective for kid in kids):
        return
    tree.head[adjective] = adjective if tree.head[verb] == verb else tree.head[verb]
    tree.dep[adjective] = tree.dep[verb]
    for kid in kids:
        if kid < after and kid != adjective:
            tree.head[kid] = adjective
    tree.head[verb], tree.dep[verb] = adjective, "xcomp"


def _gerund_called_adjective(tree: Tree, gerund: int) -> None:
    """As in "denied shelling positions", where the gerund was taken for a word that describes the positions."""
    verb, noun = gerund - 1, tree.head[gerund]
    if tree.dep[gerund] != "amod" or noun <= gerund or tree.head[noun] != verb or tree.dep[noun] != "obj":
        return
    if tree.words[verb] in word_class("gerund_takers"):
        tree.head[gerund], tree.dep[gerund], tree.pos[gerund] = verb, "xcomp", "VERB"
        tree.head[noun] = gerund


def _relative_object(tree: Tree, pronoun: int) -> None:
    """As in "which Baku blames": a clause with a second subject has the pronoun for its object."""
    verb = tree.head[pronoun]
    if any(tree.head[kid] == verb and tree.dep[kid] == "nsubj" for kid in range(pronoun + 1, verb)):
        tree.dep[pronoun] = "obj"


def _believe_spelling(tree: Tree, index: int) -> None:
    """A lower-case word in -ed is no proper noun; a noun is no third person."""
    tag = tree.tag[index]
    if tag in {"NNP", "NN"} and tree.words[index].endswith("ed") and tree.forms[index].islower():
        if index and tree.dep[index] not in {"compound", "amod"}:
            tree.tag[index], tree.pos[index] = "VBD", "VERB"
            if tree.dep[index - 1] == "compound" and tree.head[index - 1] == index:
                tree.dep[index - 1] = "nsubj"
    elif tag == "VBZ" and tree.pos[index] in {"NOUN", "PROPN"}:
        tree.tag[index] = "NNS"
    elif (
        tag == "NN"
        and index
        and tree.words[index - 1] == "to"
        and tree.dep[index - 1] == "mark"
        and tree.head[index - 1] == index
    ):
        tree.tag[index], tree.pos[index] = "VB", "VERB"


def _coordinate(tree: Tree, left: Mention, right: Mention) -> None:
    """As in "with A and B", where A was hung on B as if it were part of its name."""
    if (
        left.kind == "adjective"
        or not right.start <= tree.head[left.head] < right.end
        or left.end >= right.start
    ):
        return
    between = [index for index in range(left.end, right.start) if tree.dep[index] != "det"]
    if not between or any(tree.dep[index] not in {"cc", "punct"} for index in between):
        return
    if not any(tree.dep[index] == "cc" for index in between):
        return
    tree.head[left.head] = left.head if tree.head[right.head] == right.head else tree.head[right.head]
    tree.dep[left.head] = tree.dep[right.head]
    tree.head[right.head], tree.dep[right.head] = left.head, "conj"
