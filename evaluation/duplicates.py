"""
Copies: hand-labelled pairs of articles on the Helsinki summit, and articles edited on purpose.

Comes in: the corpora folder. Goes out: F1 over the pairs labelled copy or partial against those labelled different, once
as the two texts compare and once as the stories come out, when every article joins only the one it took most from; of
the pairs labelled version, the share that came out in one story; and for each kind of edit, and for all of them at
once, the share of edited articles that join their original.

Limit: one reader made the labels with a view of the shared sentences beside the texts, so what counts as half of a
report is measured, not felt.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

from counterclaim.gather.duplicates import collapse, is_copy
from counterclaim.types import Article
from evaluation.items import Note, ignore

PAIRS = Path(__file__).parent / "helsinki_pairs.tsv"
SEED = 2018

Edit = Callable[[str, random.Random, list[str]], str]


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """Score pairs, stories and edits."""
    rows = [
        json.loads(line)
        for line in (corpora / "dedup/helsinki.tune.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    articles = {row["id"]: to_article(row) for row in rows}
    story_of = {copy.article: story.id for story in collapse(articles.values()) for copy in story.copies}
    direct, together, versions = [], [], []
    for left, right, label in read_pairs():
        same_story = story_of[left] == story_of[right]
        texts = " | ".join(f"{articles[one].outlet}: {articles[one].text[:150]}" for one in (left, right))
        note(label, f"{left} {right}", same_story == (label != "different"), texts)
        if label == "version":
            versions.append(same_story)
            continue
        positive = label != "different"
        direct.append((positive, is_copy(articles[left], articles[right])))
        together.append((positive, same_story))
    scores = {
        "pair_f1": f1(direct),
        "story_f1": f1(together),
        "n_pairs": float(len(direct)),
        "versions_in_one_story": sum(versions) / len(versions),
    }
    return scores | {f"edited.{name}": score for name, score in edited(list(articles.values()), note).items()}


def to_article(row: dict[str, str]) -> Article:
    """The article as the corpus has it, page furniture and all."""
    return Article(
        id=row["id"], ref=row["id"], text=row["text"], outlet=row["publisher"], published=row["time"][:10]
    )


def read_pairs() -> list[tuple[str, str, str]]:
    """The labelled pairs: two article ids and the label."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return [(left, right, label) for left, right, label in table]


def f1(judged: list[tuple[bool, bool]]) -> float:
    """F1 over (is one, was found)."""
    both = sum(gold and found for gold, found in judged)
    return 2 * both / max(1, sum(gold for gold, _ in judged) + sum(found for _, found in judged))


# -- edits ------------------------------------------------------------------------------------------------------------


def edited(articles: list[Article], note: Note = ignore) -> dict[str, float]:
    """The share of a hundred articles whose edited copy, printed a week later, joins them or one of their copies."""
    rng = random.Random(SEED)
    chosen = rng.sample([one for one in articles if len(one.text.split()) >= 120], 100)
    words = sorted({word for one in articles for word in one.text.split() if word.isalpha()})
    edits: dict[str, Edit] = {
        "cut": cut,
        "furnished": furnish,
        "other_byline": sign,
        "reordered": reorder,
        "paraphrased": paraphrase,
        "all": lambda text, rng, words: furnish(
            sign(reorder(paraphrase(text, rng, words), rng, words), rng, words), rng, words
        ),
    }
    shares = {}
    for name, edit in edits.items():
        made = [
            Article(
                id=f"{one.id}+", ref=f"{one.id}+", text=edit(one.text, rng, words), published="2018-07-24"
            )
            for one in chosen
        ]
        stories = collapse([*articles, *made])
        story_of = {copy.article: story.id for story in stories for copy in story.copies}
        for one in chosen:
            note(f"edited {name}", one.id, story_of[one.id] == story_of[f"{one.id}+"], one.text[:200])
        shares[name] = sum(story_of[one.id] == story_of[f"{one.id}+"] for one in chosen) / len(chosen)
    return shares


def cut(text: str, rng: random.Random, words: list[str]) -> str:
    """The first third to two thirds, as a shorter page prints it."""
    del words
    return text[: int(len(text) * rng.uniform(0.34, 0.67))]


def furnish(text: str, rng: random.Random, words: list[str]) -> str:
    """With forty words of a page's own before and as many behind."""
    return " ".join([*rng.sample(words, 40), "\n", text, "\n", *rng.sample(words, 40)])


def sign(text: str, rng: random.Random, words: list[str]) -> str:
    """Under another headline and byline."""
    _, _, body = text.partition("\n")
    return (
        f"{' '.join(rng.sample(words, 9))}\nBy {' '.join(rng.sample(words, 2))}, staff writer\n{body or text}"
    )


def reorder(text: str, rng: random.Random, words: list[str]) -> str:
    """With its paragraphs in another order."""
    del words
    paragraphs = text.split("\n")
    rng.shuffle(paragraphs)
    return "\n".join(paragraphs)


def paraphrase(text: str, rng: random.Random, words: list[str]) -> str:
    """With 15 in 100 words changed for others."""
    return " ".join(rng.choice(words) if rng.random() < 0.15 else word for word in text.split(" "))


if __name__ == "__main__":
    import os

    for name, score in evaluate(Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))).items():
        print(f"{name:<26}{score:.4f}")
