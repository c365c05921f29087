"""Makes cases/torch: PyTorch models exported to ONNX. Usage: make_torch_cases.py [--out DIR]"""

import argparse
import copy
import logging
import os
import warnings
from pathlib import Path

# Before PyTorch is imported: the last bit must not depend on what the processor can do.
os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx2")
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX2")
os.environ.setdefault("MKL_ENABLE_INSTRUCTIONS", "AVX2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper

from case_files import CASES, fresh, random_of, size_of, write_json
from torch_models import Of, all_cases

OPSET = 18
TOLERANCE = {"rtol": 1e-4, "atol": 1e-5, "gradient_rtol": 1e-3, "gradient_atol": 1e-5}

# What the cases may use: a case of another operator says so here, not in a failing test later.
OPERATORS = """
Add Sub Mul Div Pow Neg Abs Exp Log Sqrt Reciprocal Sigmoid Tanh Relu LeakyRelu Elu Selu Softplus
Softsign HardSigmoid Erf Sign Floor Ceil Round Sin Cos Clip Max Min Where Equal Greater
GreaterOrEqual Less LessOrEqual And Or Not Xor Cast Identity Constant ReduceSum ReduceMean ReduceMax
ReduceMin ReduceProd ReduceL2 ReduceSumSquare ReduceLogSumExp ArgMax Reshape Transpose Squeeze
Unsqueeze Flatten Expand Concat Split Slice Pad Tile Shape ConstantOfShape Range Gather
GatherElements GatherND ScatterElements ScatterND OneHot MatMul Gemm Conv ConvTranspose MaxPool
AveragePool GlobalAveragePool GlobalMaxPool BatchNormalization Softmax LogSoftmax LayerNormalization
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, default=CASES, help="the folder of all cases")
    root = arguments.parse_args().out / "torch"
    torch.set_num_threads(1)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    fresh(root)
    for case in all_cases():
        make(case, root / case.name)
    cases, size = size_of(root)
    print(f"torch {cases} cases {size} bytes")


def make(case, folder):
    module = case.module.eval()
    with torch.no_grad():
        expected = as_tuple(module(*case.inputs.values()))
    model = export(case, module)
    foreign = {node.op_type for node in model.graph.node} - set(OPERATORS.split())
    if foreign:
        raise ValueError(f"{case.name} needs {sorted(foreign)}")
    agree_with_runtime(case, model, expected)

    (folder / "test_data_set_0").mkdir(parents=True)
    (folder / "gradients_0").mkdir()
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    for i, (name, value) in enumerate(case.inputs.items()):
        write_tensor(folder / f"test_data_set_0/input_{i}.pb", name, value)
        write_tensor(folder / f"gradients_0/input_{i}.pb", name, value)
    for i, (name, value) in enumerate(zip(case.outputs, expected, strict=True)):
        write_tensor(folder / f"test_data_set_0/output_{i}.pb", name, value)
    cotangents, gradients = differentiate(case, module, expected)
    targets = targets_in(case, model, module, gradients)
    for i, (name, value) in enumerate(cotangents.items()):
        write_tensor(folder / f"gradients_0/cotangent_{i}.pb", name, value)
    for k, (name, (_, value)) in enumerate(targets.items()):
        write_tensor(folder / f"gradients_0/gradient_{k}.pb", name, value)
    description = {
        **TOLERANCE,
        "base": case.name,
        "exporter": "dynamo",
        "origin": f"torch {torch.__version__.split('+')[0]}",
        "opset": OPSET,
        "ops": sorted({node.op_type for node in model.graph.node}),
        "gradient_precision": "float64",
        "gradient_targets": {name: about for name, (about, _) in targets.items()},
    }
    if case.folded:
        description["note"] = f"the exporter folds {', '.join(case.folded)} into other tensors"
    write_json(folder / "case.json", description)


def export(case, module):
    shapes = tuple(
        {axis: torch.export.Dim.DYNAMIC for axis in case.dynamic.get(name, {})}
        for name in case.inputs
    )
    if isinstance(module, Of):
        shapes = (shapes,)  # its forward takes *inputs: one argument, a tuple
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            module,
            tuple(case.inputs.values()),
            dynamo=True,
            opset_version=OPSET,
            input_names=list(case.inputs),
            output_names=list(case.outputs),
            dynamic_shapes=shapes if case.dynamic else None,
            verbose=False,
        )
    model = program.model_proto
    rename_axes(case, model)
    # The exporter notes where in the file system each line of Python stood.
    for node in model.graph.node:
        del node.metadata_props[:]
    onnx.checker.check_model(model, full_check=True)
    return model


def rename_axes(case, model):
    """Gives the varying axes the case's own names: the exporter numbers them s77, s27 …"""
    names = {}
    for value in model.graph.input:
        dims = value.type.tensor_type.shape.dim
        for axis, name in case.dynamic.get(value.name, {}).items():
            names[dims[axis].dim_param] = name
    for value in (*model.graph.input, *model.graph.output, *model.graph.value_info):
        for dim in value.type.tensor_type.shape.dim:
            for old, new in names.items():
                if dim.HasField("dim_param"):
                    dim.dim_param = dim.dim_param.replace(old, new)


def agree_with_runtime(case, model, expected):
    session = onnxruntime.InferenceSession(model.SerializeToString())
    feeds = {name: value.numpy() for name, value in case.inputs.items()}
    for name, actual, wanted in zip(
        case.outputs, session.run(list(case.outputs), feeds), expected, strict=True
    ):
        np.testing.assert_allclose(
            actual,
            wanted.numpy(),
            TOLERANCE["rtol"],
            TOLERANCE["atol"],
            err_msg=f"{case.name} {name}",
        )


def differentiate(case, module, expected):
    """Cotangents for the outputs, and gradients in double precision, rounded at the end."""
    random = random_of("torch/cotangents/" + case.name)
    cotangents = {
        name: torch.from_numpy(random.standard_normal(value.shape).astype(np.float32))
        for name, value in zip(case.outputs, expected, strict=True)
        if value.is_floating_point()
    }
    exact = gradients_of(case, copy.deepcopy(module).double(), cotangents, torch.float64)
    rough = gradients_of(case, module, cotangents, torch.float32)
    for name, value in exact.items():
        # At a kink the two precisions would fall on different sides of it.
        np.testing.assert_allclose(rough[name], value, 1e-3, 1e-4, err_msg=f"{case.name} {name}")
    return cotangents, {name: value.to(torch.float32) for name, value in exact.items()}


def gradients_of(case, module, cotangents, dtype):
    inputs = {
        name: value.to(dtype).requires_grad_() if value.is_floating_point() else value
        for name, value in case.inputs.items()
    }
    outputs = [y for y in as_tuple(module(*inputs.values())) if y.is_floating_point()]
    points = {name: value for name, value in inputs.items() if value.requires_grad}
    points |= dict(module.named_parameters())
    slopes = torch.autograd.grad(
        outputs, list(points.values()), [c.to(dtype) for c in cotangents.values()]
    )
    return dict(zip(points, slopes, strict=True))


def targets_in(case, model, module, gradients):
    """Each tensor of the file that has a gradient: its description and the gradient itself."""
    parameters = {name: value.detach().numpy() for name, value in module.named_parameters()}
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    targets = {}
    left_out = []
    for name, gradient in gradients.items():
        if name not in parameters:
            targets[name] = ({"kind": "input"}, gradient)
        elif found := stored_as(name, parameters[name], stored):
            initializer, form = found
            about = {"form": form, "kind": "initializer", "parameter": name}
            targets[initializer] = (about, gradient if form == "identity" else gradient.T)
        else:
            left_out.append(name)
    if left_out != list(case.folded):
        raise ValueError(f"{case.name}: the exporter changed {left_out}, not {case.folded}")
    return dict(sorted(targets.items()))


def stored_as(name, parameter, stored):
    """Under which name the file keeps a parameter, and in what form: it may fold a transposition."""
    for initializer in sorted(stored, key=lambda other: other != name):
        if np.array_equal(stored[initializer], parameter):
            return initializer, "identity"
        if parameter.ndim == 2 and np.array_equal(stored[initializer], parameter.T):
            return initializer, "transpose[1, 0]"
    return None


def as_tuple(value):
    return value if isinstance(value, tuple) else (value,)


def write_tensor(file, name, value):
    tensor = numpy_helper.from_array(value.detach().numpy(), name)
    file.write_bytes(tensor.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
