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


def signs(random, shape):
    return np.where(random.integers(0, 2, shape) > 0, 1, -1).astype(np.float32), normal(random, shape)


def positive(random, shape):
    return uniform(random, shape, 0.2, 2.0), uniform(random, shape, 0.2, 2.0)


def masks(random, shape):
    return random.integers(0, 2, shape).astype(np.float32), uniform(random, shape, 0.05, 0.95)


def embeddings(random, shape):
    labels = random.integers(0, 3, shape[:1]).astype(np.int32)
    vectors = normal(random, shape)
    return labels, vectors / np.linalg.norm(vectors, axis=1, keepdims=True) * np.float32(0.9)


def spellings(random, shape):
    """Labels, padded with blanks; one is doubled, so that a blank must stand between."""
    labels = random.integers(1, shape[-1], (shape[0], 3)).astype(np.int32)
    labels[0, 1] = labels[0, 0]
    labels[1, 2] = 0
    labels[2, 1:] = 0
    return labels, normal(random, shape)


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


    write_more_losses(family)


def write_more_losses(family):
    for kind, data in {
        losses.MeanAbsolutePercentageError: positive,
        losses.MeanSquaredLogarithmicError: positive,
        losses.LogCosh: regression,
        losses.Huber: regression,
        losses.Poisson: positive,
        losses.CosineSimilarity: regression,
        losses.Hinge: signs,
        losses.SquaredHinge: signs,
        losses.CategoricalHinge: with_logits(categorical),
        losses.BinaryFocalCrossentropy: binary,
        losses.CategoricalFocalCrossentropy: categorical,
        losses.CategoricalGeneralizedCrossEntropy: sparse,
    }.items():
        loss_case(family, kind.__name__, kind(), data)
        loss_case(family, kind.__name__ + "_weighted", kind(reduction="sum"), data, weights=(4,))
    loss_case(family, "Hinge_zero_one", losses.Hinge(), with_logits(binary))
    loss_case(
        family,
        "BinaryFocalCrossentropy_options",
        losses.BinaryFocalCrossentropy(
            apply_class_balancing=True, alpha=0.3, gamma=1.5, label_smoothing=0.1, axis=1
        ),
        binary,
        shape=(2, 3, 4),
    )
    loss_case(
        family,
        "CategoricalFocalCrossentropy_options",
        losses.CategoricalFocalCrossentropy(
            alpha=0.3, gamma=1.5, from_logits=True, label_smoothing=0.1
        ),
        with_logits(categorical),
    )
    loss_case(
        family,
        "CategoricalGeneralizedCrossEntropy_q",
        losses.CategoricalGeneralizedCrossEntropy(q=0.8),
        sparse,
        shape=(2, 3, 4),
    )
    image = (3, 2, 4, 1)
    for name, loss in {
        "Dice": losses.Dice(),
        "Dice_axis": losses.Dice(axis=(1, 2, 3)),
        "Tversky": losses.Tversky(),
        "Tversky_options": losses.Tversky(alpha=0.3, beta=0.7, axis=(1, 2, 3)),
    }.items():
        loss_case(family, name, loss, masks, shape=image)
        loss_case(family, name + "_weighted", loss, masks, shape=image, weights=(3,))
    for name, loss in {
        "Circle": losses.Circle(),
        "Circle_options": losses.Circle(gamma=16.0, margin=0.25, remove_diagonal=False),
    }.items():
        loss_case(family, name, loss, embeddings, shape=(6, 4))
        loss_case(family, name + "_weighted", loss, embeddings, shape=(6, 4), weights=(6,))
    loss_case(family, "CTC", losses.CTC(), spellings, shape=(3, 8, 4))
    loss_case(family, "CTC_weighted", losses.CTC(), spellings, shape=(3, 8, 4), weights=(3,))


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
    write_more_metrics(family, per_sample)


def class_numbers(random, shape):
    """Not every class of four is there."""
    return labels_and_guesses(random, (*shape, 1))


def classes_in_rows(random, shape):
    return one_hot(random, shape), probabilities(random, shape)


def some_of(random, shape):
    return (uniform(random, shape, 0.0, 1.0) < 0.4).astype(np.float32), probabilities(random, shape)


def write_more_metrics(family, per_sample):
    for kind, data in {
        metrics.MeanAbsolutePercentageError: positive,
        metrics.MeanSquaredLogarithmicError: positive,
        metrics.RootMeanSquaredError: regression,
        metrics.LogCoshError: regression,
        metrics.CosineSimilarity: regression,
        metrics.R2Score: regression,
        metrics.KLDivergence: distributions,
        metrics.Poisson: positive,
        metrics.Hinge: signs,
        metrics.SquaredHinge: signs,
        metrics.CategoricalHinge: with_logits(categorical),
        metrics.BinaryCrossentropy: binary,
        metrics.CategoricalCrossentropy: categorical,
        metrics.SparseCategoricalCrossentropy: sparse,
        metrics.TruePositives: binary,
        metrics.TrueNegatives: binary,
        metrics.FalsePositives: binary,
        metrics.FalseNegatives: binary,
        metrics.Precision: binary,
        metrics.Recall: binary,
        metrics.AUC: binary,
        metrics.F1Score: classes_in_rows,
        metrics.FBetaScore: classes_in_rows,
    }.items():
        metric_case(family, kind.__name__, kind(), data)
        metric_case(family, kind.__name__ + "_weighted", kind(), data, weights=per_sample)
    for kind in (metrics.PearsonCorrelation, metrics.ConcordanceCorrelation):
        metric_case(family, kind.__name__, kind(), regression)
    for name, metric, data in (
        ("R2Score_each", metrics.R2Score(class_aggregation=None), regression),
        (
            "R2Score_variance",
            metrics.R2Score(class_aggregation="variance_weighted_average", num_regressors=2),
            regression,
        ),
        ("BinaryCrossentropy_logits", metrics.BinaryCrossentropy(from_logits=True), with_logits(binary)),
        ("CategoricalCrossentropy_smooth", metrics.CategoricalCrossentropy(label_smoothing=0.2), categorical),
        ("TruePositives_thresholds", metrics.TruePositives(thresholds=[0.2, 0.5, 0.9]), binary),
        ("Precision_thresholds", metrics.Precision(thresholds=[0.0, 0.5, 1.0]), binary),
        ("Precision_top_k", metrics.Precision(top_k=2), some_of),
        ("Recall_threshold", metrics.Recall(thresholds=0.3), binary),
        ("Recall_class", metrics.Recall(class_id=1), binary),
        ("AUC_pr", metrics.AUC(curve="PR", num_thresholds=20), binary),
        ("AUC_pr_minoring", metrics.AUC(curve="PR", summation_method="minoring"), binary),
        ("AUC_gain", metrics.AUC(curve="PRGAIN", summation_method="majoring"), binary),
        ("AUC_thresholds", metrics.AUC(thresholds=[0.1, 0.35, 0.8]), binary),
        ("AUC_labels", metrics.AUC(multi_label=True, num_thresholds=30), binary),
        ("AUC_logits", metrics.AUC(from_logits=True), with_logits(binary)),
        ("F1Score_micro", metrics.F1Score(average="micro", threshold=0.4), some_of),
        ("FBetaScore_average", metrics.FBetaScore(average="weighted", beta=2.0), classes_in_rows),
        ("FBetaScore_macro", metrics.FBetaScore(average="macro", beta=0.5), classes_in_rows),
        ("PrecisionAtRecall", metrics.PrecisionAtRecall(recall=0.6), binary),
        ("RecallAtPrecision", metrics.RecallAtPrecision(precision=0.5, num_thresholds=50), binary),
        ("SensitivityAtSpecificity", metrics.SensitivityAtSpecificity(0.4), binary),
        ("SpecificityAtSensitivity", metrics.SpecificityAtSensitivity(0.4, class_id=2), binary),
        ("TopKCategoricalAccuracy", metrics.TopKCategoricalAccuracy(k=2), categorical),
        ("SparseTopKCategoricalAccuracy", metrics.SparseTopKCategoricalAccuracy(k=3), sparse),
        ("OneHotIoU", metrics.OneHotIoU(4, [1, 3]), classes_in_rows),
        ("OneHotMeanIoU", metrics.OneHotMeanIoU(4, ignore_class=2), classes_in_rows),
    ):
        metric_case(family, name, metric, data)
    for name, metric in {
        "IoU": metrics.IoU(4, [0, 3]),
        "MeanIoU": metrics.MeanIoU(4),
        "MeanIoU_ignored": metrics.MeanIoU(4, ignore_class=1, dtype="float32"),
    }.items():
        metric_case(family, name, metric, class_numbers, shape=(12,))
    metric_case(
        family,
        "MeanIoU_weighted",
        metrics.MeanIoU(4, dtype="float32"),
        class_numbers,
        shape=(12,),
        weights=per_sample,
    )
    metric_case(family, "BinaryIoU", metrics.BinaryIoU(threshold=0.4), binary, shape=(12, 1))
    value_case(family, "Mean", metrics.Mean())
    value_case(family, "Sum", metrics.Sum())


def value_case(family, name, metric):
    """Numbers without targets, the second time weighted."""
    random = random_of("metrics/" + name)
    values = normal(random, (6,))
    weights = uniform(random, (6,), 0.2, 2.0)
    arrays = {"values": values, "sample_weight": weights}
    metric.update_state(values)
    arrays["result_0"] = numpy_of(metric.result())
    metric.update_state(values, weights)
    arrays["result_1"] = numpy_of(metric.result())
    family.write(name, {"metric": config_of(metric)}, arrays)
