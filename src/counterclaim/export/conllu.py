"""
A parsed text as CoNLL-U, for linguists and for looking behind a reading.

Comes in: the spaCy `Doc` that every stage reads. Goes out: its sentences in the ten columns of Universal Dependencies, with
``# newdoc id`` (the article's id) before the first, ``# sent_id`` (that id and a number) and ``# text``. MISC holds the names (``NER=B-PERSON``), the attribution
labels of the weights (``Attr=B-SOURCE``, several joined by ``/`` where they overlap), ``SpaceAfter=No`` and
``TokenRange=start:end``, characters of the article's text.

White space is no word: sentences of nothing else are left out.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

PARTS = {"attr_source": "SOURCE", "attr_cue": "CUE", "attr_content": "CONTENT"}


def to_conllu(doc: Doc, document: str) -> Iterator[str]:
    """
    Each sentence as one block that ends with an empty line.

    Args:
        document: Its id in the file: no blank and no slash, which identifiers of Universal Dependencies may not hold.
    """
    labels = _attribution_labels(doc)
    number = 0
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        if words:
            number += 1
            opening = f"# newdoc id = {document}\n" if number == 1 else ""
            yield opening + "\n".join(_lines(words, f"{document}-{number}", labels)) + "\n\n"


def _lines(words: list[Token], sent_id: str, labels: dict[int, str]) -> Iterator[str]:
    doc, last = words[0].doc, words[-1]
    text = doc.text[words[0].idx : last.idx + len(last)]
    yield f"# sent_id = {sent_id}"
    yield f"# text = {' '.join(text.split())}"
    places = {token.i: place for place, token in enumerate(words, start=1)}
    for place, token in enumerate(words, start=1):
        is_root = token.head.i == token.i or token.head.i not in places
        columns = (
            str(place),
            token.text,
            token.lemma_ or "_",
            token.pos_ or "_",
            token.tag_ or "_",
            str(token.morph) or "_",
            "0" if is_root else str(places[token.head.i]),
            "root" if is_root else token.dep_ or "_",
            "_",
            _misc(token, labels),
        )
        yield "\t".join(columns)


def _misc(token: Token, labels: dict[int, str]) -> str:
    parts = []
    if token.ent_iob_ in {"B", "I"}:
        parts.append(f"NER={token.ent_iob_}-{token.ent_type_}")
    if token.i in labels:
        parts.append(f"Attr={labels[token.i]}")
    following = token.idx + len(token)
    if following < len(token.doc.text) and not token.doc.text[following].isspace():
        parts.append("SpaceAfter=No")
    parts.append(f"TokenRange={token.idx}:{following}")
    return "|".join(parts)


def _attribution_labels(doc: Doc) -> dict[int, str]:
    """By token, what the weights took it for; empty where they know no attribution."""
    found: dict[int, list[str]] = {}
    for key, part in PARTS.items():
        spans: list[Span] = list(doc.spans[key]) if key in doc.spans else []
        for span in spans:
            for token in span:
                found.setdefault(token.i, []).append(f"{'B' if token.i == span.start else 'I'}-{part}")
    return {index: "/".join(parts) for index, parts in found.items()}
