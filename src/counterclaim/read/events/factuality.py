"""
Did it happen: PLOVER's auxiliaries, and what they make of a type.

Comes in: frames, attributions and times of one article. Goes out: the same frames in the same order, each with
`historical`, `future`, `hypothetical` or `negation` where words around its trigger say so, and with the type
PLOVER has for that case: a visit that is still to come is AGREE, an announced retreat is CONCEDE.

    "The envoy will visit Juba."   CONSULT visit + future -> AGREE

Limit: irony, and plans reported several sentences earlier, are not seen. A denial in somebody's words leaves
the frame as it is: the attribution's stance holds it.
"""

from dataclasses import replace
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.attribution import innermost
from counterclaim.read.events.compose import taken_for_granted
from counterclaim.read.events.history import told_as_history
from counterclaim.read.events.patterns import operator_index
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import is_verb, prepositions, surface_subjects
from counterclaim.read.syntax.forms import noun_forms, verb_forms
from counterclaim.read.syntax.polarity import is_asked, is_counterfactual, is_inverted, is_nobody, is_untrue
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Attribution, Frame, Timex

_MAX_CLIMB = 5
_UP = frozenset(
    (
        "xcomp",
        "ccomp",
        "obj",
        "obl",
        "nmod",
        "acl",
        "advcl",
        "nsubj",
        "nsubj:pass",
        "conj",
        "csubj",
        "obl:agent",
    )
)
# Stances whose cue also says that the event is still to come or only possible: "planned to", "feared that".
_LOOKING_AHEAD = frozenset(("promises", "expects", "warns", "doubts"))
_ORDER = ("historical", "future", "hypothetical", "negation")
# Behind these a definite noun has happened: "protests over the killing", "aid after the raid".
_KNOWN_BEHIND = word_class("known_behind")
_CLAUSES = frozenset(("csubj", "ccomp", "acl", "advcl"))
_NEGATED = frozenset(("nsubj", "nsubj:pass", "obj"))


@cache
def _markers(part: str) -> dict[str, tuple[str, str]]:
    """Surface form to (effect, rule)."""
    table: dict[str, tuple[str, str]] = {}
    for row in load_table("factuality"):
        if row["part"] != part:
            continue
        for word in row.split("words", "|"):
            forms = (
                verb_forms(word)
                if part in {"verb", "from"}
                else noun_forms(word)
                if part == "noun"
                else (word,)
            )
            for form in forms:
                table.setdefault(form, (row["effect"], row.rule))
    return table


@cache
def _effects() -> dict[tuple[str, str, str], tuple[str, tuple[str, ...], bool, str]]:
    return {
        (row["auxiliary"], row["inner"], row["mode"] or "*"): (
            row["type"],
            row.split("modes"),
            row["intent"] == "yes",
            row.rule,
        )
        for row in load_table("factuality_effects")
    }


def judge_frames(
    tree: Tree,
    frames: tuple[Frame, ...],
    attributions: tuple[Attribution, ...],
    times: tuple[Timex, ...],
    published: str | None = None,
) -> tuple[Frame, ...]:
    """
    The frames with their auxiliaries, retyped where PLOVER has a type for type and auxiliary together.

    Args:
        published: ISO date of publication: with the dates of the text, what history is measured from.
    """
    years = [time.value[:4] for time in times if time.type in {"DATE", "TIME"}] + [(published or "")[:4]]
    newest = max((int(year) for year in years if year.isdigit()), default=None)
    return tuple(_judge(tree, frame, attributions, times, newest) for frame in frames)


def mark_proposed(
    tree: Tree,
    frames: tuple[Frame, ...],
    coded: tuple[Frame, ...],
    attributions: tuple[Attribution, ...],
    times: tuple[Timex, ...],
    published: str | None = None,
) -> tuple[Frame, ...]:
    """
    The frames, those that context proposed besides the coded ones asked whether they happened.

    Their type is what context says of them as they stand, so that none is retyped.
    """
    known = {frame.trigger for frame in coded}
    return tuple(
        frame if frame.trigger in known else _mark_proposed(tree, frame, attributions, times, published)
        for frame in frames
    )


def _mark_proposed(
    tree: Tree,
    frame: Frame,
    attributions: tuple[Attribution, ...],
    times: tuple[Timex, ...],
    published: str | None,
) -> Frame:
    (judged,) = judge_frames(tree, (frame,), attributions, times, published)
    return judged if judged.type == frame.type else frame


def _judge(
    tree: Tree,
    frame: Frame,
    attributions: tuple[Attribution, ...],
    times: tuple[Timex, ...],
    newest: int | None,
) -> Frame:
    found = _marks(tree, frame, attributions)
    history = told_as_history(tree, frame.trigger, times, newest)
    if history:
        found.setdefault("historical", history)
    if "historical" in found:
        found.pop("future", None)
    auxiliary = tuple(name for name in _ORDER if name in found)
    rules = (*frame.rules, *(found[name] for name in auxiliary))
    table = _effects()
    names = auxiliary
    if "negation" in found:
        names = ("future negation",) if "future" in found else ()
    for name in names:
        for mode in (*frame.modes, "*"):
            entry = table.get((name, frame.type, mode))
            if entry is None:
                continue
            kind, modes, needs_intent, rule = entry
            if needs_intent and not _is_own_intent(tree, frame, attributions):
                break
            left = tuple(other for other in auxiliary if other not in name.split())
            return replace(frame, type=kind, modes=modes, auxiliary=left, rules=(*rules, rule))
    return replace(frame, auxiliary=auxiliary, rules=rules)


def _marks(tree: Tree, frame: Frame, attributions: tuple[Attribution, ...]) -> dict[str, str]:
    """Effects of the words that govern the trigger, nearest first, each with its rule."""
    found: dict[str, str] = {}
    index = frame.trigger
    if not is_verb(tree, index):
        _note_modifiers(tree, index, found)
        if frame.type == "ASSAULT" and _is_to_end(tree, index):
            return found
    attribution = innermost(attributions, tree.idx[index], tree.idx[index] + len(tree.forms[index]))
    cue = range(0)
    if attribution is not None and attribution.cue is not None and attribution.stance not in _LOOKING_AHEAD:
        cue = range(attribution.cue.start_char, attribution.cue.end_char)
    demanded = attribution is not None and attribution.stance == "demands"
    if _is_known(tree, index):
        return found
    at = index
    # "has not condemned the shelling": what the reader knows of is not denied with what is made of it
    own_clause = (
        is_verb(tree, index) or not _is_definite(tree, index) or _acts_through(frame, tree.head[index], tree)
    )
    for _ in range(_MAX_CLIMB):
        if is_verb(tree, at) or tree.child(at, "cop", "aux"):
            _note_clause(
                tree, at, found, own_clause=own_clause, reported=attribution is not None, demanded=demanded
            )
            own_clause = False
        head, dep = tree.head[at], tree.dep[at]
        if head == at or dep not in _UP:
            break
        if dep == "acl" and not any(tree.words[kid] == "to" for kid in tree.kids[at]):
            break
        if dep in _CLAUSES and is_untrue(tree, head):
            found.setdefault("negation", "factuality/not")
            break
        if dep in {"nsubj", "nsubj:pass", "csubj"} and (
            is_verb(tree, at)
            or not (_acts_through(frame, head, tree) or _is_new(tree, at) or _ensues(tree, at, head))
        ):
            break  # "the clashes could escalate": what a subject may yet become does not touch that it is
        if _is_kept_from(tree, at):
            # "stopped a man from stabbing", "far from attacking"
            found.setdefault("negation", "factuality/kept-from")
            break
        if dep == "advcl" and not _goes_with(tree, at):
            break
        if dep == "conj":
            # "will meet and sign": a bare second verb shares the modal of the first
            if tree.tag[at] != "VB" and is_verb(tree, at):
                _note_marks(tree, head, found)  # "until it meets them and ends the siege"
                break
            at = head
            own_clause = is_verb(tree, at)
            continue
        if tree.idx[head] not in cue:
            # a cue that demands or denies speaks through the stance, not through a mark
            _note_governor(tree, frame, at, found)
        at = head
        if dep == "ccomp":
            break
    return found


def _is_kept_from(tree: Tree, clause: int) -> bool:
    """Whether the clause is what did not come about: "kept them from firing", "far from attacking"."""
    if not is_verb(tree, clause) or "from" not in prepositions(tree, clause):
        return False
    head = tree.head[clause]
    return tree.words[head] in _markers("from") or (
        tree.words[clause - 1] == "from" and clause > 1 and tree.words[clause - 2] in _markers("from")
    )


def _is_definite(tree: Tree, noun: int) -> bool:
    """As in "the attack", "Chad's attack", "these attacks": one that the reader is taken to know of."""
    return any(
        tree.dep[kid] == "nmod:poss" or tree.words[kid] in word_class("pointed") for kid in tree.kids[noun]
    )


def _is_known(tree: Tree, noun: int) -> bool:
    """As in "Tuesday's attack", "the raid that killed nine", "march against the killing": it has happened, whatever is to come."""
    if is_verb(tree, noun) or tree.words[noun] not in word_class("blows"):
        return False
    if any(tree.words[kid] in word_class("times") for kid in tree.child(noun, "nmod:poss")):
        return not _is_ahead(tree, noun)
    told = any(
        tree.tag[kid] == "VBD"
        or (
            tree.tag[kid] == "VBN"
            and any(tree.words[aux] in word_class("have") for aux in tree.child(kid, "aux"))
        )
        for kid in tree.child(noun, "acl:relcl")
    )
    over = not _KNOWN_BEHIND.isdisjoint(prepositions(tree, noun)) and _is_definite(tree, noun)
    return (told or over) and not _is_ahead(tree, noun)


def _is_ahead(tree: Tree, noun: int) -> bool:
    """As in "Tuesday's planned attack"."""
    return any(
        (_markers("adj").get(tree.words[kid]) or ("",))[0] in {"future", "hypothetical"}
        for kid in tree.kids[noun]
    )


def _goes_with(tree: Tree, clause: int) -> bool:
    """An infinitive of purpose or a bare participle is as real as its main clause: "will go to Chad, visiting"."""
    marks = tree.child(clause, "mark")
    return any(tree.words[kid] == "to" for kid in marks) or (tree.tag[clause] == "VBG" and not marks)


def _note_marks(tree: Tree, verb: int, found: dict[str, str]) -> None:
    for kid in tree.child(verb, "mark"):
        mark = _markers("mark").get(tree.words[kid])
        if mark is not None and mark[0] != "negation":
            found.setdefault(*mark)


def _is_to_end(tree: Tree, trigger: int) -> bool:
    """As in "asked them to stop the fighting": what is to end goes on, whatever is made of its end."""
    head = tree.head[trigger]
    over = {operator.force for _, operator in operator_index().get(tree.words[head], ())}
    return (
        tree.dep[trigger] in {"obj", "nmod", "nsubj:pass", "obl"}
        and "stop" in over
        and taken_for_granted(tree, trigger)
    )


def _note_governor(tree: Tree, frame: Frame, at: int, found: dict[str, str]) -> None:
    """What the word that governs `at` does to it: "feared an attack", "the risk of war", "ready to strike"."""
    head, dep = tree.head[at], tree.dep[at]
    marks: list[tuple[str, str] | None] = []
    if is_verb(tree, head):
        governs = dep in {"xcomp", "ccomp", "obj"} or (
            dep == "obl" and not word_class("directed").isdisjoint(prepositions(tree, at))
        )
        if governs and not _acts_through(frame, head, tree):
            marks.append(_markers("verb").get(tree.words[head]))
        if governs:
            # "hold back a shipment", though "hold" alone lends its arguments
            behind = (kid for kid in tree.child(head, "compound:prt", "advmod") if kid > head)
            particle = next((tree.words[kid] for kid in behind), "")
            marks.append(_markers("particle").get(f"{tree.lemmas[head]} {particle}"))
    elif tree.pos[head] == "NOUN" and dep in {"nmod", "acl"}:
        marks.append(_markers("noun").get(tree.words[head]))
    if dep in {"xcomp", "ccomp", "advcl"} and tree.pos[head] in {"ADJ", "VERB", "ADV"}:
        marks.append(_markers("adj").get(tree.words[head]))
    for mark in marks:
        if mark is not None:
            found.setdefault(*mark)


def _is_new(tree: Tree, noun: int) -> bool:
    """As in "a conflict would ...", "any attack may ...": not one the reader is taken to know of."""
    return any(tree.words[kid] in word_class("new") for kid in tree.kids[noun])


def _ensues(tree: Tree, noun: int, verb: int) -> bool:
    """As in "sanctions will follow": nobody's yet."""
    return tree.lemmas[verb] in word_class("ensuing") and not tree.child(noun, "det", "nmod:poss", "nummod")


def _acts_through(frame: Frame, head: int, tree: Tree) -> bool:
    """The governing verb is the trigger of a composition already applied, or lends its arguments."""
    return (
        any(rule.startswith("events/support/") for rule in frame.rules) and tree.head[frame.trigger] == head
    )


def _note_clause(
    tree: Tree, verb: int, found: dict[str, str], *, own_clause: bool, reported: bool, demanded: bool
) -> None:
    if is_inverted(tree, verb) or is_asked(tree, verb):
        # "should Iran attack", "will they cooperate?", "who attacked it?"
        found.setdefault("hypothetical", "factuality/inverted")
        return
    noun = tree.head[verb]
    if (
        own_clause
        and tree.dep[verb] == "acl"
        and tree.dep[noun] == "nmod"
        and is_nobody(tree, tree.head[noun])
    ):
        # "None of the soldiers fired", where the parse hangs the verb on the soldiers
        found.setdefault("negation", "factuality/no")
    for kid in tree.kids[verb]:
        word, dep = tree.words[kid], tree.dep[kid]
        if dep in {"aux", "aux:pass"}:
            mark = _markers("aux").get(word)
            if mark is not None and not (demanded and _is_duty(mark)):
                effect, rule = mark
                if word in {"would", "'d"} and reported and not is_counterfactual(tree, verb):
                    effect = "future"  # "said it would": the past of will
                found.setdefault(effect, rule)
        elif dep in {"advmod", "det", "cc:preconj"} and own_clause:
            mark = _markers("adv").get(word)
            if mark is not None and tree.words[min(kid + 1, tree.size - 1)] != "only":
                found.setdefault(*mark)
        elif dep in {"mark", "case"} and kid < verb:
            mark = _markers("mark").get(word)
            if mark is not None and (mark[0] != "negation" or own_clause):
                found.setdefault(*mark)
        elif word == "nor" and dep == "cc" and kid < verb:
            found.setdefault("negation", "factuality/not")
        elif dep in _NEGATED and own_clause and is_nobody(tree, kid):
            # "neither army fired", "hardly any marchers were held", "sent no soldiers"
            found.setdefault("negation", "factuality/no")


def _is_duty(mark: tuple[str, str]) -> bool:
    """As in "must", "should": where the attribution already says it is demanded, no second mark."""
    return mark[1] == "factuality/should"


def _note_modifiers(tree: Tree, noun: int, found: dict[str, str]) -> None:
    for kid in tree.kids[noun]:
        if kid > noun:
            continue
        part = {"det": "det", "amod": "adj", "compound": "adj", "case": "mark"}.get(tree.dep[kid])
        if part is None:
            continue
        mark = _markers(part).get(tree.words[kid])
        if mark is not None:
            found.setdefault(*mark)


def _is_own_intent(tree: Tree, frame: Frame, attributions: tuple[Attribution, ...]) -> bool:
    """The one who speaks is the one who would act; where nobody is quoted, a plain "will" of a named actor."""
    trigger = tree[frame.trigger]
    attribution = innermost(attributions, trigger.idx, trigger.idx + len(trigger))
    if not frame.actors:
        # "Ankara says it will begin an operation", with nobody found for "it"
        verb = frame.trigger if is_verb(tree, frame.trigger) else tree.head[frame.trigger]
        return (
            attribution is not None
            and attribution.source is not None
            and any(tree.pos[head] == "PRON" for head in surface_subjects(tree, verb))
        )
    if attribution is None or attribution.source is None:
        return "factuality/will" in _marks(tree, frame, attributions).values()
    if attribution.stance == "promises":
        return True
    speaker = attribution.source.actor
    return any(
        one.actor == speaker or (one.actor.country is not None and one.actor.country == speaker.country)
        for one in frame.actors
    )
