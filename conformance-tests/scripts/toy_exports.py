"""A folder as check_exports.py reads it, with a training step made by hand: its self-test."""

import csv
import json
import struct

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SAFETENSORS = {
    "BOOL": "?", "U8": "u1", "I8": "i1", "U16": "<u2", "I16": "<i2", "U32": "<u4", "I32": "<i4",
    "U64": "<u8", "I64": "<i8", "F16": "<f2", "F32": "<f4", "F64": "<f8",
}  # fmt: skip


def write_toy(folder, step_size):
    for name in ("iris", "classes"):
        (folder / name).mkdir(exist_ok=True)
    random = np.random.default_rng(0)
    x = random.standard_normal((8, 3)).astype(np.float32)
    labels = ["a" if row[0] < row[1] else "b" for row in x]
    kernel = np.zeros((3, 1), np.float32)
    onnx.save(toy_model(kernel + 1), folder / "iris.onnx")
    for name in ("gradients", "train_step", "eval_step"):
        onnx.save(toy_step(step_size), folder / f"iris/{name}.onnx")
    write_safetensors(
        folder / "iris/checkpoint.safetensors",
        {"kernel": kernel, "momentum": kernel, "step": np.array(0, np.int64)},
    )
    measures = [{f"m{i}": float(number) for i, number in enumerate(row)} for row in x]
    sums = x.sum(axis=1)
    write_csv(
        folder / "iris/predictions.csv",
        [row | {"p_a": float(p)} for row, p in zip(measures, sums, strict=True)],
    )
    write_csv(
        folder / "classes/iris.csv",
        [row | {"species": label} for row, label in zip(measures, labels, strict=True)],
    )


def write_csv(file, rows):
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_safetensors(file, tensors):
    header, data = {"__metadata__": {"format": "np"}}, b""
    types = {np.dtype(kind): name for name, kind in SAFETENSORS.items()}
    for name, array in tensors.items():
        offsets = [len(data), len(data) + array.nbytes]
        header[name] = {
            "dtype": types[array.dtype], "shape": list(array.shape), "data_offsets": offsets
        }  # fmt: skip
        data += array.tobytes()
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)


def toy_model(kernel):
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["measures", "kernel"], ["species"])],
        "toy",
        [helper.make_tensor_value_info("measures", TensorProto.FLOAT, ["N", 3])],
        [helper.make_tensor_value_info("species", TensorProto.FLOAT, ["N", 1])],
        [numpy_helper.from_array(kernel, "kernel")],
    )
    return model_of(graph)


def toy_step(step_size):
    """loss = mean((measures · kernel - target)²); momentum' = 0.5 momentum + g; kernel' = kernel - rate g'."""
    node = helper.make_node
    nodes = [
        node("MatMul", ["measures", "kernel"], ["y"]),
        node("Cast", ["target"], ["numbers"], to=TensorProto.FLOAT),
        node("Reshape", ["numbers", "column"], ["wanted"]),
        node("Sub", ["y", "wanted"], ["error"]),
        node("Mul", ["error", "error"], ["squares"]),
        node("ReduceMean", ["squares"], ["loss"], keepdims=0),
        node("Transpose", ["measures"], ["transposed"], perm=[1, 0]),
        node("MatMul", ["transposed", "error"], ["sum"]),
        node("Mul", ["sum", "scale"], ["gradient"]),
        node("Mul", ["momentum", "half"], ["faded"]),
        node("Add", ["faded", "gradient"], ["momentum:new"]),
        node("Mul", ["momentum:new", "sign"], ["direction"]),
        node("Mul", ["direction", "learning_rate"], ["change"]),
        node("Sub", ["kernel", "change"], ["kernel:new"]),
        node("Add", ["step", "one"], ["step:new"]),
    ]
    info = helper.make_tensor_value_info
    constants = {"scale": 0.25, "half": 0.5, "sign": step_size * 100}
    graph = helper.make_graph(
        nodes,
        "toy_step",
        [
            info("measures", TensorProto.FLOAT, ["N", 3]),
            info("target", TensorProto.INT64, ["N"]),
            info("kernel", TensorProto.FLOAT, [3, 1]),
            info("momentum", TensorProto.FLOAT, [3, 1]),
            info("step", TensorProto.INT64, []),
            info("learning_rate", TensorProto.FLOAT, []),
        ],
        [
            info("loss", TensorProto.FLOAT, []),
            info("kernel:new", TensorProto.FLOAT, [3, 1]),
            info("momentum:new", TensorProto.FLOAT, [3, 1]),
            info("step:new", TensorProto.INT64, []),
        ],
        [numpy_helper.from_array(np.float32(value), name) for name, value in constants.items()]
        + [
            numpy_helper.from_array(np.int64(1), "one"),
            numpy_helper.from_array(np.array([-1, 1]), "column"),
        ],
    )
    model = model_of(graph)
    state = [{"input": name, "output": f"{name}:new"} for name in ("kernel", "momentum", "step")]
    feeds = {"batch": ["measures", "target"], "learning_rate": "learning_rate", "loss": "loss"}
    helper.set_model_props(
        model, {"sardonyx.state": json.dumps(state), "sardonyx.feeds": json.dumps(feeds)}
    )
    return model


def model_of(graph):
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
