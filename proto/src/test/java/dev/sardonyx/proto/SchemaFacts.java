package dev.sardonyx.proto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A schema as sorted lines of facts, in the form of {@code describe_onnx_proto.py}. */
final class SchemaFacts {
  private SchemaFacts() {}

  static List<String> of(FileDescriptor file) {
    return Stream.of(
            Stream.of(line("schema", file.getPackage(), syntax(file))),
            file.getEnumTypes().stream().flatMap(SchemaFacts::ofEnum),
            file.getMessageTypes().stream().flatMap(SchemaFacts::ofMessage))
        .flatMap(lines -> lines)
        .sorted()
        .toList();
  }

  private static Stream<String> ofMessage(Descriptor message) {
    return Stream.of(
            message.getFields().stream().map(SchemaFacts::ofField),
            message.getEnumTypes().stream().flatMap(SchemaFacts::ofEnum),
            message.getNestedTypes().stream().flatMap(SchemaFacts::ofMessage))
        .flatMap(lines -> lines);
  }

  private static Stream<String> ofEnum(EnumDescriptor type) {
    return type.getValues().stream()
        .map(value -> line("value", type.getFullName(), value.getName(), value.getNumber()));
  }

  private static String ofField(FieldDescriptor field) {
    var oneof = field.getContainingOneof();
    return line(
        "field",
        field.getContainingType().getFullName(),
        field.getName(),
        field.getNumber(),
        type(field),
        label(field),
        oneof == null ? "-" : oneof.getName());
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default -> lower(field.getType());
    };
  }

  private static String label(FieldDescriptor field) {
    if (field.isPacked()) {
      return "packed";
    }
    return field.isRepeated() ? "repeated" : field.isRequired() ? "required" : "optional";
  }

  private static String syntax(FileDescriptor file) {
    var syntax = file.toProto().getSyntax();
    return syntax.isEmpty() ? "proto2" : syntax;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String line(Object... columns) {
    return String.join("\t", Stream.of(columns).map(Object::toString).toList());
  }
}
