"""Writes reference cases so that the same script gives the same bytes."""

import io
import json
import shutil
import zipfile
import zlib
from pathlib import Path

import numpy as np

CASES = Path(__file__).resolve().parent.parent / "src/test/resources/cases"


def random_of(name):
    """A generator of its own for each case, so that a new case leaves the others as they are."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def fresh(folder):
    """Empties a folder that a script owns: a case that is no longer made must not linger."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def write_json(file, value):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def write_arrays(file, arrays):
    """An uncompressed .npz with a fixed date: numpy's own writer stamps the current time."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(name + ".npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            data = io.BytesIO()
            # Not ascontiguousarray: that would turn a scalar into a vector.
            np.lib.format.write_array(data, np.array(array, order="C"), version=(1, 0))
            archive.writestr(entry, data.getvalue())


def write_case(folder, description, arrays):
    arrays = {name: np.asarray(array) for name, array in arrays.items()}
    if any(array.dtype.kind not in "fib" for array in arrays.values()):
        raise TypeError(f"{folder}: {[(name, array.dtype) for name, array in arrays.items()]}")
    table = {name: [str(array.dtype), list(array.shape)] for name, array in arrays.items()}
    write_json(folder / "case.json", {**description, "arrays": table})
    if arrays:
        write_arrays(folder / "arrays.npz", arrays)


def size_of(folder):
    """(number of cases, bytes) below a folder."""
    return (
        sum(1 for _ in folder.rglob("case.json")),
        sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
    )
