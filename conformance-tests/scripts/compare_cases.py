"""Compares two folders of Keras cases. Usage: compare_cases.py A B [--rtol R] [--atol A]

Two runs of one script must agree in every byte; runs on two of Keras's backends within rounding.
Prints what is in one folder only, every description that differs, and every array that differs by
more than allowed; exit status 1 if there is anything to print.
"""

import argparse
import json
from pathlib import Path

import numpy as np


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("a", type=Path)
    arguments.add_argument("b", type=Path)
    arguments.add_argument("--rtol", type=float, default=1e-4)
    arguments.add_argument("--atol", type=float, default=1e-5)
    options = arguments.parse_args()
    complaints = list(differences(options.a, options.b, options.rtol, options.atol))
    print(*complaints, sep="\n")
    same = sum(
        file.read_bytes() == (options.b / name).read_bytes() for name, file in pairs(options)
    )
    print(f"{len(complaints)} differences; {same} of {len(files(options.a))} files are identical")
    return 1 if complaints else 0


def files(folder):
    return {file.relative_to(folder): file for file in folder.rglob("*") if file.is_file()}


def pairs(options):
    others = files(options.b)
    return [(name, file) for name, file in files(options.a).items() if name in others]


def differences(a, b, rtol, atol):
    left, right = files(a), files(b)
    for name in sorted(left.keys() ^ right.keys()):
        yield f"{name}: only in {a if name in left else b}"
    for name in sorted(left.keys() & right.keys()):
        if name.suffix == ".npz":
            yield from array_differences(name, left[name], right[name], rtol, atol)
        elif name.suffix == ".json" and description(left[name]) != description(right[name]):
            yield f"{name}: differs"


# Each backend says its own name, and PyTorch's has optimizer classes of its own.
BACKENDS_OWN = {"backend", "module", "registered_name"}


def description(file):
    def without(entries):
        return {key: value for key, value in entries.items() if key not in BACKENDS_OWN}

    return json.loads(file.read_text(encoding="utf-8"), object_hook=without)


def array_differences(name, left, right, rtol, atol):
    one, two = np.load(left), np.load(right)
    for key in sorted(set(one.files) | set(two.files)):
        if key not in one or key not in two:
            yield f"{name.parent} {key}: only in one"
        elif one[key].shape != two[key].shape or one[key].dtype != two[key].dtype:
            yield f"{name.parent} {key}: {one[key].dtype}{one[key].shape} {two[key].dtype}{two[key].shape}"
        elif not np.allclose(one[key], two[key], rtol, atol, equal_nan=True):
            gap = np.abs(one[key].astype(float) - two[key].astype(float)).max()
            yield f"{name.parent} {key}: max |difference| {gap:.2e}"


if __name__ == "__main__":
    raise SystemExit(main())
