package dev.sardonyx.onnx;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.TypeProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file says of the types of values that have types anyway. */
final class Declared {
  private final Source source;
  private final String place;

  Declared(Source source, String place) {
    this.source = source;
    this.place = place;
  }

  /** The declared type; null if there is none, as often inside subgraphs. */
  @Nullable Type type(ValueInfoProto info) {
    TypeProto type = info.getType();
    boolean none =
        type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET
            || type.hasTensorType() && type.getTensorType().getElemType() == 0;
    return none ? null : new Types(source, place).read(type);
  }

  /** Declared shapes may be stale or vague; another element type is a contradiction. */
  void check(ValueInfoProto info, Value value) {
    if (info.hasType()) {
      check(new Types(source, place).read(info.getType()), value.type());
    }
  }

  /** The same, where what is declared may be incomplete. */
  void checkIfAny(ValueInfoProto info, Value value) {
    Type declared = type(info);
    if (declared != null) {
      check(declared, value.type());
    }
  }

  private void check(Type declared, Type type) {
    boolean contradict =
        declared instanceof TensorType a && type instanceof TensorType b
            ? a.element() != b.element()
            : declared.getClass() != type.getClass();
    if (contradict) {
      throw contradiction(declared, type);
    }
  }

  private RuntimeException contradiction(Type declared, Type type) {
    return source.refuse(
        "ONNX-020",
        place,
        "the declared type is not the value's",
        "declared: %s   computed: %s".formatted(declared, type),
        "correct the declaration");
  }

  /**
   * The type of a subgraph's input, of which the file says something and the node something. Where
   * shapes contradict each other the node is right; a symbol is known only if the node has it, for
   * that is not the same one outside.
   */
  Type meet(@Nullable Type declared, @Nullable Type given) {
    if (declared == null || given == null) {
      Type only = declared != null ? closed(declared) : given;
      if (only == null) {
        throw source.refuse(
            "ONNX-010",
            place,
            "the type is missing",
            "type: none",
            "what the operator does not say of a subgraph's inputs, the subgraph does");
      }
      return only;
    }
    if (declared.join(given) == null
        || given instanceof Type.Optional && !(declared instanceof Type.Optional)) {
      throw contradiction(declared, given);
    }
    if (declared instanceof Type.Optional a) {
      return new Type.Optional(
          meet(a.element(), given instanceof Type.Optional b ? b.element() : given));
    }
    if (declared instanceof Type.Sequence a && given instanceof Type.Sequence b) {
      return new Type.Sequence(meet(a.element(), b.element()));
    }
    return declared instanceof TensorType a && given instanceof TensorType b
        ? b.with(meet(a.shape(), b.shape()))
        : given;
  }

  private static Shape meet(Shape declared, Shape given) {
    if (!declared.isRanked()) {
      return given;
    }
    if (!given.isRanked()) {
      return closed(declared);
    }
    if (declared.rank() != given.rank()) {
      return given;
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < given.rank(); i++) {
      boolean known = declared.dim(i).isFixed() && !given.dim(i).isFixed();
      dims.add(known ? declared.dim(i) : given.dim(i));
    }
    return Shape.of(dims);
  }

  /** A type whose symbols mean nothing outside the subgraph. */
  private static Type closed(Type type) {
    if (type instanceof TensorType tensor) {
      return tensor.with(closed(tensor.shape()));
    }
    if (type instanceof Type.Sequence sequence) {
      return new Type.Sequence(closed(sequence.element()));
    }
    return type instanceof Type.Optional optional
        ? new Type.Optional(closed(optional.element()))
        : type;
  }

  private static Shape closed(Shape shape) {
    return shape.isRanked()
        ? Shape.of(shape.dims().stream().map(d -> d.isFixed() ? d : Dim.UNKNOWN).toList())
        : shape;
  }
}
