"""Losses and metrics: values, gradients, and states after several updates."""

import keras
import numpy as np
from keras import losses, metrics

from case_files import random_of
from keras_case import (
    Family,
    apart,
    config_of,
    gradients,
    normal,
    numpy_of,
    one_hot,
    probabilities,
    uniform,
)

REDUCTIONS = ("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none")


def write_all(root):
    write_losses(Family(root, "losses"))
    write_metrics(Family(root, "metrics"))


def regression(random, shape):
    y_true = normal(random, shape)
    return y_true, y_true + apart(random, shape)  # MAE has no derivative where the two are equal


def binary(random, shape):
    return random.integers(0, 2, shape).astype(np.float32), uniform(random, shape, 0.05, 0.95)


def categorical(random, shape):
    return one_hot(random, shape), probabilities(random, shape)


def sparse(random, shape):
    labels = random.integers(0, shape[-1], shape[:-1]).astype(np.int32)
    return labels, probabilities(random, shape)


def distributions(random, shape):
    return probabilities(random, shape), probabilities(random, shape)


def with_logits(make):
    def logits(random, shape):
        return make(random, shape)[0], normal(random, shape, 2.0)

    return logits


def partly_ignored(random, shape):
    labels, logits = with_logits(sparse)(random, shape)
    labels.flat[1] = -1
    return labels, logits


def loss_case(family, name, loss, data, shape=(4, 5), weights=None):
    random = random_of("losses/" + name)
    y_true, y_pred = data(random, shape)
    arrays = {"y_true": y_true, "y_pred": y_pred}
    sample_weight = None
    if weights is not None:
        sample_weight = uniform(random, weights, 0.2, 2.0)
        sample_weight.flat[0] = 0.0
        arrays["sample_weight"] = sample_weight

    def value(y_pred):
        return loss(y_true, y_pred, sample_weight)

    arrays["loss"] = numpy_of(value(keras.ops.convert_to_tensor(y_pred)))
    arrays["gradient"] = gradients(lambda y_pred: keras.ops.sum(value(y_pred)), [y_pred])[0]
    family.write(name, {"loss": config_of(loss)}, arrays)


def write_losses(family):
    common = {
        losses.MeanSquaredError: regression,
        losses.MeanAbsoluteError: regression,
        losses.BinaryCrossentropy: binary,
        losses.CategoricalCrossentropy: categorical,
        losses.SparseCategoricalCrossentropy: sparse,
        losses.KLDivergence: distributions,
    }
    for kind, data in common.items():
        for reduction in REDUCTIONS:
            name = kind.__name__ + ("" if reduction == "sum_over_batch_size" else "_" + reduction)
            loss_case(family, name, kind(reduction=reduction), data)
            loss_case(family, name + "_weighted", kind(reduction=reduction), data, weights=(4,))
        sequence = kind.__name__ + "_sequence"
        loss_case(family, sequence, kind(), data, shape=(2, 3, 4))
        loss_case(family, sequence + "_weighted", kind(), data, shape=(2, 3, 4), weights=(2, 3))

    loss_case(
        family,
        "MeanSquaredError_weight_column",
        losses.MeanSquaredError(),
        regression,
        weights=(4, 1),
    )
    binary_loss = losses.BinaryCrossentropy
    loss_case(
        family, "BinaryCrossentropy_logits", binary_loss(from_logits=True), with_logits(binary)
    )
    loss_case(family, "BinaryCrossentropy_smooth", binary_loss(label_smoothing=0.2), binary)
    loss_case(
        family,
        "BinaryCrossentropy_logits_smooth",
        binary_loss(from_logits=True, label_smoothing=0.1),
        with_logits(binary),
    )
    loss_case(family, "BinaryCrossentropy_axis", binary_loss(axis=1), binary, shape=(2, 3, 4))
    loss_case(family, "BinaryCrossentropy_one_unit", binary_loss(), binary, shape=(6, 1))

    categorical_loss = losses.CategoricalCrossentropy
    loss_case(
        family,
        "CategoricalCrossentropy_logits",
        categorical_loss(from_logits=True),
        with_logits(categorical),
    )
    loss_case(
        family, "CategoricalCrossentropy_smooth", categorical_loss(label_smoothing=0.2), categorical
    )
    loss_case(
        family,
        "CategoricalCrossentropy_logits_smooth",
        categorical_loss(from_logits=True, label_smoothing=0.1),
        with_logits(categorical),
    )
    loss_case(
        family,
        "CategoricalCrossentropy_axis",
        categorical_loss(axis=1),
        categorical,
        shape=(2, 3, 4),
    )
    loss_case(
        family,
        "CategoricalCrossentropy_unnormalized",
        categorical_loss(),
        lambda random, shape: (one_hot(random, shape), uniform(random, shape, 0.1, 0.9)),
    )
    loss_case(family, "CategoricalCrossentropy_soft_labels", categorical_loss(), distributions)

    sparse_loss = losses.SparseCategoricalCrossentropy
    loss_case(
        family,
        "SparseCategoricalCrossentropy_logits",
        sparse_loss(from_logits=True),
        with_logits(sparse),
    )
    loss_case(
        family,
        "SparseCategoricalCrossentropy_logits_weighted",
        sparse_loss(from_logits=True),
        with_logits(sparse),
        weights=(4,),
    )
    loss_case(
        family,
        "SparseCategoricalCrossentropy_ignore_class",
        sparse_loss(from_logits=True, ignore_class=-1),
        partly_ignored,
    )
    loss_case(
        family,
        "SparseCategoricalCrossentropy_ignore_class_image",
        sparse_loss(from_logits=True, ignore_class=-1),
        partly_ignored,
        shape=(2, 2, 3, 4),
    )
    loss_case(
        family,
        "SparseCategoricalCrossentropy_column",
        sparse_loss(),
        lambda random, shape: (sparse(random, shape)[0][:, None], probabilities(random, shape)),
    )


def labels_and_guesses(random, shape):
    return (
        random.integers(0, 3, shape[:-1]).astype(np.int32),
        random.integers(0, 3, shape[:-1]).astype(np.int32),
    )


def metric_case(family, name, metric, data, shape=(12, 4), weights=None):
    """Three updates of one metric object: what is seen is the state, not one batch."""
    random = random_of("metrics/" + name)
    arrays = {}
    description = {"metric": config_of(metric)}
    for k in range(3):
        y_true, y_pred = data(random, (shape[0] - 3 * k, *shape[1:]))
        arrays |= {f"y_true_{k}": y_true, f"y_pred_{k}": y_pred}
        sample_weight = None
        if weights is not None:
            sample_weight = uniform(random, weights(y_pred), 0.2, 2.0)
            sample_weight.flat[0] = 0.0
            arrays[f"sample_weight_{k}"] = sample_weight
        metric.update_state(y_true, y_pred, sample_weight)
        arrays[f"result_{k}"] = numpy_of(metric.result())
    family.write(name, description, arrays)


def write_metrics(family):
    def per_sample(y_pred):
        return y_pred.shape[:1]

    for kind, data in {
        metrics.Accuracy: labels_and_guesses,
        metrics.BinaryAccuracy: binary,
        metrics.CategoricalAccuracy: categorical,
        metrics.SparseCategoricalAccuracy: sparse,
        metrics.MeanAbsoluteError: regression,
        metrics.MeanSquaredError: regression,
    }.items():
        metric_case(family, kind.__name__, kind(), data)
        metric_case(family, kind.__name__ + "_weighted", kind(), data, weights=per_sample)
    metric_case(family, "BinaryAccuracy_threshold", metrics.BinaryAccuracy(threshold=0.3), binary)
    metric_case(family, "BinaryAccuracy_one_unit", metrics.BinaryAccuracy(), binary, shape=(12, 1))
    for kind, data in {
        metrics.CategoricalAccuracy: categorical,
        metrics.SparseCategoricalAccuracy: sparse,
        metrics.MeanSquaredError: regression,
    }.items():
        name = kind.__name__ + "_sequence"
        metric_case(family, name, kind(), data, shape=(8, 3, 4))
        metric_case(
            family,
            name + "_weighted",
            kind(),
            data,
            shape=(8, 3, 4),
            weights=lambda y_pred: y_pred.shape[:2],
        )
    metric_case(
        family,
        "SparseCategoricalAccuracy_column",
        metrics.SparseCategoricalAccuracy(),
        lambda random, shape: (sparse(random, shape)[0][:, None], probabilities(random, shape)),
    )
