"""
Put two judges side by side: the one that is read asks both, and takes the mean of what they say.

    python -m training.join EARLIER.npz     join the earlier judge and the bundled one, write weights/encoder/encoder/judge.npz

In: two files of `training/judge.py`. Out: one of the same form, its hidden layer as wide as both.
Example: one trained on 18,056 words and one on 25,506; together they are right more often than either (MODEL.md).
Limit: both must see the same of a word.
"""

import argparse
from pathlib import Path

import numpy as np

from counterclaim.read.parse import BUNDLED
from counterclaim.read.parse.judge import FILE, Floats
from training.seal import seal


def load(file: Path) -> dict[str, Floats]:
    """The arrays of one judge, in 32 bits."""
    with np.load(file) as kept:
        return {name: kept[name].astype(np.float32) for name in kept.files}


def join(one: dict[str, Floats], other: dict[str, Floats]) -> dict[str, Floats]:
    """Both judges as one: their hidden layers beside each other, scores brought to one sharpness and halved; input scaled as for `other`."""
    mean, spread = other["mean"], other["spread"]
    first, bias = [], []
    for judge in (one, other):
        folded = judge["first"] / judge["spread"][:, None]
        first.append(folded * spread[:, None])
        bias.append(judge["first_bias"] + (mean - judge["mean"]) @ folded)
    made = {"mean": mean, "spread": spread, "first": np.hstack(first), "first_bias": np.concatenate(bias)}
    for place, name in enumerate(("kinds", "realis")):
        made[name] = np.vstack([judge[name] * judge["sharpness"][place] for judge in (one, other)]) / 2
        made[f"{name}_bias"] = (
            sum(judge[f"{name}_bias"] * judge["sharpness"][place] for judge in (one, other)) / 2
        )
    return made | {"sharpness": np.ones(2, np.float32)}


def main() -> None:
    """Join and write."""
    asked = argparse.ArgumentParser(
        prog="python -m training.join", description=(__doc__ or "").split("\n\n")[0]
    )
    asked.add_argument("earlier", type=Path)
    made = join(load(asked.parse_args().earlier), load(FILE))
    half = {"mean", "spread", "first"}
    np.savez(
        FILE, **{name: value.astype(np.float16) if name in half else value for name, value in made.items()}
    )
    seal(BUNDLED)
    print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
