"""
What annotators write, read into labels: the notation of docs/annotation.md, checked against the text to the letter.

    python -m annotation.notation PACKETS FILE...          say what is wrong in these files
    python -m annotation.notation PACKETS FILE... --out labels.jsonl

In: a packet's index (`annotation/packets.py`) and annotators' files. Out: one JSON object a document, with offsets and no text.
Example: ``3 ASSAULT.aerial h #1 A: coalition aircraft`` becomes a trigger with type, mode, realis, group and the actor's offsets.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotation.documents import Corpora, Document
from annotation.packets import DEFAULT_CORPORA
from counterclaim.knowledge import load_table

WHY_NOT = {
    "s": "sense",
    "p": "private",
    "o": "sport",
    "f": "fiction",
    "m": "metaphor",
    "a": "accident",
    "g": "generic",
    "n": "name",
    "w": "other_politics",
}
REALIS = {
    "h": "happened",
    "p": "planned",
    "d": "demanded",
    "y": "hypothetical",
    "n": "denied",
    "b": "historical",
}
COUNTS = ("dead", "injured", "captured", "arrested", "missing", "displaced", "protesters", "troops")
Where = tuple[int, int]

_EVENT = re.compile(
    r"^(?P<type>[A-Z]+)(?:\.(?P<mode>[\w.,-]+))?\s+(?P<realis>[hpdynb])(?:\s+#(?P<group>\d+))?\s*(?P<rest>.*)$"
)


@dataclass(slots=True)
class Block:
    """One document's lines, as offsets, with what is wrong in them."""

    document: Document
    candidates: list[Where]
    triggers: list[dict[str, Any]] = field(default_factory=list)
    table: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def read_blocks(lines: list[str], index: dict[str, Any], corpora: Corpora) -> Iterator[Block]:
    """Yield each document's labels in a file."""
    block: Block | None = None
    for line in map(str.strip, [*lines, "=== "]):
        if line.startswith("==="):
            if block is not None:
                _finish(block)
                yield block
            doc_id = line.removeprefix("===").strip().split(" ")[0]
            if not doc_id:
                return
            if doc_id not in index:
                print(f"no document {doc_id} in the packets", file=sys.stderr)
                block = None
                continue
            entry = index[doc_id]
            block = Block(
                corpora.get(doc_id, tuple(map(tuple, entry["segments"]))),
                [tuple(one) for one in entry["candidates"]],
            )
        elif block is not None and line:
            try:
                _read_line(line, block)
            except ValueError as error:
                block.wrong.append(f"{error}: {line}")


def _read_line(line: str, block: Block) -> None:
    if line.startswith("+"):
        quote, bar, event = line[1:].partition("|")
        if not bar:
            raise ValueError("no | behind the quoted words")
        before, word, after = _starred(quote.strip())
        at = block.document.text.find(before + word + after)
        if at < 0:
            raise ValueError("these words are not in the text")
        start = at + len(before)
        block.triggers.append(_event(event.strip(), (start, start + len(word)), block) | {"asked": False})
    elif line.startswith("#"):
        block.table.append(_row(line, block))
    else:
        numbers, _, rest = line.partition(" ")
        for number in _numbers(numbers):
            if not 1 <= number <= len(block.candidates):
                raise ValueError(f"no candidate {number}")
            where = block.candidates[number - 1]
            if rest.startswith("-"):
                code = rest[1:].strip()
                if code not in WHY_NOT:
                    raise ValueError("no such reason")
                label: dict[str, Any] = {
                    "start_char": where[0],
                    "end_char": where[1],
                    "event": False,
                    "why": WHY_NOT[code],
                }
            else:
                label = _event(rest.strip(), where, block)
            block.triggers.append(label | {"asked": True})


def _starred(quote: str) -> tuple[str, str, str]:
    parts = quote.strip('"').split("*")
    if len(parts) != 3:
        raise ValueError("the trigger stands between two stars")
    return parts[0], parts[1], parts[2]


def _numbers(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            raise ValueError("a line begins with numbers, + or #")
        yield from range(int(first), int(last or first) + 1)


def _event(text: str, where: Where, block: Block) -> dict[str, Any]:
    found = _EVENT.match(text)
    if found is None:
        raise ValueError("not TYPE.mode realis #group A: … | R: …")
    modes = [mode for mode in re.split(r"[.,]", found["mode"] or "") if mode]
    if found["type"] not in _types():
        raise ValueError(f"no type {found['type']}")
    for mode in modes:
        if mode not in _types()[found["type"]]:
            raise ValueError(f"{found['type']} has no mode {mode}")
    label = {
        "start_char": where[0],
        "end_char": where[1],
        "event": True,
        "type": found["type"],
        "modes": modes,
        "realis": REALIS[found["realis"]],
        "group": int(found["group"]) if found["group"] else None,
        "actors": [],
        "recipients": [],
    }
    for part in filter(None, map(str.strip, found["rest"].split("|"))):
        name, colon, value = part.partition(":")
        if name.strip() not in {"A", "R"} or not colon:
            raise ValueError("only A: and R: stand behind an event")
        label["actors" if name.strip() == "A" else "recipients"] = [
            _find(one, [where], block) for one in _split(value)
        ]
    return label


def _row(line: str, block: Block) -> dict[str, Any]:
    number, _, rest = line[1:].partition(" ")
    if not number.isdigit():
        raise ValueError("a table line begins with #number")
    group = int(number)
    members = [(one["start_char"], one["end_char"]) for one in block.triggers if one.get("group") == group]
    if not members:
        raise ValueError(f"no event above has #{group}")
    row: dict[str, Any] = {"group": group, "background": False, "counts": [], "actors": [], "recipients": []}
    for part in filter(None, map(str.strip, rest.split("|"))):
        name, colon, value = (piece.strip() for piece in part.partition(":"))
        if name == "bg":
            row["background"] = True
        elif not colon or not value:
            raise ValueError(f"nothing behind {name}")
        elif name in {"place", "date", "claimed", "denied", "A", "R"}:
            row[{"A": "actors", "R": "recipients"}.get(name, name)] = [
                _find(one, members, block) for one in _split(value)
            ]
        elif name in COUNTS:
            for one in _split(value):
                pieces = [piece.strip() for piece in one.split("~")]
                count: dict[str, Any] = {"kind": name, "number": _find(pieces[0], members, block)}
                for key, piece in zip(("victims", "by"), pieces[1:], strict=False):
                    if piece:
                        count[key] = _find(piece, members, block)
                row["counts"].append(count)
        else:
            raise ValueError(f"no field {name}")
    return row


def _split(value: str) -> list[str]:
    return [one.strip() for one in value.split(";") if one.strip()]


def _find(quote: str, near: list[Where], block: Block) -> list[int]:
    """Return where the words stand nearest to the triggers, not as a part of a longer word."""
    plain = quote.strip().strip('"')
    pattern = r"\s+".join(map(re.escape, plain.split()))
    found = [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", block.document.text)]
    if not found:
        raise ValueError(f"{plain!r} is not in the text")
    return list(min(found, key=lambda where: min(abs(where[0] - start) for start, _ in near)))


def _finish(block: Block) -> None:
    done = [(one["start_char"], one["end_char"]) for one in block.triggers if one["asked"]]
    missing = [number for number, where in enumerate(block.candidates, 1) if where not in done]
    if missing:
        block.wrong.append(f"no line for {', '.join(map(str, missing))}")
    if len(done) != len(set(done)):
        twice = [number for number, where in enumerate(block.candidates, 1) if done.count(where) > 1]
        block.wrong.append(f"two lines for {', '.join(map(str, twice))}")


def _types() -> dict[str, set[str]]:
    if not _TYPES:
        for row in load_table("plover/types"):
            _TYPES[row["id"]] = set()
        for row in load_table("plover/modes"):
            _TYPES[row["type"]].add(row["mode"])
    return _TYPES


_TYPES: dict[str, set[str]] = {}


def main() -> int:
    """Check files, and write labels where asked; returns 1 where something is wrong."""
    asked = argparse.ArgumentParser(
        prog="python -m annotation.notation", description=(__doc__ or "").split("\n\n")[0]
    )
    asked.add_argument("packets", type=Path)
    asked.add_argument("files", type=Path, nargs="+")
    asked.add_argument("--out", type=Path)
    options = asked.parse_args()
    index = json.loads((options.packets / "index.json").read_text(encoding="utf-8"))
    corpora = Corpora(Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA)))
    rows: list[dict[str, Any]] = []
    wrong = 0
    for path in options.files:
        for block in read_blocks(path.read_text(encoding="utf-8").split("\n"), index, corpora):
            for problem in block.wrong:
                print(f"{path.name} {block.document.id}: {problem}")
                wrong += 1
            entry = index[block.document.id]
            rows.append(
                {
                    "id": block.document.id,
                    "sha256": block.document.sha256,
                    "annotator": path.stem.rpartition(".")[2],
                    "whole_document": entry["table"],
                    "segments": entry["segments"],
                    "triggers": sorted(block.triggers, key=lambda one: (one["start_char"], one["end_char"])),
                    "table": block.table,
                }
            )
    print(
        f"{len(rows)} documents, {sum(len(row['triggers']) for row in rows)} triggers, {wrong} problems",
        file=sys.stderr,
    )
    if options.out:
        options.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
