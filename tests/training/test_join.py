"""Two judges side by side say the mean of what each says."""

import numpy as np

from training.join import join

RNG = np.random.default_rng(1)
SIZE, KINDS, REALIS = 30, 17, 6


def judge(hidden, sharpness):
    made = {
        "mean": RNG.normal(size=SIZE),
        "spread": RNG.uniform(0.5, 2, SIZE),
        "first": RNG.normal(size=(SIZE, hidden)),
        "first_bias": RNG.normal(size=hidden),
        "kinds": RNG.normal(size=(hidden, KINDS)),
        "kinds_bias": RNG.normal(size=KINDS),
        "realis": RNG.normal(size=(hidden, REALIS)),
        "realis_bias": RNG.normal(size=REALIS),
        "sharpness": np.array(sharpness),
    }
    return {name: value.astype(np.float32) for name, value in made.items()}


def scores(kept, seen, name):
    hidden = np.maximum((seen - kept["mean"]) / kept["spread"] @ kept["first"] + kept["first_bias"], 0)
    return (hidden @ kept[name] + kept[f"{name}_bias"]) * kept["sharpness"][int(name == "realis")]


def test_the_joined_judge_scores_as_the_mean_of_both():
    one, other = judge(5, (1.5, 0.7)), judge(8, (0.9, 1.2))
    seen = RNG.normal(size=(12, SIZE)).astype(np.float32)
    for name in ("kinds", "realis"):
        both = (scores(one, seen, name) + scores(other, seen, name)) / 2
        assert np.allclose(scores(join(one, other), seen, name), both, atol=1e-3)
