"""
How often a pronoun gets the right antecedent, on the free part of GUM.

In: ner/gum_free.jsonl (entities with coreference ids). Out: for he/she/him/her/his, it/its and they/them/their in
news, interviews and biographies: of the pronouns whose chain holds a person or body named before, how many got an
answer (coverage) and how many answers were right (accuracy).
Example: "Vinter resigned; he left" with antecedent inside "Vinter" of the same chain is right.
Limit: a pronoun whose antecedent no stage could know as an actor ("the dog") counts neither way.
"""

import json
from pathlib import Path

from counterclaim.pipeline import read_mentions
from counterclaim.read.parse import load_language, parse_all
from counterclaim.types import Article
from evaluation.items import Note, ignore

GENRES = frozenset(("news", "interview", "bio"))
KINDS = {
    "person": frozenset(("he", "she", "him", "her", "his", "himself", "herself")),
    "it": frozenset(("it", "its", "itself")),
    "they": frozenset(("they", "them", "their", "themselves")),
}
# A chain that an actor stage may know: somebody or some body, not a thing.
ACTING = frozenset(("person", "organization", "place"))


def evaluate(corpora: Path, split: str = "", *, note: Note = ignore) -> dict[str, float]:
    """Accuracy and coverage by kind of pronoun; keys such as ``coreference.person.accuracy``."""
    rows = [
        json.loads(line)
        for line in (corpora / "ner" / "gum_free.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    rows = [row for row in rows if row["genre"] in GENRES and split in {"", row["split"]}]
    right = dict.fromkeys(KINDS, 0)
    given = dict.fromkeys(KINDS, 0)
    asked = dict.fromkeys(KINDS, 0)
    for row, doc in zip(rows, parse_all([row["text"] for row in rows], load_language()), strict=True):
        article = Article(id=row["doc_id"], ref=row["doc_id"], text=row["text"], published=row["dct"])
        tree, _ = read_mentions(doc, article)
        answers = {
            mention.start_char: mention.antecedent
            for mention in tree.mentions
            if mention.antecedent is not None
            and (mention.kind == "pronoun" or mention.text.lower().split()[0] in _ALL)
        }
        for entity in row["entities"]:
            word = row["text"][entity["start"] : entity["end"]].lower()
            kind = next((name for name, words in KINDS.items() if word in words), None)
            if kind is None:
                continue
            chain = [
                other
                for other in row["entities"]
                if other["coref"] == entity["coref"]
                and other["start"] < entity["start"]
                and other["type"] in ACTING
                and row["text"][other["start"] : other["end"]].lower() not in _ALL
            ]
            if not chain:
                continue
            asked[kind] += 1
            at = answers.get(entity["start"])
            is_right = at is not None and _is_right(at, row["entities"], entity["coref"])
            given[kind] += at is not None
            right[kind] += is_right
            first, text = chain[-1], row["text"]
            wanted = text[first["start"] : first["end"]]
            answer = "no answer" if at is None else text[at : at + 30]
            said = text[max(0, entity["start"] - 120) : entity["end"] + 60]
            key = f"{row['doc_id']}:{entity['start']}"
            note(kind, key, is_right, f"{word} is {wanted}, found: {answer} [{said}]")
    scores: dict[str, float] = {}
    for kind in KINDS:
        scores[f"coreference.{kind}.accuracy"] = right[kind] / given[kind] if given[kind] else 0.0
        scores[f"coreference.{kind}.coverage"] = given[kind] / asked[kind] if asked[kind] else 0.0
        scores[f"coreference.{kind}.asked"] = float(asked[kind])
    return scores


_ALL = frozenset().union(*KINDS.values())


def _is_right(at: int, entities: list[dict[str, object]], chain: object) -> bool:
    """Whether the innermost gold mention that begins at the answer, or the widest that holds it, is of the chain."""
    beginning = [entity for entity in entities if entity["start"] == at]
    if beginning:
        return any(entity["coref"] == chain for entity in beginning)
    holding = [entity for entity in entities if int(str(entity["start"])) <= at < int(str(entity["end"]))]
    return any(entity["coref"] == chain for entity in holding)


if __name__ == "__main__":
    import os

    root = Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))
    for name, value in evaluate(root).items():
        print(f"{name:40} {value:.3f}")
