"""The PyTorch models of the cases. Each is one idea, small, and smooth at the point it is run at."""

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from case_files import random_of


@dataclass(frozen=True)
class Case:
    """A module, its named inputs, and for some inputs the names of the axes that may vary.

    `folded` are the parameters that the exporter does not keep, so that no gradient is recorded.
    """

    name: str
    module: nn.Module
    inputs: dict
    outputs: tuple = ("y",)
    dynamic: dict = field(default_factory=dict)
    folded: tuple = ()


class Of(nn.Module):
    """A module that is one expression of its inputs, with the layers that it uses."""

    def __init__(self, expression, **layers):
        super().__init__()
        for name, layer in layers.items():
            if isinstance(layer, torch.Tensor):
                layer = nn.Parameter(layer)
            setattr(self, name, layer)
        self.expression = expression

    def forward(self, *inputs):
        return self.expression(self, *inputs)


BATCH = {"x": {0: "batch"}}


def all_cases():
    makers = (mlps, convolutions, losses, arithmetic, reductions, shaping, indexing, models)
    for make in makers:
        for name, build in make().items():
            torch.manual_seed(abs(hash_of(name)))
            yield build(name, random_of("torch/" + name))


def hash_of(name):
    return int(random_of(name).integers(0, 2**31))


def normal(random, *shape, scale=1.0):
    return torch.from_numpy((random.standard_normal(shape) * scale).astype(np.float32))


def positive(random, *shape):
    return torch.from_numpy(random.uniform(0.3, 2.0, shape).astype(np.float32))


def distinct(random, *shape):
    """No two close to each other, none close to a whole number or to zero."""
    size = int(np.prod(shape))
    values = random.permutation(size) * (6.0 / size) - 3.0 + 0.31 / size
    return torch.from_numpy(values.reshape(shape).astype(np.float32))


def integers(random, high, *shape):
    return torch.from_numpy(random.integers(0, high, shape))


def one_input(module, make, *shape, **options):
    """A case of one input called x."""
    return lambda name, random: Case(name, module(), {"x": make(random, *shape)}, **options)


def mlps():
    activations = {
        "relu": nn.ReLU,
        "leaky_relu": nn.LeakyReLU,
        "elu": nn.ELU,
        "selu": nn.SELU,
        "sigmoid": nn.Sigmoid,
        "tanh": nn.Tanh,
        "softplus": nn.Softplus,
        "softsign": nn.Softsign,
        "hardsigmoid": nn.Hardsigmoid,
        "gelu": nn.GELU,
    }

    def mlp(activation):
        return lambda: nn.Sequential(nn.Linear(5, 4), activation(), nn.Linear(4, 3))

    cases = {
        f"mlp_{name}": one_input(mlp(activation), normal, 3, 5, dynamic=BATCH)
        for name, activation in activations.items()
    }

    def softmax():
        return nn.Sequential(nn.Linear(5, 6), nn.Tanh(), nn.Linear(6, 3), nn.Softmax(dim=1))

    def maxout():
        return Of(largest_of_pairs, linear=nn.Linear(5, 6))

    def largest_of_pairs(self, x):
        return self.linear(x).reshape(-1, 3, 2).amax(dim=2)

    cases["mlp_softmax"] = one_input(softmax, normal, 4, 5)
    cases["mlp_maxout"] = one_input(maxout, normal, 4, 5, dynamic=BATCH)
    cases["linear_sequence_no_bias"] = one_input(
        lambda: nn.Linear(4, 3, bias=False), normal, 2, 3, 4
    )
    return cases


def convolutions():
    def conv(*arguments, **options):
        return lambda: nn.Conv2d(*arguments, **options)

    return {
        "conv": one_input(conv(2, 3, 3), normal, 2, 2, 5, 6, dynamic=BATCH),
        "conv_strided_padded": one_input(conv(2, 3, 3, stride=2, padding=1), normal, 1, 2, 6, 5),
        "conv_dilated": one_input(conv(2, 3, 3, dilation=2, padding=(2, 1)), normal, 1, 2, 6, 6),
        "conv_grouped": one_input(conv(4, 6, 2, groups=2, bias=False), normal, 1, 4, 4, 4),
        "conv_depthwise": one_input(conv(3, 3, 3, groups=3, padding="same"), normal, 1, 3, 4, 5),
        "conv1d": one_input(lambda: nn.Conv1d(3, 4, 3, padding=1), normal, 2, 3, 6),
        "conv_transpose": one_input(
            lambda: nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1, output_padding=1),
            normal, 1, 3, 3, 4,
        ),
        "batch_norm": one_input(lambda: worn_in(nn.BatchNorm2d(3)), normal, 2, 3, 3, 4),
        "max_pool": one_input(lambda: nn.MaxPool2d(3, stride=2, padding=1), distinct, 1, 2, 6, 5),
        "avg_pool": one_input(
            lambda: nn.AvgPool2d(2, stride=2, padding=1, count_include_pad=False),
            normal, 1, 2, 5, 4,
        ),
        "avg_pool_padding_counted": one_input(
            lambda: nn.AvgPool2d(3, stride=1, padding=1), normal, 1, 2, 4, 4
        ),
        "global_pools": one_input(
            lambda: Of(lambda self, x: torch.cat([F.adaptive_avg_pool2d(x, 1),
                                                  F.adaptive_max_pool2d(x, 1)], dim=1)),
            distinct, 2, 3, 4, 5,
        ),
    }  # fmt: skip


def worn_in(norm):
    """Statistics and scales as training would leave them: the fresh ones are all zero or one."""
    for values, low in ((norm.running_mean, -1.0), (norm.running_var, 0.5), (norm.weight, 0.5)):
        values.data.uniform_(low, 1.5)
    norm.bias.data.uniform_(-1.0, 1.0)
    return norm


def losses():
    def nll(self, x, target):
        picked = F.log_softmax(self.linear(x), dim=1).gather(1, target.unsqueeze(1))
        return -picked.mean()

    def mse(self, x, target):
        return ((torch.tanh(self.linear(x)) - target) ** 2).mean()

    def with_labels(name, random):
        inputs = {"x": normal(random, 4, 5), "target": integers(random, 3, 4)}
        return Case(name, Of(nll, linear=nn.Linear(5, 3)), inputs, ("loss",))

    def with_targets(name, random):
        inputs = {"x": normal(random, 4, 5), "target": normal(random, 4, 2)}
        return Case(name, Of(mse, linear=nn.Linear(5, 2)), inputs, ("loss",))

    return {"loss_log_softmax_nll": with_labels, "loss_mse": with_targets}


def arithmetic():
    def elementwise(self, x):
        y = torch.exp(-x) + torch.log(x) * torch.sin(x) - torch.cos(x) / torch.sqrt(x)
        return y + torch.reciprocal(x) + torch.erf(x) + torch.abs(x - 1.03)

    def steps(self, x):
        stepped = torch.floor(x) + torch.ceil(x) * torch.round(x) + torch.sign(x)
        return x * stepped

    def logic(self, x, z):
        both = (x > 0) & (z < x) | ~(z >= 0.5)
        return torch.where(both, x * z, x - 2 * z) + (x == z).to(torch.float32)

    def powers(self, x, z):
        return x**3 + x**0.5 - x**z + 2.0**z

    def bounds(self, x, z):
        return x.clamp(-1.0, 1.5) + torch.maximum(x, z) * torch.minimum(x, 2 * z) + z.clamp(min=0.4)

    def matmul(self, x, z):
        return (x @ z) @ self.weight

    def broadcast(self, x):
        return (x * self.scale + self.shift) / (x.abs() + 1.0)

    def two(expression, make):
        def build(name, random):
            inputs = {"x": make(random, 3, 4), "z": make(random, 3, 4) * 0.9}
            return Case(name, Of(expression), inputs)

        return build

    def batched(name, random):
        module = Of(matmul, weight=normal(random, 4, 2))
        inputs = {"x": normal(random, 2, 3, 2, 5), "z": normal(random, 3, 5, 4)}
        return Case(name, module, inputs)

    def scaled(name, random):
        module = Of(broadcast, scale=normal(random, 4), shift=normal(random, 3, 1))
        return Case(name, module, {"x": distinct(random, 2, 3, 4)})

    return {
        "elementwise": one_input(lambda: Of(elementwise), positive, 3, 4),
        "elementwise_steps": one_input(lambda: Of(steps), distinct, 3, 4),
        "where_and_logic": two(logic, distinct),
        "powers": two(powers, positive),
        "clamp_max_min": two(bounds, distinct),
        "matmul_batched": batched,
        "broadcast_parameters": scaled,
    }


def reductions():
    def reduced(self, x):
        return (
            x.sum(dim=1),
            x.mean(dim=(0, 2), keepdim=True),
            x.amax(dim=2),
            x.amin(dim=(1, 2)),
            x.prod(dim=1),
            torch.logsumexp(x, dim=1),
            torch.linalg.vector_norm(x, dim=2),
            x.square().sum(),
        )

    def standardized(self, x):
        variance, mean = torch.var_mean(x, dim=1, keepdim=True, correction=0)
        return (x - mean) / torch.sqrt(variance + 1e-5)

    names = ("sum", "mean", "max", "min", "prod", "logsumexp", "norm", "sum_of_squares")
    return {
        "reductions": one_input(lambda: Of(reduced), distinct, 2, 3, 4, outputs=names),
        "standardized": one_input(lambda: Of(standardized), normal, 3, 5),
        "layer_norm": one_input(lambda: worn_layer_norm(4), normal, 2, 3, 4, dynamic=BATCH),
        "softmax_axes": one_input(
            lambda: Of(lambda self, x: torch.softmax(x, 1) * torch.log_softmax(x, 2)),
            normal, 2, 3, 4,
        ),
    }  # fmt: skip


def worn_layer_norm(width):
    norm = nn.LayerNorm(width)
    norm.weight.data.uniform_(0.5, 1.5)
    norm.bias.data.uniform_(-1.0, 1.0)
    return norm


def shaping():
    def transposed(self, x):
        y = x.permute(2, 0, 1).reshape(4, -1).t()
        return y.unsqueeze(1).expand(-1, 2, -1) * self.weight

    def sliced(self, x):
        return torch.cat([x[:, 1:4:2], x[:, -2:] * 2.0, x[:, ::3].flip(0)], dim=1)

    def split(self, x):
        first, second, third = torch.split(x, [2, 1, 3], dim=1)
        return first * second + third[:, 1:]

    def padded(self, x):
        return F.pad(x, (1, 2, 0, 1), value=0.5).repeat(2, 1, 3)

    def flattened(self, x):
        return self.linear(x.reshape(x.shape[0], -1))

    return {
        "permute_reshape_expand": one_input(
            lambda: Of(transposed, weight=torch.randn(2, 4)), normal, 2, 3, 4
        ),
        "slices_and_concat": one_input(lambda: Of(sliced), normal, 3, 6),
        "split": one_input(lambda: Of(split), normal, 3, 6),
        "pad_and_tile": one_input(lambda: Of(padded), normal, 2, 2, 3),
        "flatten_dynamic_batch": one_input(
            lambda: Of(flattened, linear=nn.Linear(12, 2)), normal, 3, 3, 4, dynamic=BATCH
        ),
    }


def indexing():
    def gathered(self, x):
        rows = torch.tensor([2, 0, 2, 1])
        return x[rows] * x[:, 1:2][rows] + x.index_select(0, torch.tensor([1, 1, 0, 2]))

    def along(self, x, index):
        return torch.gather(x, 1, index) * 2.0

    def scattered(self, x, index):
        return torch.zeros(3, 5).to(x.dtype).scatter(1, index, x) + self.weight

    def one_hot(self, index):
        return F.one_hot(index, 4).to(self.weight.dtype) @ self.weight

    def positions(self, x):
        return x + self.table[torch.arange(x.shape[1])]

    def put(self, x, z):
        rows, columns = torch.tensor([0, 2, 1]), torch.tensor([3, 0, 0])
        return x.index_put((rows, columns), z) * self.weight

    def winners(self, x):
        index = x.argmax(dim=1)
        return x.gather(1, index.unsqueeze(1)) * 3.0, index

    def elements(name, random):
        inputs = {"x": normal(random, 3, 5), "index": integers(random, 5, 3, 4)}
        return Case(name, Of(along), inputs)

    def scatter(name, random):
        index = torch.from_numpy(np.stack([random.permutation(5)[:2] for _ in range(3)]))
        module = Of(scattered, weight=normal(random, 5))
        return Case(name, module, {"x": normal(random, 3, 2), "index": index})

    def scatter_points(name, random):
        module = Of(put, weight=normal(random, 4))
        return Case(name, module, {"x": normal(random, 3, 4), "z": normal(random, 3)})

    def hot(name, random):
        module = Of(one_hot, weight=normal(random, 4, 3))
        return Case(name, module, {"index": integers(random, 4, 2, 3)})

    return {
        "gather": one_input(lambda: Of(gathered), normal, 3, 4),
        "gather_elements": elements,
        "scatter_elements": scatter,
        "scatter_nd": scatter_points,
        "argmax": one_input(lambda: Of(winners), distinct, 3, 4, outputs=("y", "index")),
        "dynamic_positions": one_input(
            lambda: Of(positions, table=torch.randn(7, 2)), normal, 2, 5, 2,
            dynamic={"x": {0: "batch", 1: "length"}},
        ),
        "one_hot": hot,
    }  # fmt: skip


def models():
    def cnn():
        return nn.Sequential(
            nn.Conv2d(1, 3, 3, padding=1), nn.ReLU(), worn_in(nn.BatchNorm2d(3)), nn.MaxPool2d(2),
            nn.Conv2d(3, 4, 3), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(4, 3),
        )  # fmt: skip

    def block(self, x):
        y = self.second(F.relu(self.norm(self.first(x))))
        return F.relu(x + y)

    def attention(self, x):
        query, key, value = self.query(x), self.key(x), self.value(x)
        scores = query @ key.transpose(1, 2) / 2.0
        return torch.softmax(scores, dim=-1) @ value

    def two_heads(self, x, side):
        trunk = torch.tanh(self.trunk(torch.cat([x, side], dim=1)))
        return torch.softmax(self.kind(trunk), dim=1), self.amount(trunk) + self.kind(trunk).sum()

    def residual():
        return Of(
            block,
            first=nn.Conv2d(3, 3, 3, padding=1, bias=False),
            norm=worn_in(nn.BatchNorm2d(3)),
            second=nn.Conv2d(3, 3, 3, padding=1),
        )

    def heads(name, random):
        module = Of(two_heads, trunk=nn.Linear(7, 5), kind=nn.Linear(5, 3), amount=nn.Linear(5, 1))
        inputs = {"x": normal(random, 4, 5), "side": normal(random, 4, 2)}
        return Case(name, module, inputs, ("kind", "amount"))

    return {
        "model_cnn": one_input(cnn, distinct, 2, 1, 8, 8, dynamic=BATCH),
        "model_residual": one_input(
            residual, normal, 1, 3, 4, 4, folded=("first.weight", "norm.weight", "norm.bias")
        ),
        "model_attention": one_input(
            lambda: Of(attention, query=nn.Linear(4, 4), key=nn.Linear(4, 4), value=nn.Linear(4, 4)),
            normal, 2, 3, 4, dynamic={"x": {0: "batch", 1: "length"}},
        ),
        "model_two_heads": heads,
    }  # fmt: skip
