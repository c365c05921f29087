"""Writes the tables of operators that `src/ir` reads: what their schemas say, and no documentation.

Run it after raising a version below, with the packages of requirements.txt:

    venv/bin/python conformance-tests/scripts/make_schema_table.py

standard.txt has every version of every operator of the ONNX standard, contrib.txt those operators
of ONNX Runtime that exported and quantized models contain. The class `Standard` reads both. Each
operator is some lines:

    op DOMAIN NAME SINCE [deprecated]
    in NAME TYPE [optional] [variadic LEAST [heterogeneous]]
    out NAME TYPE [optional] [variadic LEAST [heterogeneous]]
    attr NAME KIND [required | = DEFAULT]
    type VARIABLE TYPE...

TYPE is a variable or a type, spelled as by our class `Type` without the shape: float32,
seq(float32), optional(seq(int8)), map(int64,string). KIND is the kind of attribute that ONNX
stores. Elements of a DEFAULT that is a list are separated by commas.
"""

import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import defs, helper
from onnxruntime.capi import onnxruntime_pybind11_state as runtime

ONNX_VERSION = "1.23.2"
ONNXRUNTIME_VERSION = "1.29.0"

FOLDER = pathlib.Path(__file__).parents[2] / "src/ir/src/main/resources/dev/sardonyx/ir"

# What PyTorch's exporters, Optimum, Olive and ONNX Runtime's optimizer and quantizer put in files.
CONTRIB = """
    Attention BiasAdd BiasGelu BiasSoftmax BiasSplitGelu BifurcationDetector CDist ComplexMul
    ConvTransposeWithDynamicPads CropAndResize DecoderMaskedMultiHeadAttention DequantizeLinear
    DynamicQuantizeLSTM DynamicQuantizeMatMul EmbedLayerNormalization ExpandDims FastGelu FusedConv
    FusedGemm FusedMatMul GatedRelativePositionBias GatherBlockQuantized GatherND Gelu GemmFastGelu
    GridSample GroupNorm GroupQueryAttention Inverse Irfft IsAllFinite LongformerAttention MatMulBnb4
    MatMulInteger16 MatMulIntegerToFloat MatMulNBits MaxpoolWithMask MoE MulInteger
    MultiHeadAttention MurmurHash3 NGramRepeatBlock NhwcConv NhwcFusedConv NhwcMaxPool
    PackedAttention PackedMultiHeadAttention Pad QAttention QEmbedLayerNormalization QGemm QLinearAdd
    QLinearAveragePool QLinearConcat QLinearConv QLinearGlobalAveragePool QLinearLeakyRelu QLinearMul
    QLinearReduceMean QLinearSigmoid QLinearSoftmax QLinearWhere QMoE QuantizeLinear QuickGelu Range
    ReduceSumInteger RelativePositionBias RemovePadding RestorePadding Rfft RotaryEmbedding
    SkipGroupNorm SkipLayerNormalization SkipSimplifiedLayerNormalization SparseToDenseMatMul
    TransposeMatMul Trilu UnfoldTensor Unique
""".split()
# Defined by ONNX Runtime in the standard's own domain.
CONTRIB_IN_STANDARD = ["SimplifiedLayerNormalization"]

ELEMENTS = {"float": "float32", "double": "float64"}
ORDER = {
    name.lower(): number for name, number in onnx.TensorProto.DataType.items()
} | {"float32": onnx.TensorProto.FLOAT, "float64": onnx.TensorProto.DOUBLE}


def our_type(text):
    """`seq(tensor(float))` -> `seq(float32)`."""
    text = text.strip()
    if "(" not in text:
        return ELEMENTS.get(text, text)
    outer, inner = text[:-1].split("(", 1)
    if outer in ("tensor", "sparse_tensor"):
        inner = our_type(inner)
        return inner if outer == "tensor" else f"sparse({inner})"
    if outer == "map":
        key, value = inner.split(",", 1)
        return f"map({our_type(key)},{our_type(value)})"
    return f"{outer}({our_type(inner)})"


def type_order(text):
    words = text.replace(")", "").replace("(", " ").replace(",", " ").split()
    return [outer for outer in words if outer not in ORDER], [
        ORDER[element] for element in words if element in ORDER
    ]


def slot_line(word, slot, variables):
    name = slot.type_str if hasattr(slot, "type_str") else slot.typeStr
    homogeneous = slot.is_homogeneous if hasattr(slot, "is_homogeneous") else slot.isHomogeneous
    option = str(slot.option).split(".")[-1]
    line = [word, slot.name, name if name in variables else our_type(name)]
    if option == "Optional":
        line.append("optional")
    if option == "Variadic":
        least = slot.min_arity if hasattr(slot, "min_arity") else 1
        line += ["variadic", str(least)] + ([] if homogeneous else ["heterogeneous"])
    return " ".join(line)


def element_text(value):
    if isinstance(value, float):
        return str(np.float32(value))
    text = value.decode() if isinstance(value, bytes) else str(value)
    if "," in text or "\n" in text:
        sys.exit(f"the table's format has no room for the default {text!r}")
    return text


def attribute_line(attribute):
    line = ["attr", attribute.name, str(attribute.type).split(".")[-1]]
    default = attribute._default_value if hasattr(attribute, "_default_value") else None
    proto = onnx.AttributeProto.FromString(default) if default else None
    if attribute.required:
        line.append("required")
    elif proto is not None and proto.type != onnx.AttributeProto.UNDEFINED:
        value = helper.get_attribute_value(proto)
        values = value if isinstance(value, (list, tuple)) else [value]
        line += ["=", ",".join(element_text(v) for v in values)]
    return " ".join(line).rstrip()


def schema_lines(schema):
    deprecated = " deprecated" if schema.deprecated else ""
    yield f"op {schema.domain or 'ai.onnx'} {schema.name} {schema.since_version}{deprecated}"
    constraints = {c.type_param_str: c.allowed_type_strs for c in schema.type_constraints}
    for slot in schema.inputs:
        yield slot_line("in", slot, constraints)
    for slot in schema.outputs:
        yield slot_line("out", slot, constraints)
    for _, attribute in sorted(schema.attributes.items()):
        yield attribute_line(attribute)
    for variable in sorted(constraints):
        types = sorted({our_type(t) for t in constraints[variable]}, key=type_order)
        yield " ".join(["type", variable, *types])


def write(name, source, schemas):
    schemas = sorted(schemas, key=lambda s: (s.domain, s.name, s.since_version))
    lines = [f"# Made by make_schema_table.py from {source}."]
    for schema in schemas:
        lines += schema_lines(schema)
    text = "\n".join(lines) + "\n"
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(schemas)} schemas, {len(text) // 1024} kB")


def contrib_schemas():
    wanted = {("com.microsoft", name) for name in CONTRIB}
    wanted |= {("", name) for name in CONTRIB_IN_STANDARD}
    found = [s for s in runtime.get_all_operator_schema() if (s.domain, s.name) in wanted]
    missing = wanted - {(s.domain, s.name) for s in found}
    if missing:
        sys.exit(f"ONNX Runtime has no {sorted(missing)}")
    return found


def main():
    for module, version in ((onnx, ONNX_VERSION), (onnxruntime, ONNXRUNTIME_VERSION)):
        if module.__version__ != version:
            sys.exit(f"{module.__name__} {version} is needed, found {module.__version__}")
    write("standard.txt", f"onnx {ONNX_VERSION}", defs.get_all_schemas_with_history())
    write("contrib.txt", f"ONNX Runtime {ONNXRUNTIME_VERSION}", contrib_schemas())


if __name__ == "__main__":
    main()
