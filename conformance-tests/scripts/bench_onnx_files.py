"""Times load + infer shapes + save: Sardonyx beside Python's onnx, in turns, in one run.

    mvn -q package -DskipTests && python conformance-tests/scripts/bench_onnx_files.py

prints, for a model of ResNet-152's size and for a graph of 10,000 nodes, the shortest and the median
time of each and their ratio (below 1: Sardonyx is faster), then the same of the processor time of
the whole process, collector and compiler included, which other programs disturb less. Each side runs in one process, whose start
is not counted, and both have done the same work for --warm seconds before anything is timed.
"""

import argparse
import pathlib
import statistics
import subprocess
import tempfile
import time

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ROOT = pathlib.Path(__file__).resolve().parents[2]


def resnet152():
    """The layers of ResNet-152 for ImageNet: 60 million weights."""
    rng = np.random.default_rng(1)
    nodes, weights = [], []

    def weight(name, shape):
        array = rng.standard_normal(shape, dtype=np.float32)
        weights.append(numpy_helper.from_array(array, name))
        return name

    def conv(x, name, inputs, outputs, kernel, stride, relu):
        w = weight(name + ".w", (outputs, inputs, kernel, kernel))
        pads = [kernel // 2] * 4
        nodes.append(helper.make_node("Conv", [x, w], [name + ".conv"], name=name, strides=[stride] * 2, pads=pads))
        parts = [weight(f"{name}.{part}", (outputs,)) for part in ("scale", "shift", "mean")]
        variance = numpy_helper.from_array(np.ones(outputs, np.float32), name + ".var")
        weights.append(variance)
        nodes.append(helper.make_node("BatchNormalization", [name + ".conv", *parts, variance.name], [name + ".bn"]))
        if not relu:
            return name + ".bn"
        nodes.append(helper.make_node("Relu", [name + ".bn"], [name + ".relu"]))
        return name + ".relu"

    x = conv("x", "stem", 3, 64, 7, 2, True)
    nodes.append(helper.make_node("MaxPool", [x], ["pool"], kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4))
    x, channels = "pool", 64
    for stage, (blocks, width) in enumerate(zip((3, 8, 36, 3), (64, 128, 256, 512))):
        for block in range(blocks):
            name = f"s{stage}b{block}"
            stride = 2 if block == 0 and stage > 0 else 1
            y = conv(x, name + "a", channels, width, 1, 1, True)
            y = conv(y, name + "b", width, width, 3, stride, True)
            y = conv(y, name + "c", width, 4 * width, 1, 1, False)
            if block == 0:
                x = conv(x, name + "d", channels, 4 * width, 1, stride, False)
            nodes.append(helper.make_node("Add", [y, x], [name + ".sum"]))
            nodes.append(helper.make_node("Relu", [name + ".sum"], [name]))
            x, channels = name, 4 * width
    nodes.append(helper.make_node("GlobalAveragePool", [x], ["gap"]))
    nodes.append(helper.make_node("Flatten", ["gap"], ["flat"]))
    nodes.append(helper.make_node("Gemm", ["flat", weight("fc.w", (1000, 2048)), weight("fc.b", (1000,))], ["y"], transB=1))
    return model("resnet152", nodes, weights, ["N", 3, 224, 224], ["N", 1000])


def ten_thousand():
    """A chain of small operators, a fifth of them about shapes."""
    nodes, x = [], "x"
    for i in range(1429):
        a, b, c, d, e, f, g = (f"{p}{i}" for p in "abcdefg")
        nodes += [
            helper.make_node("Relu", [x], [a]),
            helper.make_node("Mul", [a, "half"], [b]),
            helper.make_node("Shape", [b], [c]),
            helper.make_node("Reshape", [b, c], [d]),
            helper.make_node("Transpose", [d], [e], perm=[1, 0]),
            helper.make_node("Transpose", [e], [f], perm=[1, 0]),
            helper.make_node("Add", [f, x], [g]),
        ]
        x = g
    nodes.append(helper.make_node("Identity", [x], ["y"]))
    half = numpy_helper.from_array(np.array(0.5, np.float32), "half")
    return model("ten_thousand", nodes, [half], ["N", 16], ["N", 16])


def model(name, nodes, weights, x, y):
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, name, [info("x", TensorProto.FLOAT, x)], [info("y", TensorProto.FLOAT, y)], weights
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)


def python(source, target):
    start, busy = time.perf_counter(), time.process_time()
    loaded = onnx.load(source)
    onnx.save(onnx.shape_inference.infer_shapes(loaded), target)
    return time.perf_counter() - start, time.process_time() - busy


def compare(clock, theirs, ours):
    middle = statistics.median
    print(
        f"  {clock:10} sardonyx {min(ours) * 1e3:6.0f} ms ({middle(ours) * 1e3:.0f})"
        f"   onnx {min(theirs) * 1e3:6.0f} ms ({middle(theirs) * 1e3:.0f})"
        f"   ratio {min(ours) / min(theirs):.2f} ({middle(ours) / middle(theirs):.2f})",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--warm", type=float, default=15)
    parser.add_argument("--classpath", default=str(ROOT / "src/cli/target/sardonyx.jar"))
    arguments = parser.parse_args()
    program = pathlib.Path(__file__).with_name("OnnxFiles.java")
    server = subprocess.Popen(
        ["java", "-Xmx4g", "-cp", arguments.classpath, str(program)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )

    def java(source, target):
        server.stdin.write(f"{source}\t{target}\n")
        server.stdin.flush()
        return [int(nanoseconds) / 1e9 for nanoseconds in server.stdout.readline().split()]

    with tempfile.TemporaryDirectory() as folder:
        for made in (resnet152(), ten_thousand()):
            source = f"{folder}/{made.graph.name}.onnx"
            onnx.save(made, source)
            times = {"onnx": [], "sardonyx": []}
            warm = time.perf_counter() + arguments.warm
            while len(times["onnx"]) < arguments.rounds:
                timed = time.perf_counter() >= warm
                for name, side in (("onnx", python), ("sardonyx", java)):
                    both = side(source, f"{folder}/out.onnx")
                    if timed:
                        times[name].append(both)
            print(f"{made.graph.name}: {len(made.graph.node)} nodes, {made.ByteSize() / 1e6:.1f} MB")
            compare("clock", *([wall for wall, _ in side] for side in times.values()))
            compare("processor", *([busy for _, busy in side] for side in times.values()))
    server.stdin.close()


if __name__ == "__main__":
    main()
