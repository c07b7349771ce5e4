"""
The fingerprint of trained weights, written into them so that a result can name what read it.

In: the folder of a pipeline. Out: the SHA-256 over its files. Example: python -c "...seal(Path('weights/cnn'))".
Limit: `meta.json` is left out, since it holds the fingerprint.
"""

import hashlib
import json
from pathlib import Path


def digest(folder: Path) -> str:
    """Return the SHA-256 over the names and bytes of all files but `meta.json`."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "meta.json":
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def seal(folder: Path) -> str:
    """Write the start of the fingerprint into `meta.json`; return it whole."""
    whole = digest(folder)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    meta["weights_hash"] = whole[:12]
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return whole


def write_scores(folder: Path, model_card: Path, scores: dict[str, float]) -> None:
    """Keep the scores with the weights, and write them and the fingerprint into the model card."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    meta["performance"] = scores
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    lines = [
        "| score | |",
        "|---|---|",
        *(f"| {name} | {value:.4f} |" for name, value in scores.items()),
        "",
        f"SHA-256 over the files of `{folder.name}/` but `meta.json`: `{digest(folder)}`; {size:.1f} MB.",
    ]
    card = model_card.read_text(encoding="utf-8")
    head, begin, rest = card.partition("<!-- written by python -m training -->\n")
    _, end, tail = rest.partition("<!-- end -->")
    model_card.write_text(head + begin + "\n".join(lines) + "\n" + end + tail, encoding="utf-8")
