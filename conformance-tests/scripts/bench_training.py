"""Times gradients and training steps: Sardonyx's graphs on ONNX Runtime beside PyTorch, in turns.

    mvn -q package -DskipTests && python conformance-tests/scripts/bench_training.py [--threads 2] [--mkl] [NAME …]

prints for each case the shortest times and their ratio (below 1: Sardonyx is faster). A piece is run
forward and backward, a step with its loss and optimizer. Both frameworks keep their data in place,
and agree on the gradients and the loss before anything is timed. NAME picks cases by a part of it.

On one thread the clock is the processor's time, which other programs disturb less.

There are two baselines. On a processor that is not Intel's, PyTorch's MKL takes a slow path; that is
what users of such a machine get, but no merit of ours. --mkl preloads an answer that makes MKL take
its fast one (it needs a C compiler), which is what users of an Intel processor get.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAIN = "dev.sardonyx.cli.Sardonyx"
LOSS = "sparse_categorical_crossentropy:from_logits=true"


def fast_mkl():
    """Starts this program again with MKL believing that the processor is Intel's."""
    folder = tempfile.mkdtemp()
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", f"{folder}/intel.so"],
        input=b"int mkl_serv_intel_cpu_true(void) { return 1; }", check=True,
    )
    os.environ.update(LD_PRELOAD=f"{folder}/intel.so", SARDONYX_BENCH_MKL="1")
    os.execv(sys.executable, [sys.executable, *sys.argv])


class Ours:
    """A compiled graph in a session, its inputs and outputs bound to fixed memory."""

    def __init__(self, case, folder, options):
        import onnx
        import onnxruntime as ort

        source, target = f"{folder}/model.onnx", f"{folder}/step"
        onnx.save(case.model, source)
        if case.optimizer:
            command = ["train-step", source, "--loss", LOSS, "--optimizer", case.optimizer, "-o", target, "--force"]
        else:
            command = ["gradients", source, "--forward", "--wrt", ",".join(case.wrt), "-o", f"{target}.onnx", "--force"]
        subprocess.run(["java", "-cp", options.classpath, MAIN, *command], check=True, stdout=subprocess.DEVNULL)
        settings = ort.SessionOptions()
        settings.intra_op_num_threads = options.threads
        settings.add_session_config_entry("session.force_spinning_stop", "1")
        file = f"{target}/train_step.onnx" if case.optimizer else f"{target}.onnx"
        self.session = ort.InferenceSession(file, settings, ["CPUExecutionProvider"])
        self.turn, self.case = 0, case
        state = [{}, {}]
        for value in self.session.get_inputs():
            array = self.initial(value)
            for side in state:
                side[value.name] = ort.OrtValue.ortvalue_from_numpy(array.copy())
        self.state = state  # the bindings do not keep the arrays alive
        self.bindings = [self.bind(ort, state[0], state[1]), self.bind(ort, state[1], state[0])]

    def initial(self, value):
        case = self.case
        if value.name in case.arrays:
            return case.arrays[value.name]
        fixed = {"cotangent(y)": case.cotangent, "target": case.target, "learning_rate": np.float32(0.001)}
        if value.name in fixed:
            return np.asarray(fixed[value.name])
        return np.zeros(value.shape, np.int64 if value.type == "tensor(int64)" else np.float32)

    def bind(self, ort, before, after):
        """Reads one set of the state and writes the other."""
        binding = self.session.io_binding()
        for name, value in before.items():
            binding.bind_ortvalue_input(name, value)
        for value in self.session.get_outputs():
            name = value.name.removesuffix(":new")
            if name in after:
                binding.bind_ortvalue_output(value.name, after[name])
            elif all(isinstance(extent, int) for extent in value.shape):
                own = ort.OrtValue.ortvalue_from_shape_and_type(value.shape, np.float32)
                binding.bind_ortvalue_output(value.name, own)
            else:
                binding.bind_output(value.name)
        return binding

    def run(self):
        self.session.run_with_iobinding(self.bindings[self.turn])
        self.turn = 1 - self.turn

    def results(self):
        self.run()
        names = [value.name for value in self.session.get_outputs()]
        arrays = dict(zip(names, (value.numpy() for value in self.bindings[0].get_outputs())))
        if self.case.optimizer:
            return {"loss": arrays["loss"]}
        return {"y": arrays["y"], **{name: arrays[f"gradient({name})"] for name in self.case.wrt}}


class Theirs:
    def __init__(self, case, fused):
        import torch

        self.torch, self.case = torch, case
        self.values = {name: torch.tensor(array) for name, array in case.arrays.items()}
        self.leaves = [self.values[name].requires_grad_() for name in case.wrt]
        self.cotangent, self.target = torch.tensor(case.cotangent), torch.tensor(case.target)
        if case.optimizer == "adam":
            self.optimizer = torch.optim.Adam(self.leaves, 0.001, eps=1e-7, fused=fused)
        elif case.optimizer == "sgd":
            self.optimizer = torch.optim.SGD(self.leaves, 0.001, fused=fused)

    def run(self):
        for leaf in self.leaves:
            leaf.grad = None
        y = self.case.theirs(**self.values)
        if not self.case.optimizer:
            y.backward(self.cotangent)
            return {"y": y}
        loss = self.torch.nn.functional.cross_entropy(y, self.target)
        loss.backward()
        self.optimizer.step()
        return {"loss": loss}

    def results(self):
        found = {name: value.detach().numpy().copy() for name, value in self.run().items()}
        if not self.case.optimizer:
            found.update({name: leaf.grad.numpy().copy() for name, leaf in zip(self.case.wrt, self.leaves)})
        return found


def compare(case, ours, theirs):
    """Refuses to time what does not compute the same."""
    expected = theirs.results()
    for name, found in ours.results().items():
        error = np.linalg.norm((found - expected[name]).ravel()) / np.linalg.norm(expected[name].ravel())
        if not error < 1e-4:
            raise SystemExit(f"{case.name}: {name} differs by {error:.1e}")


def shortest(side, seconds, clock):
    """The shortest of the runs that fit into a turn."""
    best, end = float("inf"), time.perf_counter() + seconds
    side.run()
    while True:
        start = clock()
        side.run()
        best = min(best, clock() - start)
        if time.perf_counter() >= end:
            return best


def bench(case, folder, options):
    rng = np.random.default_rng(3)
    case.cotangent = rng.standard_normal(case.result, dtype=np.float32)
    case.target = rng.integers(0, case.result[-1], case.result[0])
    sides = [Ours(case, folder, options), Theirs(case, None)]
    compare(case, *sides)
    if case.optimizer:
        sides.append(Theirs(case, True))
    best = [float("inf")] * len(sides)
    clock = time.process_time if options.threads == 1 else time.perf_counter
    for turn in range(options.rounds + 1):
        for i, side in enumerate(sides):
            took = shortest(side, options.seconds, clock)
            best[i] = min(best[i], took) if turn > 0 else best[i]
    line = f"{case.name:36} {best[0] * 1e3:9.3f} {best[1] * 1e3:9.3f} {best[0] / best[1]:6.2f}"
    print(line + (f"   {best[0] / best[2]:.2f} (fused optimizer)" if case.optimizer else ""), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=0.15, help="how long a turn takes at least")
    parser.add_argument("--mkl", action="store_true", help="make PyTorch's MKL take its fast path")
    parser.add_argument("--classpath", default=str(ROOT / "src/cli/target/sardonyx.jar"))
    options = parser.parse_args()
    if options.mkl and "SARDONYX_BENCH_MKL" not in os.environ:
        fast_mkl()
    import torch
    from training_cases import everything

    torch.set_num_threads(options.threads)
    print(f"{options.threads} threads, {'MKL on its fast path' if options.mkl else 'stock'}")
    print(f"{'':36} {'ours, ms':>9} {'theirs':>9} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for case in everything():
            if not options.names or any(name.lower() in case.name.lower() for name in options.names):
                bench(case, folder, options)


if __name__ == "__main__":
    main()
