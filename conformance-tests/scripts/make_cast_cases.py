"""Writes what casts to and from the floats of 8 and 4 bits give, as ml_dtypes and ONNX compute it.

Run it after raising the versions below, from the repository's root:

    python -m venv venv && venv/bin/pip install onnx==1.23.2 ml_dtypes==0.6.0 numpy==2.4.6
    venv/bin/python conformance-tests/scripts/make_cast_cases.py \
        src/testkit/src/test/resources/dev/sardonyx/testkit/casts.npz

Arrays, where TYPE is ONNX's name of the element type in lower case:

    values_TYPE                        float32: the number that each code stands for
    x_float32, x_float16, x_float64    numbers at, beside and between all of those codes
    x_float8e8m0                       float32: numbers at, beside and between some powers of two
    TYPE_FROM                          uint8: the codes of x_FROM, saturated
    TYPE_FROM_unsaturated              uint8: likewise without saturation
    float8e8m0_float32_MODE            uint8: the codes of x_float8e8m0, rounded up, down or nearest
"""

import sys

import ml_dtypes
import numpy as np
import onnx
from onnx.numpy_helper import saturate_cast, to_float8e8m0

VERSIONS = ("1.23.2", "0.6.0", "2.4.6")
TYPES = {
    "float8e4m3fn": ml_dtypes.float8_e4m3fn,
    "float8e4m3fnuz": ml_dtypes.float8_e4m3fnuz,
    "float8e5m2": ml_dtypes.float8_e5m2,
    "float8e5m2fnuz": ml_dtypes.float8_e5m2fnuz,
    "float4e2m1": ml_dtypes.float4_e2m1fn,
    "float8e8m0": ml_dtypes.float8_e8m0fnu,
}


def values(dtype):
    codes = 16 if dtype is ml_dtypes.float4_e2m1fn else 256
    return np.arange(codes, dtype=np.uint8).view(dtype).astype(np.float32)


def points(precision):
    """All codes of signed types, the halves between them, and what lies beside both."""
    found = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e9, -1e9, 1e-9, -1e-9]
    for name, dtype in TYPES.items():
        if name == "float8e8m0":
            continue
        finite = np.unique(np.abs(values(dtype).astype(np.float64)))
        finite = finite[np.isfinite(finite)]
        beyond = 2 * finite[-1] - finite[-2]
        ladder = np.append(finite, beyond)
        found += [*ladder, *((ladder[1:] + ladder[:-1]) / 2)]
    with np.errstate(over="ignore"):
        exact = np.unique(np.array(found, dtype=precision))
    near = [np.nextafter(exact, s * precision(np.inf)) for s in (1, -1)]
    both = np.concatenate([exact, *near])
    x = np.concatenate([both, -both, np.array([0.0, -0.0], dtype=precision)])
    # The sign of what is not a number is nobody's promise.
    return np.where(np.isnan(x), precision(np.nan), x)


def e8m0_points():
    powers = np.exp2(np.arange(-125, 127, 5)).astype(np.float32)
    around = [np.nextafter(powers, np.float32(0)), powers, np.nextafter(powers, np.float32(np.inf))]
    return np.concatenate([*around, np.float32(1.5) * powers, np.float32(1.4) * powers])


def main():
    if (onnx.__version__, ml_dtypes.__version__, np.__version__) != VERSIONS:
        sys.exit(f"needs onnx, ml_dtypes, numpy in the versions {VERSIONS}")
    arrays = {f"values_{name}": values(dtype) for name, dtype in TYPES.items()}
    for precision in (np.float32, np.float16, np.float64):
        x = points(precision)
        source = np.dtype(precision).name
        arrays[f"x_{source}"] = x
        for name, dtype in TYPES.items():
            if name == "float8e8m0":
                continue
            with np.errstate(all="ignore"):
                if name == "float4e2m1":
                    arrays[f"{name}_{source}"] = x.astype(dtype).view(np.uint8)
                    continue
                arrays[f"{name}_{source}"] = saturate_cast(x, dtype).view(np.uint8)
                arrays[f"{name}_{source}_unsaturated"] = x.astype(dtype).view(np.uint8)
    arrays["x_float8e8m0"] = e8m0_points()
    for mode in ("up", "down", "nearest"):
        codes = to_float8e8m0(arrays["x_float8e8m0"], True, mode)
        arrays[f"float8e8m0_float32_{mode}"] = codes.view(np.uint8)
    np.savez_compressed(sys.argv[1], **arrays)


if __name__ == "__main__":
    main()
