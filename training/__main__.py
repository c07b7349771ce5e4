"""
From the public corpora to the bundled weights, in one command.

    python -m training                  train, export, score, and write weights/ and the tables of MODEL.md
    python -m training --steps 100      a short run, to see that all is in place
    LICENSED_ONLY=1 python -m training  leave out the corpora with no stated licence and print what that costs

COUNTERCLAIM_CORPORA names the folder of the corpora. Training takes about an hour on two idle cores; stopped, it goes
on from its last checkpoint, two minutes old at most.
"""

import argparse
import json
import os
from pathlib import Path

from counterclaim.read.parse import BUNDLED, load_language
from evaluation import attribution_labels, ner, parse
from training import encoder, export, tokens
from training.seal import seal, write_scores

ROOT = Path(__file__).parent.parent
DEFAULT_CORPORA = ROOT.parent / "shared" / "corpora"


def main() -> None:
    """Train, bundle and measure."""
    asked = argparse.ArgumentParser(prog="python -m training", description=(__doc__ or "").split("\n\n")[0])
    asked.add_argument(
        "--steps", type=int, default=4600, help="batches to train on in all (default: %(default)s)"
    )
    asked.add_argument("--threads", type=int, default=2, help="threads to train with (default: %(default)s)")
    asked.add_argument(
        "--depth",
        type=int,
        default=encoder.DEPTH,
        help="layers of the encoder to keep (default: %(default)s)",
    )
    asked.add_argument("--work", type=Path, help="folder of the checkpoint (default: below build/)")
    asked.add_argument(
        "--exact", action="store_true", help="keep 32-bit weights, to see what eight bits cost"
    )
    options = asked.parse_args()
    corpora = Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA))
    licensed_only = os.environ.get("LICENSED_ONLY") == "1"
    work = options.work or ROOT / "build" / ("encoder-licensed" if licensed_only else "encoder")
    encoder.train(
        corpora,
        work,
        steps=options.steps,
        threads=options.threads,
        depth=options.depth,
        licensed_only=licensed_only,
    )

    # What is trained to be compared with the bundled weights never takes their place.
    aside = licensed_only or options.exact or options.depth != encoder.DEPTH
    out = work / "pipeline" if aside else BUNDLED
    before = (
        json.loads((BUNDLED / "meta.json").read_text(encoding="utf-8")).get("performance", {})
        if aside
        else {}
    )
    tokens.pipeline(out)
    export.write(work, out / "encoder", exact=options.exact)
    seal(out)
    language = load_language(str(out))
    scores = {
        f"{name}.{key}": round(value, 4)
        for name, module in (("parse", parse), ("ner", ner), ("attribution", attribution_labels))
        for key, value in module.evaluate(corpora, language).items()
        if not key.startswith("n_")
    }
    for key, value in scores.items():
        print(f"{key:<28}{value:.4f}" + (f"   {value - before[key]:+.4f}" if key in before else ""))
    if not aside:
        write_scores(out, BUNDLED.parent / "MODEL.md", scores)


if __name__ == "__main__":
    main()
