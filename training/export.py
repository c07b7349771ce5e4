"""
The trained encoder as one ONNX graph with eight-bit weights.

In: a checkpoint of `training/encoder.py`. Out: `encoder.onnx`, read by ONNX Runtime alone.
Example: 26 MB for six layers and 28,000 word pieces.
Limit: uses ONNX Runtime's own operators (com.microsoft), so no other runtime reads the graph.
"""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.states import expose

# The order of the tag heads in the one matrix they are written as.
HEADS = ("xpos", "upos", "feats", "starts", "ner", "source", "cue", "content")

# What is added to the "yes" of each layer: trained to be right word by word, the layers say it too seldom for the best
# F1 over letters. Swept in steps of 0.25 on PolNeAR dev.
LIFT = {"source": 0.25, "cue": 0.75, "content": 0.25}

# Largest weight, in steps. Processors without VNNI add two products in 16 bits: with 127 they would overflow.
WHOLE = 63


class Graph:
    """Nodes and weights, as they are added."""

    def __init__(self, *, eight_bit: bool) -> None:
        self.nodes: list = []
        self.weights: list = []
        self.eight_bit = eight_bit
        self.count = 0

    def weight(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self, op: str, inputs: list[str], outputs: int = 1, domain: str = "", **attributes
    ) -> str | list[str]:
        names = [f"v{self.count + i}" for i in range(outputs)]
        self.count += outputs
        self.nodes.append(helper.make_node(op, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(
        self, x: str, name: str, matrix: np.ndarray, bias: np.ndarray | None, *, exact: bool = False
    ) -> str:
        """Multiply by a matrix (in x out) and add a bias; in eight bits with one scale a column unless `exact`."""
        if self.eight_bit and not exact:
            scale = np.maximum(np.abs(matrix).max(axis=0), 1e-8) / WHOLE
            whole = np.clip(np.rint(matrix / scale), -WHOLE, WHOLE).astype(np.int8)
            inputs = [
                x,
                self.weight(f"{name}.w", whole),
                self.weight(f"{name}.s", scale.astype(np.float32)),
                self.weight(f"{name}.z", np.zeros(matrix.shape[1], np.int8)),
            ]
            if bias is not None:
                inputs.append(self.weight(f"{name}.b", bias))
            return self.add("DynamicQuantizeMatMul", inputs, domain="com.microsoft")
        out = self.add("MatMul", [x, self.weight(f"{name}.w", matrix)])
        return out if bias is None else self.add("Add", [out, self.weight(f"{name}.b", bias)])


def build(state: dict[str, torch.Tensor], *, eight_bit: bool) -> onnx.ModelProto:
    """Return the graph: (ids, shapes, first) -> (tags, arcs, labels, heads)."""
    w = {name: tensor.detach().float().numpy() for name, tensor in state.items()}
    depth = 1 + max(int(name.split(".")[1]) for name in w if name.startswith("layers."))
    g = Graph(eight_bit=eight_bit)
    table = w["pieces.weight"]
    if eight_bit:
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
        whole = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        rows = g.add("Cast", [g.add("Gather", [g.weight("pieces", whole), "ids"])], to=TensorProto.FLOAT)
        x = g.add("Mul", [rows, g.add("Gather", [g.weight("pieces.s", scale.astype(np.float32)), "ids"])])
    else:
        x = g.add("Gather", [g.weight("pieces", table), "ids"])
    one = g.weight("one", np.array([1], np.int64))
    zero = g.weight("zero", np.array([0], np.int64))
    length = g.add("Slice", [g.add("Shape", ["ids"]), one, g.weight("two", np.array([2], np.int64))])
    places = g.add("Slice", [g.weight("places", w["places.weight"]), zero, length, zero])
    x = g.add(
        "Add",
        [
            g.add("Add", [x, places]),
            g.add("Gather", [g.weight("shapes.table", w["shapes.weight"]), "shapes"]),
        ],
    )
    x = g.add(
        "LayerNormalization",
        [x, g.weight("norm0.g", w["norm0.weight"]), g.weight("norm0.b", w["norm0.bias"])],
        epsilon=1e-12,
        axis=-1,
    )
    for i in range(depth):
        at = f"layers.{i}."
        q, k, v = g.add(
            "Split",
            [g.linear(x, f"{at}qkv", w[f"{at}qkv.weight"].T, w[f"{at}qkv.bias"])],
            3,
            axis=-1,
            num_outputs=3,
        )
        a = g.add("MultiHeadAttention", [q, k, v], domain="com.microsoft", num_heads=12)
        a = g.linear(a, f"{at}out", w[f"{at}out.weight"].T, w[f"{at}out.bias"])
        x = _skip(g, x, a, f"{at}norm1", w)
        up = g.linear(x, f"{at}up", w[f"{at}up.weight"].T, w[f"{at}up.bias"])
        up = g.add("Gelu", [up], domain="com.microsoft")
        down = g.linear(up, f"{at}down", w[f"{at}down.weight"].T, w[f"{at}down.bias"])
        x = _skip(g, x, down, f"{at}norm2", w)
    words = g.add("Gather", [g.add("Squeeze", [x, zero]), "first"], axis=0)
    tags = np.concatenate([w[f"tags.{name}.weight"] for name in HEADS]).T
    bias = np.concatenate(
        [
            w[f"tags.{name}.bias"] + np.array((0, LIFT[name]), np.float32)
            if name in LIFT
            else w[f"tags.{name}.bias"]
            for name in HEADS
        ]
    )
    _name(g, g.linear(words, "tags", tags, bias, exact=True), "tags_out")

    def half(name: str) -> str:
        return g.add(
            "Gelu",
            [g.linear(words, name, w[f"{name}.weight"].T, w[f"{name}.bias"], exact=True)],
            domain="com.microsoft",
        )

    # The column of ones that the biaffine forms have becomes a bias of its own.
    arc = w["arc"]
    scored = g.linear(half("arc_dep"), "arc", arc[:-1], arc[-1], exact=True)
    heads = g.add("Transpose", [half("arc_head")], perm=[1, 0])
    arcs = g.add("MatMul", [scored, heads])
    _name(g, g.add("Div", [arcs, g.weight("root", np.array(arc.shape[1] ** 0.5, np.float32))]), "arcs_out")
    label = w["label"]  # labels, dep + 1, head + 1
    kinds, deps, both = label.shape
    flat = label.transpose(1, 0, 2).reshape(deps, kinds * both)
    _name(g, g.linear(half("label_dep"), "label", flat[:-1], flat[-1]), "labels_out")
    _name(g, half("label_head"), "heads_out")

    graph = helper.make_graph(
        g.nodes,
        "reader",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"]),
            helper.make_tensor_value_info("shapes", TensorProto.INT64, [1, "pieces"]),
            helper.make_tensor_value_info("first", TensorProto.INT64, ["words"]),
        ],
        [
            helper.make_tensor_value_info("tags_out", TensorProto.FLOAT, ["words", tags.shape[1]]),
            helper.make_tensor_value_info("arcs_out", TensorProto.FLOAT, ["words", "words"]),
            helper.make_tensor_value_info("labels_out", TensorProto.FLOAT, ["words", kinds * both]),
            helper.make_tensor_value_info("heads_out", TensorProto.FLOAT, ["words", both - 1]),
        ],
        g.weights,
    )
    return helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)],
        ir_version=9,
    )


def _skip(g: Graph, x: str, y: str, name: str, w: dict[str, np.ndarray]) -> str:
    # Not the one operator SkipLayerNormalization: it works number by number and took a fifth of the whole graph's time.
    return g.add(
        "LayerNormalization",
        [
            g.add("Add", [x, y]),
            g.weight(f"{name}.g", w[f"{name}.weight"]),
            g.weight(f"{name}.b", w[f"{name}.bias"]),
        ],
        epsilon=1e-12,
        axis=-1,
    )


def _name(g: Graph, value: str, name: str) -> None:
    g.nodes.append(helper.make_node("Identity", [value], [name]))


def write(work: Path, out: Path, *, exact: bool) -> None:
    """Write the graph, the word pieces and the names of the labels of the latest checkpoint."""
    checkpoint = torch.load(work / "checkpoint.pt", weights_only=True, map_location="cpu")
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(expose(build(checkpoint["model"], eight_bit=not exact)), out / "encoder.onnx")
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    labels = {head: labels[head] for head in ("deprel", *HEADS) if head in labels} | {"heads": list(HEADS)}
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf-8")
    for name in ("vocab.txt", "lemmas.tsv"):
        (out / name).write_bytes((work / name).read_bytes())
    print(f"step {checkpoint['step']}: {(out / 'encoder.onnx').stat().st_size / 1e6:.1f} MB")
