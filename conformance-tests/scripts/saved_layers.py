"""A small model of every layer of Keras, for make_saved_models.py: name, layers, inputs."""

import keras
import numpy as np
from keras import layers as L

ROWS = []


def begin():
    """The next layer is called and seeded as if it were the first."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(7)


begin()


def coarse(random, shape):
    """Normal numbers of few digits, which an archive holds in half the bytes."""
    return np.round(random.standard_normal(shape) * 32) / 32


class Given:
    """An input: the numbers, and whether its first axis is left open."""

    def __init__(self, shape, kind="normal", dtype="float32", fixed=False, high=5):
        self.shape, self.kind, self.dtype = shape, kind, dtype
        self.fixed, self.high = fixed, high

    def symbol(self):
        shape = self.shape if self.fixed else (None, *self.shape[1:])
        return keras.Input(batch_shape=shape, dtype=self.dtype)

    def numbers(self, random):
        if self.kind == "whole":
            return random.integers(0, self.high, self.shape).astype(self.dtype)
        if self.kind == "image":
            return (random.random(self.shape) * 255).round().astype(self.dtype)
        if self.kind == "flags":
            # The first is always set: a row where all are masked is nobody's case.
            flags = random.random(self.shape) < 0.6
            flags[..., 0] = True
            return flags
        return coarse(random, self.shape).astype(self.dtype)


def row(name, function, *inputs, calls=1, **notes):
    inputs = [i if isinstance(i, Given) else Given(i) for i in inputs]
    ROWS.append((name, function, inputs, calls, notes))
    begin()


def whole(*shape, high=5, dtype="int32"):
    return Given(shape, "whole", dtype, high=high)


def image(*shape):
    return Given(shape, "image")


def fixed(*shape):
    return Given(shape, fixed=True)


def flags(*shape):
    return Given(shape, "flags", "bool")


ACTIVATIONS = """celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu
    linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus
    softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh tanh_shrink"""
LINE, PLANE, SPACE = (2, 9, 4), (2, 6, 7, 4), (2, 4, 4, 3, 2)
SHAPES = {"1D": LINE, "2D": PLANE, "3D": SPACE}
FIRST = {"1D": (2, 4, 9), "2D": (2, 4, 6, 7), "3D": (2, 2, 4, 4, 3)}


def convolutions():
    for rank, shape in SHAPES.items():
        conv, back = getattr(L, f"Conv{rank}"), getattr(L, f"Conv{rank}Transpose")
        low = rank.lower()
        row(f"conv{low}", conv(3, 2), shape)
        row(f"conv{low}_same", conv(3, 3, strides=2, padding="same", activation="relu"), shape)
        row(f"conv{low}_dilation", conv(2, 2, dilation_rate=2, groups=2, use_bias=False), shape)
        row(f"conv{low}_first", conv(3, 2, data_format="channels_first"), FIRST[rank])
        row(f"conv{low}_transpose", back(2, 2, strides=2), shape)
        row(f"conv{low}_transpose_same", back(1, 3, strides=2, padding="same"), shape)
    row("conv1d_causal", L.Conv1D(3, 3, padding="causal"), LINE)
    for rank in ("1D", "2D"):
        deep, parts = getattr(L, f"DepthwiseConv{rank}"), getattr(L, f"SeparableConv{rank}")
        low = rank.lower()
        row(f"depthwise_conv{low}", deep(3, depth_multiplier=2), SHAPES[rank])
        row(f"depthwise_conv{low}_same", deep(2, strides=2, padding="same"), SHAPES[rank])
        row(f"separable_conv{low}", parts(5, 3, depth_multiplier=2), SHAPES[rank])
        row(f"separable_conv{low}_same", parts(3, 2, padding="same"), SHAPES[rank])


def pools():
    for rank, shape in SHAPES.items():
        low = rank.lower()
        for kind in ("Max", "Average"):
            pool = getattr(L, f"{kind}Pooling{rank}")
            name = f"{kind.lower()}_pooling{low}"
            row(name, pool(2), shape)
            row(f"{name}_same", pool(3, strides=2, padding="same"), shape)
            row(f"{name}_first", pool(2, data_format="channels_first"), FIRST[rank])
            row(f"global_{name}", getattr(L, f"Global{kind}Pooling{rank}")(), shape)
            kept = getattr(L, f"Global{kind}Pooling{rank}")(keepdims=True)
            row(f"global_{name}_keepdims", kept, shape)
            adaptive = getattr(L, f"Adaptive{kind}Pooling{rank}")
            row(f"adaptive_{name}", adaptive(3), shape)


def shapes():
    row("flatten", L.Flatten(), PLANE)
    row("reshape", L.Reshape((-1, 3, 2)), (2, 6, 4))
    row("permute", L.Permute((2, 1)), LINE)
    row("repeat_vector", L.RepeatVector(3), (2, 4))
    for rank, shape in SHAPES.items():
        low = rank.lower()
        pairs = {"1D": (1, 2), "2D": ((1, 2), (0, 3)), "3D": ((1, 0), (2, 1), (0, 1))}[rank]
        row(f"zero_padding{low}", getattr(L, f"ZeroPadding{rank}")(pairs), shape)
        row(f"cropping{low}", getattr(L, f"Cropping{rank}")(pairs), shape)
        size = {"1D": 3, "2D": (2, 3), "3D": (1, 2, 3)}[rank]
        row(f"up_sampling{low}", getattr(L, f"UpSampling{rank}")(size), shape)
    row("up_sampling2d_bilinear", L.UpSampling2D(2, interpolation="bilinear"), PLANE)


def activations():
    row("activation", L.Activation("gelu"), (2, 3, 4))
    for name in ACTIVATIONS.split():
        row(f"activation_{name}", L.Activation(name), (2, 6))
    row("elu", L.ELU(0.7), (2, 6))
    row("leaky_relu", L.LeakyReLU(0.2), (2, 6))
    row("prelu", L.PReLU(shared_axes=[1]), (2, 5, 3))
    row("relu", L.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.2), (2, 6))
    row("softmax", L.Softmax(axis=1), (2, 4, 5))
    row("softmax_mask", lambda x, mask: L.Softmax()(x, mask=mask), (2, 4, 5), flags(2, 4, 5))


def core():
    row("dense", L.Dense(4), (2, 5))
    row("dense_tanh", L.Dense(3, activation="tanh", use_bias=False), (2, 3, 5))
    row("einsum_dense", L.EinsumDense("abc,cde->abde", (None, 2, 4), bias_axes="de"), (2, 3, 5))
    row("embedding", L.Embedding(7, 4), whole(2, 6, high=7))
    row("embedding_mask", lambda x: L.LSTM(3)(L.Embedding(5, 4, mask_zero=True)(x)), whole(2, 6))
    row("identity", L.Identity(), (2, 3))
    row("masking", lambda x: L.GRU(3)(L.Masking(0.0)(x)), (2, 5, 3))
    row("reversible_embedding", tied, whole(2, 6, high=9))
    row("sequential", sequential, (2, 5))


def tied(x):
    layer = L.ReversibleEmbedding(9, 4, tie_weights=True)
    return layer(L.Dense(4, activation="tanh")(layer(x)), reverse=True)


def sequential(x):
    inner = keras.Sequential([L.Dense(4, activation="relu"), L.Dense(3)], name="inner")
    return inner(x)


def attention():
    row("attention", lambda q, v: L.Attention(use_scale=True)([q, v]), (2, 4, 6), (2, 5, 6))
    row("attention_key", lambda q, v, k: L.Attention(score_mode="concat")([q, v, k]),
        (2, 4, 6), (2, 5, 3), (2, 5, 6))
    row("additive_attention", lambda q, v: L.AdditiveAttention()([q, v]), (2, 4, 6), (2, 5, 6))
    row("additive_attention_masks",
        lambda q, v, a, b: L.AdditiveAttention()([q, v], mask=[a, b]),
        (2, 4, 6), (2, 5, 6), flags(2, 4), flags(2, 5))
    row("multi_head_attention", lambda q, v: L.MultiHeadAttention(2, 3)(q, v), (2, 4, 6), (2, 5, 7))
    row("multi_head_attention_causal",
        lambda q: L.MultiHeadAttention(2, 3, use_bias=False)(q, q, use_causal_mask=True), (2, 4, 6))
    row("multi_head_attention_mask",
        lambda q, v, m: L.MultiHeadAttention(2, 3)(
            q, v, attention_mask=m, return_attention_scores=True),
        (2, 4, 6), (2, 5, 7), flags(2, 4, 5))
    row("group_query_attention",
        lambda q, v: L.GroupQueryAttention(4, 4, 2)(q, v), (2, 4, 6), (2, 5, 6))


def merges():
    three = ((2, 3, 4), (2, 1, 4), (2, 3, 1))
    for kind in ("Add", "Average", "Maximum", "Minimum", "Multiply"):
        row(kind.lower(), lambda *x, k=kind: getattr(L, k)()(list(x)), *three)
    row("subtract", lambda a, b: L.Subtract()([a, b]), (2, 3, 4), (2, 3, 4))
    row("concatenate", lambda a, b: L.Concatenate(axis=1)([a, b]), (2, 3, 4), (2, 2, 4))
    row("dot", lambda a, b: L.Dot(axes=(1, 2), normalize=True)([a, b]), (2, 3, 4), (2, 5, 3))


def normalizations():
    row("batch_normalization", L.BatchNormalization(), (2, 5, 3))
    row("batch_normalization_axis", L.BatchNormalization(axis=1, scale=False), (2, 5, 3))
    row("group_normalization", L.GroupNormalization(2), (2, 5, 3, 4))
    row("layer_normalization", L.LayerNormalization(), (2, 5, 3))
    row("layer_normalization_axes", L.LayerNormalization(axis=[1, 2]), (2, 5, 3))
    row("rms_normalization", L.RMSNormalization(), (2, 5, 3))
    row("spectral_normalization", L.SpectralNormalization(L.Dense(4)), (2, 5))
    row("unit_normalization", L.UnitNormalization(axis=1), (2, 5, 3))


def regularization():
    shape = (2, 5, 3)
    row("activity_regularization", L.ActivityRegularization(l1=0.1, l2=0.2), shape)
    row("alpha_dropout", L.AlphaDropout(0.3), shape)
    row("dropout", L.Dropout(0.3), shape)
    row("gaussian_dropout", L.GaussianDropout(0.3), shape)
    row("gaussian_noise", L.GaussianNoise(0.3), shape)
    for rank, data in SHAPES.items():
        row(f"spatial_dropout{rank.lower()}", getattr(L, f"SpatialDropout{rank}")(0.3), data)


def recurrent():
    steps = (2, 5, 3)
    for kind in ("SimpleRNN", "GRU", "LSTM"):
        layer, cell = getattr(L, kind), getattr(L, f"{kind}Cell")
        low = kind.lower()
        row(low, layer(4), steps)
        row(f"{low}_all", layer(4, return_sequences=True, return_state=True), steps)
        row(f"{low}_backwards", layer(4, go_backwards=True, activation="relu"), steps)
        row(f"{low}_stateful", layer(4, stateful=True), fixed(*steps), calls=2)
        row(f"{low}_in_rnn", L.RNN(cell(4, use_bias=low != "gru"), return_sequences=True), steps)
        row(f"bidirectional_{low}", L.Bidirectional(layer(3, return_sequences=True)), steps)
    row("gru_reset_before", L.GRU(4, reset_after=False), steps)
    row("lstm_initial_state", lambda x, h, c: L.LSTM(4)(x, initial_state=[h, c]),
        steps, (2, 4), (2, 4))
    row("gru_mask", lambda x, m: L.GRU(4, return_sequences=True)(x, mask=m), steps, flags(2, 5))
    cells = [L.LSTMCell(4), L.GRUCell(3)]
    row("stacked_rnn_cells", L.RNN(L.StackedRNNCells(cells)), steps)
    row("rnn_of_cells", L.RNN([L.SimpleRNNCell(4), L.SimpleRNNCell(2)]), steps)
    row("bidirectional_sum", L.Bidirectional(L.LSTM(3), merge_mode="sum"), steps)
    row("time_distributed", L.TimeDistributed(L.Conv2D(3, 2)), (2, 3, 4, 4, 2))
    row("time_distributed_dense", L.TimeDistributed(L.Dense(3)), steps)
    row("conv_lstm1d", L.ConvLSTM1D(3, 2), (2, 3, 6, 2))
    row("conv_lstm2d", L.ConvLSTM2D(3, 2, padding="same", return_sequences=True), (2, 3, 5, 4, 2))
    row("conv_lstm3d", L.ConvLSTM3D(2, 2), (2, 2, 3, 4, 3, 2))


IMAGE_LAYERS = {
    "CenterCrop": (4, 5),
    "MaxNumBoundingBoxes": (4,),
    "RandomCrop": (4, 5),
    "RandomPosterization": (4,),
    "RandomTranslation": (0.2, 0.3),
    "Rescaling": (1 / 127.5, -1),
    "Resizing": (4, 9),
    **dict.fromkeys("""AugMix AutoContrast ContrastLimitedAdaptiveHistogramEqualization CutMix
        MixUp RandAugment RandomColorJitter RandomElasticTransform RandomErasing
        RandomFlip RandomGaussianBlur RandomGrayscale RandomInvert RandomPerspective RandomShear
        Solarization""".split(), ()),
    **dict.fromkeys("""RandomBrightness RandomColorDegeneration RandomContrast RandomHue
        RandomRotation RandomSaturation RandomSharpness RandomZoom""".split(), (0.3,)),
}


def images():
    picture = (2, 6, 7, 3)
    for kind, options in IMAGE_LAYERS.items():
        row(kind.lower(), getattr(L, kind)(*options), image(*picture))
    row("resizing_crop", L.Resizing(4, 4, crop_to_aspect_ratio=True), image(*picture))
    row("resizing_bicubic", L.Resizing(8, 5, interpolation="bicubic"), image(*picture))
    # Keras 3.15 can apply it to an input only inside of another layer.
    row("equalization", L.Pipeline([L.Equalization()]), image(*picture))
    row("pipeline", L.Pipeline([L.Rescaling(1 / 255), L.Resizing(3, 4)]), image(*picture))


def preprocessing():
    row("normalization", L.Normalization(mean=[1.0, 2, 3], variance=[1.0, 4, 9]), (2, 4, 3))
    row("normalization_invert", L.Normalization(None, 0.5, 2.0, invert=True), (2, 4))
    row("category_encoding", L.CategoryEncoding(5), whole(2, 4))
    row("category_encoding_count", L.CategoryEncoding(5, output_mode="count"), whole(2, 4))
    row("discretization", L.Discretization([-1.0, 0.0, 0.5]), (2, 4))
    row("discretization_hot", L.Discretization([0.0, 0.5], output_mode="multi_hot"), (2, 4))
    row("mel_spectrogram", L.MelSpectrogram(
        fft_length=64, sequence_stride=32, sampling_rate=8000, num_mel_bins=8), (2, 160))
    row("stft_spectrogram", L.STFTSpectrogram(mode="log", frame_length=16, fft_length=32), (2, 60, 1))


def kinds_of_numbers():
    for policy in "float16 bfloat16 float64 mixed_float16 mixed_bfloat16".split():
        made = [L.Dense(4, dtype=policy, activation="tanh"), L.LayerNormalization(dtype=policy)]
        wide = policy == "float64"
        row(f"dtype_{policy}", lambda x, m=made: m[1](m[0](x)), (2, 5),
            tolerance=1e-4 if wide else 2**-6 if "b" in policy else 2**-8)
    for mode in "int8 int4 float8".split():
        row(f"quantized_{mode}", lambda x, m=mode: changed(L.Dense(4), x, m), (2, 6),
            tolerance=5e-3 if mode == "float8" else 1e-4)
    row("dense_lora", lora, (2, 6))


def changed(layer, x, mode):
    y = layer(x)
    layer.quantize(mode)
    return y


def lora(x):
    layer = L.Dense(4)
    y = layer(x)
    layer.enable_lora(2)
    return y


@keras.saving.register_keras_serializable("theirs")
class OfTheirOwn(L.Layer):
    def call(self, x):
        return x * 2


def code(text):
    """A function whose code does not name the file it is in, for Keras saves that too."""
    return eval(compile(text, "model.py", "eval"))


def refusals():
    twice = code("lambda x: x * 2")
    row("refused_lambda", L.Lambda(twice), (2, 4), refused="Lambda holds Python code")
    row("refused_custom", OfTheirOwn(), (2, 4), refused="a class of the user's own")
    row("refused_map", lambda x: keras.ops.map(twice, x), (2, 4), refused="holds a function")


for family in (convolutions, pools, shapes, activations, core, attention, merges, normalizations,
               regularization, recurrent, images, preprocessing, kinds_of_numbers, refusals):
    family()
