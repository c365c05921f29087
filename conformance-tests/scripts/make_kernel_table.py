"""Writes which operators ONNX Runtime runs, on which element types, at which opset.

Run it from the repository's root after raising the version below:

    python -m venv venv && venv/bin/pip install onnx==1.23.2 onnxruntime==1.29.0
    venv/bin/python conformance-tests/scripts/make_kernel_table.py CPUExecutionProvider \
        > src/compiler/src/main/resources/dev/sardonyx/compiler/lowering/onnxruntime-1.29-cpu.tsv

A provider's table can only be made where that provider is built in: for CUDA install
onnxruntime-gpu of the same version instead, on any machine on which the package loads (the kernels
are listed without a device), and name CUDAExecutionProvider and onnxruntime-1.29-cuda.tsv.

Lines are sorted, with tab-separated columns:

    runtime  VERSION  PROVIDER  NEWEST-OPSET
    set      NAME     TYPE TYPE ...                          a class of types that lines below share
    op       DOMAIN   NAME      SINCE  INPUTS  OUTPUTS
    kernel   VARIABLE=SET ...                                of the op above; all of them must hold
    function VARIABLE=SET ...                                likewise

An op line stands for one version of an operator, which holds until the next one of that operator.
INPUTS and OUTPUTS say for each place the variable that stands for its type, or the type; the last
ends in * if it repeats. A function line means that the runtime itself can say the operator in
others. A version without further lines cannot be run.

A kernel counts for a version when ONNX Runtime would take it (KernelRegistry::VerifyKernelDef): it
was registered for exactly that version, or for a closed range that contains it. Its types are cut
down to those that the standard allows at that version, because the runtime checks these first.
"""

import collections
import re
import sys

import onnx
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as native

ONNX_VERSION = "1.23.2"
ONNXRUNTIME_VERSION = "1.29.0"

OLDEST_OPSET = 13
# Later opsets are under development in this version, which refuses them in files.
NEWEST_OPSET = 26
DOMAINS = ("", "ai.onnx.ml", "com.microsoft")
OPEN_END = 2**31 - 1

NAMES = {"float": "float32", "double": "float64"}


def type_name(text):
    """tensor(float) -> float32, seq(map(int64, float)) -> seq(map(int64,float32))"""
    bare = re.sub(r"tensor\((\w+)\)", r"\1", text).replace(" ", "")
    return re.sub(r"\w+", lambda m: NAMES.get(m[0], m[0]), bare)


def versions(schemas):
    """The schemas that some opset in range means, by their version; all of other domains."""
    by_version = {s.since_version: s for s in schemas}
    if schemas[0].domain:
        return by_version
    wanted = {}
    for opset in range(OLDEST_OPSET, NEWEST_OPSET + 1):
        known = [v for v in by_version if v <= opset]
        if known:
            wanted[max(known)] = by_version[max(known)]
    return {v: s for v, s in wanted.items() if not s.deprecated}


def places(parameters):
    names = [type_name(p.typeStr) for p in parameters]
    if parameters and "Variadic" in str(parameters[-1].option):
        # Without homogeneity each place may have a type of its own; the kernels do not say more.
        names[-1] += "*"
    return " ".join(names) or "-"


def takes(kernel, since):
    start, end = kernel.version_range
    return start == since or (start < since and end != OPEN_END and end >= since)


def constraints(kernel, schema):
    """The kernel's types by the schema's variables, cut down to what the schema allows."""
    allowed = {
        c.type_param_str: {type_name(t) for t in c.allowed_type_strs}
        for c in schema.type_constraints
    }
    parameters = {p.name: p.typeStr for p in [*schema.inputs, *schema.outputs]}
    result = dict(allowed)
    for name, types in kernel.type_constraints.items() if kernel else ():
        variable = name if name in allowed else parameters.get(name)
        if variable not in allowed:
            continue
        result[variable] = {type_name(t) for t in types} & allowed[variable]
    return {variable: frozenset(types) for variable, types in result.items()}


def merged(kernels):
    """Kernels that differ in one variable become one."""
    rows = [dict(k) for k in kernels if all(k.values())]
    changed = True
    while changed:
        changed = False
        for i, a in enumerate(rows):
            for b in rows[i + 1 :]:
                differing = [v for v in a if a[v] != b.get(v)]
                if a.keys() == b.keys() and len(differing) <= 1:
                    for v in differing:
                        a[v] = a[v] | b[v]
                    rows.remove(b)
                    changed = True
                    break
            if changed:
                break
    return rows


def has_function(schema):
    try:
        known = onnx.defs.get_schema(schema.name, schema.since_version, schema.domain)
    except onnx.defs.SchemaError:
        return False
    return known.has_function or known.has_context_dependent_function


def columns(row, sets):
    return [f"{v}={sets.setdefault(t, len(sets))}" for v, t in sorted(row.items())]


def main():
    if (onnx.__version__, onnxruntime.__version__) != (ONNX_VERSION, ONNXRUNTIME_VERSION):
        sys.exit(f"needs onnx {ONNX_VERSION} and onnxruntime {ONNXRUNTIME_VERSION}")
    provider = sys.argv[1]
    kernels = collections.defaultdict(list)
    for kernel in native.get_all_opkernel_def():
        if kernel.provider == provider:
            kernels[kernel.domain, kernel.op_name].append(kernel)
    schemas = collections.defaultdict(list)
    for schema in native.get_all_operator_schema():
        if schema.domain in DOMAINS:
            schemas[schema.domain, schema.name].append(schema)

    sets = {}
    lines = []
    for key, group in sorted(schemas.items()):
        for since, schema in sorted(versions(group).items()):
            ends = places(schema.inputs), places(schema.outputs)
            lines.append(["op", key[0] or "ai.onnx", key[1], str(since), *ends])
            found = [constraints(k, schema) for k in kernels[key] if takes(k, since)]
            rows = [["kernel", *columns(row, sets)] for row in merged(found)]
            if has_function(schema):
                rows.append(["function", *columns(constraints(None, schema), sets)])
            lines += sorted(rows)

    print("runtime", ONNXRUNTIME_VERSION, provider, NEWEST_OPSET, sep="\t")
    for types, name in sets.items():
        print("set", name, " ".join(sorted(types)), sep="\t")
    for line in lines:
        print(*line, sep="\t")


if __name__ == "__main__":
    main()
