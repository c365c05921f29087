"""Single layers: outputs, gradients, and moving statistics after a training call."""

from functools import partial

import keras
import numpy as np
from keras import layers

from case_files import random_of
from keras_case import Family, apart, config_of, distinct, gradients, normal, numpy_of, uniform

ACTIVATIONS = (
    "linear",
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "softplus",
    "softmax",
)
KINKED = {"relu", "leaky_relu", "selu"}
IMAGE = (2, 6, 5, 3)  # odd and even, so that "same" has to pad on one side only


def write_all(root):
    family = Family(root, "layers")
    dense(family)
    activations(family)
    shaping(family)
    convolutions(family)
    pooling(family)
    normalization(family)
    merging(family)


def case(family, name, layer, *shapes, values=None, training=False):
    """Writes one call of the layer: y, and the gradient of sum(y * cotangent) for everything."""
    random = random_of(name)
    values = values or normal
    inputs = [values(random, shape) for shape in shapes]
    layer.build(shapes[0] if len(shapes) == 1 else list(shapes))
    set_weights(layer, random)
    inputs = away_from_kinks(layer, inputs, random)

    before = [numpy_of(weight) for weight in layer.weights]
    trainable, other = layer.trainable_variables, layer.non_trainable_variables

    def call(*points):
        """The output, and what the call makes of each moving statistic."""
        x = points[0] if len(inputs) == 1 else list(points[: len(inputs)])
        new_values = zip(trainable, points[len(inputs) :], strict=True)
        with keras.StatelessScope(state_mapping=list(new_values)) as scope:
            y = layer(x, training=training)
        moved = [scope.get_current_value(v) for v in layer.non_trainable_variables]
        return y, [v if new is None else new for v, new in zip(other, moved, strict=True)]

    points = inputs + [numpy_of(variable) for variable in trainable]
    y, moved = call(*[keras.ops.convert_to_tensor(point) for point in points])
    y = numpy_of(y)
    cotangent = normal(random, y.shape)

    def pulled_back(*points):
        return keras.ops.sum(keras.ops.multiply(call(*points)[0], cotangent))

    slopes = gradients(pulled_back, points)
    arrays = {f"x_{i}": x for i, x in enumerate(inputs)}
    arrays |= {f"w_{i}": w for i, w in enumerate(before)}
    arrays |= {"y_0": y, "cotangent_0": cotangent}
    arrays |= {f"gx_{i}": slope for i, slope in enumerate(slopes[: len(inputs)])}
    positions = {id(weight): i for i, weight in enumerate(layer.weights)}
    for variable, slope in zip(trainable, slopes[len(inputs) :], strict=True):
        arrays[f"gw_{positions[id(variable)]}"] = slope
    if training:
        for variable, value in zip(other, moved, strict=True):
            arrays[f"w_{positions[id(variable)]}_after"] = numpy_of(value)

    own = config_of(layer)
    description = {
        "class_name": own["class_name"],
        "config": own["config"],
        "weights": [weight.name for weight in layer.weights],
        "trainable": [weight.name for weight in layer.trainable_variables],
        "inputs": len(inputs),
        "outputs": 1,
        "training": training,
        "tolerance": 1e-5,
    }
    family.write(name, description, arrays)


def set_weights(layer, random):
    for weight in layer.weights:
        if weight.name in ("moving_variance", "gamma"):
            weight.assign(uniform(random, weight.shape, 0.5, 1.5))
        else:
            weight.assign(normal(random, weight.shape, 0.5))


def away_from_kinks(layer, inputs, random):
    """Draws the input again until nothing that enters the layer's own activation is near zero."""
    activation = layer.get_config().get("activation")
    if activation not in KINKED or isinstance(layer, layers.Activation):
        return inputs
    plain = type(layer).from_config({**layer.get_config(), "activation": "linear"})
    plain.build(inputs[0].shape)
    plain.set_weights(layer.get_weights())
    while np.abs(numpy_of(plain(inputs[0]))).min() < 0.01:
        inputs = [normal(random, inputs[0].shape)]
    return inputs


def dense(family):
    case(family, "dense", layers.Dense(4), (3, 5))
    case(family, "dense_no_bias", layers.Dense(4, use_bias=False), (3, 5))
    case(family, "dense_sequence", layers.Dense(4), (2, 3, 5))
    case(family, "dense_sequence_no_bias", layers.Dense(2, use_bias=False), (2, 3, 5))
    case(family, "dense_grid", layers.Dense(3), (2, 2, 3, 4))
    case(family, "dense_one_unit", layers.Dense(1), (1, 4))
    for activation in ACTIVATIONS:
        case(family, f"dense_{activation}", layers.Dense(4, activation=activation), (3, 5))
    case(family, "dense_sequence_softmax", layers.Dense(4, activation="softmax"), (2, 3, 5))


def activations(family):
    for activation in ACTIVATIONS:
        case(
            family, f"activation_{activation}", layers.Activation(activation), (3, 5), values=apart
        )
    case(family, "activation_large", layers.Activation("sigmoid"), (3, 5), values=large)
    case(family, "activation_softplus_large", layers.Activation("softplus"), (3, 5), values=large)
    case(family, "activation_tanh_large", layers.Activation("tanh"), (3, 5), values=large)
    case(family, "activation_softmax_large", layers.Activation("softmax"), (3, 5), values=large)

    case(family, "leaky_relu", layers.LeakyReLU(), (3, 5), values=apart)
    case(family, "leaky_relu_slope", layers.LeakyReLU(negative_slope=0.05), (3, 5), values=apart)
    case(family, "elu", layers.ELU(), (3, 5), values=apart)
    case(family, "elu_alpha", layers.ELU(alpha=0.4), (3, 5), values=apart)
    for name, options in {
        "relu": {},
        "relu_max_value": {"max_value": 0.8},
        "relu_negative_slope": {"negative_slope": 0.2},
        "relu_threshold": {"threshold": 0.4},
        "relu_everything": {"max_value": 1.1, "negative_slope": 0.2, "threshold": 0.4},
    }.items():
        case(family, name, layers.ReLU(**options), (4, 6), values=apart_from_thresholds)
    case(family, "softmax", layers.Softmax(), (3, 5))
    case(family, "softmax_axis_1", layers.Softmax(axis=1), (2, 4, 3))
    case(family, "softmax_axis_minus_2", layers.Softmax(axis=-2), (2, 3, 4, 2))
    case(family, "softmax_two_axes", layers.Softmax(axis=[1, 2]), (2, 3, 4))
    case(family, "dropout", layers.Dropout(0.4), (3, 5))


def apart_from_thresholds(random, shape):
    return apart(random, shape, kinks=(0.0, 0.4, 0.8, 1.1))


def large(random, shape):
    """Where a careless formula overflows."""
    return normal(random, shape, 40.0)


def shaping(family):
    case(family, "flatten", layers.Flatten(), (2, 3, 4, 2))
    case(family, "flatten_rank_2", layers.Flatten(), (3, 4))
    case(family, "flatten_rank_1", layers.Flatten(), (3,))
    channels_first = layers.Flatten(data_format="channels_first")
    case(family, "flatten_channels_first", channels_first, (2, 3, 4, 2))
    case(family, "reshape", layers.Reshape((6, 2)), (2, 3, 4))
    case(family, "reshape_minus_1", layers.Reshape((-1, 3)), (2, 3, 4))
    case(family, "reshape_flat", layers.Reshape((-1,)), (2, 3, 4))
    case(family, "reshape_more_axes", layers.Reshape((2, 2, -1, 1)), (2, 3, 4))


def convolutions(family):
    def conv(name, *arguments, shape=IMAGE, **options):
        case(family, f"conv2d_{name}", layers.Conv2D(*arguments, **options), shape)

    conv("valid", 4, 3)
    conv("same", 4, 3, padding="same")
    conv("same_even_kernel", 4, 2, padding="same")
    conv("kernel_1x1", 2, 1)
    conv("kernel_uneven", 2, (2, 3))
    conv("no_bias", 4, 3, use_bias=False)
    conv("valid_stride_2", 4, 3, strides=2)
    conv("valid_strides_uneven", 2, (3, 2), strides=(1, 2))
    for height, width in ((6, 6), (7, 7), (7, 6)):
        for kernel in (2, 3, 4):
            name = f"same_stride_2_{height}x{width}_kernel_{kernel}"
            conv(name, 2, kernel, strides=2, padding="same", shape=(1, height, width, 2))
    conv("same_stride_3", 2, 2, strides=3, padding="same", shape=(1, 8, 7, 2))
    conv("dilation", 2, 3, dilation_rate=2, shape=(1, 7, 6, 2))
    conv("dilation_same", 2, 2, dilation_rate=(2, 3), padding="same", shape=(1, 7, 6, 2))
    conv("groups", 4, 3, groups=2, shape=(2, 5, 5, 4))
    conv("groups_depthwise", 6, 2, groups=3, padding="same", shape=(2, 4, 4, 3))
    conv("channels_first", 4, 3, data_format="channels_first", shape=(2, 3, 6, 5))
    conv(
        "channels_first_same_stride_2",
        4,
        3,
        strides=2,
        padding="same",
        data_format="channels_first",
        shape=(2, 3, 6, 5),
    )
    for activation in ("relu", "tanh", "softmax"):
        conv(activation, 3, 2, activation=activation, shape=(1, 4, 4, 2))


def pooling(family):
    for kind, layer in {
        "max_pooling2d": layers.MaxPooling2D,
        "average_pooling2d": layers.AveragePooling2D,
    }.items():
        windows(partial(pool_case, family, kind, layer))
    pool_case(family, "max_pooling2d", layers.MaxPooling2D, "default")
    average = layers.GlobalAveragePooling2D
    case(family, "global_average_pooling2d", average(), IMAGE)
    case(family, "global_average_pooling2d_keepdims", average(keepdims=True), IMAGE)
    first = average(data_format="channels_first")
    case(family, "global_average_pooling2d_channels_first", first, (2, 3, 4, 5))


def pool_case(family, kind, layer, name, *arguments, shape=IMAGE, **options):
    case(family, f"{kind}_{name}", layer(*arguments, **options), shape, values=distinct)


def windows(pool):
    pool("window_2", 2)
    pool("valid_odd", 2, shape=(1, 7, 5, 2))
    pool("same_odd", 2, padding="same", shape=(1, 7, 5, 2))
    pool("same_even", 2, padding="same", shape=(1, 6, 4, 2))
    pool("same_stride_1", 3, strides=1, padding="same")
    pool("same_stride_1_even_window", 2, strides=1, padding="same")
    pool("same_window_3_stride_2", 3, strides=2, padding="same")
    pool("overlapping", 3, strides=2)
    pool("gaps", 2, strides=3, shape=(1, 8, 8, 2))
    pool("uneven", (2, 3), strides=(1, 2))
    pool("channels_first", 2, data_format="channels_first", shape=(2, 3, 6, 5))
    pool(
        "channels_first_same",
        3,
        strides=2,
        padding="same",
        data_format="channels_first",
        shape=(2, 3, 6, 5),
    )


def normalization(family):
    variants = {
        "": ({}, (6, 4)),
        "_image": ({}, (3, 4, 3, 2)),
        "_axis_1": ({"axis": 1}, (3, 2, 4, 3)),
        "_axis_1_sequence": ({"axis": 1}, (3, 4, 2)),
        "_no_center": ({"center": False}, (6, 4)),
        "_no_scale": ({"scale": False}, (6, 4)),
        "_no_center_no_scale": ({"center": False, "scale": False}, (6, 4)),
        "_momentum_epsilon": ({"momentum": 0.8, "epsilon": 0.01}, (6, 4)),
    }
    for name, (options, shape) in variants.items():
        for training in (False, True):
            case(
                family,
                f"batch_normalization{name}{'_training' if training else ''}",
                layers.BatchNormalization(**options),
                shape,
                training=training,
            )
    frozen = layers.BatchNormalization(trainable=False)
    case(family, "batch_normalization_frozen_training", frozen, (6, 4), training=True)


def merging(family):
    case(family, "concatenate", layers.Concatenate(), (2, 3), (2, 4))
    case(family, "concatenate_three", layers.Concatenate(), (2, 3, 1), (2, 3, 2), (2, 3, 4))
    case(family, "concatenate_axis_1", layers.Concatenate(axis=1), (2, 3, 4), (2, 2, 4))
    case(family, "concatenate_axis_2", layers.Concatenate(axis=2), (1, 3, 2, 2), (1, 3, 4, 2))
    case(family, "add_two", layers.Add(), (2, 3), (2, 3))
    case(family, "add_three", layers.Add(), (2, 3, 4), (2, 3, 4), (2, 3, 4))
    case(family, "add_broadcast", layers.Add(), (2, 3, 4), (2, 1, 4))
    case(family, "add_broadcast_both", layers.Add(), (2, 3, 1), (2, 1, 4))
    case(family, "add_broadcast_rank", layers.Add(), (2, 3, 4), (2, 4))
