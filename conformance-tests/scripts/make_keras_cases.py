"""Makes cases/keras with real Keras. Usage: make_keras_cases.py [--out DIR]"""

import argparse
import os
from pathlib import Path

# Before Keras is imported. JAX, because Keras's torch backend averages the padding of an unevenly
# padded "same" pool. AVX2 at most and one thread, so that processors agree on the last bit.
os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_max_isa=AVX2 --xla_cpu_multi_thread_eigen=false")

import keras_layers
import keras_losses
import keras_models
import keras_optimizers
import keras_parts
from case_files import CASES, fresh, size_of


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, default=CASES, help="the folder of all cases")
    root = arguments.parse_args().out / "keras"
    fresh(root)
    for kind in (keras_layers, keras_losses, keras_optimizers, keras_parts, keras_models):
        kind.write_all(root)
    for family in sorted(path for path in root.iterdir() if path.is_dir()):
        cases, size = size_of(family)
        print(f"keras/{family.name:12} {cases:4d} cases {size:8d} bytes")


if __name__ == "__main__":
    main()
