"""Makes models of opsets 1 to 21 whose operators have forms that they no longer have.

    venv/bin/python conformance-tests/scripts/make_old_opset_cases.py

Each case is one node in a model of its own opset. What it computes is said twice where it can be:
by the NumPy formula beside it, written after the documentation of that version, and by ONNX Runtime
on the untouched model, which runs opsets from 7 on. Both must agree; ONNX Runtime's result is
stored, or the formula's where it has no kernel for so old a version.
"""


import numpy as np
import onnx
import onnxruntime
from case_files import CASES, fresh, random_of
from onnx import TensorProto, helper, numpy_helper

ROOT = CASES / "onnx_old"
ELEMENT = helper.np_dtype_to_tensor_dtype
COUNT = {"runtime": 0, "formula": 0, "both": 0}


def ir_version(opset):
    return 3 if opset < 9 else 7 if opset < 15 else 8


def write_tensor(file, name, array):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(numpy_helper.from_array(np.asarray(array), name).SerializeToString())


def run(model, feeds):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
    except Exception:  # it has no kernel of so old a version
        return None
    return session.run(None, feeds)


def case(name, op, opset, inputs, formula=None, outputs=1, constants=(), domain="", runtime=True, **attributes):
    """inputs: arrays, None where one is absent; constants: which of them are initializers."""
    folder = ROOT / f"{op}_{opset}{'_' + name if name else ''}"
    arrays = {f"x{i}": np.asarray(v) for i, v in enumerate(inputs) if v is not None}
    names = ["" if v is None else f"x{i}" for i, v in enumerate(inputs)]
    results = [f"y{i}" for i in range(outputs)]
    node = helper.make_node(op, names, results, domain=domain, **attributes)
    fixed = {f"x{i}" for i in constants}
    expected = None
    if formula is not None:
        expected = formula(*inputs)
        expected = [np.asarray(e) for e in (expected if isinstance(expected, tuple) else (expected,))]

    def model(types):
        graph = helper.make_graph(
            [node],
            "old",
            [
                helper.make_tensor_value_info(k, ELEMENT(v.dtype), v.shape)
                for k, v in arrays.items()
                if k not in fixed
            ],
            [helper.make_tensor_value_info(k, *types[i]) for i, k in enumerate(results)],
            [numpy_helper.from_array(arrays[k], k) for k in sorted(fixed)],
        )
        opsets = [helper.make_opsetid(domain, opset)]
        if domain:
            opsets.append(helper.make_opsetid("", 9))
        result = helper.make_model(graph, opset_imports=opsets, producer_name="")
        result.ir_version = ir_version(opset)
        if result.ir_version < 4:  # initializers are inputs, too
            for k in sorted(fixed):
                graph_input = helper.make_tensor_value_info(k, ELEMENT(arrays[k].dtype), arrays[k].shape)
                result.graph.input.append(graph_input)
        return result

    feeds = {k: v for k, v in arrays.items() if k not in fixed}
    got = None
    if runtime and (opset >= 7 or domain):
        types = [(ELEMENT(e.dtype), None) for e in expected] if expected else None
        got = run(model(types or [(ELEMENT(next(iter(arrays.values())).dtype), None)] * outputs), feeds)
    if got is None and expected is None:
        raise SystemExit(f"{folder.name}: neither ONNX Runtime nor a formula")
    if got is not None and expected is not None:
        for a, b in zip(got, expected, strict=True):
            np.testing.assert_equal(a.shape, b.shape, err_msg=folder.name)
            if a.dtype.kind in "fc":
                np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5, err_msg=folder.name)
            else:
                np.testing.assert_array_equal(a, b, err_msg=folder.name)
    COUNT["both" if got and expected else "runtime" if got else "formula"] += 1
    stored = got if got is not None else expected
    stored = [np.asarray(s) for s in stored]
    final = model([(ELEMENT(s.dtype), s.shape) for s in stored])
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(final.SerializeToString())
    for i, (k, v) in enumerate(feeds.items()):
        write_tensor(folder / "test_data_set_0" / f"input_{i}.pb", k, v)
    for i, s in enumerate(stored):
        write_tensor(folder / "test_data_set_0" / f"output_{i}.pb", results[i], s)


def floats(*shape, seed="x", dtype=np.float32):
    return random_of(seed + str(shape)).standard_normal(shape).astype(dtype)


def positive(*shape):
    return np.abs(floats(*shape)) + np.float32(0.1)


X = floats(2, 3, 4)
IMAGE = floats(1, 2, 4, 4)


# Elements


def elementwise():
    one = {
        "Abs": np.abs,
        "Ceil": np.ceil,
        "Elu": lambda x: np.where(x < 0, np.exp(x) - 1, x),
        "Exp": np.exp,
        "Floor": np.floor,
        "HardSigmoid": lambda x: np.clip(x * np.float32(0.2) + np.float32(0.5), 0, 1),
        "LeakyRelu": lambda x: np.where(x < 0, x * np.float32(0.01), x),
        "Neg": np.negative,
        "Relu": lambda x: np.maximum(x, 0),
        "Selu": lambda x: np.float32(1.0507)
        * np.where(x <= 0, np.float32(1.6732) * (np.exp(x) - 1), x),
        "Sigmoid": lambda x: 1 / (1 + np.exp(-x)),
        "Tanh": np.tanh,
    }
    for op, formula in one.items():
        case("", op, 1, [X], lambda x, f=formula: f(x).astype(np.float32), consumed_inputs=[0])
    for op, formula in {"Log": np.log, "Reciprocal": np.reciprocal, "Sqrt": np.sqrt}.items():
        case("", op, 1, [positive(2, 3)], formula, consumed_inputs=[0])
    many = {
        "Max": lambda *v: np.maximum.reduce(v),
        "Min": lambda *v: np.minimum.reduce(v),
        "Mean": lambda *v: sum(v) / np.float32(len(v)),
        "Sum": lambda *v: sum(v),
    }
    three = [floats(2, 3, seed=s) for s in "abc"]
    for op, formula in many.items():
        case("", op, 1, three, formula, consumed_inputs=[0, 0, 0])
    case("", "Selu", 6, [X], lambda x: np.float32(1.0507009873554805) * np.where(
        x <= 0, np.float32(1.6732632423543772) * (np.exp(x) - 1), x))
    case("int32", "Cast", 1, [X], lambda x: x.astype(np.int32), to="INT32")
    case("double", "Cast", 1, [X], lambda x: x.astype(np.float64), to="DOUBLE")
    case("bool", "Cast", 1, [X], lambda x: x.astype(bool), to="BOOL")
    case("int64", "Cast", 6, [X], lambda x: x.astype(np.int64), to=TensorProto.INT64)


def arithmetic():
    two = {"Add": np.add, "Div": np.divide, "Mul": np.multiply, "Sub": np.subtract, "Pow": np.power}
    a = positive(2, 3, 4)
    for op, formula in two.items():
        used = {} if op == "Pow" else {"consumed_inputs": [0, 0]}
        case("same", op, 1, [a, positive(2, 3, 4)], formula, **used)
        b = positive(3)
        case("axis", op, 1, [a, b], lambda x, y, f=formula: f(x, y[:, None]), broadcast=1, axis=1)
    for op, formula in two.items():
        if op == "Pow":
            continue
        b = positive(2, 3)
        case("first", op, 6, [a, b], lambda x, y, f=formula: f(x, y[:, :, None]), broadcast=1, axis=0)
        case("last", op, 6, [a, positive(3, 4)], formula, broadcast=1)
        case("scalar", op, 6, [a, np.float32(2)], formula, broadcast=1)
        case("single", op, 6, [a, positive(1, 1)], formula, broadcast=1, axis=1)
        case("negative", op, 6, [a, positive(3, 4)], formula, broadcast=1, axis=-2)
    p, q = X > 0, floats(3, 4) > 0
    for op, formula in {"And": np.logical_and, "Or": np.logical_or, "Xor": np.logical_xor}.items():
        case("axis", op, 1, [p, q], formula, broadcast=1, axis=1)
        case("row", op, 1, [p, q[:, 0]], lambda x, y, f=formula: f(x, y[:, None]), broadcast=1, axis=1)
    n = np.arange(6, dtype=np.int32).reshape(2, 3)
    case("axis", "Equal", 1, [n, np.array([1, 4], np.int32)], lambda x, y: x == y[:, None], broadcast=1, axis=0)
    for op, formula in {"Greater": np.greater, "Less": np.less}.items():
        case("axis", op, 1, [X, floats(3)], lambda x, y, f=formula: f(x, y[:, None]), broadcast=1, axis=1)


def activations():
    slope = np.array([0.1, 0.2], np.float32)

    def prelu(x, s):
        return np.where(x < 0, x * s, x)

    case("channels", "PRelu", 1, [IMAGE, slope], lambda x, s: prelu(x, s[:, None, None]), consumed_inputs=[0, 0])
    case("channels", "PRelu", 6, [IMAGE, slope], lambda x, s: prelu(x, s[:, None, None]))
    case("shared", "PRelu", 6, [IMAGE, slope[:1]], prelu)
    case("matrix", "PRelu", 6, [floats(3, 2), slope], prelu)
    case("", "PRelu", 7, [IMAGE, slope[:, None, None]], prelu)
    for opset in (1, 6):
        case("both", "Clip", opset, [X], lambda x: np.clip(x, -0.5, 0.5), min=-0.5, max=0.5)
        case("max", "Clip", opset, [X], lambda x: np.minimum(x, np.float32(0.25)), max=0.25)
        case("none", "Clip", opset, [X], lambda x: x)
    case("half", "Clip", 6, [X.astype(np.float16)], lambda x: np.clip(x, np.float16(-0.5), np.float16(0.5)), min=-0.5, max=0.5)


# Shapes


def shaping():
    case("", "Reshape", 1, [X], lambda x: x.reshape(2, 12), shape=[0, -1])
    case("", "Reshape", 5, [X, np.array([4, -1], np.int64)], lambda x, s: x.reshape(4, 6), constants=[1])
    case("", "Concat", 1, [X, X], lambda a, b: np.concatenate([a, b], 1))
    case("axis", "Concat", 1, [X, X], lambda a, b: np.concatenate([a, b], 2), axis=2)
    case("negative", "Concat", 4, [X, X], lambda a, b: np.concatenate([a, b], 2), axis=2)
    tile = lambda x, t, a: np.concatenate([x] * int(t), int(a))  # noqa: E731
    case("constant", "Tile", 1, [X, np.float32(3), np.float32(1)], tile, constants=[1, 2])
    case("given", "Tile", 1, [X, np.float32(2), np.float32(2)], tile)
    for opset in (1, 11):
        case("axes", "Squeeze", opset, [floats(1, 3, 1)], lambda x: x[0], axes=[0])
        case("all", "Squeeze", opset, [floats(1, 3, 1)], lambda x: x[0, :, 0])
        case("", "Unsqueeze", opset, [X], lambda x: x[None, ..., None], axes=[0, 4])
    case("negative", "Unsqueeze", 11, [X], lambda x: x[..., None], axes=[-1])
    case("", "Slice", 1, [X], lambda x: x[:, 1:, :2], starts=[1, 0], ends=[1000, -2], axes=[1, 2])
    case("first", "Slice", 1, [X], lambda x: x[0:1, 1:3], starts=[0, 1], ends=[1, 3])
    case("steps", "Slice", 10, [X, np.array([3]), np.array([0]), np.array([2]), np.array([-2])],
         lambda x, *_: x[:, :, 3:0:-2], constants=[1, 2, 3, 4])
    border = [(0, 0), (1, 0), (2, 1)]
    flat = [0, 1, 2, 0, 0, 1]
    case("", "Pad", 1, [X], lambda x: np.pad(x, border), paddings=flat)
    case("value", "Pad", 1, [X], lambda x: np.pad(x, border, constant_values=1.5), paddings=flat, value=1.5)
    case("value", "Pad", 2, [X], lambda x: np.pad(x, border, constant_values=1.5), pads=flat, value=1.5)
    case("edge", "Pad", 2, [X], lambda x: np.pad(x, border, "edge"), pads=flat, mode="edge")
    case("reflect", "Pad", 2, [X], lambda x: np.pad(x, border, "reflect"), pads=flat, mode="reflect")
    case("cut", "Pad", 2, [X], lambda x: x[:, :, 1:], pads=[0, 0, -1, 0, 0, 0])


def splitting():
    cut = lambda x: (x[:, :1], x[:, 1:])  # noqa: E731
    case("attribute", "Split", 1, [X], cut, outputs=2, axis=1, split=[1, 2])
    case("input", "Split", 1, [X, np.array([1, 2], np.float32)], lambda x, s: cut(x), outputs=2, axis=1)
    case("equal", "Split", 1, [X], lambda x: (x[..., :2], x[..., 2:]), outputs=2, axis=2)
    for opset in (2, 11):
        case("sizes", "Split", opset, [X], cut, outputs=2, axis=1, split=[1, 2])
        case("equal", "Split", opset, [X], lambda x: (x[:1], x[1:]), outputs=2)
    case("equal", "Split", 13, [X], lambda x: (x[:1], x[1:]), outputs=2)
    data, at = floats(3, 3), np.array([[0, 1, 2], [2, 0, 1]])

    def scatter(x, i, u):
        y = x.copy()
        np.put_along_axis(y, i, u, 0)
        return y

    case("", "Scatter", 9, [data, at, floats(2, 3)], scatter)
    case("axis", "Scatter", 9, [data, at.T % 2, floats(3, 2)],
         lambda x, i, u: scatter(x.T, i.T, u.T).T, axis=1)
    case("", "OneHot", 9, [np.array([0, 2, 7]), np.array(3), np.array([-1, 1], np.float32)],
         lambda i, d, v: np.where(i[:, None] == np.arange(3), v[1], v[0]), constants=[1])


# Axes


def reductions():
    log_sum = lambda x, a, k: np.log(np.sum(x, a, keepdims=k))  # noqa: E731
    all_of = {
        "ReduceL1": lambda x, a, k: np.sum(np.abs(x), a, keepdims=k),
        "ReduceL2": lambda x, a, k: np.sqrt(np.sum(x * x, a, keepdims=k)),
        "ReduceLogSum": log_sum,
        "ReduceLogSumExp": lambda x, a, k: log_sum(np.exp(x), a, k),
        "ReduceMax": lambda x, a, k: np.max(x, a, keepdims=k),
        "ReduceMean": lambda x, a, k: np.mean(x, a, keepdims=k),
        "ReduceMin": lambda x, a, k: np.min(x, a, keepdims=k),
        "ReduceProd": lambda x, a, k: np.prod(x, a, keepdims=k),
        "ReduceSum": lambda x, a, k: np.sum(x, a, keepdims=k),
        "ReduceSumSquare": lambda x, a, k: np.sum(x * x, a, keepdims=k),
    }
    x = positive(2, 3, 4)
    for op, f in all_of.items():
        case("axes", op, 1, [x], lambda v, f=f: f(v, (0, 2), True), axes=[0, 2])
        case("dropped", op, 11, [x], lambda v, f=f: f(v, (1,), False), axes=[-2], keepdims=0)
        case("all", op, 11, [x], lambda v, f=f: f(v, None, False), keepdims=0)
        if op != "ReduceSum":
            case("axes", op, 13, [x], lambda v, f=f: f(v, (2,), True), axes=[2])
    case("", "ArgMax", 1, [x], lambda v: np.argmax(v, 1)[:, None], axis=1)
    case("", "TopK", 1, [X], lambda v: (-np.sort(-v, 1)[:, :2], np.argsort(-v, 1)[:, :2]), outputs=2, axis=1, k=2)
    case("", "TopK", 10, [X, np.array([2])],
         lambda v, k: (-np.sort(-v)[..., :2], np.argsort(-v)[..., :2]), outputs=2, constants=[1])


def rows():
    def softmax(x, axis):
        flat = x.reshape(int(np.prod(x.shape[:axis])), -1)
        e = np.exp(flat - flat.max(1, keepdims=True))
        return (e / e.sum(1, keepdims=True)).reshape(x.shape)

    def hardmax(x, axis):
        flat = x.reshape(int(np.prod(x.shape[:axis])), -1)
        return (np.arange(flat.shape[1]) == flat.argmax(1)[:, None]).astype(np.float32).reshape(x.shape)

    three = {"Softmax": softmax, "LogSoftmax": lambda x, a: np.log(softmax(x, a)), "Hardmax": hardmax}
    for op, f in three.items():
        for opset in (1, 11):
            case("", op, opset, [X], lambda x, f=f: f(x, 1))
            case("last", op, opset, [X], lambda x, f=f: f(x, 2), axis=2)
            case("first", op, opset, [X], lambda x, f=f: f(x, 0), axis=0)
        case("negative", op, 11, [X], lambda x, f=f: f(x, 1), axis=-2)
        case("pooled", op, 7, [floats(2, 5, 1, 1)], lambda x, f=f: f(x, 1), axis=1)

    def dft(axis):
        def transform(x):
            y = np.fft.fft(x[..., 0], axis=axis)
            return np.stack([y.real, y.imag], -1).astype(np.float32)

        return transform

    signal = floats(2, 5, 4, 1)
    case("", "DFT", 17, [signal], dft(1))
    case("axis", "DFT", 17, [signal], dft(2), axis=2)
    case("length", "DFT", 17, [signal, np.array(3, np.int64)], lambda x, n: dft(1)(x[:, :3]), constants=[1])


# Layers


def normalizations():
    x = IMAGE
    c = [positive(2), floats(2), floats(2, seed="m"), np.abs(floats(2, seed="v")) + 0.5]

    def batch(x, s, b, m, v):
        wide = [p.reshape(1, -1, *[1] * (x.ndim - 2)) for p in (s, b, m, v)]
        return (x - wide[2]) / np.sqrt(wide[3] + np.float32(1e-5)) * wide[0] + wide[1]

    case("", "BatchNormalization", 1, [x, *c], batch, consumed_inputs=[0, 0, 0, 1, 1], is_test=1)
    case("", "BatchNormalization", 6, [x, *c], batch, is_test=1)
    case("one_output", "BatchNormalization", 6, [x, *c], batch)
    case("", "BatchNormalization", 7, [x, *c], batch)
    case("", "BatchNormalization", 9, [x, *c], batch, momentum=0.5)
    case("matrix", "BatchNormalization", 9, [floats(3, 2), *c], batch)
    features = [positive(2, 4, 4), floats(2, 4, 4), floats(2, 4, 4, seed="m"), positive(2, 4, 4)]
    case("features", "BatchNormalization", 7, [x, *features],
         lambda x, s, b, m, v: (x - m) / np.sqrt(v + np.float32(1e-5)) * s + b, spatial=0)

    def training(x, s, b, m, v):
        mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3))
        rate = np.float32(0.9)
        return (batch(x, s, b, mean, var), m * rate + mean * (1 - rate), v * rate + var * (1 - rate), mean, var)

    many = floats(3, 2, 4, 4)
    case("training", "BatchNormalization", 6, [many, *c], training, outputs=5)
    case("training", "BatchNormalization", 9, [many, *c], training, outputs=5, runtime=False)
    case("running", "BatchNormalization", 9, [many, *c], lambda *v: training(*v)[:3], outputs=3, runtime=False)

    def instance(x, s, b):
        return batch(x, s, b, x.mean((0, 2, 3)), x.var((0, 2, 3)))

    case("", "InstanceNormalization", 1, [x, *c[:2]], instance, consumed_inputs=[0, 0, 0])

    def group(x, s, b):
        parts = x.reshape(x.shape[0], 2, -1)
        y = (parts - parts.mean(2, keepdims=True)) / np.sqrt(parts.var(2, keepdims=True) + x.dtype.type(1e-5))
        return (y * s[:, None] + b[:, None]).reshape(x.shape)

    case("", "GroupNormalization", 18, [floats(2, 4, 3), positive(2), floats(2)], group, num_groups=2)
    case("double", "GroupNormalization", 18,
         [floats(2, 4, 3, dtype=np.float64), positive(2).astype(np.float64), floats(2, dtype=np.float64)],
         group, num_groups=2)
    case("test", "Dropout", 1, [X], lambda x: x, is_test=1, consumed_inputs=[0])
    case("test", "Dropout", 6, [X], lambda x: x, is_test=1, ratio=0.3)
    case("kept", "Dropout", 6, [X], lambda x: x, is_test=0, ratio=0.0)
    case("", "Dropout", 7, [X], lambda x: x, ratio=0.3)
    case("mask", "Dropout", 7, [X], lambda x: (x, np.ones_like(x)), outputs=2, ratio=0.3, runtime=False)
    case("", "Dropout", 10, [X], lambda x: x, ratio=0.3)
    case("mask", "Dropout", 10, [X], lambda x: (x, np.ones(x.shape, bool)), outputs=2, runtime=False)


def products():
    a, b, c = floats(2, 3), floats(3, 4), floats(4)
    case("row", "Gemm", 1, [a, b, c], lambda a, b, c: 0.5 * (a @ b) + c, alpha=0.5, broadcast=1)
    case("same", "Gemm", 6, [a, b, floats(2, 4)], lambda a, b, c: a @ b + c)
    case("scalar", "Gemm", 6, [a, b, np.float32([2])], lambda a, b, c: a @ b + c, broadcast=1)
    case("", "Gemm", 7, [a.T.copy(), b, c], lambda a, b, c: a.T @ b + 2 * c, transA=1, beta=2.0)
    case("", "Gemm", 9, [a, b.T.copy(), c], lambda a, b, c: a @ b.T + c, transB=1)


def pooling():
    windows = np.lib.stride_tricks.sliding_window_view(IMAGE, (2, 2), (2, 3))[:, :, ::2, ::2]
    case("", "MaxPool", 1, [IMAGE], lambda x: windows.max((4, 5)), kernel_shape=[2, 2], strides=[2, 2])
    case("", "AveragePool", 1, [IMAGE], lambda x: windows.mean((4, 5)), kernel_shape=[2, 2], strides=[2, 2])
    cube = lambda w: np.sum(np.abs(w) ** 3, (4, 5)) ** (1 / 3)  # noqa: E731
    case("", "LpPool", 1, [IMAGE], lambda x: cube(windows).astype(np.float32), kernel_shape=[2, 2], strides=[2, 2], p=3.0)
    case("", "LpPool", 2, [IMAGE], lambda x: np.sqrt(np.sum(windows**2, (4, 5))), kernel_shape=[2, 2], strides=[2, 2])
    case("", "GlobalLpPool", 1, [IMAGE], lambda x: np.sqrt(np.sum(x * x, (2, 3), keepdims=True)))
    case("", "GlobalLpPool", 2, [IMAGE], lambda x: np.sum(np.abs(x), (2, 3), keepdims=True), p=1)


def recurrent():
    x = floats(3, 2, 2)
    sigmoid = lambda v: 1 / (1 + np.exp(-v))  # noqa: E731

    def rnn(x, w, r, b):
        h, all_h = np.zeros((2, 4), np.float32), []
        for step in x:
            h = np.tanh(step @ w[0].T + h @ r[0].T + b[0, :4] + b[0, 4:])
            all_h.append(h[None])
        return np.stack(all_h), h[None]

    weights = [floats(1, 4, 2), floats(1, 4, 4), floats(1, 8)]
    case("", "RNN", 1, [x, *weights], rnn, outputs=2, hidden_size=4, output_sequence=1)
    case("", "RNN", 7, [x, *weights], rnn, outputs=2, hidden_size=4)

    def gru(x, w, r):
        h = np.zeros((2, 4), np.float32)
        wz, wr, wh = np.split(w[0], 3)
        rz, rr, rh = np.split(r[0], 3)
        for step in x:
            z = sigmoid(step @ wz.T + h @ rz.T)
            gate = sigmoid(step @ wr.T + h @ rr.T)
            h = (1 - z) * np.tanh(step @ wh.T + (gate * h) @ rh.T) + z * h
        return h[None]

    weights = [floats(1, 12, 2), floats(1, 12, 4)]
    for opset, attributes in ((1, {"direction": "foward"}), (3, {"output_sequence": 0}), (7, {})):
        node = dict(hidden_size=4, **attributes)
        case("last", "GRU", opset, [x, *weights], lambda *v: (np.stack([h for h in steps(gru, v)]), gru(*v)), outputs=2, **node)

    def lstm(x, w, r):
        h, c = np.zeros((2, 4), np.float32), np.zeros((2, 4), np.float32)
        all_h = []
        for step in x:
            i, o, f, g = np.split(step @ w[0].T + h @ r[0].T, 4, 1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            all_h.append(h[None])
        return np.stack(all_h), h[None], c[None]

    weights = [floats(1, 16, 2), floats(1, 16, 4)]
    case("", "LSTM", 1, [x, *weights], lstm, outputs=3, hidden_size=4, output_sequence=1)
    case("", "LSTM", 7, [x, *weights], lstm, outputs=3, hidden_size=4)


def steps(cell, inputs):
    """The last state after one step, after two, and so on."""
    return [cell(inputs[0][: n + 1], *inputs[1:]) for n in range(len(inputs[0]))]


# Images


def images():
    nearest = lambda x: x.repeat(2, 2).repeat(3, 3)  # noqa: E731
    case("", "Upsample", 1, [IMAGE], nearest, height_scale=2.0, width_scale=3.0, mode="nearest")
    case("", "Upsample", 7, [IMAGE], nearest, scales=[1.0, 1.0, 2.0, 3.0])
    scales = np.array([1, 1, 2, 3], np.float32)
    case("", "Upsample", 9, [IMAGE, scales], lambda x, s: nearest(x), constants=[1])

    def linear(x, height, width):
        def axis(x, n, scale, at):
            out = int(np.floor(n * scale))
            p = np.minimum(np.arange(out) / scale, n - 1)
            low = np.floor(p).astype(int)
            high = np.minimum(low + 1, n - 1)
            t = (p - low).astype(np.float32).reshape([-1 if i == at else 1 for i in range(4)])
            return np.take(x, low, at) * (1 - t) + np.take(x, high, at) * t

        return axis(axis(x, x.shape[2], height, 2), x.shape[3], width, 3)

    case("bilinear", "Upsample", 1, [IMAGE], lambda x: linear(x, 2, 3), height_scale=2.0, width_scale=3.0, mode="bilinear")
    case("linear", "Upsample", 7, [IMAGE], lambda x: linear(x, 2, 2), scales=[1.0, 1.0, 2.0, 2.0], mode="linear")
    case("linear", "Upsample", 9, [IMAGE, scales], lambda x, s: linear(x, 2, 3), constants=[1], mode="linear")
    case("up", "Resize", 10, [IMAGE, scales], lambda x, s: nearest(x), constants=[1])
    down = np.array([1, 1, 0.6, 0.6], np.float32)
    case("down", "Resize", 10, [IMAGE, down], constants=[1])
    case("mixed", "Resize", 10, [IMAGE, np.array([1, 1, 0.6, 1.5], np.float32)], constants=[1])
    case("given", "Resize", 10, [IMAGE, down])
    case("linear", "Resize", 10, [IMAGE, down], constants=[1], mode="linear")
    none = np.array([], np.float32)
    case("sizes", "Resize", 11, [IMAGE, none, none, np.array([1, 2, 6, 3])], constants=[1, 2, 3], mode="linear")
    case("scales", "Resize", 11, [IMAGE, none, scales], constants=[1, 2], mode="cubic")
    rois = np.array([[0, 0, 3, 3], [1, 0, 2, 3]], np.float32)
    case("", "RoiAlign", 10, [IMAGE, rois, np.array([0, 0])], output_height=2, output_width=2, sampling_ratio=2)
    case("shift", "RoiAlign", 16, [IMAGE, rois, np.array([0, 0])], output_height=2, output_width=2, sampling_ratio=2)
    grid = np.clip(floats(1, 3, 3, 2), -1, 1)
    for mode in ("bilinear", "bicubic", "nearest"):
        case(mode, "GridSample", 16, [IMAGE, grid], mode=mode)
    case("default", "GridSample", 16, [IMAGE, grid], align_corners=1)


# Loops


def loops():
    """A running sum, doubled by what is around the body, along the sequences of a batch."""
    value = helper.make_tensor_value_info
    body = helper.make_graph(
        [
            helper.make_node("Add", ["sum", "element"], ["next"]),
            helper.make_node("Identity", ["next"], ["seen"]),
        ],
        "body",
        [value("sum", TensorProto.FLOAT, [2]), value("element", TensorProto.FLOAT, [2])],
        [value("next", TensorProto.FLOAT, [2]), value("seen", TensorProto.FLOAT, [2])],
    )
    start, x = floats(3, 2), floats(3, 4, 2)

    def scan(lengths, start, x, back=False):
        last, seen = start.copy(), np.zeros_like(x)
        for b in range(len(x)):
            n = len(x[b]) if lengths is None else lengths[b]
            steps = np.cumsum(np.vstack([start[b : b + 1], x[b, :n][:: -1 if back else 1]]), 0)
            last[b], seen[b, :n] = steps[-1], steps[1:]
        return last, seen

    case("", "Scan", 8, [None, start, x], scan, outputs=2, body=body, num_scan_inputs=1)
    case("back", "Scan", 8, [None, start, x], lambda *v: scan(*v, back=True), outputs=2,
         body=body, num_scan_inputs=1, directions=[1])
    case("lengths", "Scan", 8, [np.array([4, 2, 3]), start, x], scan, outputs=2, runtime=False,
         body=body, num_scan_inputs=1)


# Learning


def learning():
    ml = "ai.onnx.ml"
    labels = ["a", "b", "c"]
    words = np.array(["c", "x", "a"], dtype=object)
    case("strings", "LabelEncoder", 1, [words], lambda w: np.array([2, -7, 0]), domain=ml,
         classes_strings=labels, default_int64=-7)
    case("integers", "LabelEncoder", 1, [np.array([2, 0, 5])],
         lambda i: np.array(["c", "a", "none"], dtype=object), domain=ml, classes_strings=labels, default_string="none")


def main():
    fresh(ROOT)
    for make in (elementwise, arithmetic, activations, shaping, splitting, reductions, rows,
                 normalizations, products, pooling, recurrent, images, loops, learning):
        make()
    print(COUNT, sum(f.stat().st_size for f in ROOT.rglob("*") if f.is_file()), "bytes")


if __name__ == "__main__":
    main()
