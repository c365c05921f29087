"""Whole models: five training steps each, and runs of fit."""

import json

import keras
import numpy as np
from keras import Sequential, layers, losses, metrics, optimizers, regularizers

from case_files import random_of
from keras_case import Family, config_of, gradients, normal, numpy_of, one_hot, uniform

STEPS = 5


def write_all(root):
    models = Family(root, "models")
    for make in (mlp, lenet, residual, two_outputs, shared_layer, nested):
        write_steps(models, make)
    write_fits(Family(root, "fits"))


# --- the models: (model, optimizer, compile options, inputs, targets) ---------------------------


def mlp(random):
    """Every regularizer, on kernels and on a bias."""
    model = Sequential(
        [
            keras.Input((5,), name="features"),
            layers.Dense(6, "tanh", kernel_regularizer=regularizers.L2(0.02), name="first"),
            layers.Dense(5, "elu", kernel_regularizer=regularizers.L1(0.01), name="second"),
            layers.Dense(
                3,
                "softmax",
                kernel_regularizer=regularizers.L1L2(0.01, 0.02),
                bias_regularizer=regularizers.L2(0.1),
                name="classes",
            ),
        ],
        name="mlp",
    )
    options = {
        "loss": losses.SparseCategoricalCrossentropy(),
        "metrics": [metrics.SparseCategoricalAccuracy(name="accuracy")],
    }
    x, y = normal(random, (8, 5)), random.integers(0, 3, 8).astype(np.int32)
    return model, optimizers.SGD(0.1, momentum=0.9), options, [x], [y]


def lenet(random):
    """Convolutions, both kinds of pooling, batch normalization."""
    model = Sequential(
        [
            keras.Input((8, 8, 1), name="image"),
            layers.Conv2D(3, 3, padding="same", use_bias=False, name="conv1"),
            layers.BatchNormalization(name="norm"),
            layers.Activation("relu", name="relu"),
            layers.MaxPooling2D(name="pool1"),
            layers.Conv2D(4, 2, activation="tanh", name="conv2"),
            layers.AveragePooling2D(2, strides=1, name="pool2"),
            layers.Flatten(name="flatten"),
            layers.Dense(6, activation="leaky_relu", name="hidden"),
            layers.Dense(3, name="logits"),
        ],
        name="lenet",
    )
    options = {
        "loss": losses.SparseCategoricalCrossentropy(from_logits=True),
        "metrics": [metrics.SparseCategoricalAccuracy(name="accuracy")],
    }
    x, y = normal(random, (6, 8, 8, 1)), random.integers(0, 3, 6).astype(np.int32)
    return model, optimizers.Adam(0.02), options, [x], [y]


def residual(random):
    """A branch that is added back, a frozen layer, a gradient that is clipped."""
    image = keras.Input((6, 5, 3), name="image")
    stem = layers.Conv2D(4, 3, padding="same", trainable=False, name="stem")(image)
    branch = layers.BatchNormalization(momentum=0.9, name="norm")(stem)
    branch = layers.ReLU(negative_slope=0.1, name="relu")(branch)
    branch = layers.Conv2D(4, 3, padding="same", use_bias=False, name="conv")(branch)
    joined = layers.Add(name="add")([stem, branch])
    pooled = layers.GlobalAveragePooling2D(name="pool")(joined)
    model = keras.Model(image, layers.Dense(4, "softmax", name="classes")(pooled), name="residual")
    options = {
        "loss": losses.CategoricalCrossentropy(label_smoothing=0.1),
        "metrics": [metrics.CategoricalAccuracy(name="accuracy")],
    }
    x, y = normal(random, (5, 6, 5, 3)), one_hot(random, (5, 4))
    return model, optimizers.SGD(0.2, nesterov=True, momentum=0.8, clipnorm=0.5), options, [x], [y]


def two_outputs(random):
    """Two inputs, two outputs, losses with weights, metrics of each output."""
    left, right = keras.Input((4,), name="left"), keras.Input((2, 3), name="right")
    flat = layers.Flatten(name="flatten")(right)
    both = layers.Concatenate(name="concatenate")([left, flat])
    hidden = layers.Dense(6, "softplus", kernel_regularizer=regularizers.L2(0.05), name="hidden")
    hidden = hidden(both)
    kind = layers.Dense(3, "softmax", name="kind")(hidden)
    amount = layers.Dense(2, name="amount")(hidden)
    model = keras.Model([left, right], [kind, amount], name="two_outputs")
    options = {
        "loss": {"kind": losses.CategoricalCrossentropy(), "amount": losses.MeanSquaredError()},
        "loss_weights": {"kind": 1.0, "amount": 0.3},
        "metrics": {
            "kind": [metrics.CategoricalAccuracy(name="accuracy")],
            "amount": [metrics.MeanAbsoluteError(name="mae")],
        },
    }
    x = [normal(random, (6, 4)), normal(random, (6, 2, 3))]
    y = [one_hot(random, (6, 3)), normal(random, (6, 2))]
    return model, optimizers.RMSprop(0.02, momentum=0.5), options, x, y


def shared_layer(random):
    """One layer called twice: its gradient is the sum of both calls."""
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    encoder = layers.Dense(5, "tanh", name="encoder")
    scale = layers.BatchNormalization(momentum=0.8, name="scale")
    joined = layers.Concatenate(name="concatenate")([scale(encoder(left)), encoder(right)])
    same = layers.Dense(1, "sigmoid", name="same")(joined)
    model = keras.Model([left, right], same, name="shared_layer")
    options = {
        "loss": losses.BinaryCrossentropy(),
        "metrics": [metrics.BinaryAccuracy(name="accuracy")],
    }
    x = [normal(random, (7, 4)), normal(random, (7, 4))]
    y = [random.integers(0, 2, (7, 1)).astype(np.float32)]
    schedule = optimizers.schedules.ExponentialDecay(0.1, decay_steps=2, decay_rate=0.5)
    return model, optimizers.Adam(schedule, amsgrad=True), options, x, y


def nested(random):
    """A Sequential and a functional model as layers of another; the first of them used twice."""
    encoder = Sequential(
        [
            keras.Input((4,), name="encoder_input"),
            layers.Dense(4, "selu", name="first"),
            layers.Dense(4, "sigmoid", name="second"),
        ],
        name="encoder",
    )
    head_input = keras.Input((4,), name="head_input")
    head_output = layers.Reshape((2, 1), name="reshape")(layers.Dense(2, name="dense")(head_input))
    head = keras.Model(head_input, head_output, name="head")
    x = keras.Input((4,), name="features")
    model = keras.Model(x, head(encoder(encoder(x))), name="nested")
    options = {
        "loss": losses.MeanAbsoluteError(),
        "metrics": [metrics.MeanSquaredError(name="mse")],
    }
    points = normal(random, (6, 4))
    return (
        model,
        optimizers.SGD(0.1, weight_decay=0.02),
        options,
        [points],
        [normal(random, (6, 2, 1))],
    )


# --- five steps on one batch --------------------------------------------------------------------


def write_steps(family, make):
    random = random_of("models/" + make.__name__)
    model, optimizer, options, x, y = make(random)
    architecture = json.dumps(json.loads(model.to_json()), indent=1) + "\n"
    set_weights(model, random)
    first = model.get_weights()
    description = describe(model, optimizer, options)
    model.compile(optimizer=optimizer, **options)

    arrays = {f"x_{k}": value for k, value in enumerate(x)}
    arrays |= {f"y_{k}": value for k, value in enumerate(y)}
    arrays |= {f"w{i}_0": w for i, w in enumerate(first)}
    arrays |= {f"inference_output_{k}": v for k, v in enumerate(outputs(model, x, False))}
    arrays |= {f"training_output_{k}": v for k, v in enumerate(outputs(model, x, True))}
    arrays |= {f"g{i}_1": g for i, g in enumerate(loss_gradients(model, x, y))}
    model.set_weights(first)  # the training call above moved the moving statistics

    logs = []
    for step in range(1, STEPS + 1):
        model.reset_metrics()
        logs.append(model.train_on_batch(only(x), only(y), return_dict=True))
        if step in (1, STEPS):
            arrays |= {f"w{i}_{step}": w for i, w in enumerate(model.get_weights())}
    names = list(logs[0])
    arrays["losses"] = np.array([entry["loss"] for entry in logs], dtype=np.float32)
    arrays["logs"] = np.array([[entry[n] for n in names] for entry in logs], dtype=np.float32)
    model.reset_metrics()
    evaluation = model.test_on_batch(only(x), only(y), return_dict=True)
    arrays["evaluation"] = np.array([evaluation[n] for n in names], dtype=np.float32)
    description |= {"logs": names, "tolerance": 1e-4}
    family.write(make.__name__, description, arrays, {"model.json": architecture})


def describe(model, optimizer, options):
    sequential = isinstance(model, Sequential)
    return {
        "inputs": [tensor.name for tensor in model.inputs],
        "outputs": [model.layers[-1].name] if sequential else list(model.output_names),
        "weights": [weight.path for weight in model.weights],
        "trainable": [weight.path for weight in model.trainable_weights],
        "optimizer": config_of(optimizer),
        "loss": each(config_of, options["loss"]),
        "loss_weights": options.get("loss_weights"),
        "metrics": each(config_of, options["metrics"]),
        "layers": [type(layer).__name__ for layer in model.layers],
    }


def each(function, tree):
    if isinstance(tree, dict):
        return {key: each(function, value) for key, value in tree.items()}
    return [each(function, value) for value in tree] if isinstance(tree, list) else function(tree)


def only(values):
    return values[0] if len(values) == 1 else values


def set_weights(model, random):
    for weight in model.weights:
        if weight.name in ("gamma", "moving_variance"):
            weight.assign(uniform(random, weight.shape, 0.5, 1.5))
        else:
            fan_in = max(4, int(np.prod(weight.shape[:-1])))
            weight.assign(normal(random, weight.shape, fan_in**-0.5))


def outputs(model, x, training):
    result = model(only(x), training=training)
    return [numpy_of(y) for y in (result if isinstance(result, (list, tuple)) else [result])]


def loss_gradients(model, x, y):
    """The gradient of the loss of train_on_batch: of all outputs, with the regularizers."""
    variables = model.trainable_variables

    def loss(*values):
        with keras.StatelessScope(state_mapping=list(zip(variables, values, strict=True))):
            predicted = model(only(x), training=True)
            return model.compute_loss(x=only(x), y=only(y), y_pred=predicted, training=True)

    return gradients(loss, [numpy_of(variable) for variable in variables])


# --- fit ----------------------------------------------------------------------------------------


def write_fits(family):
    """Batches that do not divide the data, weights of samples and classes, held-back data.

    The last batch holds four or five samples: of two that are close, batch normalization would make
    numbers that no two systems agree on.
    """
    data = random_of("fits")
    x = normal(data, (23, 4))
    y = np.argmax(x[:, :3] + normal(data, (23, 3), 0.3), axis=1).astype(np.int32)
    weights = uniform(data, (23,), 0.2, 2.0)
    class_weight = {0: 1.0, 1: 0.4, 2: 2.5}
    both = {"validation_split": 0.3, "class_weight": class_weight}
    fit_case(family, "partial_batch", x, y, {})
    fit_case(family, "validation_split", x, y, {"validation_split": 0.3})
    fit_case(family, "sample_weight", x, y, {}, sample_weight=weights)
    fit_case(family, "class_weight", x, y, {"class_weight": class_weight})
    fit_case(family, "class_weight_validation_split", x, y, both)
    fit_case(
        family,
        "sample_weight_validation_split",
        x,
        y,
        {"validation_split": 0.3},
        sample_weight=weights,
    )
    stop = {"monitor": "val_loss", "patience": 2, "mode": "min", "restore_best_weights": True}
    fit_case(family, "early_stopping", x, y, {"validation_split": 0.3, "epochs": 12}, stop=stop)


def fit_case(family, name, x, y, options, sample_weight=None, stop=None):
    random = random_of("fits/" + name)
    model = Sequential(
        [
            keras.Input((4,), name="features"),
            layers.Dense(6, "tanh", kernel_regularizer=regularizers.L2(0.01), name="hidden"),
            layers.BatchNormalization(momentum=0.7, name="norm"),
            layers.Dense(3, "softmax", name="classes"),
        ],
        name="classifier",
    )
    architecture = json.dumps(json.loads(model.to_json()), indent=1) + "\n"
    set_weights(model, random)
    optimizer = optimizers.SGD(0.9 if stop else 0.2, momentum=0.5)
    arrays = {"x_0": x, "y_0": y}
    if sample_weight is not None:
        arrays["sample_weight"] = sample_weight
    arrays |= {f"w{i}_0": w for i, w in enumerate(model.get_weights())}
    compiled = {
        "loss": losses.SparseCategoricalCrossentropy(),
        "metrics": [metrics.SparseCategoricalAccuracy(name="accuracy")],
    }
    description = describe(model, optimizer, compiled)
    # Without "weighted_metrics" Keras gives the accuracy no weights: that is what is recorded.
    model.compile(optimizer=optimizer, **compiled)
    settings = {"batch_size": 6, "epochs": 3, "shuffle": False, **options}
    history = model.fit(
        x,
        y,
        sample_weight=sample_weight,
        callbacks=[keras.callbacks.EarlyStopping(**stop)] if stop else None,
        verbose=0,
        **settings,
    ).history
    arrays |= {f"w{i}_end": w for i, w in enumerate(model.get_weights())}
    arrays |= {f"history_{key}": np.array(v, dtype=np.float32) for key, v in history.items()}
    evaluation = model.evaluate(
        x, y, sample_weight=sample_weight, batch_size=6, verbose=0, return_dict=True
    )
    names = list(evaluation)
    arrays["evaluation"] = np.array([evaluation[key] for key in names], dtype=np.float32)
    arrays["prediction_0"] = numpy_of(model.predict(x, batch_size=6, verbose=0))
    if "class_weight" in settings:
        settings["class_weight"] = {str(k): v for k, v in settings["class_weight"].items()}
    description |= {
        "fit": settings,
        "early_stopping": stop,
        "epochs": len(history["loss"]),
        "history": list(history),
        "evaluation": names,
        "tolerance": 1e-4,
    }
    family.write(name, description, arrays, {"model.json": architecture})
