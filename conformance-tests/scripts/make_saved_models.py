"""Makes cases/saved: small models that Keras saved, with an input each and what Keras gives for it.

    venv/bin/python make_saved_models.py [--out DIR] [--only layers|operations]

layers.zip has models of every layer (saved_layers.py), the first of each in the older .h5 too;
operations.zip one of every operation of keras.ops (keras_op_rows.py). The layout is that which
`sardonyx verify` walks. layers.json and operations.json say what Keras has, and what is in no case,
with the reason; the script fails where a layer is in neither.
"""

import argparse
import io
import json
import logging
import os
import re
import tempfile
import zipfile
import zlib
from pathlib import Path

# As make_keras_cases.py; and 64 bits, so that types are those which Keras promises.
os.environ["KERAS_BACKEND"] = "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_max_isa=AVX2 --xla_cpu_multi_thread_eigen=false")
os.environ["JAX_ENABLE_X64"] = "1"

import h5py
import keras
import keras.src.ops.function
import numpy as np

import keras_op_rows
import keras_ops
import saved_layers
from case_files import CASES, random_of, write_json

FIXED = (1980, 1, 1, 0, 0, 0)
STRINGS = "works on strings, which Keras does by TensorFlow alone"
FOREIGN = "code of another framework, not the model's"
ABSTRACT = "is what others extend; a model cannot have one"
WITHOUT_CASE = {
    **dict.fromkeys("HashedCrossing Hashing IntegerLookup StringLookup TextVectorization".split(),
                    STRINGS),
    **dict.fromkeys("FlaxLayer JaxLayer TFSMLayer TorchModuleWrapper".split(), FOREIGN),
    **dict.fromkeys("Layer Wrapper".split(), ABSTRACT),
    "InputSpec": "is no layer",
}


class Archive:
    """A zip file of cases that is the same each time."""

    def __init__(self, file):
        self.file, self.members = file, {}

    def add(self, case, name, data):
        self.members[f"{case}/{name}"] = data if isinstance(data, bytes) else data.encode()

    def write(self):
        with zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for name, data in sorted(self.members.items()):
                info = zipfile.ZipInfo(name, FIXED)
                info.external_attr = 0o644 << 16
                packed.writestr(info, data, zipfile.ZIP_DEFLATED, 9)
        cases = len({name.split("/")[0] for name in self.members})
        print(f"{self.file.name:16} {cases:4d} cases {self.file.stat().st_size:8d} bytes")


def numbered(text):
    """Keras numbers shared objects by their address: here by the order in which they come."""
    seen = {}

    def number(found):
        return '"shared_object_id": %d' % seen.setdefault(found.group(1), len(seen) + 1)

    return re.sub(r'"shared_object_id": (\d+)', number, text)


def keras_file(model, folder):
    model.save(folder / "model.keras")
    with zipfile.ZipFile(folder / "model.keras") as archive:
        members = [(i.filename, archive.read(i)) for i in archive.infolist()]
    data = io.BytesIO()
    # Stored: the archive around it compresses better.
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            if name == "metadata.json":
                notes = {"keras_version": keras.__version__, "date_saved": "2026-01-01@00:00:00"}
                content = json.dumps(notes).encode()
            elif name == "config.json":
                content = numbered(content.decode()).encode()
            archive.writestr(zipfile.ZipInfo(name, FIXED), content)
    return data.getvalue()


def h5_file(model, folder):
    """The older layout, for a layer's first model, or None where Keras cannot write it for this model."""
    file = folder / "model.h5"
    try:
        model.save(file)
    except Exception as problem:
        print(f"  no .h5 of {model.name}: {problem}")
        return None
    with h5py.File(file) as old, h5py.File(folder / "again.h5", "w") as new:
        for key, value in old.attrs.items():
            new.attrs[key] = numbered(value) if key == "model_config" else value
        for key in old:
            old.copy(key, new)
    return (folder / "again.h5").read_bytes()


def array_bytes(array):
    data = io.BytesIO()
    np.lib.format.write_array(data, np.array(array, order="C"), version=(1, 0))
    return data.getvalue()


def flat(outputs):
    if isinstance(outputs, dict):
        return [leaf for key in sorted(outputs) for leaf in flat(outputs[key])]
    if isinstance(outputs, (list, tuple)):
        return [leaf for item in outputs for leaf in flat(item)]
    return [outputs]


def set_weights(model, random):
    """Numbers that can be told apart; scales and variances away from zero, counters as they are."""
    for weight in model.weights:
        if not str(weight.dtype).startswith(("float", "bfloat")):
            continue
        if any(part in weight.name for part in ("scale", "amax")):
            continue  # what quantization has found
        drawn = saved_layers.coarse(random, weight.shape) * 0.5
        if "variance" in weight.name or weight.name == "gamma":
            drawn = np.abs(drawn) + 0.5
        weight.assign(drawn)


def classes(config, found):
    """The classes of layers and operations in a model's configuration."""
    if isinstance(config, dict):
        if str(config.get("module", "")).startswith("keras"):
            found.add(config["class_name"])
        for value in config.values():
            classes(value, found)
    elif isinstance(config, list):
        for value in config:
            classes(value, found)
    return found


def results(model, arrays, calls):
    found = []
    promised = [str(t.dtype) for t in flat(model.outputs)]
    for _ in range(calls):
        given = [keras.ops.convert_to_tensor(a) for a in arrays]
        outputs = flat(model(given[0] if len(given) == 1 else given, training=False))
        for output, dtype in zip(outputs, promised, strict=True):
            output = np.asarray(keras.ops.convert_to_numpy(output))
            if dtype == "bfloat16":
                output = output.astype("float32")
            elif output.dtype.kind == np.dtype(dtype).kind:
                output = output.astype(dtype)  # JAX's own are wider in 64 bits
            else:
                dtype = str(output.dtype)  # a promise that Keras keeps on no backend
            found.append((dtype, output))
    return found


def write_case(archive, name, model, arrays, calls=1, expected=None, refused=None, tolerance=1e-4, h5=False):
    outputs = expected or results(model, arrays, calls)
    files = []
    with tempfile.TemporaryDirectory() as folder:
        made = {"model.keras": keras_file(model, Path(folder))}
        if h5:
            made["model.h5"] = h5_file(model, Path(folder))
    for file, data in made.items():
        if data is not None:
            files.append(file)
            archive.add(name, file, data)
    notes = {
        "name": name,
        "expect": "refused" if refused else "ok",
        "keras_version": keras.__version__,
        "backend": "jax",
        "tolerance": tolerance,
        "files": files,
        "inputs": [],
        "outputs": [],
        "calls": calls,
        "classes": sorted(classes(json.loads(model.to_json()), set())),
    }
    if refused:
        notes["reason"] = refused
    for i, array in enumerate(arrays):
        archive.add(name, f"input_{i}.npy", array_bytes(array))
        entry = {"file": f"input_{i}.npy", "dtype": str(array.dtype), "shape": list(array.shape)}
        notes["inputs"].append(entry)
    for i, (dtype, array) in enumerate(outputs):
        archive.add(name, f"expected_{i}.npy", array_bytes(array))
        entry = {"file": f"expected_{i}.npy", "dtype": dtype, "shape": list(array.shape)}
        notes["outputs"].append(entry)
    archive.add(name, "case.json", json.dumps(notes, separators=(",", ":")) + "\n")


def layer_cases(archive):
    seen, wrong = set(), []
    for name, function, inputs, calls, notes in saved_layers.ROWS:
        random = random_of(name)
        keras.utils.set_random_seed(zlib.crc32(name.encode()) % 2**31)
        keras.backend.clear_session()
        try:
            symbols = [i.symbol() for i in inputs]
            outputs = function(*symbols)
            model = keras.Model(symbols[0] if len(symbols) == 1 else symbols, outputs, name=name)
            set_weights(model, random)
            arrays = [i.numbers(random) for i in inputs]
            new = classes(json.loads(model.to_json()), set()) - seen
            seen |= new
            write_case(archive, name, model, arrays, calls, h5=bool(new), **notes)
        except Exception as problem:
            wrong.append(f"{name}: {type(problem).__name__}: {problem}"[:300])
    if wrong:
        raise SystemExit("\n".join(wrong))
    return seen


def symbols_in(value, symbols, arrays):
    if isinstance(value, np.ndarray) and value.ndim:
        symbols.append(keras.Input(batch_shape=value.shape, dtype=value.dtype.name))
        arrays.append(value)
        return symbols[-1]
    if isinstance(value, (list, tuple)):
        return type(value)(symbols_in(item, symbols, arrays) for item in value)
    return value


def operation_cases(archive):
    """The first row of each operation that Keras makes a model of and can save."""
    seen, problems = set(), {}
    for given in keras_op_rows.ROWS:
        if given.name in seen:
            continue
        keras.backend.clear_session()
        symbols, arrays = [], []
        name = given.name.lower()
        try:
            keep = given.name == "GetItem"
            args = [a if keep and i else symbols_in(a, symbols, arrays)
                    for i, a in enumerate(given.args)]
            named = {k: symbols_in(v, symbols, arrays) for k, v in (given.named or {}).items()}
            operation = keras_ops.made(given.name, given.config)
            model = keras.Model(symbols, operation(*args, **named), name=name)
            expected = None
            if given.expected is not None:
                promised = [str(t.dtype) for t in flat(model.outputs)]
                expected = list(zip(promised, map(np.asarray, given.expected), strict=True))
            tolerance = max(given.rtol or 0, given.atol or 0, 1e-4)
            write_case(archive, name, model, arrays, 1, expected, tolerance=tolerance)
            seen.add(given.name)
            problems.pop(given.name, None)
        except Exception as problem:
            problems[given.name] = f"{type(problem).__name__}: {problem}".splitlines()[0][:120]
    return seen, problems


def public_layers():
    """Keras's layers by family, each with its further names."""
    families = {}
    for name in sorted(dir(keras.layers)):
        held = getattr(keras.layers, name)
        if isinstance(held, type):
            family = held.__module__.split(".")[3:-1]
            family = ".".join(family) or held.__module__.split(".")[-1]
            own = held.__name__ if hasattr(keras.layers, held.__name__) else name
            families.setdefault(family, {}).setdefault(own, []).append(name)
    return {
        family: {own: [n for n in names if n != own] for own, names in sorted(members.items())}
        for family, members in sorted(families.items())
    }


def public_operations():
    """Keras's classes of operations by module."""
    modules = {}
    for module in keras_ops.MODULES + (keras.src.ops.function,):
        short = module.__name__.split(".")[-1]
        modules[short] = sorted(
            held.__name__
            for held in vars(module).values()
            if isinstance(held, type)
            and issubclass(held, keras.Operation)
            and held.__module__ == module.__name__
        )
    return dict(sorted(modules.items()))


def all_layers(root):
    archive = Archive(root / "layers.zip")
    seen = layer_cases(archive)
    archive.write()
    families = public_layers()
    notes = {"keras_version": keras.__version__, "names": families, "without_case": WITHOUT_CASE}
    write_json(root / "layers.json", notes)
    missing = {n for members in families.values() for n in members} - seen - set(WITHOUT_CASE)
    stale = set(WITHOUT_CASE) & seen
    if missing or stale:
        raise SystemExit(f"without a case: {sorted(missing)}; needlessly excused: {sorted(stale)}")


def all_operations(root):
    archive = Archive(root / "operations.zip")
    _, problems = operation_cases(archive)
    archive.write()
    notes = {"keras_version": keras.__version__, "names": public_operations()}
    notes["without_case"] = dict(sorted(problems.items()))
    write_json(root / "operations.json", notes)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, default=CASES, help="the folder of all cases")
    arguments.add_argument("--only", choices=("layers", "operations"), help="one of the two")
    given = arguments.parse_args()
    logging.getLogger("absl").setLevel(logging.ERROR)
    root = given.out / "saved"
    root.mkdir(parents=True, exist_ok=True)
    if given.only != "operations":
        all_layers(root)
    if given.only != "layers":
        all_operations(root)


if __name__ == "__main__":
    main()
