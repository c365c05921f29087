"""Writes the small files that the tests of src/keras read, by real Keras and h5py.

Run it from the repository's root, with what requirements.txt pins:

    venv/bin/python conformance-tests/scripts/make_keras_files.py \
        src/keras/src/test/resources/files conformance-tests/src/test/resources/fuzz/keras

It empties the first folder first; in the second, where the fuzzer starts from, it leaves what else
there is. expected.json says for each file which arrays are in it, with type, shape and values: for
weights by object path and number, for .h5 models by layer and weight name. "nan", "inf" and "-inf"
stand for those. The values are h5py's. Two runs differ in what Keras calls shared_object_id, and in
nothing else.
"""

import json
import math
import os
import pathlib
import sys
import zipfile

os.environ["KERAS_BACKEND"] = "jax"

import h5py
import keras
import ml_dtypes
import numpy as np

FIXED = (1980, 1, 1, 0, 0, 0)


def layered(name):
    """Dense, normalisation and a nested model, with numbers that can be told apart."""
    keras.utils.set_random_seed(7)
    inside = [keras.layers.Input((2,)), keras.layers.Dense(3, name="inside")]
    model = keras.Sequential(
        [
            keras.layers.Input((4,)),
            keras.layers.Dense(2, name="first"),
            keras.layers.BatchNormalization(name="norm"),
            keras.Sequential(inside, name="inner"),
        ],
        name=name,
    )
    for weight in model.weights:
        weight.assign(np.random.default_rng(len(weight.path)).normal(size=weight.shape))
    return model


def repack(path, assets=()):
    """The same members with a fixed date, so that the same models give the same bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [(i.filename, archive.read(i)) for i in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members + list(assets):
            if name == "metadata.json":
                fixed = {"keras_version": keras.__version__, "date_saved": "2026-01-01@00:00:00"}
                data = json.dumps(fixed)
            archive.writestr(zipfile.ZipInfo(name, FIXED), data)


def deflated(source, target):
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as packed:
        for info in archive.infolist():
            again = zipfile.ZipInfo(info.filename, FIXED)
            packed.writestr(again, archive.read(info), zipfile.ZIP_DEFLATED)


def spelled(number):
    return number if not isinstance(number, float) or math.isfinite(number) else str(number)


def described(data):
    array = np.asarray(data)
    kind = "bfloat16" if array.dtype == np.dtype("V2") else array.dtype.name
    if kind == "bfloat16":
        array = array.view(ml_dtypes.bfloat16).astype(np.float32)
    values = [spelled(v) for v in array.astype(float).ravel().tolist()]
    return {"dtype": kind, "shape": list(array.shape), "values": values}


def tree(*files):
    found = {}
    for file in files:
        with h5py.File(file) as opened:

            def visit(name, node):
                parts = name.split("/")
                if isinstance(node, h5py.Dataset) and parts[0] != "optimizer":
                    found["/".join(parts[:-2] + parts[-1:])] = described(node)

            opened.visititems(visit)
    return dict(sorted(found.items()))


def texts(group, name):
    return [t.decode() if isinstance(t, bytes) else t for t in group.attrs[name]]


def named(file):
    found = {}
    with h5py.File(file) as opened:
        group = opened["model_weights"]
        for layer in texts(group, "layer_names"):
            for weight in texts(group[layer], "weight_names"):
                found[f"{layer}: {weight}"] = described(group[layer][weight])
    return found


def odd_storage(folder):
    """Weights as other tools store them: compressed, big-endian, in the newest layout of groups."""
    rng = np.random.default_rng(3)
    with h5py.File(folder / "chunked.weights.h5", "w") as file:
        group = file.create_group("layers/dense/vars")
        options = {"compression": "gzip", "shuffle": True, "fletcher32": True}
        plane = rng.normal(size=(7, 5)).astype("float32")
        group.create_dataset("0", data=plane, chunks=(3, 2), **options)
        group.create_dataset("1", data=np.arange(10.0), chunks=(4,))
        sparse = group.create_dataset("2", (6, 4), "int16", chunks=(2, 4), compression="gzip")
        sparse[2:4] = 5
        group.create_dataset("3", (3,), "float32")
    with h5py.File(folder / "types.weights.h5", "w") as file:
        group = file.create_group("layers/dense/vars")
        arrays = [
            np.array([1.5, -2, np.nan, np.inf], ">f4"),
            np.array([[1, -2], [3, 400000]], ">i8"),
            np.array([True, False, True]),
            np.array([0.5, -65504], "float16"),
            np.array(7, "uint8"),
            np.array([-128, 127], "int8"),
            np.zeros((2, 0), "float64"),
            np.array([4000000000], "uint32"),
        ]
        for i, array in enumerate(arrays):
            group.create_dataset(str(i), data=array)
    with h5py.File(folder / "latest.weights.h5", "w", libver="latest") as file:
        group = file.create_group("layers/dense/vars")
        group.attrs["name"] = "newest"
        for i in range(12):
            group.create_dataset(str(i), data=np.full((2,), i, "float32"))
            group.attrs[f"extra_{i}"] = "text"


def old_model(source, target):
    """The attributes as h5py 2 wrote them: bytes of fixed length, long lists in parts."""
    with h5py.File(source) as old, h5py.File(target, "w") as new:
        for key, value in old.attrs.items():
            new.attrs[key] = np.bytes_(value)
        new.attrs["keras_version"] = np.bytes_("2.2.4-tf")
        old.copy("model_weights", new)
        group = new["model_weights"]
        names = np.array([n.encode() for n in texts(group, "layer_names")], "S")
        del group.attrs["layer_names"]
        group.attrs["layer_names0"] = names[:2]
        group.attrs["layer_names1"] = names[2:]
        for name in names:
            layer = group[name.decode()]
            weights = np.array([n.encode() for n in texts(layer, "weight_names")], "S")
            layer.attrs["weight_names"] = weights


def corpus(folder):
    """What the fuzzer starts from: one model in all layouts, as small as they can be."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": []}}
    for version in ("earliest", "latest"):
        for packed in (False, True):
            name = f"{version}{'_packed' if packed else ''}.h5"
            options = {"chunks": (2, 2), "compression": 9, "shuffle": True} if packed else {}
            with h5py.File(folder / name, "w", libver=version) as file:
                file.attrs["keras_version"] = "3.15.1"
                file.attrs["model_config"] = json.dumps(config)
                group = file.create_group("model_weights")
                group.attrs["layer_names"] = ["d"]
                layer = group.create_group("d")
                layer.attrs["weight_names"] = np.array([b"d/k", b"d/b"])
                data = np.arange(12, dtype="float32").reshape(3, 4)
                layer.create_dataset("d/k", data=data, **options)
                layer.create_dataset("d/b", data=np.arange(3))
    (folder / "model.json").write_text(json.dumps(config))
    with h5py.File(folder / "weights", "w", libver="latest") as file:
        file["layers/dense/vars/0"] = np.ones((2, 3), "float32")
    weights = (folder / "weights").read_bytes()
    (folder / "weights").unlink()
    for name, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)):
        with zipfile.ZipFile(folder / f"{name}.keras", "w", method) as archive:
            members = [("config.json", json.dumps(config)), ("model.weights.h5", weights)]
            for member, data in members + [("assets/a", "x\n")]:
                archive.writestr(zipfile.ZipInfo(member, FIXED), data, method)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    expected = {}
    model = layered("layered")
    model.compile("adam", "mse")
    model.save(folder / "layered.keras")
    asset = ("assets/layers/string_lookup/vocabulary.txt", "eins\nzwei\n")
    repack(folder / "layered.keras", [asset])
    deflated(folder / "layered.keras", folder / "deflated.keras")
    (folder / "layered.json").write_text(model.to_json())
    model.save_weights(folder / "layered.weights.h5")
    model.save_weights(folder / "parts.weights.json", max_shard_size=60 / 1024**3)
    weights = tree(folder / "layered.weights.h5")
    for name in ("layered.keras", "deflated.keras", "layered.weights.h5", "parts.weights.json"):
        expected[name] = weights
    flat = keras.Sequential(model.layers[:2], name="flat")
    flat.save(folder / "flat.h5")
    expected["flat.h5"] = named(folder / "flat.h5")
    old_model(folder / "flat.h5", folder / "old.h5")
    expected["old.h5"] = {k: v for k, v in expected["flat.h5"].items()}
    for name, policy in (("bfloat16", "bfloat16"), ("int8", "float32")):
        keras.utils.set_random_seed(5)
        dense = keras.layers.Dense(3, dtype=policy)
        narrow = keras.Sequential([keras.layers.Input((4,)), dense], name=name)
        if name == "int8":
            narrow.quantize("int8")
        narrow.save_weights(folder / f"{name}.weights.h5")
        expected[f"{name}.weights.h5"] = tree(folder / f"{name}.weights.h5")
    odd_storage(folder)
    for name in ("chunked", "types", "latest"):
        expected[f"{name}.weights.h5"] = tree(folder / f"{name}.weights.h5")
    (folder / "expected.json").write_text(json.dumps(expected, indent=1))
    if len(sys.argv) > 2:
        corpus(pathlib.Path(sys.argv[2]))
    sizes = sum(f.stat().st_size for f in folder.iterdir())
    print(len(expected), "files,", sizes // 1000, "kB in all")


main()
