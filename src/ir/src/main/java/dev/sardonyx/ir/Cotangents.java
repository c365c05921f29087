package dev.sardonyx.ir;

import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What flows back: floating-point tensors, and sequences of such. The gradient of a value that may
 * be absent is that of the value which is there.
 */
public final class Cotangents {
  private Cotangents() {}

  /** Whether values of a type have gradients. */
  public static boolean exist(Type type) {
    if (type instanceof Type.Sequence sequence) {
      return exist(sequence.element());
    }
    if (type instanceof Type.Optional optional) {
      return exist(optional.element());
    }
    return type instanceof TensorType tensor && tensor.element().isFloat();
  }

  /** The gradient of a value, with the value's rank where its own was lost in a branch. */
  public static Value typed(Value gradient, Value value) {
    boolean lost =
        gradient.type() instanceof TensorType own
            && !own.shape().isRanked()
            && value.type() instanceof TensorType whole
            && whole.shape().isRanked();
    return lost ? gradient.reshapeLike(value) : gradient;
  }

  /** The sum of two, in sequences element by element. */
  public static Value add(Value a, Value b) {
    if (a.type() instanceof Type.Sequence sequence) {
      Closure closure = new Closure();
      Value x = Value.input("x", sequence.element());
      Value y = Value.input("y", sequence.element());
      closure.body("add", List.of(x, y), List.of(x.add(y)));
      closure.close();
      return Node.of(new SequenceMapping.SequenceMap(closure.body(0)), closure.inputs(a, b), 1)
          .output();
    }
    return a.add(b);
  }

  /** Zeros for a value. */
  static Value zeros(Value value) {
    if (value.type() instanceof Type.Optional) {
      return zeros(Value.of(new Optionals.OptionalGetElement(), value));
    }
    return value.type() instanceof Type.Sequence ? map(value, Value::zerosLike) : value.zerosLike();
  }

  private static Value map(Value list, UnaryOperator<Value> function) {
    Closure closure = new Closure();
    Value x = Value.input("x", ((Type.Sequence) list.type()).element());
    closure.body("map", List.of(x), List.of(function.apply(x)));
    closure.close();
    return Node.of(new SequenceMapping.SequenceMap(closure.body(0)), closure.inputs(list), 1)
        .output();
  }

  /** The tensor at a place of a sequence. */
  static Value at(Value list, Value place) {
    return Value.of(new SequenceEditing.SequenceAt(), list, place);
  }

  /** How many tensors are in a sequence. */
  static Value length(Value list) {
    return Value.of(new SequenceEditing.SequenceLength(), list);
  }

  /** A sequence for tensors of the same element type, without any. */
  static Value emptyLike(Value list) {
    TensorType element = (TensorType) ((Type.Sequence) list.type()).element();
    return Value.of(new SequenceEditing.SequenceEmpty(element.element()));
  }
}
