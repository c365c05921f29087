"""Optimizers and learning-rate schedules."""

import keras
import numpy as np
from keras import optimizers

from case_files import random_of
from keras_case import Family, config_of, normal, numpy_of

STEPS = 5


def write_all(root):
    write_optimizers(Family(root, "optimizers"))
    write_schedules(Family(root, "schedules"))


def optimizer_case(family, name, optimizer):
    """Five steps with gradients that are given; slots are listed in Keras's own order."""
    random = random_of("optimizers/" + name)
    shapes = [(3, 4), (4,)]
    description = {"optimizer": config_of(optimizer)}
    variables = [keras.Variable(normal(random, s), name=f"v{i}") for i, s in enumerate(shapes)]
    arrays = {f"v{i}_0": numpy_of(v) for i, v in enumerate(variables)}
    optimizer.build(variables)
    for step in range(1, STEPS + 1):
        grads = [normal(random, shape, 0.5) for shape in shapes]
        arrays |= {f"g{i}_{step}": g for i, g in enumerate(grads)}
        optimizer.apply([keras.ops.convert_to_tensor(g) for g in grads], variables)
        if step in (1, STEPS):
            arrays |= {f"v{i}_{step}": numpy_of(v) for i, v in enumerate(variables)}
    slots = optimizer.variables
    for j, slot in enumerate(slots):
        value = numpy_of(slot)
        # Keras counts steps in int32 on JAX and PyTorch, in int64 on TensorFlow: one type for all.
        arrays[f"slot{j}_5"] = value.astype(np.int64) if value.dtype == np.int32 else value
    family.write(name, {**description, "slots": [slot.path for slot in slots]}, arrays)


def write_optimizers(family):
    exponential = optimizers.schedules.ExponentialDecay(0.1, decay_steps=2, decay_rate=0.5)
    piecewise = optimizers.schedules.PiecewiseConstantDecay([1, 3], [0.1, 0.05, 0.01])
    cosine = optimizers.schedules.CosineDecay(0.02, 4, warmup_target=0.1, warmup_steps=2)
    shared = {
        "": {},
        "_weight_decay": {"weight_decay": 0.05},
        "_clipnorm": {"clipnorm": 0.8},
        "_clipvalue": {"clipvalue": 0.3},
        "_global_clipnorm": {"global_clipnorm": 0.9},
    }
    own = {
        optimizers.SGD: {
            "_momentum": {"momentum": 0.9},
            "_nesterov": {"momentum": 0.9, "nesterov": True},
            "_momentum_weight_decay": {"momentum": 0.8, "weight_decay": 0.01},
            "_nesterov_clipnorm": {"momentum": 0.8, "nesterov": True, "clipnorm": 0.5},
            "_schedule": {"learning_rate": piecewise},
            "_momentum_schedule": {"momentum": 0.9, "learning_rate": exponential},
        },
        optimizers.Adam: {
            "_amsgrad": {"amsgrad": True},
            "_epsilon": {"epsilon": 1e-3},
            "_betas": {"beta_1": 0.8, "beta_2": 0.95},
            "_amsgrad_weight_decay": {"amsgrad": True, "weight_decay": 0.02},
            "_schedule": {"learning_rate": exponential},
            "_schedule_weight_decay": {"learning_rate": cosine, "weight_decay": 0.05},
        },
        optimizers.RMSprop: {
            "_rho": {"rho": 0.7},
            "_epsilon": {"epsilon": 1e-2},
            "_momentum": {"momentum": 0.9},
            "_centered": {"centered": True},
            "_centered_momentum": {"centered": True, "momentum": 0.9},
            "_schedule": {"learning_rate": cosine},
        },
    }
    for kind, variants in own.items():
        for name, options in {**shared, **variants}.items():
            optimizer_case(family, kind.__name__ + name, kind(**{"learning_rate": 0.1, **options}))


    write_more_optimizers(family)


def write_more_optimizers(family):
    """ScheduleFreeAdamW is not among them: Keras computes it otherwise on JAX than on TensorFlow."""
    for name, optimizer in {
        "Adadelta": optimizers.Adadelta(0.5),
        "Adadelta_options": optimizers.Adadelta(0.5, rho=0.8, epsilon=1e-3, weight_decay=0.02),
        "Adafactor": optimizers.Adafactor(0.1),
        "Adafactor_options": optimizers.Adafactor(
            0.1, beta_2_decay=-0.6, epsilon_2=1e-2, clip_threshold=0.5, relative_step=False
        ),
        "Adagrad": optimizers.Adagrad(0.1),
        "Adagrad_options": optimizers.Adagrad(0.1, initial_accumulator_value=0.3, epsilon=1e-3),
        "Adamax": optimizers.Adamax(0.1),
        "Adamax_options": optimizers.Adamax(0.1, beta_1=0.8, beta_2=0.9, epsilon=1e-3),
        "AdamW": optimizers.AdamW(0.1),
        "AdamW_amsgrad": optimizers.AdamW(0.1, weight_decay=0.05, amsgrad=True),
        "Ftrl": optimizers.Ftrl(0.1),
        "Ftrl_options": optimizers.Ftrl(
            0.1,
            learning_rate_power=-0.6,
            initial_accumulator_value=0.2,
            l1_regularization_strength=0.05,
            l2_regularization_strength=0.1,
            l2_shrinkage_regularization_strength=0.02,
            beta=0.1,
        ),
        "Lamb": optimizers.Lamb(0.1),
        "Lamb_options": optimizers.Lamb(0.1, beta_1=0.8, beta_2=0.9, weight_decay=0.05),
        "Lion": optimizers.Lion(0.02),
        "Lion_options": optimizers.Lion(0.02, beta_1=0.8, beta_2=0.9, clipnorm=0.5),
        "Muon": optimizers.Muon(0.05),
        "Muon_options": optimizers.Muon(
            0.05, nesterov=False, ns_steps=3, rms_rate=None, adam_lr_ratio=0.5, weight_decay=None
        ),
        "Muon_excluded": optimizers.Muon(0.05, exclude_layers=["v0"]),
        "Nadam": optimizers.Nadam(0.1),
        "Nadam_options": optimizers.Nadam(0.1, beta_1=0.8, beta_2=0.9, epsilon=1e-3),
        "SGD_accumulate": optimizers.SGD(0.1, momentum=0.9, gradient_accumulation_steps=2),
        "Adam_accumulate_clipnorm": optimizers.Adam(
            0.1, gradient_accumulation_steps=3, clipnorm=0.4, weight_decay=0.05
        ),
        "SGD_ema": optimizers.SGD(0.1, use_ema=True, ema_momentum=0.8),
        "Adam_ema_overwritten": optimizers.Adam(
            0.1, use_ema=True, ema_momentum=0.7, ema_overwrite_frequency=2
        ),
        "Adam_ema_accumulate": optimizers.Adam(
            0.1, use_ema=True, ema_momentum=0.7, gradient_accumulation_steps=2
        ),
    }.items():
        optimizer_case(family, name, optimizer)


def write_schedules(family):
    kinds = optimizers.schedules
    for name, schedule in {
        "ExponentialDecay": kinds.ExponentialDecay(0.1, 3, 0.7),
        "ExponentialDecay_staircase": kinds.ExponentialDecay(0.1, 3, 0.7, staircase=True),
        "PiecewiseConstantDecay": kinds.PiecewiseConstantDecay([2, 5, 9], [0.1, 0.05, 0.02, 0.001]),
        "PiecewiseConstantDecay_one": kinds.PiecewiseConstantDecay([4], [1.0, 0.5]),
        "PolynomialDecay": kinds.PolynomialDecay(0.1, 8, 0.01),
        "PolynomialDecay_power": kinds.PolynomialDecay(0.1, 8, 0.01, power=2.0),
        "PolynomialDecay_cycle": kinds.PolynomialDecay(0.1, 4, 0.01, power=0.5, cycle=True),
        "InverseTimeDecay": kinds.InverseTimeDecay(0.1, 3, 0.5),
        "InverseTimeDecay_staircase": kinds.InverseTimeDecay(0.1, 3, 0.5, staircase=True),
        "CosineDecay": kinds.CosineDecay(0.1, 8),
        "CosineDecay_alpha": kinds.CosineDecay(0.1, 8, alpha=0.2),
        "CosineDecay_warmup": kinds.CosineDecay(
            0.01, 8, alpha=0.1, warmup_target=0.2, warmup_steps=4
        ),
        "CosineDecay_warmup_from_zero": kinds.CosineDecay(
            0.0, 6, warmup_target=0.1, warmup_steps=3
        ),
        "CosineDecayRestarts": kinds.CosineDecayRestarts(0.1, 3),
        "CosineDecayRestarts_options": kinds.CosineDecayRestarts(
            0.1, 3, t_mul=1.5, m_mul=0.8, alpha=0.1
        ),
        "CosineDecayRestarts_even": kinds.CosineDecayRestarts(0.1, 4, t_mul=1.0, m_mul=0.5),
    }.items():
        steps = np.arange(16, dtype=np.int64)
        rates = np.array([numpy_of(schedule(int(step))) for step in steps], dtype=np.float32)
        family.write(name, {"schedule": config_of(schedule)}, {"steps": steps, "rates": rates})
