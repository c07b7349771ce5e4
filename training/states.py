"""
Let the graph also hand on its words' vectors from two of its lower layers: what the judge of events reads.

    python -m training.states      give the bundled graph the output, without training anew

In: the graph as exported. Out: the same graph, weight for weight, with one more output ``states_out``: (words, 2 x width), each word's first piece.
Example: layers 1 and 2 of 6: senses of words are clearest low down, the upper layers are bent to grammar (docs/evaluation.md has the figures).
Limit: the layers are told by their norms, two a layer after the first.
"""

import onnx
from onnx import TensorProto, helper

from counterclaim.read.parse import BUNDLED
from training.seal import seal

LAYERS = (1, 2)
NAME = "states_out"


def expose(model: onnx.ModelProto) -> onnx.ModelProto:
    """Add the output in place and return the model; an output of that name is replaced."""
    graph = model.graph
    for node in [node for node in graph.node if any(name.startswith(NAME) for name in node.output)]:
        graph.node.remove(node)
    for value in [value for value in graph.output if value.name == NAME]:
        graph.output.remove(value)
    norms = [node.output[0] for node in graph.node if node.op_type == "LayerNormalization"]
    graph.node.append(
        helper.make_node("Concat", [norms[2 * layer] for layer in LAYERS], [f"{NAME}.pieces"], axis=-1)
    )
    graph.node.append(helper.make_node("Squeeze", [f"{NAME}.pieces", "zero"], [f"{NAME}.flat"]))
    graph.node.append(helper.make_node("Gather", [f"{NAME}.flat", "first"], [NAME], axis=0))
    width = next(one for one in graph.initializer if one.name == "norm0.g").dims[0]
    graph.output.append(
        helper.make_tensor_value_info(NAME, TensorProto.FLOAT, ["words", len(LAYERS) * width])
    )
    onnx.checker.check_model(model)
    return model


def main() -> None:
    """Rewrite the bundled graph."""
    path = BUNDLED / "encoder" / "encoder.onnx"
    onnx.save(expose(onnx.load(path)), path)
    seal(BUNDLED)


if __name__ == "__main__":
    main()
