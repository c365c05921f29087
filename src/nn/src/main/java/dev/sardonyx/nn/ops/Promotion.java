package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;

/** Which type a result has when its arguments differ: Keras's rules, which are JAX's in float32. */
final class Promotion {
  private static final List<ElementType> INTEGERS =
      List.of(
          ElementType.BOOL,
          ElementType.UINT8,
          ElementType.INT8,
          ElementType.UINT16,
          ElementType.INT16,
          ElementType.UINT32,
          ElementType.INT32,
          ElementType.INT64);

  private Promotion() {}

  /**
   * All arguments in one type. Python's numbers are weak: an integer adapts to any tensor, a
   * fraction to any floating one, and makes float32 of integers.
   */
  static List<Value> together(OpCall call, List<Object> arguments) {
    ElementType strong = null;
    boolean fraction = false;
    for (Object argument : arguments) {
      if (argument instanceof Number n) {
        fraction |= n instanceof Double;
      } else {
        ElementType element = Constants.value(call, argument).element();
        strong = strong == null ? element : common(strong, element);
      }
    }
    ElementType standard = fraction ? ElementType.FLOAT32 : ElementType.INT32;
    ElementType common = strong == null ? standard : strong;
    if (strong != null && !strong.isFloat() && fraction) {
      common = ElementType.FLOAT32;
    } else if (strong == ElementType.BOOL
        && arguments.stream().anyMatch(Number.class::isInstance)) {
      common = standard;
    }
    List<Value> values = new ArrayList<>();
    for (Object argument : arguments) {
      values.add(
          argument instanceof Number n
              ? Value.scalar(common, n.doubleValue())
              : Constants.value(call, argument).cast(common));
    }
    return values;
  }

  /** The type of a result of two tensors. */
  static ElementType common(ElementType a, ElementType b) {
    if (a == b) {
      return a;
    }
    if (a.isFloat() != b.isFloat()) {
      return a.isFloat() ? a : b;
    }
    if (a.isFloat()) {
      boolean halves = a.bits() == 16 && b.bits() == 16;
      return halves ? ElementType.FLOAT32 : a.bits() > b.bits() ? a : b;
    }
    return integers(a, b);
  }

  private static ElementType integers(ElementType a, ElementType b) {
    ElementType wide = INTEGERS.indexOf(a) > INTEGERS.indexOf(b) ? a : b;
    ElementType narrow = wide == a ? b : a;
    boolean unsigned = narrow.toString().startsWith("u");
    if (unsigned && !wide.toString().startsWith("u") && wide.bits() == narrow.bits()) {
      return switch (wide) {
        case INT8 -> ElementType.INT16;
        case INT16 -> ElementType.INT32;
        default -> ElementType.INT64;
      };
    }
    if (wide.toString().startsWith("u") && narrow.toString().startsWith("i")) {
      return switch (wide) {
        case UINT16 -> ElementType.INT32;
        default -> ElementType.INT64;
      };
    }
    return wide;
  }

  /** The type of a sum: small integers and booleans are added up in 32 bits. */
  static Value summed(Value x) {
    return switch (x.element()) {
      case BOOL, INT8, INT16 -> x.cast(ElementType.INT32);
      case UINT8, UINT16 -> x.cast(ElementType.UINT32);
      default -> x;
    };
  }

  /** Truth values as int32, anything else as it is. */
  static Value counted(Value x) {
    return x.element() == ElementType.BOOL ? x.cast(ElementType.INT32) : x;
  }

  /** Whether each element is not 0. */
  static Value truth(Value x) {
    return x.element() == ElementType.BOOL ? x : x.eq(0).not();
  }

  /** The type of a function of {@code x} that is not an integer: Keras makes float32 of those. */
  static Value floating(Value x) {
    return x.element().isFloat() ? x : x.cast(ElementType.FLOAT32);
  }
}
