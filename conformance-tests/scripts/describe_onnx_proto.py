"""Writes the facts of the ONNX standard's protobuf schema, one a line, for `proto`'s tests.

Run it after raising the version below, from the repository's root:

    python -m venv venv && venv/bin/pip install onnx==1.23.2
    venv/bin/python conformance-tests/scripts/describe_onnx_proto.py \
        > proto/src/test/resources/dev/sardonyx/proto/onnx-schema.tsv

Lines are sorted, with tab-separated columns:

    field   MESSAGE  NAME  NUMBER  TYPE  LABEL  ONEOF
    schema  PACKAGE  SYNTAX
    value   ENUM     NAME  NUMBER

TYPE is a message's or an enum's full name, or a scalar type. LABEL is optional, required, repeated
or packed. ONEOF is the name of the oneof that the field belongs to, or "-".
"""

import sys

import onnx
from google.protobuf import descriptor_pb2

ONNX_VERSION = "1.23.2"

FIELD = descriptor_pb2.FieldDescriptorProto


def field_row(owner, message, field):
    kind = FIELD.Type.Name(field.type).removeprefix("TYPE_").lower()
    label = FIELD.Label.Name(field.label).removeprefix("LABEL_").lower()
    return (
        "field",
        owner,
        field.name,
        field.number,
        field.type_name.removeprefix(".") or kind,
        "packed" if field.options.packed else label,
        message.oneof_decl[field.oneof_index].name if field.HasField("oneof_index") else "-",
    )


def enum_rows(scope, enum):
    for value in enum.value:
        yield ("value", f"{scope}.{enum.name}", value.name, value.number)


def message_rows(scope, message):
    owner = f"{scope}.{message.name}"
    for field in message.field:
        yield field_row(owner, message, field)
    for enum in message.enum_type:
        yield from enum_rows(owner, enum)
    for nested in message.nested_type:
        yield from message_rows(owner, nested)


def main():
    if onnx.__version__ != ONNX_VERSION:
        sys.exit(f"onnx {ONNX_VERSION} is needed, found {onnx.__version__}")
    schema = descriptor_pb2.FileDescriptorProto()
    onnx.ModelProto.DESCRIPTOR.file.CopyToProto(schema)
    rows = [("schema", schema.package, schema.syntax or "proto2")]
    rows += [row for enum in schema.enum_type for row in enum_rows(schema.package, enum)]
    rows += [
        row for message in schema.message_type for row in message_rows(schema.package, message)
    ]
    print(f"# onnx {onnx.__version__}")
    for line in sorted("\t".join(map(str, row)) for row in rows):
        print(line)


if __name__ == "__main__":
    main()
