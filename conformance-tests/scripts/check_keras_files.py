"""Loads with real Keras what Sardonyx has written, and compares what it computes.

    python check_keras_files.py CASES WRITTEN [GLOB ...]

CASES has reference cases of the Keras layout; WRITTEN has for each, under the same name, the files
that we wrote of it: model.keras, model.h5. KerasFiles.java beside this script writes them. Prints a
line for each file that does not load or does not agree, and the counts. Which backend of Keras runs
them, KERAS_BACKEND says. Layers on texts and integers (Hashing, HashedCrossing, the lookups,
TextVectorization) need TensorFlow; some grouped convolutions take TensorFlow's process down, so that
the others are best run on JAX.

    pip install -r requirements-tensorflow.txt
    java -cp ../../src/cli/target/sardonyx.jar KerasFiles.java CASES WRITTEN
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402


def arrays(folder, described):
    found = []
    for item in described:
        file = folder / item["file"]
        if file.suffix == ".json":
            strings = json.loads(file.read_text())
            if isinstance(strings, dict):
                found.append(np.array(strings["data"], dtype=str).reshape(strings["shape"]))
            else:
                found.append(np.array(strings, dtype=str))
        else:
            found.append(np.load(file))
    return found


def flat(outputs):
    if isinstance(outputs, dict):
        return [y for key in sorted(outputs) for y in flat(outputs[key])]
    if isinstance(outputs, (list, tuple)):
        return [y for item in outputs for y in flat(item)]
    return [np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(outputs, "float32"))
                       if str(outputs.dtype) == "bfloat16" else outputs)]


def check(case, file):
    notes = json.loads((case / "case.json").read_text())
    model = keras.saving.load_model(file, compile=False)
    inputs = arrays(case, notes["inputs"])
    expected = arrays(case, notes["outputs"])
    tolerance = notes["tolerance"]
    actual = []
    for _ in range(notes.get("calls", 1)):
        data = [keras.ops.convert_to_tensor(x) for x in inputs]
        actual += flat(model(data[0] if len(data) == 1 else data, training=False))
    if len(actual) != len(expected):
        return f"{len(actual)} outputs, expected {len(expected)}"
    for i, (a, e) in enumerate(zip(actual, expected)):
        a = np.asarray(a)
        if a.shape != e.shape:
            return f"output {i} is {a.shape}, expected {e.shape}"
        if not np.allclose(a, e, rtol=tolerance, atol=tolerance, equal_nan=True):
            return f"output {i} differs by {np.max(np.abs(a.astype('float64') - e)):.2e}"
    return None


def main():
    cases, written = map(pathlib.Path, sys.argv[1:3])
    globs = sys.argv[3:] or ["*"]
    counts = {}
    for case in sorted({c for glob in globs for c in written.glob(glob)}):
        for file in sorted(case.iterdir()):
            ending = file.suffix
            try:
                problem = check(cases / case.name, file)
            except Exception as e:  # whatever Keras says is the finding
                problem = f"{type(e).__name__}: {e}".replace("\n", " ")[:200]
            passed, failed = counts.get(ending, (0, 0))
            counts[ending] = (passed + (problem is None), failed + (problem is not None))
            if problem:
                print(f"{case.name}/{file.name}: {problem}", flush=True)
    for ending, (passed, failed) in sorted(counts.items()):
        print(f"{ending}: {passed} passed, {failed} failed")


if __name__ == "__main__":
    main()
