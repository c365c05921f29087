"""Holds the files of samples/quickstart to Python's onnx and onnxruntime.

    check_exports.py samples/quickstart/target     after `mvn -q -Pquickstart -DskipTests verify`
    check_exports.py --self-test                   this script against a training step made by hand

What it reads: iris.onnx, iris/gradients.onnx, iris/train_step.onnx, iris/eval_step.onnx,
iris/checkpoint.safetensors; iris/predictions.csv, which holds what the Java side saw (measures, and
a column p_NAME for each probability); and classes/iris.csv, the flowers to train on.

The training step describes itself in its metadata: `sardonyx.state` is a list of
{"input": NAME, "output": NAME}, each output being the next call's input; `sardonyx.feeds` names the
rest: {"batch": [NAME, ...], "learning_rate": NAME, "random_key": NAME, "loss": NAME}.

Exit status 0 when everything holds, 1 with the reason when something does not.
"""

import argparse
import csv
import json
import struct
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from toy_exports import SAFETENSORS, write_csv, write_toy

MODELS = ("iris.onnx", "iris/gradients.onnx", "iris/train_step.onnx", "iris/eval_step.onnx")
RUNS = 10
LEARNING_RATE = 0.01  # for a step that asks for one while neither file gives it


class Failure(Exception):
    """What does not hold, in one sentence."""


def main():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path, nargs="?", help="samples/quickstart/target")
    arguments.add_argument("--self-test", action="store_true")
    options = arguments.parse_args()
    if options.self_test == (options.folder is not None):
        arguments.error("give either a folder or --self-test")
    try:
        self_test() if options.self_test else check(options.folder)
    except Failure as failure:
        print(f"FAILED  {failure}", file=sys.stderr)
        return 1
    return 0


def check(folder):
    for name in MODELS:
        check_model(folder / name)
        print(f"ok      {name}: onnx.checker, full check, and a session in onnxruntime")
    expected = expectations(folder)
    print(f"ok      iris.onnx: {compare(folder / 'iris.onnx', expected)}")
    losses = train(
        folder / "iris/train_step.onnx",
        read_safetensors(folder / "iris/checkpoint.safetensors"),
        given(expected, "train_batch", "the sample's data"),
    )
    print("losses ", " ".join(f"{loss:.6f}" for loss in losses))
    if not (np.isfinite(losses).all() and losses[-1] < losses[0]):
        raise Failure(f"train_step.onnx does not lower the loss in {RUNS} runs")
    print(f"ok      iris/train_step.onnx: {RUNS} runs lower the loss")


def expectations(folder):
    """What the sample left behind, as {"inputs": …, "outputs": …, "train_batch": …} by tensor name."""
    seen = rows_of(folder / "iris/predictions.csv")
    flowers = rows_of(folder / "classes/iris.csv")
    measures = [name for name in seen[0] if not name.startswith("p_")]
    probabilities = [name for name in seen[0] if name.startswith("p_")]
    species = list(dict.fromkeys(flower["species"] for flower in flowers))
    labels = [species.index(flower["species"]) for flower in flowers]
    return {
        "inputs": {"measures": columns(seen, measures)},
        "outputs": {"species": columns(seen, probabilities)},
        "train_batch": {
            "measures": columns(flowers, measures),
            "target": {"shape": [len(labels)], "data": labels},
        },
    }


def rows_of(file):
    with existing(file).open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    if not rows:
        raise Failure(f"{file} has no rows")
    return rows


def columns(rows, names):
    data = [float(row[name]) for row in rows for name in names]
    return {"shape": [len(rows), len(names)], "data": data}


def existing(file):
    if not file.is_file():
        raise Failure(f"{file} is missing")
    return file


def check_model(file):
    try:
        onnx.checker.check_model(str(existing(file)), full_check=True)
        session_of(file)
    except Failure:
        raise
    except Exception as error:  # both libraries raise types of their own, some of them internal
        raise Failure(f"{file}: {error}") from error


def session_of(file):
    return onnxruntime.InferenceSession(str(existing(file)), providers=["CPUExecutionProvider"])


def compare(file, expected, tolerance=1e-6):
    session = session_of(file)
    feeds = {
        value.name: array_for(value, given(expected["inputs"], value.name, "the sample's data"))
        for value in session.get_inputs()
    }
    names = [value.name for value in session.get_outputs()]
    if sorted(names) != sorted(expected["outputs"]):
        raise Failure(f"{file} has outputs {names}, not {sorted(expected['outputs'])}")
    worst = 0.0
    for name, actual in zip(names, session.run(names, feeds), strict=True):
        wanted = plain_array(expected["outputs"][name])
        if actual.shape != wanted.shape:
            raise Failure(f"{file} {name}: shape {actual.shape}, not {wanted.shape}")
        worst = max(worst, float(np.abs(actual - wanted).max(initial=0.0)))
    if not worst <= tolerance:
        raise Failure(f"{file}: outputs differ by up to {worst:.3e}, allowed {tolerance:.0e}")
    return f"outputs as in Java, largest difference {worst:.1e}"


def train(file, checkpoint, batch):
    """The loss of each of ten runs; every output of the state is the next run's input."""
    session = session_of(file)
    about = session.get_modelmeta().custom_metadata_map
    if "sardonyx.state" not in about or "sardonyx.feeds" not in about:
        raise Failure(f"{file} lacks the metadata sardonyx.state or sardonyx.feeds")
    state = {entry["input"]: entry["output"] for entry in json.loads(about["sardonyx.state"])}
    feeds = json.loads(about["sardonyx.feeds"])
    loss = given(feeds, "loss", "sardonyx.feeds")
    inputs = {value.name: value for value in session.get_inputs()}
    if missing := sorted(state.keys() - inputs.keys()):
        raise Failure(f"{file} names as its state {missing}, which are no inputs")

    current = {}
    for name, value in inputs.items():
        if name in state:
            current[name] = given(checkpoint, name, "checkpoint.safetensors")
        elif name in batch:
            current[name] = array_for(value, batch[name])
        else:
            current[name] = default_for(value, feeds, checkpoint, file)

    losses = []
    for _ in range(RUNS):
        results = session.run([*state.values(), loss], current)
        current |= dict(zip(state, results, strict=False))
        losses.append(float(np.asarray(results[-1]).reshape(())))
    return losses


def default_for(value, feeds, checkpoint, file):
    if value.name in checkpoint:
        return checkpoint[value.name]
    if value.name == feeds.get("learning_rate"):
        return np.full(fixed_shape(value), LEARNING_RATE, dtype_of(value))
    if value.name == feeds.get("random_key"):
        return np.zeros(fixed_shape(value), dtype_of(value))
    raise Failure(f"{file} has an input {value.name} that nothing describes")


def given(values, name, where):
    if name not in values:
        raise Failure(f"{where} has no {name}")
    return values[name]


def plain_array(value, dtype=np.float32):
    return np.array(value["data"], dtype=dtype).reshape(value["shape"])


def array_for(value, described):
    return plain_array(described, dtype_of(value))


def dtype_of(value):
    element = value.type.removeprefix("tensor(").removesuffix(")").upper()
    return helper.tensor_dtype_to_np_dtype(TensorProto.DataType.Value(element))


def fixed_shape(value):
    return [dim if isinstance(dim, int) else 1 for dim in value.shape]


def read_safetensors(file):
    """Eight bytes with the length of a JSON header, the header, and the tensors end to end."""
    content = existing(file).read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    data = content[8 + length :]
    return {
        name: np.frombuffer(
            data[slice(*entry["data_offsets"])], SAFETENSORS[entry["dtype"]]
        ).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def self_test():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_toy(folder, step_size=0.1)
        check(folder)
        failures = {
            "a step that raises the loss": lambda: write_toy(folder, step_size=-0.1),
            "a wrong output": lambda: change_expected(folder),
            "a missing file": lambda: (folder / "iris/eval_step.onnx").unlink(),
            "a model that is not one": lambda: (folder / "iris.onnx").write_bytes(b"no model"),
        }
        for what, damage in failures.items():
            write_toy(folder, step_size=0.1)
            damage()
            try:
                check(folder)
            except Failure as failure:
                print(f"ok      {what} is noticed: {str(failure).splitlines()[0]}")
            else:
                raise Failure(f"{what} is not noticed")


def change_expected(folder):
    file = folder / "iris/predictions.csv"
    rows = rows_of(file)
    rows[0]["p_a"] = str(float(rows[0]["p_a"]) + 1e-4)
    write_csv(file, rows)


if __name__ == "__main__":
    raise SystemExit(main())
