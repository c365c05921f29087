"""What bench_training.py times: each case as an ONNX graph and as the same in PyTorch."""

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

HEADER = '<ir_version: 8, opset_import: ["" : 20]>'


def tensors(shapes):
    return ", ".join(f"{'int64' if name == 'ids' else 'float'}{list(shape)} {name}" for name, shape in shapes.items())


class Case:
    """Inputs by name and shape, an ONNX body that makes y of them, and a function that does."""

    def __init__(self, name, inputs, result, body, theirs, weights=(), weight=None, constant=(), optimizer=None):
        rng = np.random.default_rng(7)
        self.name, self.theirs, self.optimizer = name, theirs, optimizer
        self.weights, self.weight = list(weights), weight or (lambda array: array)
        self.arrays = {key: self.draw(rng, key, shape) for key, shape in inputs.items()}
        self.wrt = [key for key in inputs if key != "ids" and key not in constant]
        text = f"{HEADER} bench ({tensors(inputs)}) => (float{list(result)} y) {{ {body} }}"
        self.model = onnx.parser.parse_model(text)
        if optimizer:
            self.wrt = self.weights
            self.as_parameters()
        self.result = result

    def draw(self, rng, key, shape):
        if key == "ids":
            return rng.integers(0, self.arrays_rows(), shape)
        fan = max(1, int(np.prod(shape)) // shape[0]) if key in self.weights and len(shape) > 1 else 1
        if key in self.weights and len(shape) == 2:
            fan = shape[0]
        array = rng.standard_normal(shape, dtype=np.float32) / np.float32(fan**0.5)
        return np.abs(array) + 0.5 if key == "variance" else array

    @staticmethod
    def arrays_rows():
        return 1000

    def as_parameters(self):
        graph = self.model.graph
        data = [info for info in graph.input if info.name not in self.weights]
        del graph.input[:]
        graph.input.extend(data)
        graph.initializer.extend(numpy_helper.from_array(self.arrays[name], name) for name in self.weights)


def conv(name, x, w, stride=1, pad=0, group=1):
    extent = [(x[2] + 2 * pad - w[2]) // stride + 1, (x[3] + 2 * pad - w[3]) // stride + 1]
    body = f"y = Conv<pads=[{pad},{pad},{pad},{pad}], strides=[{stride},{stride}], group={group}>(x, w)"

    def theirs(x, w):
        return F.conv2d(x, w, None, stride, pad, 1, group)

    return Case(f"Conv {name}", {"x": x, "w": w}, [x[0], w[0], *extent], body, theirs, ["w"])


def convolutions():
    return [
        conv("3×3, 64→64, 32×16×16", [32, 64, 16, 16], [64, 64, 3, 3], pad=1),
        conv("3×3, 16→32, 64×28×28", [64, 16, 28, 28], [32, 16, 3, 3], pad=1),
        conv("3×3 by 2, 64→128, 32×16×16", [32, 64, 16, 16], [128, 64, 3, 3], stride=2, pad=1),
        conv("5×5, 6→16, 64×14×14", [64, 6, 14, 14], [16, 6, 5, 5]),
        conv("5×5, 1→6, 64×28×28", [64, 1, 28, 28], [6, 1, 5, 5], pad=2),
        conv("7×7 by 2, 3→64, 4×224×224", [4, 3, 224, 224], [64, 3, 7, 7], stride=2, pad=3),
        conv("1×1, 64→128, 32×16×16", [32, 64, 16, 16], [128, 64, 1, 1]),
        conv("3×3 depthwise, 64, 32×16×16", [32, 64, 16, 16], [64, 1, 3, 3], pad=1, group=64),
        conv("3×3, 4 groups, 64→64, 32×16×16", [32, 64, 16, 16], [64, 16, 3, 3], pad=1, group=4),
    ]


def same(name, shape, body, theirs, more=None, **options):
    """A piece whose result has the shape of its input."""
    return Case(name, {"x": shape, **(more or {})}, shape, body, theirs, **options)


def lstm(x, w, r, b):
    """PyTorch's LSTM on ONNX's weights, whose gates are in another order."""
    hidden = r.shape[-1]

    def gates(value):
        i, o, f, c = value.split(hidden)
        return torch.cat([i, f, c, o])

    flat = [gates(w[0]), gates(r[0]), gates(b[0, : 4 * hidden]), gates(b[0, 4 * hidden :])]
    zeros = x.new_zeros(1, x.shape[1], hidden)
    return torch.lstm(x, (zeros, zeros), flat, True, 1, 0.0, True, False, False)[0].unsqueeze(1)


def pieces():
    image = [64, 6, 24, 24]
    features = [32, 64, 16, 16]
    tokens = [16, 64, 128]
    scores = [16, 4, 64, 64]
    norm = {"scale": [64], "shift": [64], "mean": [64], "variance": [64]}

    def batch_norm(x, scale, shift, mean, variance):
        return F.batch_norm(x, mean.clone(), variance.clone(), scale, shift, True, 0.1, 1e-5)

    batch = "y, m, v = BatchNormalization<training_mode=1>(x, scale, shift, mean, variance)"
    row = {"w": [1, 256, 64], "r": [1, 256, 64], "b": [1, 512]}
    return [
        Case("MaxPool 2×2", {"x": image}, [64, 6, 12, 12],
             "y = MaxPool<kernel_shape=[2,2], strides=[2,2]>(x)", lambda x: F.max_pool2d(x, 2)),
        Case("ReLU, MaxPool 2×2", {"x": image}, [64, 6, 12, 12],
             "r = Relu(x) y = MaxPool<kernel_shape=[2,2], strides=[2,2]>(r)", lambda x: F.max_pool2d(x.relu(), 2)),
        Case("MaxPool 3×3 by 2", {"x": features}, [32, 64, 8, 8],
             "y = MaxPool<kernel_shape=[3,3], strides=[2,2], pads=[1,1,1,1]>(x)",
             lambda x: F.max_pool2d(x, 3, 2, 1)),
        same("BatchNorm, training", features, batch, batch_norm, norm, constant=["mean", "variance"]),
        same("ReLU", features, "y = Relu(x)", torch.relu),
        same("gelu", [16, 64, 512], "y = Gelu(x)", F.gelu),
        same("softmax", scores, "y = Softmax(x)", lambda x: x.softmax(-1)),
        same("LayerNorm", tokens, "y = LayerNormalization(x, scale, shift)",
             lambda x, scale, shift: F.layer_norm(x, [128], scale, shift), {"scale": [128], "shift": [128]}),
        same("bias", [16, 64, 512], "y = Add(x, b)", lambda x, b: x + b, {"b": [512]}),
        Case("Embedding 1000×64", {"w": [1000, 64], "ids": [64, 100]}, [64, 100, 64],
             "y = Gather(w, ids)", lambda w, ids: F.embedding(ids, w)),
        Case("LSTM(64), T50, b32", {"x": [50, 32, 64], **row}, [50, 1, 32, 64],
             "y = LSTM<hidden_size=64>(x, w, r, b)", lstm, ["w", "r"], weight=lambda array: array),
    ]


def residual(x, w1, s1, c1, w2, s2, c2):
    def norm(value, scale, shift):
        return F.batch_norm(value, None, None, scale, shift, True)

    a = norm(F.conv2d(x, w1, None, 1, 1), s1, c1).relu()
    return (norm(F.conv2d(a, w2, None, 1, 1), s2, c2) + x).relu()


RESIDUAL = """
a = Conv<pads=[1,1,1,1]>(x, w1)
n, m1, v1 = BatchNormalization<training_mode=1>(a, s1, c1, mean, variance)
r = Relu(n)
b = Conv<pads=[1,1,1,1]>(r, w2)
o, m2, v2 = BatchNormalization<training_mode=1>(b, s2, c2, mean, variance)
s = Add(o, x)
y = Relu(s)
"""


def transformer(x, g1, b1, wi, bi, wo, bo, g2, b2, w1, c1, w2, c2):
    batch, length, width = x.shape
    qkv = F.layer_norm(x, [width], g1, b1) @ wi + bi
    q, k, v = qkv.view(batch, length, 3, 4, width // 4).permute(2, 0, 3, 1, 4)
    mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, length, width)
    x = x + (mixed @ wo + bo)
    return x + (F.gelu(F.layer_norm(x, [width], g2, b2) @ w1 + c1) @ w2 + c2)


TRANSFORMER = """
n1 = LayerNormalization(x, g1, b1)
p = MatMul(n1, wi)
qkv = Add(p, bi)
shape = Constant<value_ints=[16,64,3,4,32]>()
split = Reshape(qkv, shape)
heads = Transpose<perm=[2,0,3,1,4]>(split)
q1, k1, v1 = Split<axis=0, num_outputs=3>(heads)
zero = Constant<value_ints=[0]>()
q = Squeeze(q1, zero)
k = Squeeze(k1, zero)
v = Squeeze(v1, zero)
kt = Transpose<perm=[0,1,3,2]>(k)
products = MatMul(q, kt)
root = Constant<value_float=0.17677669>()
scaled = Mul(products, root)
weights = Softmax(scaled)
met = MatMul(weights, v)
back = Transpose<perm=[0,2,1,3]>(met)
flat = Constant<value_ints=[16,64,128]>()
mixed = Reshape(back, flat)
o = MatMul(mixed, wo)
ob = Add(o, bo)
h = Add(x, ob)
n2 = LayerNormalization(h, g2, b2)
f = MatMul(n2, w1)
fb = Add(f, c1)
g = Gelu(fb)
z = MatMul(g, w2)
zb = Add(z, c2)
y = Add(h, zb)
"""


def blocks():
    x = [32, 64, 32, 32]
    residuals = {"x": x, "w1": [64, 64, 3, 3], "s1": [64], "c1": [64], "w2": [64, 64, 3, 3], "s2": [64], "c2": [64]}
    running = {"mean": [64], "variance": [64]}
    tokens = {
        "x": [16, 64, 128], "g1": [128], "b1": [128], "wi": [128, 384], "bi": [384], "wo": [128, 128], "bo": [128],
        "g2": [128], "b2": [128], "w1": [128, 512], "c1": [512], "w2": [512, 128], "c2": [128],
    }
    return [
        Case("ResNet block 64×32×32 b32", {**residuals, **running}, x, RESIDUAL,
             lambda x, w1, s1, c1, w2, s2, c2, mean, variance: residual(x, w1, s1, c1, w2, s2, c2),
             ["w1", "w2"], constant=["mean", "variance"]),
        Case("transformer block d128 h4 S64 b16", tokens, tokens["x"], TRANSFORMER, transformer,
             ["wi", "wo", "w1", "w2"]),
    ]


def mlp(batch, optimizer):
    inputs = {"x": [batch, 784]}
    body, name = "", "x"
    for i, (n, m) in enumerate(((784, 512), (512, 512), (512, 10))):
        inputs.update({f"w{i}": [n, m], f"b{i}": [m]})
        body += f"h{i} = Gemm({name}, w{i}, b{i}) " + (f"r{i} = Relu(h{i}) " if i < 2 else f"y = Identity(h{i})")
        name = f"r{i}"

    def theirs(x, w0, b0, w1, b1, w2, b2):
        return torch.addmm(b2, torch.addmm(b1, torch.addmm(b0, x, w0).relu(), w1).relu(), w2)

    return Case(f"MLP 784-512-512-10 b{batch} {optimizer}", inputs, [batch, 10], body, theirs,
                [key for key in inputs if key != "x"], optimizer=optimizer)


LENET = """
a = Conv<pads=[2,2,2,2]>(x, w0, b0)
ar = Relu(a)
ap = MaxPool<kernel_shape=[2,2], strides=[2,2]>(ar)
c = Conv(ap, w1, b1)
cr = Relu(c)
cp = MaxPool<kernel_shape=[2,2], strides=[2,2]>(cr)
f = Flatten(cp)
d = Gemm(f, w2, b2)
dr = Relu(d)
e = Gemm(dr, w3, b3)
er = Relu(e)
y = Gemm(er, w4, b4)
"""


def lenet(batch, optimizer):
    shapes = [[6, 1, 5, 5], [16, 6, 5, 5], [400, 120], [120, 84], [84, 10]]
    inputs = {"x": [batch, 1, 28, 28]}
    for i, shape in enumerate(shapes):
        inputs.update({f"w{i}": shape, f"b{i}": [shape[0] if i < 2 else shape[1]]})

    def theirs(x, w0, b0, w1, b1, w2, b2, w3, b3, w4, b4):
        x = F.max_pool2d(F.conv2d(x, w0, b0, 1, 2).relu(), 2)
        x = F.max_pool2d(F.conv2d(x, w1, b1).relu(), 2).flatten(1)
        return torch.addmm(b4, torch.addmm(b3, torch.addmm(b2, x, w2).relu(), w3).relu(), w4)

    return Case(f"LeNet b{batch} {optimizer}", inputs, [batch, 10], LENET, theirs,
                [key for key in inputs if key != "x"], optimizer=optimizer)


def steps():
    return [mlp(32, "adam"), mlp(128, "adam"), mlp(128, "sgd"), lenet(64, "sgd"), lenet(64, "adam")]


def everything():
    return convolutions() + pieces() + blocks() + steps()
