"""
The bundled weights' entities on documents kept out of their training.

Comes in: the corpora folder. Goes out: exact span F1 for people, organisations and places (GPE and LOC together) on a
seventh of the Worldwide newswire documents, as they are and in capitals, and on a tenth of re3d's.

Limit: re3d labels phrases; its gold names are those `training/names.py` takes out of them, not all checked by hand.
"""

from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from counterclaim.read.parse import load_language, parse_all
from evaluation.items import Note, ignore
from training import names


def evaluate(corpora: Path, language: Language | None = None, *, note: Note = ignore) -> dict[str, float]:
    """Score the bundled weights on the documents kept out."""
    language = language or load_language()
    data = names.load(corpora)
    upper = [
        replace(passage, text=passage.text.upper())
        for passage in data.held_newswire
        if len(passage.text.upper()) == len(passage.text)
    ]
    scores: dict[str, float] = {}
    for name, passages in (
        ("newswire", data.held_newswire),
        ("newswire_upper", upper),
        ("re3d", data.held_re3d),
    ):
        docs = list(parse_all((passage.text for passage in passages), language))
        scores[name] = names.f1(passages, docs)
        for number, (passage, doc) in enumerate(zip(passages, docs, strict=True)):
            _note(note, name, number, passage, doc)
        if name == "newswire":
            for kind in ("PER", "ORG", "LOC"):
                scores[f"{name}_{kind.lower()}"] = names.f1(passages, docs, only=kind)
    scores["n_newswire"] = len(data.held_newswire)
    return scores


def _note(note: Note, name: str, number: int, passage: names.Passage, doc: Doc) -> None:
    """Each marked name, right where it is found exactly; each found where none is marked."""
    gold = {(s, e, names.COARSE[x]) for s, e, x in passage.entities if x in names.COARSE}
    ours = {(e.start_char, e.end_char, names.COARSE[e.label_]) for e in doc.ents if e.label_ in names.COARSE}
    for start, end, kind in sorted(gold | ours):
        is_gold = (start, end, kind) in gold
        if not is_gold and any(start < e and s < end for s, e in passage.unknown):
            continue
        around = passage.text[max(0, start - 60) : end + 60]
        text = f"{passage.text[start:end]} {kind} [{around}]"
        question = name if is_gold else f"{name}, none marked"
        note(question, f"{number}:{start}-{end}:{kind}", is_gold and (start, end, kind) in ours, text)


if __name__ == "__main__":
    import os

    for name, score in evaluate(Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))).items():
        print(f"{name:<16}{score:.4f}")
