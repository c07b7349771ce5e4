"""
The bundled weights' entities on documents kept out of their training.

Comes in: the corpora folder. Goes out: exact span F1 for people, organisations and places (GPE and LOC together) on a
seventh of the Worldwide newswire documents, as they are and in capitals, and on a tenth of re3d's.

Limit: re3d labels phrases; its gold names are those `training/names.py` takes out of them, not all checked by hand.
"""

from dataclasses import replace
from pathlib import Path

from spacy.language import Language

from counterclaim.read.parse import load_language, parse_all
from training import names


def evaluate(corpora: Path, language: Language | None = None) -> dict[str, float]:
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
        if name == "newswire":
            for kind in ("PER", "ORG", "LOC"):
                scores[f"{name}_{kind.lower()}"] = names.f1(passages, docs, only=kind)
    scores["n_newswire"] = len(data.held_newswire)
    return scores


if __name__ == "__main__":
    import os

    for name, score in evaluate(Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))).items():
        print(f"{name:<16}{score:.4f}")
