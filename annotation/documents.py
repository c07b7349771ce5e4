"""
The documents that labels point into: each corpus's own text, built the same way every time.

In: the folder of public corpora (`COUNTERCLAIM_CORPORA`) and a document id, ``corpus/name``. Out: `Document`, whose `text` the
offsets of every label refer to. Example: ``re3d/2FA0…`` is that row's text; ``worldwide/af_afrol_1`` its sentences, run together.
Limit: of a web page only the stretches are taken that the label file names, since extraction of main text changes over time.
"""

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html

from annotation.running_text import write_out

# Elements whose text nobody reads on the page.
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe"))


@dataclass(frozen=True, slots=True)
class Document:
    """
    One text that labels refer to.

    Attributes:
        id: ``corpus/name``.
        text: What offsets count in.
        published: ISO date where the corpus gives one.
        title: The headline where the corpus keeps it apart from the text.
    """

    id: str
    text: str
    published: str | None = None
    title: str | None = None

    @property
    def sha256(self) -> str:
        """First 16 hexadecimal digits over the text: labels carry it, so that a changed corpus is noticed."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @property
    def kept_out(self) -> bool:
        """Whether the document belongs to the fifth that is never trained on: decided by its id alone."""
        return int(hashlib.sha256(self.id.encode()).hexdigest()[:8], 16) % 5 == 0


class Corpora:
    """Documents by id; each corpus file is read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, doc_id: str, segments: Iterable[tuple[int, int]] = ()) -> Document:
        """
        Return the document.

        Args:
            doc_id: ``corpus/name``.
            segments: For pages, the stretches of `page_text` that were labelled.

        Raises:
            KeyError: No such document in the folder.
        """
        corpus, _, name = doc_id.partition("/")
        if corpus == "pages":
            whole = page_text((self.folder / "pages" / name).read_bytes())
            return Document(doc_id, "\n\n".join(whole[start:end] for start, end in segments) or whole)
        return self.corpus(corpus)[doc_id]

    @functools.cache  # noqa: B019  lives as long as the program that loads labels
    def corpus(self, name: str) -> dict[str, Document]:
        """Every document of one corpus by id."""
        return {document.id: document for document in _READERS[name](self.folder)}


def page_text(page: bytes) -> str:
    """Everything a page shows, in its order: text nodes with white space folded, one a line."""
    tree = lxml.html.fromstring(
        page.decode("utf-8", "replace").encode(), parser=lxml.html.HTMLParser(encoding="utf-8")
    )
    lines: list[str] = []
    _collect(tree, lines)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


# Inside these a sentence goes on; every other element begins a line of its own.
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "wbr",
    )
)


def _collect(element: Any, lines: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    inline = element.tag in _INLINE
    if not inline or not lines:
        lines.append("")
    lines[-1] += element.text or ""
    for kid in element:
        _collect(kid, lines)
        lines[-1] += kid.tail or ""
    if not inline:
        lines.append("")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line)


def _worldwide(folder: Path) -> Iterator[Document]:
    docs: dict[str, list[str]] = {}
    for row in _rows(folder / "ner/worldwide_newswire.tune.jsonl"):
        docs.setdefault(row["doc"], []).append(write_out(row["tokens"], row["tags"])[0])
    for name, passages in docs.items():
        yield Document(f"worldwide/{name}", "\n\n".join(passages))


def _polnear(folder: Path) -> Iterator[Document]:
    seen = set()
    for row in _rows(folder / "attribution/polnear.train.jsonl"):
        if row["doc_id"] not in seen:
            seen.add(row["doc_id"])
            yield Document(f"polnear/{row['doc_id']}", row["text"], row["date"])


def _re3d(folder: Path) -> Iterator[Document]:
    for row in _rows(folder / "ner/re3d.jsonl"):
        yield Document(f"re3d/{row['doc_id']}", row["text"], None, row["title"])


def _gum(folder: Path) -> Iterator[Document]:
    for row in _rows(folder / "ner/gum_free.jsonl"):
        yield Document(f"gum/{row['doc_id']}", row["text"], row["dct"] or None)


def _ecb(folder: Path) -> Iterator[Document]:
    for row in _rows(folder / "fusion/ecbplus.train.jsonl"):
        sentences = (write_out(one["tokens"], ["O"] * len(one["tokens"]))[0] for one in row["sentences"])
        yield Document(f"ecb/{row['doc_id']}", "\n\n".join(sentences))


def _rams(folder: Path) -> Iterator[Document]:
    for row in _rows(folder / "events/rams.dev.jsonl"):
        sentences = (write_out(one, ["O"] * len(one))[0] for one in row["sentences"])
        yield Document(f"rams/{row['doc_key']}", " ".join(sentences))


def _ewt(folder: Path) -> Iterator[Document]:
    name, parts = "", []
    for line in [
        *(folder / "parse/ewt.train.conllu").read_text(encoding="utf-8").split("\n"),
        "# newdoc id = ",
    ]:
        if line.startswith("# newdoc id = "):
            if name:
                yield Document(f"ewt/{name}", "".join(parts).strip())
            name, parts = line.removeprefix("# newdoc id = "), []
        elif line.startswith("# newpar"):
            parts.append("\n\n")
        elif line.startswith("# text = "):
            parts.append(line.removeprefix("# text = ") + " ")


_READERS = {
    "worldwide": _worldwide,
    "polnear": _polnear,
    "re3d": _re3d,
    "gum": _gum,
    "ecb": _ecb,
    "rams": _rams,
    "ewt": _ewt,
}
