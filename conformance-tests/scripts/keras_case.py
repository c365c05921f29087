"""What every Keras case needs: its header, its numbers, and derivatives by Keras's backend."""

import json

import keras
import numpy as np

from case_files import write_case

BACKEND = keras.backend.backend()


class Family:
    """The folder of one kind of case; a second case of the same name is a mistake."""

    def __init__(self, root, name):
        self.folder = root / name
        self.name = name
        self.made = set()

    def write(self, name, description, arrays, files=None):
        if name in self.made:
            raise ValueError(f"two cases are called {self.name}/{name}")
        self.made.add(name)
        header = {
            "name": name,
            "family": self.name,
            "keras_version": keras.__version__,
            "backend": BACKEND,
        }
        write_case(self.folder / name, {**header, **description}, arrays)
        for file, text in (files or {}).items():
            (self.folder / name / file).write_text(text, encoding="utf-8")
        keras.utils.clear_session()  # else names count on: dense_1, dense_2 …


def config_of(thing):
    """Keras's own description: module, class_name, config, registered_name."""
    return json.loads(json.dumps(keras.saving.serialize_keras_object(thing)))


def numpy_of(tensor):
    return np.asarray(keras.ops.convert_to_numpy(tensor))


def gradients(scalar, points):
    """d scalar(*points) / d each of the points."""
    points = [keras.ops.convert_to_tensor(point) for point in points]
    if BACKEND == "jax":
        import jax

        result = jax.grad(scalar, argnums=tuple(range(len(points))))(*points)
    else:
        import torch

        leaves = [point.detach().clone().requires_grad_(True) for point in points]
        result = torch.autograd.grad(scalar(*leaves), leaves, materialize_grads=True)
    return [numpy_of(gradient) for gradient in result]


def normal(random, shape, scale=1.0):
    return (random.standard_normal(shape) * scale).astype(np.float32)


def uniform(random, shape, low, high):
    return random.uniform(low, high, shape).astype(np.float32)


def apart(random, shape, kinks=(0.0,), margin=0.05, scale=1.0):
    """Normal numbers that keep their distance from the points where a function has no derivative."""
    values = normal(random, shape, scale)
    while True:
        near = np.any([np.abs(values - kink) < margin for kink in kinks], axis=0)
        if not near.any():
            return values
        values = np.where(near, normal(random, shape, scale), values)


def distinct(random, shape):
    """Numbers of which no two are close, so that a maximum is never shared."""
    size = int(np.prod(shape))
    return (random.permutation(size) * (4.0 / size) - 2.0).reshape(shape).astype(np.float32)


def probabilities(random, shape):
    """Rows that sum to one, well inside the bounds to which Keras clips."""
    rows = random.uniform(0.1, 1.0, shape)
    return (rows / rows.sum(axis=-1, keepdims=True)).astype(np.float32)


def one_hot(random, shape):
    return np.eye(shape[-1], dtype=np.float32)[random.integers(0, shape[-1], shape[:-1])]
