"""What Keras's operations give for a few inputs each, for KerasOpsTest in src/nn.

    KERAS_BACKEND=jax python keras_ops.py OUTPUT_FOLDER

writes keras-ops.json (what is called with what), keras-ops.npz (arguments and results) and
keras-ops.txt (the names of all operations). JAX
computes in 64 bits here, so that types are those of the operations themselves.
"""

import json
import os
import pathlib
import sys
import zipfile
import io

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_ENABLE_X64", "1")

import keras
import numpy as np
from keras.src.ops import core, einops, function, image, linalg, math, nn
from keras.src.ops import numpy as knp
from keras.src.ops.operation import Operation

import keras_op_rows as rows

MODULES = (knp, nn, core, math, image, linalg, einops)


class Arrays:
    """Arrays by name, each only once."""

    def __init__(self):
        self.held = {}
        self.names = {}

    def name(self, array):
        array = np.asarray(array)
        if array.dtype.name == "bfloat16":
            array = array.astype("float32")
        key = (array.tobytes(), array.dtype.str, array.shape)
        if key not in self.names:
            self.names[key] = "a%d" % len(self.names)
            self.held[self.names[key]] = array
        return self.names[key]


def written(value, arrays):
    if isinstance(value, np.ndarray):
        return {"array": arrays.name(value)}
    if isinstance(value, slice):
        return {"slice": [value.start, value.stop, value.step]}
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, (list, tuple)):
        return [written(item, arrays) for item in value]
    return value


def flat(result):
    if isinstance(result, (list, tuple)):
        return [leaf for item in result for leaf in flat(item)]
    return [result]


def made(name, config):
    for module in MODULES:
        if hasattr(module, name):
            return getattr(module, name)(**config)
    raise ValueError(name)


def tensors(value):
    if isinstance(value, np.ndarray):
        return keras.ops.convert_to_tensor(value)
    if isinstance(value, (list, tuple)):
        return type(value)(tensors(item) for item in value)
    return value


def symbols(value):
    if isinstance(value, np.ndarray):
        return keras.KerasTensor(value.shape, dtype=value.dtype.name)
    if isinstance(value, (list, tuple)):
        return type(value)(symbols(item) for item in value)
    return value


def typed(operation, row, results):
    """The results in the types that Keras promises: JAX's own are wider in 64 bits."""
    try:
        called = [a if row.name == "GetItem" and i else symbols(a) for i, a in enumerate(row.args)]
        named = {k: symbols(v) for k, v in row.named.items()}
        promised = flat(operation.compute_output_spec(*called, **named))
    except Exception:
        return results
    if len(promised) != len(results) or not all(hasattr(p, "dtype") for p in promised):
        return results
    return [np.asarray(r).astype(p.dtype) for r, p in zip(results, promised)]


def case(row, arrays):
    args = [written(a, arrays) for a in row.args]
    if row.expected is not None:
        results = flat(row.expected)
    else:
        operation = made(row.name, row.config)
        called = [a if row.name == "GetItem" and i else tensors(a) for i, a in enumerate(row.args)]
        named = {k: tensors(v) for k, v in row.named.items()}
        if row.function:
            results = flat(getattr(keras.ops, row.function)(*called, **row.config))
        else:
            results = flat(operation.call(*called, **named))
        results = typed(operation, row, results)
    results = [np.asarray(r) for r in results]
    case = {
        "op": row.name,
        "args": args,
        "results": [arrays.name(r) for r in results],
    }
    if row.config:
        case["config"] = {k: written(v, arrays) for k, v in row.config.items()}
    if row.named:
        case["named"] = {k: written(v, arrays) for k, v in row.named.items()}
    for option in ("batch", "rtol", "atol"):
        if getattr(row, option) is not None:
            case[option] = getattr(row, option)
    return case


def classes():
    """The names of all operations."""
    found = set()
    for module in MODULES + (function,):
        for name, value in vars(module).items():
            own = isinstance(value, type) and value.__module__ == module.__name__
            if own and issubclass(value, Operation):
                found.add(name)
    return sorted(found)


def write(folder):
    arrays = Arrays()
    cases, wrong = [], []
    for row in rows.ROWS:
        try:
            cases.append(case(row, arrays))
        except Exception as problem:
            wrong.append("%s %r: %s" % (row.name, row.config, str(problem)[:300]))
    if wrong:
        sys.exit("\n".join(wrong))
    with open(folder / "keras-ops.json", "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    with zipfile.ZipFile(folder / "keras-ops.npz", "w", zipfile.ZIP_DEFLATED) as out:
        for name, array in arrays.held.items():
            data = io.BytesIO()
            np.save(data, array)
            out.writestr(zipfile.ZipInfo(name + ".npy"), data.getvalue(), zipfile.ZIP_DEFLATED)
    (folder / "keras-ops.txt").write_text("\n".join(classes()) + "\n")
    print("%d cases of %d operations" % (len(cases), len({c["op"] for c in cases})))


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]))
