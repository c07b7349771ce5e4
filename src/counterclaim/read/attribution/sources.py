"""
Who speaks, and through whom: the source of a draft as a mention, and the carriers between source and outlet.

Comes in: the scene and drafts. Goes out: mentions and ``via``. "A statement from the palace said" has the palace
as source and "statement" in ``via``; "Tass quoted the minister as saying" the minister, through "Tass"; "told the
daily" whoever told it, through "daily". A source that no given mention covers becomes a mention of an unresolved
actor named as in the text: unknown stays unknown.

Its limit: a carrier is known by its noun or its name in the tables, not by what it is in the world.
"""

from dataclasses import replace

from spacy.tokens import Token

from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import carriers, has_mark, hedges, media_names
from counterclaim.read.attribution.nouns import owner_of
from counterclaim.read.attribution.scene import (
    Scene,
    medium_after,
    medium_among,
    name_between,
    name_of,
    phrase_of,
    subject_of,
)
from counterclaim.types import Actor, Mention

SPOKEN_THROUGH = frozenset(("in", "on", "via", "through", "at", "to", "during", "by"))
ARTICLES = frozenset(("DET", "PUNCT"))


def make_source(scene: Scene, draft: Draft) -> Mention | None:
    """The mention that speaks, as wide as its phrase; None where the text names nobody."""
    head = draft.source
    if head is None:
        return None
    span = draft.source_span or phrase_of(scene, head)
    if head.i < draft.anchor.i < span[1]:
        span = (span[0], draft.anchor.i)  # the cue is no part of who speaks
    elif span[0] <= draft.anchor.i < head.i:
        span = (draft.anchor.i + 1, span[1])
    return mention_of(scene, head, span)


def mention_of(scene: Scene, head: Token, span: tuple[int, int]) -> Mention | None:
    """The given mention headed here, widened to its phrase, or a new one of an unresolved actor."""
    start, end = span
    if head.i < start or head.i >= end or end <= start:
        start, end = min(start, head.i), max(end, head.i + 1)
    start_char, end_char = scene.chars(start, end)
    text = scene.text[start_char:end_char]
    if not text.strip():
        return None
    given = _given(scene, head, start, end)
    if given is not None:
        if given.kind == "pronoun":
            return given
        start, end = min(start, given.start), max(end, given.end)
        start_char, end_char = scene.chars(start, end)
        return replace(
            given,
            text=scene.text[start_char:end_char],
            start_char=start_char,
            end_char=end_char,
            start=start,
            end=end,
        )
    if head.pos_ == "PRON" or head.tag_ in {"PRP", "PRP$", "WP", "WDT", "DT"}:
        kind = "pronoun"
    else:
        kind = "name" if head.pos_ == "PROPN" else "nominal"
    actor = Actor(actor_id=None, name=text, country=None, sector=None)
    anonymous = kind == "nominal" and scene.doc[start].morph.get("Definite", []) == ["Ind"]
    return Mention(text, start_char, end_char, start, end, head.i, kind, actor, anonymous)  # type: ignore[arg-type]


def _given(scene: Scene, head: Token, start: int, end: int) -> Mention | None:
    for mention in scene.mentions_at.get(head.i, ()):
        if mention.head == head.i or mention.start <= head.i < mention.end:
            if mention.kind == "adjective" and head.dep_ not in {"amod", "compound", "nmod", "nmod:desc"}:
                continue
            if mention.head == head.i or (mention.start >= start and mention.end <= end):
                return mention
    return None


def resolve_carriers(scene: Scene, draft: Draft) -> None:
    """Move documents and press organisations out of the source's place, and note what the source spoke through."""
    _unwrap_document(scene, draft)
    anchor = draft.anchor
    if anchor.pos_ in {"VERB", "AUX"} or anchor.tag_.startswith("VB"):
        for host in _reporting_verbs(anchor):
            draft.via.extend(text for text in _spoken_through(scene, host, draft) if text not in draft.via)
        if not draft.via:
            draft.via.extend(_opening_carrier(scene, draft))


def _opening_carrier(scene: Scene, draft: Draft) -> list[str]:
    """``In a statement carried by KCNA, the army said``: what opens the sentence, up to its comma."""
    doc = scene.doc
    first, last = scene.sentence_of[draft.anchor.i]
    if doc[first].lower_ not in SPOKEN_THROUGH or draft.source is None or draft.source.i < first:
        return []
    comma = next((i for i in range(first, min(last, draft.source.i + 1)) if doc[i].text == ","), None)
    if comma is None:
        return []
    for token in doc[first + 1 : comma]:
        kind = carriers().get(token.lemma_.lower()) or carriers().get(token.lower_)
        if kind is not None and kind != "medium" and token.dep_ not in {"compound", "amod"}:
            medium = medium_among(scene, token.i + 1, comma)
            return [
                _bare(scene, token, _possessor(token)),
                *([name_between(scene, *medium)] if medium else []),
            ]
    return []


def _reporting_verbs(verb: Token) -> list[Token]:
    hosts = [verb]
    if verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VBG" and verb.head.pos_ == "VERB":
        hosts.append(verb.head)
    return hosts


def _unwrap_document(scene: Scene, draft: Draft) -> None:
    """From "a statement by the palace" to the palace, through "statement"."""
    head = draft.source
    for _ in range(2):
        if head is None or carriers().get(head.lemma_.lower()) not in {"document", "channel", "occasion"}:
            return
        if head.pos_ not in {"NOUN", "PROPN"} or any(
            m.head == head.i for m in scene.mentions_at.get(head.i, ()) if m.kind == "name"
        ):
            return
        owner = owner_of(head)
        verb = head.head
        issued = head.dep_ in {"obj", "obl", "nsubj:pass"} and verb.pos_ == "VERB" and verb.i < draft.anchor.i
        if owner is None and issued and verb.lemma_.lower() in hedges("carrying"):
            owner = subject_of(verb)  # "issued a statement saying": who issued it speaks
        draft.via.append(_bare(scene, head, owner))
        if owner is None or owner.i == head.i:
            return
        draft.source = owner
        start, end = phrase_of(scene, owner)
        inside = phrase_of(scene, head)
        whole = owner.dep_ not in {"nsubj", "nsubj:pass"} and inside[0] <= owner.i < inside[1]
        draft.source_span = inside if whole else (start, end)
        head = owner


def _bare(scene: Scene, head: Token, owner: Token | None) -> str:
    """The carrier's own words without article and owner: "Facebook post", "state television"."""
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if (
            child.dep_ in {"compound", "amod", "flat", "nmod:desc", "nmod"}
            and child.right_edge.i == start - 1
        ):
            if owner is not None and child.left_edge.i <= owner.i <= child.right_edge.i:
                break
            if child.ent_type_ in {"DATE", "TIME"}:
                break
            start = child.left_edge.i
        else:
            break
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "flat" and child.i == end:
            end = child.i + 1
    first, last = scene.chars(start, end)
    return scene.text[first:last]


def _spoken_through(scene: Scene, verb: Token, draft: Draft) -> list[str]:
    found = []
    content = draft.pieces
    spoken_to = medium_after(scene, verb) if has_mark(verb, "person") else None
    free = spoken_to is None and not has_mark(verb, "relay")
    if spoken_to is not None:
        found.append(name_between(scene, *spoken_to))
    for child in verb.children:
        inside = any(start <= child.idx < end for start, end in content)
        if inside or (draft.source is not None and child.i == draft.source.i):
            continue
        cases = {mark.lower_ for mark in child.lefts if mark.dep_ == "case"}
        if child.dep_ in {"obj", "iobj"} and not cases:
            if free and is_medium(scene, child):
                found.append(name_of(scene, child))
        elif child.dep_ in {"obl", "nmod", "obl:agent", "obl:unmarked", "obj", "iobj"}:
            kind = carriers().get(child.lemma_.lower()) or carriers().get(child.lower_)
            if not cases & SPOKEN_THROUGH:
                continue
            if (kind is not None and kind != "medium") or (
                cases & {"on", "to", "with", "by"} and is_medium(scene, child)
            ):
                found.append(_bare(scene, child, _possessor(child)))
                # "in an interview with Le Monde": the paper stands between the interview and us
                found.extend(
                    name_of(scene, inner)
                    for inner in child.rights
                    if inner.dep_ == "nmod" and is_medium(scene, inner)
                )
    return found


def _possessor(noun: Token) -> Token | None:
    return next((child for child in noun.lefts if child.dep_ == "nmod:poss"), None)


def is_medium(scene: Scene, token: Token) -> bool:
    """Whether the phrase names a press organisation: by its noun, or by its name."""
    if carriers().get(token.lemma_.lower()) == "medium" or carriers().get(token.lower_) == "medium":
        return True
    names = media_names()
    if token.text in names or token.lower_ in names:
        return True
    start, end = phrase_of(scene, token, apposition=False)
    while start < end and scene.doc[start].pos_ in ARTICLES:
        start += 1
    if start >= end:
        return False
    first, last = scene.chars(start, end)
    text = scene.text[first:last]
    if text in names or text.lower() in names:
        return True
    if any(
        mention.actor.sector == "MED"
        for mention in scene.mentions_at.get(token.i, ())
        if mention.head == token.i
    ):
        return True
    return token.pos_ == "PROPN" and any(
        carriers().get(t.lower_) == "medium" and t.pos_ == "PROPN" for t in scene.doc[start:end]
    )
