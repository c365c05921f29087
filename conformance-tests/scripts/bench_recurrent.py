"""Times forward and backward of recurrent layers: gradients in plain ONNX beside PyTorch, in turns.

    mvn -q package -DskipTests
    python conformance-tests/scripts/bench_recurrent.py [--sardonyx COMMAND] [--threads 1,2]

prints for each layer and number of threads the shortest time of each side and their ratio (below 1: ONNX
Runtime is faster), after both have given the same gradients. Weights are inputs, as in training. On an AMD
processor PyTorch's products are slow unless a library that answers 1 from mkl_serv_intel_cpu_true() is
preloaded: time both ways.
"""

import argparse
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper

JAR = pathlib.Path(__file__).resolve().parents[2] / "src/cli/target/sardonyx.jar"
STEPS, BATCH, FEATURES, HIDDEN = 50, 32, 64, 64
# For each of ONNX's gates its place among PyTorch's, which has i, f, g, o and r, z, n.
LAYERS = {
    "LSTM": (torch.nn.LSTM, [0, 3, 1, 2], {}),
    "GRU": (torch.nn.GRU, [1, 0, 2], {"linear_before_reset": 1}),
    "RNN": (torch.nn.RNN, [0], {}),
}


def model(op, gates, attributes):
    """One layer; x and the weights are inputs."""
    rows = gates * HIDDEN
    shapes = {
        "x": [STEPS, BATCH, FEATURES],
        "w": [1, rows, FEATURES],
        "r": [1, rows, HIDDEN],
        "b": [1, 2 * rows],
    }
    node = helper.make_node(op, list(shapes), ["all"], hidden_size=HIDDEN, **attributes)
    squeeze = helper.make_node("Squeeze", ["all", "axes"], ["y"])
    axes = helper.make_tensor("axes", TensorProto.INT64, [1], [1])
    inputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items()]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [STEPS, BATCH, HIDDEN])
    graph = helper.make_graph([node, squeeze], op, inputs, [output], [axes])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def reordered(weight, places):
    """PyTorch's gates in the order of ONNX."""
    parts = weight.reshape(len(places), HIDDEN, *weight.shape[1:])
    return parts[places].reshape(weight.shape)


class Torch:
    def __init__(self, op):
        torch.manual_seed(1)
        make, self.places, _ = LAYERS[op]
        self.layer = make(FEATURES, HIDDEN)
        self.x = torch.randn(STEPS, BATCH, FEATURES, requires_grad=True)
        self.dy = torch.randn(STEPS, BATCH, HIDDEN)

    def step(self):
        for leaf in (self.x, *self.layer.parameters()):
            leaf.grad = None
        y, _ = self.layer(self.x)
        y.backward(self.dy)
        return y

    def feeds(self):
        w, r, b1, b2 = (reordered(p.detach().numpy(), self.places) for p in self.layer.parameters())
        b = np.concatenate([b1, b2])
        x, dy = self.x.detach().numpy(), self.dy.numpy()
        return {"x": x, "w": w[None], "r": r[None], "b": b[None], "cotangent(y)": dy}

    def results(self):
        y = self.step().detach().numpy()
        w, r, b1, b2 = (reordered(p.grad.numpy(), self.places) for p in self.layer.parameters())
        b = np.concatenate([b1, b2])
        return {"y": y, "x": self.x.grad.numpy(), "w": w[None], "r": r[None], "b": b[None]}


def session(path, threads):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def shortest(ours, theirs, seconds):
    """The shortest time of each, taken in turns."""
    times = ([], [])
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times[0]) < 20:
        for step, taken in zip((ours, theirs), times):
            for warm in (True, False):
                start = time.perf_counter()
                step()
                if not warm:
                    taken.append(time.perf_counter() - start)
    return min(times[0]), min(times[1])


def check(op, names, actual, expected):
    for name, value in zip(names, actual):
        wanted = expected[name.removeprefix("gradient(").removesuffix(")")]
        error = np.abs(value - wanted).max() / np.abs(wanted).max()
        if error > 1e-4:
            sys.exit(f"{op}: {name} differs by {error}")


def compile_step(command, folder, op):
    _, places, attributes = LAYERS[op]
    source, target = folder / f"{op}.onnx", folder / f"{op}.step.onnx"
    onnx.save(model(op, len(places), attributes), source)
    subprocess.run([*command, "gradients", source, "-o", target, "--forward"], check=True, stdout=subprocess.DEVNULL)
    return target


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sardonyx", default=f"java -jar {JAR}", help="the command line")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--seconds", type=float, default=5, help="how long each comparison takes")
    parser.add_argument("--layers", default=",".join(LAYERS))
    parser.add_argument("--keep", help="a folder for the models")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(args.keep or temporary)
        for op in args.layers.split(","):
            path = compile_step(shlex.split(args.sardonyx), folder, op)
            for threads in map(int, args.threads.split(",")):
                torch.set_num_threads(threads)
                theirs, ours = Torch(op), session(path, threads)
                feeds, names = theirs.feeds(), [o.name for o in ours.get_outputs()]
                check(op, names, ours.run(None, feeds), theirs.results())
                a, b = shortest(lambda: ours.run(None, feeds), theirs.step, args.seconds)
                print(f"{op:5} {threads} threads: ONNX {a * 1e3:6.2f} ms, PyTorch {b * 1e3:6.2f} ms, ratio {a / b:.2f}")


if __name__ == "__main__":
    main()
