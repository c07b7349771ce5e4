"""
Who speaks, and through whom: the source of a draft as a mention, and the carriers between source and outlet.

Comes in: the tree and drafts. Goes out: mentions and ``via``. "A statement from the palace said" has the palace
as source and "statement" in ``via``; "Tass quoted the minister as saying" the minister, through "Tass"; "told the
daily" whoever told it, through "daily". A source that no given mention covers becomes a mention of an unresolved
actor named as in the text: unknown stays unknown.

Its limit: a carrier is known by its noun or its name in the tables, not by what it is in the world.
"""

from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import carriers, has_mark, hedges, media_names
from counterclaim.read.attribution.source.owners import owner_of
from counterclaim.read.attribution.source.phrases import (
    medium_after,
    medium_among,
    name_between,
    name_of,
    phrase_of,
)
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import subject_of
from counterclaim.read.syntax.tree import Tree, Word

ARTICLES = frozenset(("DET", "PUNCT"))


def resolve_carriers(tree: Tree, draft: Draft) -> None:
    """Move documents and press organisations out of the source's place, and note what the source spoke through."""
    _unwrap_document(tree, draft)
    anchor = draft.anchor
    if anchor.pos in {"VERB", "AUX"} or anchor.tag.startswith("VB"):
        for host in _reporting_verbs(anchor):
            draft.via.extend(text for text in _spoken_through(tree, host, draft) if text not in draft.via)
        if not draft.via:
            draft.via.extend(_opening_carrier(tree, draft))


def _opening_carrier(tree: Tree, draft: Draft) -> list[str]:
    """``In a statement carried by KCNA, the army said``: what opens the sentence, up to its comma."""
    first, last = tree.line_of[draft.anchor.i]
    if (
        tree[first].lower not in word_class("spoken_through")
        or draft.source is None
        or draft.source.i < first
    ):
        return []
    comma = next((i for i in range(first, min(last, draft.source.i + 1)) if tree[i].text == ","), None)
    if comma is None:
        return []
    for token in tree.between(first + 1, comma):
        kind = carriers().get(token.lemma) or carriers().get(token.lower)
        if kind is not None and kind != "medium" and token.dep not in {"compound", "amod"}:
            medium = medium_among(tree, token.i + 1, comma)
            return [
                _bare(tree, token, _possessor(token)),
                *([name_between(tree, *medium)] if medium else []),
            ]
    return []


def _reporting_verbs(verb: Word) -> list[Word]:
    hosts = [verb]
    if verb.dep in {"advcl", "xcomp"} and verb.tag == "VBG" and verb.head.pos == "VERB":
        hosts.append(verb.head)
    return hosts


def _unwrap_document(tree: Tree, draft: Draft) -> None:
    """From "a statement by the palace" to the palace, through "statement"."""
    head = draft.source
    for _ in range(2):
        if head is None or carriers().get(head.lemma) not in {"document", "channel", "occasion"}:
            return
        if head.pos not in {"NOUN", "PROPN"} or any(
            m.head == head.i for m in tree.mentions_at.get(head.i, ()) if m.kind == "name"
        ):
            return
        owner = owner_of(head)
        verb = head.head
        issued = head.dep in {"obj", "obl", "nsubj:pass"} and verb.pos == "VERB" and verb.i < draft.anchor.i
        if owner is None and issued and verb.lemma in hedges("carrying"):
            owner = subject_of(verb)  # "issued a statement saying": who issued it speaks
        draft.via.append(_bare(tree, head, owner))
        if owner is None or owner.i == head.i:
            return
        draft.source = owner
        start, end = phrase_of(tree, owner)
        inside = phrase_of(tree, head)
        whole = owner.dep not in {"nsubj", "nsubj:pass"} and inside[0] <= owner.i < inside[1]
        draft.source_span = inside if whole else (start, end)
        head = owner


def _bare(tree: Tree, head: Word, owner: Word | None) -> str:
    """The carrier's own words without article and owner: "Facebook post", "state television"."""
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if child.dep in {"compound", "amod", "flat", "nmod:desc", "nmod"} and child.right_edge.i == start - 1:
            if owner is not None and child.left_edge.i <= owner.i <= child.right_edge.i:
                break
            if child.entity in {"DATE", "TIME"}:
                break
            start = child.left_edge.i
        else:
            break
    end = head.i + 1
    for child in head.rights:
        if child.dep == "flat" and child.i == end:
            end = child.i + 1
    first, last = tree.chars(start, end)
    return tree.text[first:last]


def _spoken_through(tree: Tree, verb: Word, draft: Draft) -> list[str]:
    found = []
    content = draft.pieces
    spoken_to = medium_after(tree, verb) if has_mark(verb, "person") else None
    free = spoken_to is None and not has_mark(verb, "relay")
    if spoken_to is not None:
        found.append(name_between(tree, *spoken_to))
    for child in verb.children:
        inside = any(start <= child.idx < end for start, end in content)
        if inside or (draft.source is not None and child.i == draft.source.i):
            continue
        cases = {mark.lower for mark in child.lefts if mark.dep == "case"}
        if child.dep in {"obj", "iobj"} and not cases:
            if free and is_medium(tree, child):
                found.append(name_of(tree, child))
        elif child.dep in {"obl", "nmod", "obl:agent", "obl:unmarked", "obj", "iobj"}:
            kind = carriers().get(child.lemma) or carriers().get(child.lower)
            if not cases & word_class("spoken_through"):
                continue
            if (kind is not None and kind != "medium") or (
                cases & {"on", "to", "with", "by"} and is_medium(tree, child)
            ):
                found.append(_bare(tree, child, _possessor(child)))
                # "in an interview with Le Monde": the paper stands between the interview and us
                found.extend(
                    name_of(tree, inner)
                    for inner in child.rights
                    if inner.dep == "nmod" and is_medium(tree, inner)
                )
    return found


def _possessor(noun: Word) -> Word | None:
    return next((child for child in noun.lefts if child.dep == "nmod:poss"), None)


def is_medium(tree: Tree, token: Word) -> bool:
    """Whether the phrase names a press organisation: by its noun, or by its name."""
    if carriers().get(token.lemma) == "medium" or carriers().get(token.lower) == "medium":
        return True
    names = media_names()
    if token.text in names or token.lower in names:
        return True
    start, end = phrase_of(tree, token, apposition=False)
    while start < end and tree[start].pos in ARTICLES:
        start += 1
    if start >= end:
        return False
    first, last = tree.chars(start, end)
    text = tree.text[first:last]
    if text in names or text.lower() in names:
        return True
    if any(
        mention.actor.sector == "MED"
        for mention in tree.mentions_at.get(token.i, ())
        if mention.head == token.i
    ):
        return True
    return token.pos == "PROPN" and any(
        carriers().get(t.lower) == "medium" and t.pos == "PROPN" for t in tree.between(start, end)
    )
