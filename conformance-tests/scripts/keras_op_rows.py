"""Which operations are called with what, for keras_ops.py: a row for each."""

import numpy as np

ROWS = []
R = np.random.RandomState(7)


class Row:
    def __init__(self, name, *args, named=None, batch=None, rtol=None, atol=None, expected=None, function=None, **config):
        self.name, self.args, self.config, self.named = name, args, config, named or {}
        self.function = function
        self.batch, self.rtol, self.atol, self.expected = batch, rtol, atol, expected


def op(name, *args, **config):
    ROWS.append(Row(name, *args, **config))


def f(*shape):
    return R.standard_normal(shape).astype("float32").round(3)


def i32(*values):
    return np.array(values, "int32")


X = f(2, 3, 4)
Y = f(2, 3, 4)
V = np.array([-2.5, -1.0, -0.5, -0.0, 0.0, 0.5, 1.0, 2.5], "float32")
UNIT = np.array([-0.9, -0.5, 0.0, 0.1, 0.5, 0.95], "float32")
POSITIVE = np.array([0.001, 0.5, 1.0, 2.0, 8.0, 1000.0], "float32")
I = np.array([[3, -7, 5], [0, 2, -1]], "int32")
J = np.array([[2, 3, -4], [1, 5, 2]], "int32")
B = np.array([[True, False, True], [False, False, True]])
C = np.array([[True, True, False], [False, True, True]])
H = np.array([1.5, -2.0, 0.25], "float16")
ODD = np.array([np.nan, np.inf, -np.inf, 1.0, -0.0], "float32")
GAPS = np.array([[1.0, np.nan, 3.0, 2.0], [np.nan, 5.0, 4.0, np.nan]], "float32")

# numpy: functions of one tensor
for name in (
    "Abs Absolute Fabs Arctan Arcsinh Cbrt Ceil Conj Conjugate Copy Cos Cosh Deg2rad Exp Exp2"
    " Expm1 Floor I0 Imag Isfinite Isinf Isnan Isneginf Isposinf Isreal LogicalNot NanToNum Negative"
    " Rad2deg Real Round Sign Signbit Sin Sinc Sinh Square Tan Tanh Trunc"
).split():
    op(name, V)
    if name not in ("Conj", "Conjugate", "Real", "Imag", "Trunc"):
        op(name, I)
for name in "Abs Cbrt Cos Exp Floor LogicalNot Square Isnan Signbit".split():
    op(name, B)
for name in "Abs Exp Ceil Cos Square Sign".split():
    op(name, H, rtol=2e-3)
for name in "Isfinite Isinf Isnan Isneginf Isposinf NanToNum Signbit Sign".split():
    op(name, ODD)
for name in "Arccos Arcsin Arctanh".split():
    op(name, UNIT)
    op(name, i32(0, 1) if name != "Arctanh" else i32(0))
for name in "Arccosh Log Log10 Log1p Log2 Reciprocal Sqrt".split():
    op(name, POSITIVE + 1)
    op(name, i32(1, 2, 9))
op("Log1p", np.array([1e-6, -1e-5, -0.5], "float32"), rtol=1e-5)
op("Expm1", np.array([1e-6, -1e-5, -0.5], "float32"), rtol=1e-5)
op("Angle", X)
op("Angle", I)
op("NanToNum", ODD, nan=1.0, posinf=7.0, neginf=-8.0)
op("Round", X, decimals=1)
op("Round", np.array([12, 27, -35], "int32"), decimals=-1)
op("Clip", X, x_min=-0.5, x_max=0.75, batch=True)
op("Clip", I, x_min=-1, x_max=3)
op("BitwiseInvert", I)
op("BitwiseNot", I)
op("BitwiseNot", B)

# numpy: two tensors
for name in (
    "Add Subtract Multiply Maximum Minimum Fmax Fmin Divide TrueDivide DivideNoNan Hypot Arctan2 Logaddexp"
    " Logaddexp2 Heaviside Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr"
    " LogicalXor Isclose AllClose FloorDivide Mod Fmod"
).split():
    op(name, X, Y, batch=True)
    op(name, I, J)
    op(name, I, 2)
    if name not in ("Hypot", "Heaviside"):
        op(name, I, 1.5)
    if name not in ("Fmax", "Fmin"):
        op(name, f(2, 3), I)
for name in "Add Multiply LogicalAnd LogicalXor Maximum Equal Divide".split():
    op(name, B, C)
    op(name, B, I)
for a, b in (
    ("int8", "uint8"), ("int64", "float16"), ("uint8", "int32"), ("bool", "uint8"), ("float16", "float32"),
    ("int16", "uint16"),
):
    op("Add", np.array([1, 2], a), np.array([1, 3], b))
    op("Divide", np.array([1, 2], a), np.array([1, 4], b), rtol=1e-3)
for a, b, sum_type in (("float64", "float32", "float64"), ("int32", "int64", "int64")):
    op("Add", np.array([1, 2], a), np.array([1, 3], b), expected=[np.array([2, 5], sum_type)])
op("Add", H, 2.5)
op("Divide", np.array([1.0, 0.0, 2.0], "float32"), np.array([2.0, 1.0, -4.0], "float32"))
op("DivideNoNan", np.array([1.0, 0.0, 2.0], "float32"), np.array([0.0, 0.0, -4.0], "float32"))
op("Fmax", ODD, np.array([1, 2, 3, np.nan, 5], "float32"))
op("Fmin", ODD, np.array([1, 2, 3, np.nan, 5], "float32"))
op("Power", np.abs(X), Y, batch=True)
op("Power", X, 2)
op("Power", I, 3)
op("Power", 2.0, X)
op("Ldexp", X, np.array([1, -2, 3, 0], "int32"))
op("Gcd", i32(12, -18, 0, 7, 1071), i32(8, 27, 5, 7, 462))
op("Lcm", i32(12, -18, 0, 7, 4), i32(8, 27, 5, 7, 6))
op("Nextafter", np.array([1.0, 1.0, -1.0, 0.1, 5.0, 1e-3], "float32"), np.array([2.0, 0.0, 0.0, 1.0, 5.0, -1.0], "float32"), rtol=0.0)
op("Isclose", ODD, ODD, equal_nan=True)
op("Isclose", ODD, ODD)
op("Isclose", X, X + np.float32(1e-4), named={"rtol": 1e-2, "atol": 1e-3})
for name in "BitwiseAnd BitwiseOr BitwiseXor".split():
    op(name, I, J)
    op(name, B, C)
for name in "BitwiseLeftShift LeftShift BitwiseRightShift RightShift".split():
    op(name, I, np.abs(J))
    op(name, I, 1)

# numpy: reductions
for name in "All Any Amax Amin Max Min Ptp Sum Mean Prod Var Std Argmax Argmin Median Nansum Nanprod Nanmax Nanmin Nanmean Nanvar Nanstd Nanargmax Nanargmin Nanmedian Logsumexp".split():
    op(name, X)
    op(name, X, axis=1, batch=True)
    op(name, X, axis=-1, keepdims=True, batch=True)
    op(name, X, axis=None, keepdims=True)
    if "arg" not in name.lower():
        op(name, X, axis=(0, 2), batch=True)
        op(name, X, axis=(1, -1), keepdims=True, batch=True)
    if not name.startswith("Nan") and name != "Logsumexp":
        op(name, I, axis=1)
for name in "Nansum Nanprod Nanmax Nanmin Nanmean Nanvar Nanstd Nanargmax Nanargmin Nanmedian".split():
    op(name, GAPS)
    op(name, GAPS, axis=0)
    op(name, GAPS, axis=1)
op("Nanargmax", np.array([[np.nan, np.nan], [1, 2]], "float32"), axis=1)
op("Max", X, axis=1, initial=0.5)
op("Min", I, axis=1, initial=-3)
op("Sum", np.array([[1, 2], [100, 120]], "int8"), axis=0)
op("Sum", B, axis=0)
op("Sum", H, axis=0)
op("Prod", X, axis=1, dtype="float64")
op("Max", B, axis=0)
op("Argmax", B, axis=1)
op("Average", X)
op("Average", X, axis=1, batch=True)
op("Average", X, np.array([1.0, 2.0, 0.5], "float32"), axis=1, batch=True)
op("Average", X, np.abs(Y), axis=None)
op("CountNonzero", I)
op("CountNonzero", I, axis=1, batch=True)
op("Quantile", X, np.array(0.3, "float32"), axis=(1,), batch=True)
op("Quantile", X, np.array([0.1, 0.5, 1.0], "float32"), axis=(0, 2))
op("Quantile", X, np.array([0.1, 0.9], "float32"), axis=(-1,), keepdims=True)
for method in "lower higher midpoint nearest".split():
    op("Quantile", X, np.array(0.35, "float32"), axis=(2,), method=method)
op("Nanquantile", GAPS, np.array(0.6, "float32"), axis=1)
op("Percentile", X, np.array(30.0, "float32"), axis=1)
op("Nanpercentile", GAPS, np.array(25.0, "float32"), axis=0)
op("Cumsum", X, axis=1, batch=True)
op("Cumsum", X)
op("Cumsum", I, axis=0, dtype="float32")
op("Cumprod", X, axis=2, batch=True)
op("Cumprod", I)
op("Nancumsum", GAPS, axis=1)
op("Nancumprod", GAPS, axis=0)
op("Diff", X, axis=1, batch=True)
op("Diff", X, n=2)
op("Diff", B)
op("Trapezoid", X, axis=1, dx=0.5, batch=True)
op("Trapezoid", I)

# numpy: sorting and searching
for name in "Sort Argsort".split():
    op(name, X, batch=True)
    op(name, X, axis=0)
    op(name, X, axis=None)
    op(name, I, axis=1)
op("Argpartition", np.array([[3.0, 1.0, 2.0]], "float32"), kth=1, expected=[np.array([[1, 2, 0]], "int32")])
op("TopK", X, k=2, batch=True)
op("InTopK", i32(1, 3), f(2, 4), k=2)
op("SearchSorted", np.array([1.0, 2.0, 2.0, 5.0], "float32"), np.array([[0.0, 2.0], [5.0, 6.0]], "float32"))
op("SearchSorted", np.array([1.0, 2.0, 2.0, 5.0], "float32"), np.array([2.0, 5.0, 6.0], "float32"), side="right")
op("Digitize", X, np.array([-1.0, 0.0, 0.5], "float32"), batch=True)
op("Digitize", I, np.array([-1, 0, 3], "int32"))
op("IsIn", I, i32(2, 3))
op("IsIn", X, X[0, 0, :2].copy(), invert=True, batch=True)

# numpy: shapes
op("Reshape", X, newshape=(-1, 6), batch=True)
op("Reshape", X, newshape=(2, 2, 6))
op("Ravel", X, batch=True)
op("Transpose", X, batch=True)
op("Transpose", X, axes=(1, 0, 2), batch=True)
op("Swapaxes", X, axis1=1, axis2=-1, batch=True)
op("Moveaxis", X, source=0, destination=-1, batch=True)
op("Moveaxis", X, source=(0, 1), destination=(-1, 0), batch=True)
op("ExpandDims", X, axis=1, batch=True)
op("ExpandDims", X, axis=(0, -1), batch=True)
op("Squeeze", X[:, :1], axis=1, batch=True)
op("Squeeze", X[:, :1, :1], axis=(1, 2), batch=True)
op("Squeeze", X[:, :1])
op("BroadcastTo", X[:, :1], shape=(2, 3, 4))
op("BroadcastTo", X[0], shape=(2, 3, 4))
op("Flip", X, axis=1, batch=True)
op("Flip", X)
op("Flip", X, axis=(0, 2), batch=True)
op("Flipud", X, batch=True)
op("Fliplr", X, batch=True)
for k in (0, 1, 2, 3, -1):
    op("Rot90", X, k=k)
op("Rot90", X, k=1, axes=(1, 2), batch=True)
op("Roll", X, shift=2, axis=1, batch=True)
op("Roll", X, shift=(1, -1), axis=(0, 2), batch=True)
op("Roll", X, shift=5)
op("Tile", X, repeats=2, batch=True)
op("Tile", X, repeats=(2, 1, 1, 3), batch=True)
op("Repeat", X, repeats=2, axis=1, batch=True)
op("Repeat", X, repeats=2, axis=0, batch=True)
op("Repeat", X, repeats=3)
op("Repeat", X, repeats=[1, 0, 2], axis=1, batch=True, expected=[np.repeat(X, [1, 0, 2], 1)])
op("Size", X, batch=True)
op("Ndim", X, batch=True, expected=[np.array(3, "int32")])
op("Concatenate", [X, Y], axis=1, batch=True)
op("Concatenate", [X, I.astype("float32").reshape(2, 3, 1)], axis=-1, batch=True)
op("Concatenate", [I, f(2, 3)], axis=0)
op("Append", X, Y)
op("Append", X, Y, axis=2, batch=True)
op("Stack", [X, Y], axis=1, batch=True)
op("Stack", [X, Y], axis=-1, batch=True)
op("Hstack", [X, Y], batch=True)
op("Hstack", [V, V])
op("Vstack", [X, Y], batch=True)
op("Vstack", [V, V])
op("Dstack", [X, Y], batch=True)
op("Dstack", [V, V])
op("Split", X, indices_or_sections=2, axis=-1, batch=True)
op("Split", X, indices_or_sections=(1, 3), axis=2, batch=True)
op("ArraySplit", X, indices_or_sections=3, axis=2, batch=True)
op("Hsplit", X, indices_or_sections=3, batch=True)
op("Vsplit", X, indices_or_sections=2)
op("Dsplit", X, indices_or_sections=(1,), batch=True)
op("Unstack", X, axis=1, batch=True)
op("Pad", X, pad_width=1, batch=True)
op("Pad", X, pad_width=((0, 0), (1, 2), (3, 0)), batch=True)
op("Pad", X, 2.5, pad_width=((0, 0), (1, 2), (3, 0)), mode="constant", batch=True)
for mode in "reflect symmetric edge wrap".split():
    op("Pad", X, pad_width=((0, 0), (1, 2), (2, 1)), mode=mode, batch=True)
op("Meshgrid", V[:3], V[4:], indexing="xy")
op("Meshgrid", V[:3], V[4:], indexing="ij")
op("Full", 2.5, shape=(2, 3))
op("FullLike", X, 3, batch=True)
op("FullLike", X, 3, dtype="int32")
op("ZerosLike", X, batch=True)
op("OnesLike", I)
op("EmptyLike", X[:1], expected=[np.zeros((1, 3, 4), "float32")])
op("Array", I, dtype="float32")
op("Arange", 3)
op("Arange", 1, 8, 2)
op("Arange", 0.0, 1.0, 0.25, dtype="float32")
op("Linspace", 1.0, 3.0, num=5)
op("Linspace", V[:3], V[4:7], num=4, endpoint=False)
op("Linspace", V[:3], V[4:7], num=4, axis=1)
op("Linspace", 1.0, 3.0, num=5, retstep=True, expected=[np.linspace(1, 3, 5).astype("float32"), np.array(0.5, "float32")])
op("Logspace", 0.0, 2.0, num=4)
op("Logspace", 0.0, 2.0, num=4, base=2)
op("Geomspace", 1.0, 100.0, num=3)
op("Vander", V[5:])
op("Vander", V[5:], N=4, increasing=True)
op("Diag", V[:3])
op("Diag", V[:3], k=1)
op("Diag", V[:3], k=-2)
op("Diag", X[0], k=1)
op("Diagflat", X[0, :2, :2], k=-1)
op("Diagonal", X, axis1=1, axis2=2, batch=True)
op("Diagonal", X, offset=1)
op("Diagonal", X, offset=-1, axis1=1, axis2=2, batch=True)
op("Trace", X, axis1=1, axis2=2, batch=True)
op("Trace", I, offset=1)
for name in "Tril Triu".split():
    op(name, X, batch=True)
    op(name, X, k=-1, batch=True)

# numpy: indexing
for key in (
    0, -1, slice(None, None, 2), (slice(None), 0), (slice(None), slice(1, None), slice(None, -1)),
    (Ellipsis, 0), (Ellipsis, None), (slice(None), None, 1), (slice(None), slice(None, None, -1)),
    (slice(None), -2, slice(3, 0, -2)), None, (0, Ellipsis, 1),
):
    op("GetItem", X, key, batch=None if key in (0, -1) else True)
op("GetItem", X, (slice(None), i32(0, 2)), batch=True)
op("GetItem", X, (slice(None), i32(0, 2), i32(1, 3)), batch=True)
op("GetItem", X, (i32(0, 1), slice(None), i32(1, 3)))
op("GetItem", X, (slice(None), 1, i32(1, 3)), batch=True)
op("GetItem", X, (slice(None), None, np.array([[0, 1], [2, -1]], "int32")), batch=True)
op("Take", X, i32(0, 2, -1), axis=1, batch=True)
op("Take", X, np.array([[0, 5], [7, 1]], "int32"))
op("Take", X, 1, axis=2, batch=True)
op("TakeAlongAxis", X, np.array([[[0, 1, 2, 0]], [[2, 1, 0, 1]]], "int32"), axis=1, batch=True)
op("TakeAlongAxis", X, np.array([[[0, 3]], [[1, 2]]], "int32"), axis=2, batch=True)
op("TakeAlongAxis", X, i32(3, 5))
op("Where", X > 0, X, Y, batch=True)
op("Where", I, 1.5, 2)
op("Where", X > 0, X, 0.0, batch=True)
op("Select", [X > 1, X > 0], [X, Y], 5.0, batch=True)
op("Nonzero", I)
op("UnravelIndex", i32(5, 0, -1, 7), shape=(2, 4))

# numpy: products
op("Matmul", X, np.swapaxes(Y, 1, 2), batch=True)
op("Matmul", X, f(4), batch=True)
op("Matmul", X, f(4, 5), batch=True)
op("Matmul", I, J.T.copy())
op("Matmul", np.array([[100, 100]], "int8"), np.array([[100], [100]], "int8"))
op("Dot", X, f(4, 3), batch=True)
op("Dot", X, f(5, 4, 3), batch=True)
op("Dot", X, f(4), batch=True)
op("Dot", X, 2.0, batch=True)
op("Vdot", X, Y)
op("Inner", X, Y, batch=None)
op("Outer", V, V)
op("Outer", X[0], V)
op("Tensordot", X, f(3, 4, 2), batch=True)
op("Tensordot", X, f(5, 4), axes=([2], [1]), batch=True)
op("Tensordot", X, f(4, 3), axes=((1, 2), (1, 0)), batch=True)
op("Einsum", X, f(4, 2), subscripts="...i,ij->...j", batch=True)
op("Einsum", X, Y, subscripts="bij,bkj->bik", batch=True)
op("Einsum", X, Y, subscripts="abc,abc")
op("Einsum", I, J, subscripts="ij,ik->jk")
op("Kron", I, J[:1])
op("Kron", X[0], V[:2])
op("Cross", f(2, 3), f(2, 3), batch=True)
op("Cross", f(2, 2), f(2, 2), batch=True)
op("Cross", f(2, 3), f(2, 2), batch=True)
op("Cross", f(3, 2), f(3, 2), axis=0)
for mode in "valid same full".split():
    op("Correlate", V, V[5:] + 1, mode=mode)
    op("Correlate", V[4:], V[5:7] + 1, mode=mode)
    op("Correlate", V[5:7] + 1, V[3:], mode=mode)
op("Corrcoef", X[0])

# numpy: counting
op("Bincount", i32(1, 2, 2, 5))
op("Bincount", i32(1, 2, 2), minlength=5)
op("Bincount", np.array([[1, 2], [0, 0]], "int32"), expected=[np.array([[0, 1, 1], [2, 0, 0]], "int32")])
op("Histogram", V, bins=4, expected=[a.astype("float32") for a in np.histogram(V, bins=4)])
op("Unique", i32(3, 1, 3, 2), return_index=True, return_inverse=True, return_counts=True)
op("Unique", np.array([[1, 2], [1, 2], [0, 1]], "int32"), axis=0)

# nn: activations
for name in (
    "Relu Relu6 Sigmoid SparseSigmoid Softplus Softsign SoftShrink SparsePlus Silu Squareplus LogSigmoid"
    " LeakyRelu HardSigmoid HardSilu Elu Selu Gelu Celu TanhShrink HardTanh HardShrink Softmax LogSoftmax"
    " Sparsemax Glu"
).split():
    op(name, 3 * X, batch=True)
op("Relu", I)
op("Softmax", X, axis=1, batch=True)
op("Softmax", X, axis=(1, 2), batch=True)
op("LogSoftmax", X, axis=(1, 2), batch=True)
op("Sparsemax", X, axis=1, batch=True)
op("Elu", X, alpha=0.5)
op("Celu", X, alpha=0.5)
op("Gelu", X, approximate=False)
op("LeakyRelu", X, negative_slope=0.1)
op("SoftShrink", X, threshold=0.2)
op("HardShrink", X, threshold=0.2)
op("Squareplus", X, b=2)
op("Threshold", X, threshold=0.1, default_value=-9.0, batch=True)

# nn: normalization, losses
op("Moments", X, axes=(0, 2))
op("Moments", X, axes=[1], keepdims=True, batch=True)
op("BatchNorm", X, f(4), np.abs(f(4)), f(4), f(4), axis=-1, batch=True)
op("BatchNorm", X, f(3), np.abs(f(3)), axis=1, epsilon=0.01, batch=True)
op("LayerNorm", X, f(4), f(4), axis=-1, batch=True)
op("LayerNorm", X, f(3), f(3), axis=[1], batch=True)
op("LayerNorm", X, axis=(1, 2), epsilon=0.1, batch=True)
op("LayerNorm", X, f(4), rms_scaling=True, batch=True)
op("RMSNorm", X, f(4), batch=True)
op("RMSNorm", X, axis=(1, 2), epsilon=0.1, batch=True)
op("Normalize", X, batch=True)
op("Normalize", X, axis=1, order=3, batch=True)
op("OneHot", i32(0, 2, -1), num_classes=3)
op("OneHot", np.array([[0, 2], [1, 1]], "int32"), num_classes=3, axis=1, dtype="int32", batch=True)
op("MultiHot", np.array([[0, 2], [1, 1]], "int32"), num_classes=4, batch=True, expected=[np.array([[1, 0, 1, 0], [0, 1, 0, 0]], "float32")])
op("MultiHot", i32(0, 2), num_classes=4, expected=[np.array([1, 0, 1, 0], "float32")])
P = np.abs(f(2, 3)) + np.float32(0.1)
P /= P.sum(-1, keepdims=True)
T = np.array([[0, 1, 0], [0.5, 0.25, 0.25]], "float32")
op("BinaryCrossentropy", T, P, batch=True)
op("BinaryCrossentropy", T, f(2, 3), from_logits=True, batch=True)
op("CategoricalCrossentropy", T, P, batch=True)
op("CategoricalCrossentropy", T, f(2, 3), from_logits=True, batch=True)
op("SparseCategoricalCrossentropy", i32(2, 0), P, batch=True)
op("SparseCategoricalCrossentropy", i32(2, 0), f(2, 3), from_logits=True, batch=True)
op("CTCLoss", np.array([[1, 2, 2], [1, 0, 0]], "int32"), f(2, 6, 4), i32(3, 1), i32(6, 4), mask_index=0, batch=True)
op("PSNR", X, Y, max_val=2.0)
Q = f(2, 3, 2, 4)
op("DotProductAttention", Q, f(2, 5, 2, 4), f(2, 5, 2, 4), batch=True)
op("DotProductAttention", Q, f(2, 3, 2, 4), f(2, 3, 2, 4), is_causal=True, batch=True)
op("DotProductAttention", Q, f(2, 5, 1, 4), f(2, 5, 1, 4), f(2, 2, 3, 5), f(2, 2, 3, 5) > -1, 0.3, batch=True)
op("DotProductAttention", f(2, 3, 4, 4), f(2, 5, 2, 4), f(2, 5, 2, 4), batch=True)

# nn: windows
IMAGE = f(2, 5, 6, 4)
LINE = f(2, 7, 4)
for padding in ("valid", "same"):
    for name in "MaxPool AveragePool".split():
        op(name, IMAGE, pool_size=(2, 3), strides=(2, 1), padding=padding, data_format="channels_last", batch=True)
        op(name, LINE, pool_size=(3,), strides=(3,), padding=padding, data_format="channels_last", batch=True)
    op("Conv", IMAGE, f(3, 2, 4, 3), strides=(2, 1), padding=padding, batch=True)
    op("Conv", IMAGE, f(3, 2, 2, 6), padding=padding, dilation_rate=2, data_format="channels_last", batch=True)
    op("Conv", LINE, f(3, 4, 2), strides=2, padding=padding, batch=True)
    op("DepthwiseConv", IMAGE, f(3, 2, 4, 2), strides=1, padding=padding, batch=True)
    op("SeparableConv", IMAGE, f(3, 2, 4, 2), f(1, 1, 8, 3), strides=2, padding=padding, batch=True)
    op("ConvTranspose", *(IMAGE, f(3, 2, 5, 4)), function="conv_transpose", strides=(2, 3), padding=padding, batch=True)
    op("ConvTranspose", *(LINE, f(3, 5, 4)), function="conv_transpose", strides=2, padding=padding, output_padding=1, batch=True)
    op("ConvTranspose", *(LINE, f(3, 5, 4)), function="conv_transpose", strides=1, padding=padding, dilation_rate=2, batch=True)
op("MaxPool", IMAGE, pool_size=(2, 2), strides=(1, 2), data_format="channels_first", batch=True)
for name in "AdaptiveMaxPool AdaptiveAveragePool".split():
    op(name, IMAGE, output_size=(2, 4), data_format="channels_last", batch=True)
    op(name, LINE, output_size=3, data_format="channels_last", batch=True)
BLOCKS = f(2, 4, 4, 8)
for data_format in ("channels_last", "channels_first"):
    op("DepthToSpace", f(2, 3, 2, 4) if data_format == "channels_last" else f(2, 4, 3, 2), block_size=2, data_format=data_format, batch=True)
    op("SpaceToDepth", f(2, 4, 2, 3) if data_format == "channels_last" else f(2, 3, 4, 2), block_size=2, data_format=data_format, batch=True)
op("Unfold", IMAGE, kernel_size=2, batch=True)
op("Unfold", IMAGE, kernel_size=(2, 3), dilation=2, padding=1, stride=2, batch=True)
op("Fold", f(2, 12, 12), output_size=(4, 5), kernel_size=2, batch=True)

CODES = np.log(np.array([[[.1, .6, .2, .1], [.1, .6, .2, .1], [.7, .1, .1, .1], [.1, .6, .2, .1], [.1, .1, .7, .1]]], "float32"))
op("CTCDecode", CODES, i32(5), batch=True, expected=[np.array([[[1, 1, 2, -1, -1]]], "int32"), np.array([[-np.log(0.6 * 0.6 * 0.7 * 0.6 * 0.7)]], "float32")])

# core
op("Cast", V, dtype="int32")
op("Cast", V, dtype="bool")
op("Cast", B, dtype="float32")
op("SaturateCast", 100 * V, dtype="int8")
op("SaturateCast", np.array([-5, 300, 7], "int32"), dtype="uint8")
op("ConvertToTensor", I, dtype="float32")
op("StopGradient", X, batch=True)
op("Scatter", np.array([[0, 1], [1, 2], [0, 1]], "int32"), f(3), shape=(2, 3))
op("ScatterUpdate", X[0], np.array([[0, 1], [2, -1]], "int32"), f(2))
for reduction in "add max min mul".split():
    op("ScatterUpdate", X[0], np.array([[0, 1], [2, 3]], "int32"), f(2), reduction=reduction)
op("Slice", X, i32(0, 1, 2), shape=(2, 2, 2))
op("Slice", X, (0, 1, 1), shape=(2, 1, 3))
op("SliceUpdate", X, i32(0, 1, 1), f(2, 2, 2))
op("SliceUpdate", X, (0, 0, 1), f(2, 1, 3))
op("View", I, dtype="float32", expected=[I.view("float32")])
op("View", V, dtype="int32", expected=[V.view("int32")])

# math
IDS = i32(0, 2, 1, 0)
for name in "SegmentSum SegmentMax SegmentMin SegmentProd".split():
    op(name, f(4, 3), IDS, num_segments=3)
    op(name, np.array([5, -2, 3, 4], "int32"), IDS, num_segments=3)
op("SegmentSum", f(4), i32(0, 5, -1, 0), num_segments=2)
op("CDist", X, f(2, 5, 4), batch=True)
for name in "Erf Erfc".split():
    op(name, V)
op("Erfc", np.array([3.0, 4.0, 6.0], "float32"))
op("Erfinv", UNIT)
op("Rsqrt", POSITIVE)
op("ExtractSequences", LINE.swapaxes(1, 2).copy(), sequence_length=3, sequence_stride=2, batch=True)
SIGNAL = (f(2, 8), f(2, 8))
op("FFT", SIGNAL, batch=True)
op("FFT2", (f(2, 4, 6), f(2, 4, 6)), batch=True)
op("IFFT2", (f(2, 4, 6), f(2, 4, 6)), batch=True)
for length in (None, 6, 12):
    op("RFFT", SIGNAL[0], fft_length=length, batch=True)
op("RFFT", f(2, 7), batch=True)
for length in (None, 9, 20):
    op("IRFFT", (f(2, 8), np.concatenate([np.zeros((2, 1), "float32"), f(2, 6), np.zeros((2, 1), "float32")], 1)), fft_length=length, batch=True)
WAVE = f(2, 64)
op("STFT", WAVE, sequence_length=16, sequence_stride=8, fft_length=16, batch=True)
op("STFT", WAVE, sequence_length=12, sequence_stride=5, fft_length=16, window="hamming", center=False, batch=True)
op("STFT", WAVE, sequence_length=16, sequence_stride=8, fft_length=16, window=None, batch=True)
op("ISTFT", (f(2, 9, 9), np.zeros((2, 9, 9), "float32")), sequence_length=16, sequence_stride=8, fft_length=16, batch=True)

def sobel(x):
    around = np.pad(x[0, :, :, 0], 1, mode="reflect")
    down = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    out = np.zeros((1, x.shape[1], x.shape[2], 1, 2), "float32")
    for i in range(x.shape[1]):
        for j in range(x.shape[2]):
            part = around[i : i + 3, j : j + 3]
            out[0, i, j, 0] = (part * down).sum(), (part * down.T).sum()
    return out


SOBEL = sobel(np.arange(12, dtype="float32").reshape(1, 3, 4, 1) ** 2)

# linalg: of eigenvectors the values tell nothing about the signs
DIAGONAL = np.array([[3, 0], [0, 2]], "float32")
op("Eigh", DIAGONAL, expected=[np.array([2, 3], "float32"), np.array([[0, 1], [1, 0]], "float32")])
op("SobelEdges", np.arange(12, dtype="float32").reshape(1, 3, 4, 1) ** 2, expected=[SOBEL])
op("LuFactor", np.array([[1, 2], [4, 4]], "float32"), expected=[np.array([[4, 4], [0.25, 1]], "float32"), i32(1, 0)])
S = f(2, 4, 4)
SPD = (S @ S.swapaxes(1, 2) + np.eye(4, dtype="float32")).astype("float32")
op("Cholesky", SPD, batch=True)
op("Cholesky", SPD, upper=True, batch=True)
op("CholeskyInverse", np.linalg.cholesky(SPD[0]), rtol=1e-3)
op("Det", S, batch=True)
op("Slogdet", S, batch=True)
op("Logdet", SPD, batch=True)
op("Inv", S, batch=True, rtol=1e-3)
op("Solve", S, f(2, 4, 3), batch=True, rtol=1e-3)
op("Solve", S, f(2, 4, 1), batch=True, rtol=1e-3)
op("SolveTriangular", S + 3 * np.eye(4, dtype="float32"), f(2, 4, 3), lower=True, batch=True)
op("SolveTriangular", S + 3 * np.eye(4, dtype="float32"), f(2, 4, 3), batch=True)
op("Qr", S, batch=True)
op("Qr", f(2, 5, 3), batch=True)
op("Qr", f(2, 3, 5), batch=True)
op("Qr", f(5, 3), mode="complete")
op("SVD", S, compute_uv=False, batch=True)
op("Pinv", f(2, 4, 3), batch=True, rtol=1e-3)
op("Pinv", f(2, 3, 5), batch=True, rtol=1e-3)
op("Lstsq", f(5, 3), f(5), rtol=1e-3)
op("Lstsq", f(5, 3), f(5, 2), rtol=1e-3)
op("MatrixRank", np.array([[[1, 2], [2, 4]], [[1, 0], [0, 1]]], "float32"), batch=True)
op("Norm", X)
for ord in (1, 2, 3, 0):
    op("Norm", X, ord=ord, axis=(-1,), keepdims=True, batch=True)
for ord in ("fro", "nuc", 1, -1, 2, -2):
    op("Norm", X, ord=ord, axis=(1, 2), batch=True)
op("Norm", X, ord="nuc", axis=(1, 2), keepdims=True, batch=True)

# image
PHOTO = np.abs(f(2, 6, 5, 3)) / 4
op("RGBToGrayscale", PHOTO, data_format="channels_last", batch=True)
op("RGBToHSV", PHOTO, data_format="channels_last", batch=True)
op("HSVToRGB", PHOTO, data_format="channels_last", batch=True)
op("RGBToHSV", PHOTO.transpose(0, 3, 1, 2).copy(), data_format="channels_first", batch=True)
for interpolation in "nearest bilinear bicubic lanczos3 lanczos5".split():
    for antialias in (False, True):
        for size in ((4, 3), (9, 8)):
            op("Resize", PHOTO, size=size, interpolation=interpolation, antialias=antialias, data_format="channels_last", batch=True)
op("Resize", PHOTO[0], size=(4, 4), data_format="channels_last")
op("Resize", PHOTO, size=(4, 2), crop_to_aspect_ratio=True, data_format="channels_last", batch=True)
op("Resize", PHOTO, size=(4, 8), pad_to_aspect_ratio=True, fill_value=0.5, data_format="channels_last", batch=True)
op("ScaleAndTranslate", PHOTO, (2, 4, 7, 3), np.array([0.8, 1.3], "float32"), np.array([0.2, -0.4], "float32"), spatial_dims=(1, 2), method="bicubic")
op("AffineTransform", PHOTO, np.stack(2 * [np.array([1.1, 0.1, -0.3, -0.2, 0.9, 0.4, 0.0, 0.0], "float32")]), data_format="channels_last", batch=True)
op("AffineTransform", PHOTO, f(2, 8) * np.array([0.05] * 6 + [0, 0], "float32") + np.array([1, 0, 0, 0, 1, 0, 0, 0], "float32"), interpolation="nearest", fill_mode="nearest", data_format="channels_last", batch=True)
op("AffineTransform", PHOTO, np.stack(2 * [np.array([1.1, 0.1, -0.3, -0.2, 0.9, 0.4, 0.0, 0.0], "float32")]), fill_value=2.0, data_format="channels_last")
CORNERS = np.array([[0, 0], [4, 0], [0, 5], [4, 5]], "float32")
op("PerspectiveTransform", PHOTO, np.stack([CORNERS, CORNERS]), np.stack([CORNERS + np.float32(0.3), CORNERS * np.float32(0.9)]), data_format="channels_last", batch=True, atol=1e-4)
PLACES = np.array([[0.3, 1.7, -0.4, 2.2], [0.0, 2.9, 1.5, 3.6]], "float32")
for mode in "constant nearest wrap mirror".split():
    op("MapCoordinates", X[0], PLACES, order=1, fill_mode=mode)
op("MapCoordinates", X[0], PLACES, order=0)
op("ExtractPatches", PHOTO, size=(2, 3), data_format="channels_last", batch=True)
op("ExtractPatches", PHOTO, size=2, strides=1, padding="same", data_format="channels_last", batch=True)
op("PadImages", PHOTO, top_padding=1, left_padding=2, target_height=9, target_width=8, data_format="channels_last", batch=True)
op("CropImages", PHOTO, top_cropping=1, left_cropping=2, target_height=3, target_width=2, data_format="channels_last", batch=True)
op("CropImages", PHOTO, top_cropping=1, bottom_cropping=2, right_cropping=1, target_width=2, data_format="channels_last", batch=True)
op("GaussianBlur", PHOTO, kernel_size=(3, 3), sigma=(1.0, 0.5), data_format="channels_last", batch=True)
op("SSIM", PHOTO, PHOTO * np.float32(0.9), filter_size=3, data_format="channels_last", batch=True)

# einops
op("Rearrange", X, "b h w -> b w h", batch=True)
op("Rearrange", X, "b h (w c) -> (b h) c w", named={"c": 2}, batch=True)
