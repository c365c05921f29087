"""Regularizers, initializers, and what early stopping does with a trace of numbers."""

import keras
import numpy as np
from keras import callbacks, constraints, initializers, regularizers

from case_files import random_of
from keras_case import Family, apart, config_of, gradients, numpy_of

# The standard deviation of a standard normal that is cut off at two: the constant in Keras.
TRUNCATED = 0.87962566103423978


def write_all(root):
    write_parts(Family(root, "parts"))
    write_callbacks(Family(root, "callbacks"))


def write_parts(family):
    for name, regularizer in {
        "L1": regularizers.L1(0.1),
        "L2": regularizers.L2(0.2),
        "L1L2": regularizers.L1L2(l1=0.1, l2=0.2),
        "L1_default": regularizers.L1(),
        "L2_default": regularizers.L2(),
        "L1L2_only_l2": regularizers.L1L2(l2=0.3),
        "Orthogonal_rows": regularizers.OrthogonalRegularizer(0.1),
        "Orthogonal_columns": regularizers.OrthogonalRegularizer(0.2, mode="columns"),
    }.items():
        w = apart(random_of(name), (4, 3))
        value = numpy_of(regularizer(keras.ops.convert_to_tensor(w)))
        arrays = {"w": w, "value": value, "gradient": gradients(regularizer, [w])[0]}
        family.write(f"regularizer_{name}", {"regularizer": config_of(regularizer)}, arrays)

    for name, initializer in {
        "Zeros": initializers.Zeros(),
        "Ones": initializers.Ones(),
        "Constant": initializers.Constant(2.5),
        "Identity": initializers.Identity(),
    }.items():
        value = numpy_of(initializer((4, 3), dtype="float32"))
        family.write(
            f"initializer_{name}", {"initializer": config_of(initializer)}, {"value": value}
        )
    write_random_initializers(family)
    write_constraints(family)


def write_constraints(family):
    for name, constraint in {
        "NonNeg": constraints.NonNeg(),
        "UnitNorm": constraints.UnitNorm(),
        "UnitNorm_axes": constraints.UnitNorm(axis=[0, 1]),
        "MaxNorm": constraints.MaxNorm(1.5),
        "MaxNorm_axis": constraints.MaxNorm(1.5, axis=1),
        "MinMaxNorm": constraints.MinMaxNorm(1.0, 1.5, rate=0.7),
    }.items():
        w = apart(random_of(name), (4, 3))
        projected = numpy_of(constraint(keras.ops.convert_to_tensor(w)))
        family.write(
            f"constraint_{name}",
            {"constraint": config_of(constraint)},
            {"w": w, "projected": projected},
        )


def write_random_initializers(family):
    dense, convolution = (80, 120), (3, 3, 16, 40)
    scaled = {
        "GlorotUniform": initializers.GlorotUniform(seed=1),
        "GlorotNormal": initializers.GlorotNormal(seed=1),
        "HeUniform": initializers.HeUniform(seed=1),
        "HeNormal": initializers.HeNormal(seed=1),
        "LecunUniform": initializers.LecunUniform(seed=1),
        "LecunNormal": initializers.LecunNormal(seed=1),
    }
    for name, initializer in scaled.items():
        for suffix, shape in (("", dense), ("_convolution", convolution), ("_vector", (5000,))):
            distribution_case(family, name + suffix, initializer, shape)
    for name, initializer in {
        "RandomNormal": initializers.RandomNormal(mean=0.5, stddev=0.2, seed=1),
        "RandomNormal_default": initializers.RandomNormal(seed=1),
        "RandomUniform": initializers.RandomUniform(minval=-0.3, maxval=0.9, seed=1),
        "RandomUniform_default": initializers.RandomUniform(seed=1),
        "TruncatedNormal": initializers.TruncatedNormal(mean=-0.5, stddev=0.2, seed=1),
        "TruncatedNormal_default": initializers.TruncatedNormal(seed=1),
    }.items():
        distribution_case(family, name, initializer, dense)


def distribution_case(family, name, initializer, shape):
    """What the numbers must look like, by Keras's formulas; Keras's own sample is held to it."""
    kind, mean, stddev, low, high = distribution(initializer, shape)
    sample = numpy_of(initializer(shape, dtype="float32"))
    assert abs(sample.mean() - mean) < 5 * stddev / np.sqrt(sample.size), name
    assert abs(sample.std() / stddev - 1) < 5 / np.sqrt(2 * sample.size), name
    if low is not None:
        slack = 1e-6 * (high - low)
        assert low - slack <= sample.min() and sample.max() <= high + slack, name
    description = {
        "initializer": config_of(initializer),
        "shape": list(shape),
        "distribution": kind,
        "mean": mean,
        "stddev": stddev,
        "min": low,
        "max": high,
    }
    family.write(f"initializer_{name}", description, {})


def distribution(initializer, shape):
    """(kind, mean, standard deviation of the samples, least, greatest); no bounds for a normal."""
    if isinstance(initializer, initializers.RandomUniform):
        low, high = initializer.minval, initializer.maxval
        return "uniform", (low + high) / 2, (high - low) / np.sqrt(12).item(), low, high
    if isinstance(initializer, initializers.RandomNormal):
        return "normal", initializer.mean, initializer.stddev, None, None
    if isinstance(initializer, initializers.TruncatedNormal):
        mean, spread = initializer.mean, initializer.stddev
        return "truncated_normal", mean, spread * TRUNCATED, mean - 2 * spread, mean + 2 * spread
    fans = dict(zip(("fan_in", "fan_out"), fans_of(shape), strict=True))
    fans["fan_avg"] = (fans["fan_in"] + fans["fan_out"]) / 2
    stddev = float(np.sqrt(initializer.scale / max(1.0, fans[initializer.mode])))
    if initializer.distribution == "uniform":
        limit = float(np.sqrt(3.0)) * stddev
        return "uniform", 0.0, stddev, -limit, limit
    bound = 2 * stddev / TRUNCATED
    return "truncated_normal", 0.0, stddev, -bound, bound


def fans_of(shape):
    if len(shape) == 1:
        return shape[0], shape[0]
    window = int(np.prod(shape[:-2]))
    return shape[-2] * window, shape[-1] * window


class Recorder:
    """Stands where a model would: one weight, which is the number of the epoch."""

    def __init__(self):
        self.stop_training = False
        self.weight = -1

    def get_weights(self):
        return [np.float32(self.weight)]

    def set_weights(self, weights):
        self.weight = int(weights[0])


def write_callbacks(family):
    falling = [1.0, 0.8, 0.7, 0.72, 0.71, 0.69, 0.75, 0.74, 0.73, 0.9, 0.6, 0.5]
    rising = [0.2, 0.5, 0.6, 0.6, 0.58, 0.61, 0.59, 0.6, 0.3, 0.7, 0.8, 0.9]
    for name, options, trace in (
        ("EarlyStopping", {}, falling),
        ("EarlyStopping_patience", {"patience": 3}, falling),
        ("EarlyStopping_min_delta", {"patience": 2, "min_delta": 0.05}, falling),
        ("EarlyStopping_best", {"patience": 3, "restore_best_weights": True}, falling),
        ("EarlyStopping_best_not_stopped", {"patience": 9, "restore_best_weights": True}, falling),
        ("EarlyStopping_baseline", {"patience": 4, "baseline": 0.65}, falling),
        ("EarlyStopping_start", {"patience": 1, "start_from_epoch": 5}, falling),
        (
            "EarlyStopping_start_best",
            {"patience": 1, "start_from_epoch": 3, "restore_best_weights": True},
            falling,
        ),
        ("EarlyStopping_max", {"monitor": "val_accuracy", "patience": 2, "mode": "max"}, rising),
        (
            "EarlyStopping_max_best",
            {"monitor": "score", "patience": 3, "mode": "max", "restore_best_weights": True},
            rising,
        ),
        ("EarlyStopping_never", {"patience": 20}, falling),
    ):
        early_stopping_case(family, name, options, trace)
    for name, options, trace in (
        ("ReduceLROnPlateau", {"patience": 1}, falling),
        ("ReduceLROnPlateau_cooldown", {"patience": 1, "cooldown": 2, "min_delta": 0.05}, falling),
        ("ReduceLROnPlateau_min_lr", {"patience": 1, "factor": 0.4, "min_lr": 0.03}, falling),
        (
            "ReduceLROnPlateau_max",
            {"monitor": "val_accuracy", "mode": "max", "patience": 2, "factor": 0.5},
            rising,
        ),
    ):
        plateau_case(family, name, options, trace)


def early_stopping_case(family, name, options, trace):
    arguments = {
        "monitor": "val_loss",
        "min_delta": 0,
        "patience": 0,
        "mode": "min",
        "baseline": None,
        "restore_best_weights": False,
        "start_from_epoch": 0,
        **options,
    }
    callback = callbacks.EarlyStopping(**arguments)
    model = Recorder()
    callback.set_model(model)
    callback.on_train_begin()
    epochs = 0
    while epochs < len(trace) and not model.stop_training:
        model.weight = epochs
        callback.on_epoch_end(epochs, {arguments["monitor"]: trace[epochs]})
        epochs += 1
    callback.on_train_end()
    description = {
        "callback": "EarlyStopping",
        "arguments": arguments,
        "epochs": epochs,
        "stopped_at_epoch": epochs - 1 if model.stop_training else -1,
        "best": callback.best,
        "best_epoch": callback.best_epoch,
        "weights_of_epoch": model.weight,
    }
    family.write(name, description, {arguments["monitor"]: np.array(trace)})


class Rate:
    """Stands where an optimizer would."""

    def __init__(self):
        self.learning_rate = 0.1


def plateau_case(family, name, options, trace):
    arguments = {"monitor": "val_loss", "mode": "min", **options}
    callback = callbacks.ReduceLROnPlateau(**arguments)
    model = Recorder()
    model.optimizer = Rate()
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(trace):
        callback.on_epoch_end(epoch, {arguments["monitor"]: value})
        rates.append(model.optimizer.learning_rate)
    callback.on_train_end()
    family.write(
        name,
        {"callback": "ReduceLROnPlateau", "arguments": arguments},
        {arguments["monitor"]: np.array(trace), "learning_rate": np.array(rates)},
    )
