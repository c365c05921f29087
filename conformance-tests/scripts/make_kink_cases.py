"""Writes the gradients that PyTorch chooses where a function has none, or several.

Run it after raising the version below, from the repository's root:

    python -m venv venv && venv/bin/pip install torch==2.15.0
    venv/bin/python conformance-tests/scripts/make_kink_cases.py \
        conformance-tests/src/test/resources/cases/kinks.json

Each case is a graph in Sardonyx's text form, whether quantized numbers are differentiated as if
they had not been rounded ("straight_through"), its inputs in the order of the graph's, and for each
floating-point input the gradient of the sum of the result's elements. "nan", "inf" and "-inf" stand
for those.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F

VERSION = "2.15.0"
INF = math.inf
CASES = []


def spelled(number):
    return number if math.isfinite(number) else str(number)


def case(name, body, function, *inputs, straight=False):
    """One case; the body gives %y and calls its inputs a, b, ..."""
    torch.manual_seed(0)
    tensors = [torch.tensor(x, dtype=torch.float32 if is_float(x) else None) for x in inputs]
    for t in tensors:
        t.requires_grad_(t.is_floating_point())
    function(*tensors).sum().backward()
    heads, data = [], []
    for letter, t in zip("abcdef", tensors):
        element = str(t.dtype).removeprefix("torch.")
        dims = list(t.shape)
        heads.append(f"{letter}: {element}[{','.join(map(str, dims))}]")
        data.append(
            {
                "element": element,
                "dims": dims,
                "values": [spelled(v) for v in t.detach().flatten().tolist()],
                "gradient": [spelled(v) for v in t.grad.flatten().tolist()]
                if t.is_floating_point()
                else None,
            }
        )
    lines = [line.strip() for line in body.strip().splitlines()]
    text = "\n".join([f"graph g({', '.join(heads)}) {{", *("  " + x for x in lines), "}"]) + "\n"
    CASES.append({"name": name, "straight_through": straight, "graph": text, "inputs": data})


def normalized(x, norm):
    return x / torch.where(norm == 0, 1.0, norm)


def is_float(x):
    while isinstance(x, list):
        x = x[0]
    return isinstance(x, float)


def unary(name, op, function, values):
    case(name, f"%1 = {op}(a)\nreturn y = %1", function, values)


def activations():
    far = [-1e4, -100.0, -1.0, 0.0, 1.0, 100.0, 1e4]
    unary("Abs at 0", "Abs", torch.abs, [-2.0, 0.0, -0.0, 3.0])
    unary("Sign at 0", "Sign", torch.sign, [-2.0, 0.0, 3.0])
    unary("Floor, a step", "Floor", torch.floor, [-2.0, 0.5, 3.0])
    unary("Round, a step", "Round", torch.round, [-2.0, 0.5, 3.0])
    unary("Sqrt at 0", "Sqrt", torch.sqrt, [0.0, 4.0])
    unary("Log at 0 and below", "Log", torch.log, [0.0, -1.0, 2.0])
    unary("Reciprocal at 0", "Reciprocal", torch.reciprocal, [0.0, 2.0])
    unary("Asin at 1", "Asin", torch.asin, [-1.0, 0.0, 1.0])
    unary("Acos at 1", "Acos", torch.acos, [-1.0, 0.0, 1.0])
    unary("Acosh at 1", "Acosh", torch.acosh, [1.0, 2.0])
    unary("Atanh at 1", "Atanh", torch.atanh, [0.0, 1.0])
    unary("Relu at 0", "Relu", torch.relu, far)
    unary("LeakyRelu at 0", "LeakyRelu<alpha=0.25>", lambda x: F.leaky_relu(x, 0.25), far)
    unary("Elu at 0 and far out", "Elu<alpha=0.5>", lambda x: F.elu(x, 0.5), far)
    unary("Celu at 0 and far out", "Celu<alpha=0.5>", lambda x: F.celu(x, 0.5), far)
    unary("Selu at 0 and far out", "Selu", F.selu, far)
    unary("Softplus far out", "Softplus", F.softplus, far)
    unary("Softsign at 0", "Softsign", F.softsign, far)
    unary("Sigmoid far out", "Sigmoid", torch.sigmoid, far)
    unary("Tanh far out", "Tanh", torch.tanh, far)
    unary("Mish far out", "Mish", F.mish, far)
    unary("Gelu far out", "Gelu", F.gelu, far)
    unary("Swish far out", "Swish", F.silu, far)
    unary("HardSwish at its ends", "HardSwish", F.hardswish, [-4.0, -3.0, 0.0, 3.0, 4.0])
    unary(
        "HardSigmoid at its ends",
        "HardSigmoid<alpha=0.16666667, beta=0.5>",
        F.hardsigmoid,
        [-4.0, -3.0, 0.0, 3.0, 4.0],
    )
    unary(
        "ThresholdedRelu at its threshold",
        "ThresholdedRelu<alpha=1.0>",
        lambda x: F.threshold(x, 1.0, 0.0),
        [0.0, 1.0, 2.0],
    )
    unary(
        "Shrink, soft",
        "Shrink<bias=0.5, lambd=0.5>",
        lambda x: F.softshrink(x, 0.5),
        [-1.0, -0.5, 0.0, 0.5, 1.0],
    )
    unary(
        "Shrink, hard",
        "Shrink<lambd=0.5>",
        lambda x: F.hardshrink(x, 0.5),
        [-1.0, -0.5, 0.0, 0.5, 1.0],
    )
    case(
        "PRelu at 0",
        "%1 = PRelu(a, b)\nreturn y = %1",
        F.prelu,
        [[-1.0, 0.0, 2.0]],
        [0.25, 0.25, 0.25],
    )


def choices():
    for op, function in (("Max", torch.maximum), ("Min", torch.minimum)):
        case(f"{op} at a tie", f"%1 = {op}(a, b)\nreturn y = %1", function, [1.0, 2.0, 3.0], [2.0, 2.0, 2.0])
    for op, function in (("ReduceMax", torch.amax), ("ReduceMin", torch.amin)):
        case(
            f"{op} at ties",
            f"%1 = {op}<keepdims=0>(a, [1])\nreturn y = %1",
            lambda x, f=function: f(x, 1),
            [[1.0, 2.0, 2.0, 1.0], [0.0, 0.0, 0.0, 0.0]],
        )
    case(
        "TopK at ties",
        "%1, %2 = TopK(a, [4])\n%3 = Mul(%1, b)\nreturn y = %3",
        lambda x, w: torch.sort(x, stable=True, descending=True).values * w,
        [1.0, 2.0, 1.0, 2.0],
        [1.0, 2.0, 3.0, 4.0],
    )
    case(
        "MaxPool at ties",
        "%1 = MaxPool<kernel_shape=[2], strides=[2]>(a)\nreturn y = %1",
        lambda x: F.max_pool1d(x, 2),
        [[[1.0, 1.0, 0.0, 2.0, 0.0, 0.0]]],
    )
    case(
        "MaxPool at ties, windows that overlap",
        "%1 = MaxPool<kernel_shape=[3], strides=[1]>(a)\nreturn y = %1",
        lambda x: F.max_pool1d(x, 3, 1),
        [[[0.0, 0.0, 0.0, 1.0, 1.0, 0.0]]],
    )
    case(
        "MaxPool at ties of images",
        "%1 = MaxPool<kernel_shape=[2,2], strides=[2,2]>(a)\n%2 = Mul(%1, b)\nreturn y = %2",
        lambda x, w: F.max_pool2d(x, 2) * w,
        [[[[1.0, 1.0, 0.0, 0.0, -1.0, -1.0], [1.0, 1.0, 0.0, 2.0, -2.0, -1.0],
           [0.0, 5.0, 1.0, 3.0, -0.0, 0.0], [5.0, 0.0, 3.0, 3.0, 0.0, -3.0]]]],
        [[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]],
    )
    case(
        "MaxPool at ties of images, windows that are not square",
        "%1 = MaxPool<kernel_shape=[1,3], strides=[1,3]>(a)\n%2 = Mul(%1, b)\nreturn y = %2",
        lambda x, w: F.max_pool2d(x, (1, 3)) * w,
        [[[[0.0, 2.0, 2.0, 4.0, 4.0, 4.0], [1.0, 1.0, 0.0, -1.0, -2.0, -1.0]]]],
        [[[[1.0, 2.0], [3.0, 4.0]]]],
    )
    case(
        "GlobalMaxPool at ties",
        "%1 = GlobalMaxPool(a)\nreturn y = %1",
        lambda x: F.adaptive_max_pool1d(x, 1),
        [[[0.0, 2.0, 2.0, 1.0]]],
    )
    case(
        "Clip at its bounds",
        "%1 = Clip(a, -1.0, 1.0)\nreturn y = %1",
        lambda x: torch.clamp(x, -1.0, 1.0),
        [-2.0, -1.0, 0.0, 1.0, 2.0],
    )
    case(
        "Where over what is not finite",
        "%1 = Where(a, b, c)\nreturn y = %1",
        torch.where,
        [True, False],
        [1.0, INF],
        [math.nan, 2.0],
    )
    case(
        "Where behind a root at 0",
        "%1 = Greater(a, 0.0)\n%2 = Sqrt(a)\n%3 = Where(%1, %2, 0.0)\nreturn y = %3",
        lambda x: torch.where(x > 0, torch.sqrt(x), 0.0),
        [0.0, 4.0],
    )
    case(
        "Where before and behind a root at 0",
        "%1 = Greater(a, 0.0)\n%2 = Where(%1, a, 1.0)\n%3 = Sqrt(%2)\n%4 = Where(%1, %3, 0.0)\n"
        "return y = %4",
        lambda x: torch.where(x > 0, torch.sqrt(torch.where(x > 0, x, 1.0)), 0.0),
        [0.0, 4.0],
    )
    case(
        "through integers",
        "%1 = Cast<to=int64>(a)\n%2 = Cast<to=float32>(%1)\n%3 = Add(%2, a)\nreturn y = %3",
        lambda x: x.to(torch.int64).to(torch.float32) + x,
        [1.5, -2.5],
    )
    case(
        "Gather of one place twice",
        "%1 = Gather<axis=0>(a, b)\nreturn y = %1",
        lambda x, i: x[i],
        [1.0, 2.0, 3.0],
        [0, 2, 0],
    )
    for name, reduce in (("max", "amax"), ("min", "amin"), ("mul", "prod"), ("add", "sum")):
        case(
            f"ScatterElements, {name}, at ties and zeros",
            f"%1 = ScatterElements<axis=0, reduction={name}>(a, b, c)\nreturn y = %1",
            lambda x, i, u, r=reduce: torch.scatter_reduce(x, 0, i, u, r),
            [1.0, 0.0, 3.0],
            [0, 0, 1],
            [1.0, 1.0, 0.0],
        )


def powers():
    for b in (0.0, 0.5, 1.0, 2.0, 3.0, -1.0):
        case(
            f"Pow, exponent {b}",
            "%1 = Pow(a, b)\nreturn y = %1",
            torch.pow,
            [-2.0, 0.0, 2.0],
            [b, b, b],
        )
    case("Div by 0", "%1 = Div(a, b)\nreturn y = %1", torch.div, [0.0, 1.0, 2.0], [2.0, 0.0, -0.0])
    case("Mod", "%1 = Mod(a, b)\nreturn y = %1", torch.remainder, [5.0, -5.0, 4.0], [3.0, 3.0, 2.0])
    case("Mod, fmod", "%1 = Mod<fmod=1>(a, b)\nreturn y = %1", torch.fmod, [5.0, -5.0], [3.0, 3.0])


def reductions():
    zeros = [[1.0, 2.0, 3.0], [0.0, 2.0, 3.0], [0.0, 2.0, 0.0]]
    case(
        "ReduceProd with zeros",
        "%1 = ReduceProd<keepdims=0>(a, [1])\nreturn y = %1",
        lambda x: torch.prod(x, 1),
        zeros,
    )
    case(
        "CumProd with zeros",
        "%1 = CumProd(a, 1)\nreturn y = %1",
        lambda x: torch.cumprod(x, 1),
        zeros,
    )
    for op, p in (("ReduceL1", 1), ("ReduceL2", 2)):
        case(
            f"{op} of zeros",
            f"%1 = {op}<keepdims=0>(a, [1])\nreturn y = %1",
            lambda x, p=p: torch.linalg.vector_norm(x, p, 1),
            [[0.0, 0.0], [3.0, -4.0], [0.0, 2.0]],
        )
    # As ONNX has it, with no epsilon: a row of zeros stays as it is.
    for p in (1, 2):
        case(
            f"LpNormalization of zeros, p = {p}",
            f"%1 = LpNormalization<axis=1, p={p}>(a)\n%2 = Gather<axis=1>(%1, [0])\nreturn y = %2",
            lambda x, p=p: normalized(x, torch.linalg.vector_norm(x, p, 1, True))[:, 0:1],
            [[0.0, 0.0], [3.0, -4.0]],
        )
    case(
        "ReduceLogSumExp far out",
        "%1 = ReduceLogSumExp<keepdims=0>(a, [1])\nreturn y = %1",
        lambda x: torch.logsumexp(x, 1),
        [[-INF, 1.0], [1000.0, 999.0], [-1000.0, -INF]],
    )
    case(
        "ReduceLogSumExp of nothing",
        "%1 = ReduceLogSumExp<keepdims=0>(a, [1])\nreturn y = %1",
        lambda x: torch.logsumexp(x, 1),
        [[-INF, -INF], [0.0, 1.0]],
    )


def softmaxes():
    partly = [[-INF, 1.0, 2.0], [1000.0, 0.0, -1000.0]]
    wholly = [[-INF, -INF], [0.0, 1.0]]
    for op, function in (("Softmax", F.softmax), ("LogSoftmax", F.log_softmax)):
        for name, rows in (("far out", partly), ("with a row all masked", wholly)):
            case(
                f"{op} {name}",
                f"%1 = {op}<axis=1>(a)\n%2 = Gather<axis=1>(%1, [1])\nreturn y = %2",
                lambda x, f=function: f(x, 1)[:, 1:2],
                rows,
            )
    case(
        "Attention with a query to which all is closed",
        "%1 = Attention(a, b, c, d)\nreturn y = %1",
        lambda q, k, v, m: F.scaled_dot_product_attention(q, k, v, m),
        [[[[0.5, 1.0], [-1.0, 0.25]]]],
        [[[[1.0, -0.5], [0.75, 1.0]]]],
        [[[[2.0, 1.0], [-1.0, 3.0]]]],
        [[True, False], [False, False]],
    )


def losses():
    scores = [[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]]
    weight = [1.0, 0.0, 2.0]
    for reduction in ("mean", "sum", "none"):
        for name, target in (("all ignored", [-100, -100]), ("one ignored", [-100, 2])):
            case(
                f"SoftmaxCrossEntropyLoss, {reduction}, {name}",
                f'%1 = SoftmaxCrossEntropyLoss<ignore_index=-100, reduction={reduction}>(a, b)\n'
                "return y = %1",
                lambda x, t, r=reduction: F.cross_entropy(x, t, reduction=r),
                scores,
                target,
            )
            case(
                f"NegativeLogLikelihoodLoss with weights, {reduction}, {name}",
                f'%1 = NegativeLogLikelihoodLoss<ignore_index=-100, reduction={reduction}>'
                "(a, b, [1.0, 0.0, 2.0])\nreturn y = %1",
                lambda x, t, r=reduction: F.nll_loss(x, t, torch.tensor(weight), reduction=r),
                scores,
                target,
            )


def quantizations():
    numbers = [-20.0, -12.8, -12.75, -0.26, 0.0, 0.05, 3.14, 12.7, 12.74, 12.75, 40.0]
    pair = "%1 = QuantizeLinear(a, 0.1, {zero})\n%2 = DequantizeLinear(%1, 0.1, {zero})\nreturn y = %2"
    for element, zero, least, greatest in (("int8", 0, -128, 127), ("uint8", 7, 0, 255)):
        case(
            f"quantized to {element}",
            pair.format(zero=f"{element}[] {zero}"),
            lambda x, z=zero, low=least, high=greatest: torch.fake_quantize_per_tensor_affine(
                x, 0.1, z, low, high
            ),
            numbers,
            straight=True,
        )
    case(
        "quantized channel by channel",
        "%1 = QuantizeLinear<axis=1>(a, [0.1, 0.5], int8[2] [0, 3])\n"
        "%2 = DequantizeLinear<axis=1>(%1, [0.1, 0.5], int8[2] [0, 3])\nreturn y = %2",
        lambda x: torch.fake_quantize_per_channel_affine(
            x, torch.tensor([0.1, 0.5]), torch.tensor([0, 3], dtype=torch.int32), 1, -128, 127
        ),
        [[-20.0, -20.0], [12.0, 62.0], [13.0, 63.0]],
        straight=True,
    )
    # PyTorch adds the zero point before it rounds, so that halves meet only if it is even.
    case(
        "quantized, with respect to the scale",
        "%1 = QuantizeLinear(a, b, int8[1] [4])\n%2 = DequantizeLinear(%1, b, int8[1] [4])\nreturn y = %2",
        lambda x, s: torch._fake_quantize_learnable_per_tensor_affine(
            x, s, torch.tensor([4.0]), -128, 127, 1.0
        ),
        numbers,
        [0.1],
        straight=True,
    )
    case(
        "quantized, as mathematics has it",
        pair.format(zero="int8[] 0"),
        lambda x: torch.round(x),
        numbers,
    )


def main():
    if torch.__version__.split("+")[0] != VERSION:
        sys.exit(f"needs torch {VERSION}")
    for family in (activations, choices, powers, reductions, softmaxes, losses, quantizations):
        family()
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"torch": VERSION, "cases": CASES}, file, indent=1)
        file.write("\n")
    print(len(CASES), "cases")


if __name__ == "__main__":
    main()
