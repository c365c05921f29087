"""Saves all 40 architectures of keras.applications by real Keras, and compares ours with them.

    venv/bin/python make_keras_applications.py make DIR [NAME …]
    java -jar src/cli/target/sardonyx.jar verify DIR
    venv/bin/python make_keras_applications.py table DIR --write docs/keras-applications.md

`make` writes one reference case a model, of 9 GB in all: model.keras, an input of two images of the
least size that the architecture takes, what Keras computes of them, the number of parameters.
Weights are random. So that numbers neither vanish nor grow from layer to layer, the statistics of
each BatchNormalization are those of a random batch, each then changed by up to a third; the last
layer is scaled for classes that are neither certain nor alike. Where Keras's own single precision is
off by more than the tolerance of the case, it is made again with less in residual
branches, and classes closer together. A model that is there is kept.

`table` loads each file in turns by Keras and by Sardonyx (KerasModels.java, in one process that
has loaded other files before), and prints parameters, the largest difference of outputs and the
shortest times of loading, on the clock and of the processor: of 5 rounds, fewer where Keras takes
longer than 20 seconds, 2 at least. What is measured stays in DIR/NAME/measured_BACKEND.json and is
not measured again. Keras runs on PyTorch unless KERAS_BACKEND says something else.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

# PyTorch compiles nothing, which takes JAX minutes for such a model.
os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import keras
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLASSES = 10
SPREAD = 0.25
TOLERANCE = 1e-5

# The least input size that each family takes with its classifier.
SIZES = {"Xception": 71, "InceptionV3": 75, "InceptionResNetV2": 75}
SMALLEST = 32

# Keras's torch backend averages the padding of an unevenly padded "same" pool, which these have.
UNEVEN = {"NASNetLarge", "NASNetMobile"}


def architectures():
    named = {n: getattr(keras.applications, n) for n in sorted(dir(keras.applications))}
    return {name: make for name, make in named.items() if callable(make)}


# --- make ---


def images(random, count, size):
    """Smooth, and unlike each other in colour and contrast, as photographs are; from 0 to 255.

    Of images that are alike, the deep layers' numbers differ in their last digits alone.
    """
    coarse = random.uniform(-1, 1, (count, 4, 4, 3)) * random.uniform(0.3, 1, (count, 1, 1, 1))
    colour = random.uniform(-1, 1, (count, 1, 1, 3))
    fine = random.uniform(-0.2, 0.2, (count, size, size, 3))
    at = np.linspace(0, 3, size)
    left = np.minimum(at.astype(int), 2)
    part = at - left
    line = np.zeros((size, 4))
    line[np.arange(size), left] = 1 - part
    line[np.arange(size), left + 1] = part
    smooth = np.einsum("ia,jb,nabc->nijc", line, line, coarse)
    return (np.clip((smooth + colour + fine) / 2, -1, 1) * 127.5 + 127.5).astype(np.float32)


def layers_of(model):
    for layer in model.layers:
        yield from layers_of(layer) if isinstance(layer, keras.Model) else [layer]


def randomise(model, random, gain):
    """Gives every weight that starts as zeros or ones a value that can be told apart from them.

    The smaller the gain of what normalisation makes, the less do residual branches add, and the less
    does rounding grow. Where nothing normalises, ReLU's halving is made up for in kernels.
    """
    normalised = any("gamma" in weight.path for weight in model.weights)

    def set_uniform(weight, low, high):
        weight.assign(random.uniform(low, high, weight.shape).astype(np.float32))

    for layer in layers_of(model):
        for weight in layer.weights:
            kind = weight.path.split("/")[-1]
            if "gamma" in kind:
                set_uniform(weight, 0.7 * gain, 1.3 * gain)
            elif "beta" in kind or "bias" in kind:
                set_uniform(weight, -0.2, 0.2)
            elif not normalised:
                weight.assign(np.asarray(keras.ops.convert_to_numpy(weight)) * np.float32(2**0.5))


def settle(model, x, random):
    """Statistics of BatchNormalization: those of x, and then a bit beside them."""
    norms = [n for n in layers_of(model) if isinstance(n, keras.layers.BatchNormalization)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 0.0
    if norms:
        model(x, training=True)
    for norm, momentum in zip(norms, momenta):
        norm.momentum = momentum
        variance = np.asarray(norm.moving_variance)
        mean = np.asarray(norm.moving_mean)
        beside = random.uniform(-0.3, 0.3, mean.shape) * np.sqrt(variance)
        norm.moving_mean.assign((mean + beside).astype(np.float32))
        factor = random.uniform(0.75, 1.33, variance.shape)
        norm.moving_variance.assign((variance * factor + 1e-2).astype(np.float32))


def scale_head(model, x, spread):
    """The scores before the softmax get a mean of 0 and this deviation."""
    head = [layer for layer in model.layers if "activation" in layer.get_config()][-1]
    activation, head.activation = head.activation, keras.activations.linear
    plain = keras.Model(model.inputs, model.outputs)
    scores = plain(x)
    scores = np.asarray(keras.ops.convert_to_numpy(scores))
    head.activation = activation
    layer = head if head.weights else model.layers[model.layers.index(head) - 1]
    while not layer.weights:
        layer = model.layers[model.layers.index(layer) - 1]
    kernel, bias = layer.weights
    deviation = float(scores.std(axis=0).mean())
    kernel.assign(np.asarray(kernel) * spread / deviation)
    bias.assign((np.asarray(bias) - scores.mean(axis=0)) * spread / deviation)


def rounding(model, x, y):
    """How far y is from what the same model computes in double precision; JAX has only single."""
    if keras.backend.backend() == "jax":
        return 0.0
    exact = keras.models.model_from_json(model.to_json().replace('"float32"', '"float64"'))
    for weight, single in zip(exact.weights, model.weights):
        weight.assign(single)
    keras.config.set_dtype_policy("float64")
    try:
        expected = np.asarray(keras.ops.convert_to_numpy(exact(x.astype(np.float64))))
    finally:
        keras.config.set_dtype_policy("float32")
    return float(np.max(np.abs(y - expected) / (1 + np.abs(expected))))


def make(name, build, folder, attempt=0, gain=1.0, spread=SPREAD):
    seed = int.from_bytes(name.encode(), "little") % 2**31 + attempt
    random = np.random.default_rng(seed)
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    size = SIZES.get(name, SMALLEST)
    model = build(weights=None, include_top=True, input_shape=(size, size, 3), classes=CLASSES)
    batch = images(random, 16, size)
    randomise(model, random, gain)
    settle(model, batch, random)
    scale_head(model, batch, spread)
    x = batch[:2]
    y = np.asarray(keras.ops.convert_to_numpy(model(x)))
    if not np.isfinite(y).all() or y.max() > 0.999 or np.abs(y[0] - y[1]).max() < 1e-3:
        raise ValueError(f"{name}: outputs that say nothing: {y}")
    error = rounding(model, x, y)
    if error > 10 * TOLERANCE:
        return make(name, build, folder, attempt + 1, gain / 2, spread)
    if error > TOLERANCE / 2:
        return make(name, build, folder, attempt + 1, gain, spread / 2)
    folder.mkdir(parents=True)
    np.save(folder / "input_0.npy", x)
    np.save(folder / "expected_0.npy", y)
    model.save(folder / "model.keras")
    header = {
        "name": name,
        "expect": "ok",
        "keras_version": keras.__version__,
        "backend": keras.backend.backend(),
        "tolerance": TOLERANCE,
        "parameters": model.count_params(),
        "files": ["model.keras"],
        "inputs": [{"file": "input_0.npy", "dtype": "float32", "shape": list(x.shape)}],
        "outputs": [{"file": "expected_0.npy", "dtype": "float32", "shape": list(y.shape)}],
        "calls": 1,
    }
    (folder / "case.json").write_text(json.dumps(header, indent=1), encoding="utf-8")
    return model.count_params()


def make_all(arguments):
    known = architectures()
    for name in arguments.names or known:
        folder = arguments.folder / name
        if (folder / "case.json").exists():
            continue
        if name in UNEVEN and keras.backend.backend() == "torch":
            command = [sys.executable, __file__, "make", str(arguments.folder), name]
            subprocess.run(command, env={**os.environ, "KERAS_BACKEND": "jax"}, check=True)
            continue
        start = time.perf_counter()
        count = make(name, known[name], folder)
        size = (folder / "model.keras").stat().st_size
        spent = time.perf_counter() - start
        print(f"{name:18} {count:11,} parameters {size / 1e6:7.1f} MB {spent:6.0f} s", flush=True)
    print(sum((arguments.folder / name / "case.json").exists() for name in known), "of", len(known))


# --- table ---


class Sardonyx:
    """KerasModels.java in a process of its own."""

    def __init__(self, classpath, heap):
        program = pathlib.Path(__file__).with_name("KerasModels.java")
        command = ["java", f"-Xmx{heap}", "-cp", classpath, str(program)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def ask(self, what, folder):
        self.process.stdin.write(f"{what}\t{folder}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            raise RuntimeError(f"Sardonyx ended at {what} {folder}")
        return answer

    def load(self, folder):
        wall, busy, parameters = self.ask("load", folder)
        return int(wall) / 1e9, int(busy) / 1e9, int(parameters)

    def predict(self, folder):
        return np.array(self.ask("predict", folder), np.float32)


def keras_load(folder):
    keras.utils.clear_session()
    start, busy = time.perf_counter(), time.process_time()
    model = keras.models.load_model(folder / "model.keras", compile=False)
    return time.perf_counter() - start, time.process_time() - busy, model.count_params()


def measure(folder, sardonyx, arguments):
    theirs, ours = [], []
    while len(theirs) < arguments.rounds and (
        len(theirs) < 2 or sum(wall for wall, *_ in theirs) < arguments.seconds
    ):
        theirs.append(keras_load(folder))
        ours.append(sardonyx.load(folder))
    header = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    expected = np.load(folder / "expected_0.npy").ravel()
    difference = np.abs(sardonyx.predict(folder) - expected)
    counts = {header["parameters"], *(count for *_, count in theirs + ours)}
    return {
        "name": folder.name,
        "size": header["inputs"][0]["shape"][1],
        "megabytes": (folder / "model.keras").stat().st_size / 1e6,
        "counts": sorted(counts),
        "absolute": float(difference.max()),
        "relative": float((difference / expected).max()),
        "keras": [min(times) for times in list(zip(*theirs))[:2]],
        "sardonyx": [min(times) for times in list(zip(*ours))[:2]],
    }


def row(m):
    (theirs, their_work), (ours, our_work) = m["keras"], m["sardonyx"]
    parameters = f"{m['counts'][0]:,}" if len(m["counts"]) == 1 else f"**{m['counts']}**"
    return (
        f"| {m['name']} | {m['size']} | {m['megabytes']:.0f} | {parameters} "
        f"| {m['absolute']:.0e} | {m['relative']:.0e} | {theirs:.2f} s | {ours:.2f} s "
        f"| {ours / theirs:.2f} | {our_work / their_work:.2f} |"
    )


HEAD = """\
| architecture | input | MB | parameters | max \\|diff\\| | relative | Keras loads | Sardonyx loads | ratio | processor |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


def measured(folder):
    return folder / f"measured_{keras.backend.backend()}.json"


def measure_all(folders, arguments):
    sardonyx = Sardonyx(arguments.classpath, arguments.heap)
    warm = time.perf_counter() + arguments.warm
    while time.perf_counter() < warm:
        for folder in folders[:: max(1, len(folders) // 5)]:
            sardonyx.load(folder)
    keras_load(folders[0])
    for folder in folders:
        result = measure(folder, sardonyx, arguments)
        print(row(result), flush=True)
        measured(folder).write_text(json.dumps(result), encoding="utf-8")
    sardonyx.process.stdin.close()


def write_table(arguments):
    folders = [arguments.folder / name for name in arguments.names or architectures()]
    missing = [folder for folder in folders if not measured(folder).exists()]
    if missing:
        measure_all(missing, arguments)
    results = [json.loads(measured(folder).read_text(encoding="utf-8")) for folder in folders]
    lines = "\n".join([HEAD, *(row(result) for result in results)])
    print(lines)
    if arguments.write:
        text = arguments.write.read_text(encoding="utf-8")
        before, _, rest = text.partition("<!-- table -->\n")
        _, _, after = rest.partition("<!-- end of table -->")
        whole = f"{before}<!-- table -->\n{lines}\n<!-- end of table -->{after}"
        arguments.write.write_text(whole, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    for command, run in (("make", make_all), ("table", write_table)):
        sub = commands.add_parser(command)
        sub.add_argument("folder", type=pathlib.Path)
        sub.add_argument("names", nargs="*")
        sub.set_defaults(run=run)
    sub.add_argument("--rounds", type=int, default=5)
    sub.add_argument("--seconds", type=float, default=20)
    sub.add_argument("--warm", type=float, default=30)
    sub.add_argument("--heap", default="4g")
    sub.add_argument("--classpath", default=str(ROOT / "src/cli/target/sardonyx.jar"))
    sub.add_argument("--write", type=pathlib.Path)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
