"""Writes all-MiniLM-L6-v2 as an ONNX graph with weights of eight bits:

    python3 quantize.py model-f16.safetensors config.json tokenizer.json

writes `model-int8.onnx`, `model-int8.onnx.data` and `vocab.txt`. Needs numpy, onnx and onnxruntime.

One text goes in, as the numbers of its tokens, and the mean of the last layer over its tokens comes
out. Each weight matrix has a scale for each column, each embedding and each row of activations one of
its own: a token that is loud does not make the others coarse. Some dimensions are louder than others in
every text. They are quietened before they are rounded, and the weights that read them are made louder
by as much (Xiao et al. 2023, "SmoothQuant"); what a normalisation adds to each dimension is left out
there, and added to the bias behind.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

# The most tokens of a text.
TOKENS = 256
# The largest step of a weight. Processors without VNNI add two products in 16 bits. With 127 that overflows
# for 110 of a million pairs, and changes what a matrix gives by 2.3 %; with 100 for 4, by .3 %. Where
# most of what comes in is small it does not matter.
STEPS, STEPS_OF_SMALL = 100, 127
# How much of a dimension's loudness goes over to the weights. Cosines of questions with sentences
# changed least, by .0037 (root mean square), with .6; with .5 by .0042, with .8 by .0040, without by .0068; all
# with steps up to 127.
SMOOTHING = 0.6
# Above the least value of GELU, which is -.16997: added, nothing is negative, and all 255 levels count.
ABOVE_GELU = 0.17
# Loudness is measured on texts of tokens by chance, so that nothing is learnt of any text. On 1,500
# sentences and questions of people it gave the same figures.
SAMPLES, SAMPLE_TOKENS, FIRST_WORD, START, END = 1000, 64, 999, 101, 102


def read(path):
    """The tensors of a safetensors file, in 32 bits."""
    raw = open(path, "rb").read()
    length = int.from_bytes(raw[:8], "little")
    tensors = json.loads(raw[8 : 8 + length])
    tensors.pop("__metadata__", None)
    kinds = {"F16": np.float16, "F32": np.float32}
    return {
        name: np.frombuffer(
            raw,
            kinds[tensor["dtype"]],
            count=int(np.prod(tensor["shape"])),
            offset=8 + length + tensor["data_offsets"][0],
        )
        .reshape(tensor["shape"])
        .astype(np.float32)
        for name, tensor in tensors.items()
    }


class Builder:
    """A graph; in 32 bits throughout where there is no `loudness` yet."""

    def __init__(self, weights, config, loudness=None):
        self.weights, self.config, self.loudness = weights, config, loudness
        self.nodes, self.constants, self.taps = [], {}, {}

    def constant(self, name, array, kind=np.float32):
        self.constants[name] = numpy_helper.from_array(np.array(array, kind, order="C"), name)
        return name

    def op(self, kind, *inputs, outputs=1, name=None, **attributes):
        names = [name or f"{kind}_{len(self.nodes)}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def embeddings(self):
        words = self.weights["embeddings.word_embeddings.weight"]
        if self.loudness is None:
            word = self.op("Gather", self.constant("words", words), "tokens")
        else:
            scale = np.abs(words).max(1, keepdims=True) / 127
            steps = self.constant("words", np.round(words / scale), np.int8)
            word = self.op("Cast", self.op("Gather", steps, "tokens"), to=TensorProto.FLOAT)
            scale = self.op("Gather", self.constant("words.scale", scale), "tokens")
            word = self.op("Mul", word, scale)
        positions = self.weights["embeddings.position_embeddings.weight"][:TOKENS]
        positions = positions + self.weights["embeddings.token_type_embeddings.weight"][0]
        first = self.constant("first", [0], np.int64)
        places = self.constant("positions", positions)
        places = self.op("Slice", places, first, self.op("Shape", "tokens"), first)
        return self.op("Add", word, places)

    def normalized(self, sum_, name):
        inputs = [self.constant(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.op("LayerNormalization", sum_, *inputs, epsilon=self.config["layer_norm_eps"], axis=-1)

    def normalized_dense(self, sum_, norm, name, matrix, bias):
        """What is normalised, and the linear map of it."""
        plain = self.normalized(sum_, norm)
        self.taps[name] = plain
        if self.loudness is None:
            return plain, self.dense(plain, name, matrix, bias)
        weight, added = self.weights[norm + ".weight"], self.weights[norm + ".bias"]
        factor = self.loudness[name] ** SMOOTHING / np.abs(matrix).max(1) ** (1 - SMOOTHING)
        factor = factor / np.exp(np.log(factor).mean())
        quiet = self.constant(f"{name}.quiet", weight / factor)
        quiet = self.op("LayerNormalization", sum_, quiet, epsilon=self.config["layer_norm_eps"], axis=-1)
        return plain, self.dense(quiet, name, matrix * factor[:, None], bias + added @ matrix)

    def dense(self, rows, name, matrix, bias, above=None):
        """A linear map. With `above`, nothing in `rows` is less than minus that."""
        if self.loudness is None:
            product = self.op("MatMul", rows, self.constant(name, matrix))
            return self.op("Add", product, self.constant(f"{name}.bias", bias))
        scale = np.abs(matrix).max(0) / (STEPS if above is None else STEPS_OF_SMALL)
        steps = np.round(matrix / scale)
        if above is None:
            most, zero = self.constant("levels", 127), self.constant("zero", 128, np.uint8)
            largest = self.op("Abs", rows)
        else:
            most, zero = self.constant("all_levels", 255), self.constant("none", 0, np.uint8)
            rows = largest = self.op("Add", rows, self.constant("above", above))
            bias = bias - above * (steps * scale).sum(0)
        largest = self.op("ReduceMax", largest, self.constant("last", [-1], np.int64), keepdims=1)
        rows = self.op("Mul", rows, self.op("Div", most, largest))
        rows = self.op("QuantizeLinear", rows, self.constant("one", 1), zero)
        steps = self.constant(name, steps, np.int8)
        sums = self.op("MatMulInteger", rows, steps, zero, self.constant("no_offset", 0, np.int8))
        sums = self.op("Cast", sums, to=TensorProto.FLOAT)
        sums = self.op("Mul", sums, self.constant(f"{name}.scale", scale))
        sums = self.op("Mul", sums, self.op("Div", largest, most))
        return self.op("Add", sums, self.constant(f"{name}.bias", bias))

    def layer(self, number, sum_, norm):
        """The sum behind the layer, not normalised yet, and the name of its normalisation."""
        width, heads = self.config["hidden_size"], self.config["num_attention_heads"]
        name = f"encoder.layer.{number}"
        part = lambda part: (self.weights[f"{name}.{part}.weight"].T, self.weights[f"{name}.{part}.bias"])
        # Products of queries and keys are divided by the root of their length: here the queries are.
        root = np.sqrt(np.float32(width // heads))
        (query, key, value) = (part(f"attention.self.{own}") for own in ("query", "key", "value"))
        matrix = np.concatenate([query[0] / root, key[0], value[0]], 1)
        bias = np.concatenate([query[1] / root, key[1], value[1]])
        hidden, own = self.normalized_dense(sum_, norm, f"{name}.projections", matrix, bias)
        own = self.op("Reshape", own, self.constant("apart", [0, 3, heads, width // heads], np.int64))
        own = self.op("Transpose", own, perm=[1, 2, 0, 3])
        own = self.op("Split", own, outputs=3, num_outputs=3, axis=0)
        query, key, value = (self.op("Squeeze", one, "first") for one in own)
        weights = self.op("MatMul", query, self.op("Transpose", key, perm=[0, 2, 1]))
        attended = self.op("MatMul", self.op("Softmax", weights, axis=-1), value)
        attended = self.op("Transpose", attended, perm=[1, 0, 2])
        attended = self.op("Reshape", attended, self.constant("together", [0, width], np.int64))
        attended = self.dense(attended, f"{name}.attended", *part("attention.output.dense"))
        sum_, norm = self.op("Add", attended, hidden), f"{name}.attention.output.LayerNorm"
        hidden, inner = self.normalized_dense(sum_, norm, f"{name}.intermediate", *part("intermediate.dense"))
        inner = self.op("Gelu", inner)
        inner = self.dense(inner, f"{name}.output", *part("output.dense"), above=ABOVE_GELU)
        return self.op("Add", inner, hidden), f"{name}.output.LayerNorm"

    def model(self):
        sum_, norm = self.embeddings(), "embeddings.LayerNorm"
        for number in range(self.config["num_hidden_layers"]):
            sum_, norm = self.layer(number, sum_, norm)
        self.op("ReduceMean", self.normalized(sum_, norm), "first", name="mean", keepdims=0)
        ins = [helper.make_tensor_value_info("tokens", TensorProto.INT64, ["count"])]
        outs = [helper.make_tensor_value_info("mean", TensorProto.FLOAT, [self.config["hidden_size"]])]
        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", ins, outs, list(self.constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
        onnx.checker.check_model(model)
        return model


def loudness(weights, config):
    """How far each dimension goes from what its normalisation adds, at most, by linear map."""
    builder = Builder(weights, config)
    model = builder.model()
    taps = builder.taps
    model.graph.output.extend(helper.make_tensor_value_info(tap, TensorProto.FLOAT, None) for tap in taps.values())
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    chance = np.random.default_rng(0)
    vocabulary = len(weights["embeddings.word_embeddings.weight"])
    most = {name: np.zeros(config["hidden_size"], np.float32) for name in taps}
    for _ in range(SAMPLES):
        words = chance.integers(FIRST_WORD, vocabulary, chance.integers(1, SAMPLE_TOKENS))
        tokens = np.concatenate([[START], words, [END]]).astype(np.int64)
        for name, rows in zip(taps, session.run(list(taps.values()), {"tokens": tokens})):
            inner = name.endswith("intermediate")
            layer, _, _ = name.rpartition(".")
            before = f"encoder.layer.{int(layer.split('.')[-1]) - 1}.output.LayerNorm"
            norm = f"{layer}.attention.output.LayerNorm" if inner else before
            norm = "embeddings.LayerNorm" if norm not in {key.rpartition(".")[0] for key in weights} else norm
            most[name] = np.maximum(most[name], np.abs(rows - weights[norm + ".bias"]).max(0))
    return most


def main(weights, config, tokenizer):
    weights, config = read(weights), json.load(open(config))
    model = Builder(weights, config, loudness(weights, config)).model()
    name = "model-int8.onnx"
    pathlib.Path(name + ".data").unlink(missing_ok=True)
    onnx.save(model, name, save_as_external_data=True, location=name + ".data", size_threshold=256)
    vocabulary = json.load(open(tokenizer))["model"]["vocab"]
    tokens = sorted(vocabulary, key=vocabulary.get)
    assert [vocabulary[token] for token in tokens] == list(range(len(tokens)))
    open("vocab.txt", "w").write("".join(token + "\n" for token in tokens))


main(*sys.argv[1:])
