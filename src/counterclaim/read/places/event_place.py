"""
Event places: where the event with a given trigger happened.

In: the parsed text, the trigger's token, the toponyms and the mentions of actors. Out: one of the toponyms, or None where
the text does not say. Example: "Shells fired from Avdiivka hit the market of Horlivka" with the trigger "hit" -> Horlivka:
"from" tells where shells came from.
Every toponym of the sentence is weighed by how it hangs on the trigger: the relations on the way, the preposition before it,
how far it stands, how fine it is; knowledge/places/event_signs.tsv holds the weights. The best one above nothing is the place.
Adjectives, metonyms and the dateline are never places of events. What is said of being beside the place comes with it
(offsets.py).
Limit: an event told without a place in its sentence takes that of the sentence before only if there is one single place there.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.knowledge import load_table
from counterclaim.read.places.clues import feature_words, preposition
from counterclaim.read.places.offsets import add_offset
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.forms import stems
from counterclaim.read.syntax.tree import Stretch, Tree, Word
from counterclaim.types import Place

# A way longer than this over the parse is no way: the weights of its steps would be noise.
LONGEST_WAY = 12
# "Moscow-led", "Nairobi-based": used as an adjective.
_COMPOUND = re.compile(r"[-‐‑–][a-z]")
# What stands between the place of a dateline and the report: ", Sept 14 (Reuters) –", " --".
_DATELINE = re.compile(r"[^.!?\n]{0,40}\([^()\n]{2,30}\)\s?[-–—:]|(?:, [^.!?\n]{3,24})? (?:[–—]|--?) ")


@dataclass(frozen=True, slots=True)
class Site:
    """A toponym that may be where something happened, with its token in the parse."""

    place: Place
    head: Word
    first: Word

    @property
    def role(self) -> str:
        """What the preposition before it says; the word right before it tells more surely than the parse."""
        token = self.first
        for _ in range(3):
            if token.i == 0 or token.tree.starts[token.i]:
                break
            token = token.nbor(-1)
            row = preposition(token.lower)
            if token.lower in word_class("shared_by") and _names_border(token):
                return "near"
            if row is not None and token.lower != "of":
                return "near" if token.lower == "from" and _is_away(token) else row["role"]
            if token.pos not in {"DET", "ADJ"}:
                break
        return _role(self.head)


def choose_place(tree: Tree, trigger: int, toponyms: tuple[Place, ...]) -> Place | None:
    """Where the event happened that the trigger tells; None where the text does not say."""
    weights = load_weights()
    best: tuple[float, int, Place] | None = None
    for site, signs in weigh_sites(tree, trigger, toponyms):
        score = sum(weights.get(sign, 0.0) for sign in signs)
        rank = (score, -abs(site.head.i - trigger), site.place)
        if score > 0 and (best is None or rank[:2] > best[:2]):
            best = rank
    return None if best is None else add_offset(tree.text, best[2], toponyms)


def weigh_sites(
    tree: Tree, trigger: int, toponyms: tuple[Place, ...]
) -> Iterator[tuple[Site, tuple[str, ...]]]:
    """The toponyms that may be the event's place, with the signs that speak for or against each."""
    token = tree[trigger]
    sentence = token.sent
    metonyms = {
        (mention.start_char, mention.end_char) for mention in tree.mentions if mention.kind == "metonym"
    }
    places = [place for place in toponyms if (place.start_char, place.end_char) not in metonyms]
    sites = _sites(tree, sentence, places)
    if sites:
        sites = [site for site in sites if not _excluded(token, site)]
        sites = list(_own(token, sites))
        heads = {site.head.i for site in sites}
        for site in sites:
            yield site, tuple(_signs(token, site, heads, len(sites)))
        return
    if sentence.start and "\n" not in tree.forms[sentence.start - 1]:
        earlier = _sites(tree, tree[sentence.start - 1].sent, places)
        placed = len(earlier) == 1 and earlier[0].role in {"at", "near", "path"}
        if placed and earlier[0].place.precision in {"site", "city", "district", "unresolved"}:
            yield earlier[0], ("sentence_before",)


def _sites(tree: Tree, sentence: Stretch, places: list[Place]) -> list[Site]:
    """The places of a sentence that an event can happen in: no adjectives, no place of filing."""
    found: list[Site] = []
    inside = [place for place in places if sentence.start_char <= place.start_char < sentence.end_char]
    # A dateline's full stops ("Sept. 14") may have been taken for the end of a sentence.
    text = tree.written(sentence.start, min(sentence.end + 15, len(tree))) if inside else ""
    for place in inside:
        if place.adjectival or _COMPOUND.match(text, place.end_char - sentence.start_char):
            continue
        span = tree.covering(place.start_char, place.end_char)
        if span is None or _modifies(span.root, place):
            continue
        if not _is_dateline(text, place.text, place.start_char - sentence.start_char):
            found.append(Site(place, span.root, tree[span.start]))
    return found


def _is_dateline(text: str, name: str, start: int) -> bool:
    """Whether a name opens a sentence as the place of filing: "TBILISI, Sept 14 (Reuters) –"."""
    return start <= 40 and name.isupper() and _DATELINE.match(text, start + len(name)) is not None


def _modifies(head: Word, place: Place) -> bool:
    """Whether a country's abbreviation stands for its adjective: "US troops", "UK police"."""
    return (
        place.text.isupper()
        and place.feature_code == "PCLI"
        and head.dep in {"compound", "amod", "nmod:poss"}
    )


def _excluded(trigger: Word, site: Site) -> bool:
    """Whether the way the place is told rules it out, whatever else speaks for it."""
    head, kinds = site.head, verb_kinds(trigger)
    role = site.role
    if "speech" in kinds:
        # "condemned the attack in Erbil" was not said in Erbil; "said in Geneva" was said there.
        return head.head.i != trigger.i or role not in {"at", "near"}
    if "source" not in kinds:
        _, downs = _way(trigger, head)
        if role == "from" or (role != "near" and downs and _role(downs[0]) == "from"):
            return True
    if _is_speakers(trigger, head):
        return True
    node = _phrase(head)
    if node.head.i != trigger.i and "speech" in verb_kinds(node.head) and node.head.pos == "VERB":
        # "went to the polls, the envoy said in Tbilisi"
        return True
    if role == "to" and site.place.precision == "country" and node.head.i != trigger.i:
        # "its attitude towards Chad" is not in Chad; "travelled to Chad" is.
        return True
    wide = site.place.precision in {"country", "province"} and role in {"bare", "of", "other"}
    if wide and node.dep in {"compound", "amod"} and node.head.i != trigger.i:
        # "the State Department's Sahel adviser"
        return True
    if node.dep in {"obj", "nsubj", "nsubj:pass"} and node.head.i != trigger.i and trigger.pos == "VERB":
        # What another verb acts on is where that happened: "five were killed and Goma was shelled", but "shelled Goma, killing".
        above = {token.i for token in trigger.ancestors if token.dep != "ccomp"}
        if node.head.pos == "VERB" and node.head.i not in above:
            return True
    if site.place.feature_code in {"PCLI", "PCLH"} and role in {"bare", "of", "other"}:
        # A country without a preposition of place is somebody: "Chad and Niger clashed", "accused Chad". Not so where the
        # verb acts on places ("invaded Chad", "seized a third of Chad"), or in "the invasion of Chad".
        acted_on = node.dep in {"obj", "nsubj:pass"} and "object" in verb_kinds(node.head)
        event_of = role == "of" and head.head.i == trigger.i and trigger.pos == "NOUN"
        return not (acted_on or event_of)
    return False


def _own(trigger: Word, sites: list[Site]) -> Iterator[Site]:
    """
    Without places that others of the sentence outdo.

    What the verb itself acts on goes before what the verb beside it acts on: "attacked a base in Bardera and shelled Dinsor". Of places
    named in a row the first that is known stands for all: "bombed Sinjar and Zap".
    """
    acts = trigger.pos == "VERB" and any(
        _phrase(site.head).head.i == trigger.i
        and _phrase(site.head).dep in {"obj", "nsubj:pass"}
        and "object" in verb_kinds(trigger)
        for site in sites
    )
    known = {site.head.i for site in sites if site.place.country is not None}
    for site in sites:
        ups, downs = _way(trigger, site.head)
        if acts and ups and downs and _label(ups[0]) == "conj" and _label(downs[0]) in {"obj", "nsubj:pass"}:
            continue
        if site.place.country is None and site.head.dep == "conj" and site.head.head.i in known:
            continue
        yield site


def _is_speakers(trigger: Word, head: Word) -> bool:
    """As in "the raid killed two, police in Bamako said": where those are who tell it."""
    node = head
    for _ in range(LONGEST_WAY):
        if node.dep in {"nsubj", "nsubj:pass"} or node.head.i in {node.i, trigger.i}:
            break
        node = node.head
    says = node.dep == "nsubj" and node.head.pos == "VERB" and "speech" in verb_kinds(node.head)
    return says and trigger.i < node.i < node.head.i


def _is_away(token: Word) -> bool:
    """As in "far from X", "15 miles from X": it tells how near, not where from."""
    return token.i > 0 and token.nbor(-1).lower in {"far", "away", *_units()}


@functools.cache
def _units() -> frozenset[str]:
    return frozenset(row["form"].split()[-1] for row in load_table("places/offsets") if row["kind"] == "unit")


def _names_border(token: Word) -> bool:
    """As in "on the border with Chad": there or close by; not in "Niger's border with Chad", which is Niger's."""
    if token.i < 2 or token.nbor(-1).lower not in word_class("borders"):
        return False
    return token.nbor(-2).lower not in {"'s", "’s"}


def _phrase(head: Word) -> Word:
    """The top of the phrase that tells the place: "parts" in "parts of Chad", "coast" in "Chad's coast"."""
    node = head
    for _ in range(4):
        up = node.head
        listed = node.dep in {"conj", "appos"}
        if not listed and not (node.dep in {"nmod", "nmod:poss", "compound", "amod"} and is_place_noun(up)):
            break
        node = up
    return node


def verb_kinds(token: Word) -> frozenset[str]:
    """What places_verbs says of the verb; its form is tried too, as lemmas of rare forms may be wrong."""
    verbs, form = _verbs(), token.lower
    if token.lemma in verbs:
        return verbs[token.lemma]
    return next((verbs[stem] for stem in stems(form) if stem in verbs), frozenset())


def is_place_noun(token: Word) -> bool:
    """Whether the noun passes on the preposition before it: "in the north of Chad"."""
    return token.lemma in _place_nouns() or token.lower in _place_nouns()


def _signs(trigger: Word, site: Site, heads: set[int], count: int) -> Iterator[str]:
    head = site.head
    yield f"fine_{site.place.precision}"
    if site.place.precision == "country" and head.dep in {"compound", "amod", "nmod:poss"}:
        yield "country_modifier"
    yield "alone" if count == 1 else "of_several"
    role = site.role
    yield f"role_{role}"
    gap = abs(head.i - trigger.i)
    side = "before" if head.i < trigger.i else "behind"
    yield f"{side}_" + ("near" if gap <= 4 else "some" if gap <= 10 else "far" if gap <= 20 else "very_far")
    if head.i - head.sent.start <= 6 and role in {"at", "near"} and head.i < trigger.i:
        yield "opens_sentence"
    ups, downs = _way(trigger, head)
    if len(ups) + len(downs) > LONGEST_WAY:
        yield "way_long"
        return
    for node in ups:
        yield f"up_{_label(node)}"
    for i, node in enumerate(downs):
        label = _label(node)
        if i == 0:
            yield (
                f"down_{label}_{_role(node)}" if label in {"obl", "nmod", "nsubj", "obj"} else f"down_{label}"
            )
        else:
            yield f"deep_{label}"
        if node.pos == "VERB" and label in {"conj", "ccomp", "advcl", "parataxis", "acl:relcl"}:
            yield "other_clause"
        if node.i in heads and node.i != head.i and label != "conj":
            yield "inside_other"
    first = downs[0] if downs else head
    if first.dep in {"obj", "nsubj:pass"}:
        yield "acted_on" if "object" in verb_kinds(first.head) else "not_acted_on"
    if not downs:
        yield "above"
    if ups and downs:
        yield "sideways"


def _way(trigger: Word, head: Word) -> tuple[list[Word], list[Word]]:
    """The tokens to leave upwards from the trigger, and those to enter downwards to the place, its own last."""
    over = [trigger, *trigger.ancestors]
    at = {token.i: i for i, token in enumerate(over)}
    downs: list[Word] = []
    node = head
    while node.i not in at and node.head.i != node.i:
        downs.append(node)
        node = node.head
    return over[: at.get(node.i, 0)], downs[::-1]


def _label(token: Word) -> str:
    """The relation, without the subtypes that tell nothing about place."""
    dep = token.dep
    return dep if dep in {"nsubj:pass", "acl:relcl", "nmod:poss", "obl:agent"} else dep.split(":")[0]


def _role(token: Word) -> str:
    """What the preposition of a phrase says: at, near, path, to, from, other, of; ``bare`` without one."""
    node = token
    for _ in range(5):
        case = next((child for child in node.children if child.dep == "case" and child.i < node.i), None)
        if case is not None and case.lower != "of" and case.i < node.i:
            if case.lower == "from" and _is_away(case):
                return "near"
            row = preposition(case.lower)
            if row is not None or case.pos == "ADP":
                return row["role"] if row is not None else "other"
        up = node.head
        if node.dep in {"conj", "appos", "flat", "nmod:desc"}:
            node = up
        elif (
            node.dep in {"nmod", "nmod:poss", "compound", "amod", "obl"}
            and up.i != node.i
            and is_place_noun(up)
        ):
            # "the town of X", "north of X", "X's coast": the phrase above tells.
            node = up
        elif node.dep == "compound" and up.dep in {"obl", "nmod"} and up.pos != "VERB":
            # "in a Stockholm theatre"
            node = up
        else:
            return "of" if case is not None and case.lower == "of" else "bare"
    return "bare"


@functools.cache
def _verbs() -> dict[str, frozenset[str]]:
    return {row["verb"]: frozenset(row.split("kind")) for row in load_table("places/place_verbs")}


@functools.cache
def _place_nouns() -> frozenset[str]:
    return frozenset((*feature_words(), *(row["noun"] for row in load_table("places/place_nouns"))))


@functools.cache
def load_weights() -> dict[str, float]:
    """The weight of each sign."""
    return {row["id"]: float(row["weight"]) for row in load_table("places/event_signs")}
