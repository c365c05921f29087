package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** What tests of shape rules share: inputs written as types, and refusals compared word by word. */
final class ShapeRules {
  private ShapeRules() {}

  /** An input of the type that is written, such as {@code float32[N,3]}. */
  static Value x(String type) {
    return Value.input("x", TensorType.parse(type));
  }

  /** The results' types, as text. */
  static List<String> types(Op op, Value... inputs) {
    return Node.of(op, inputs).types().stream().map(Object::toString).toList();
  }

  static String type(Op op, Value... inputs) {
    return Value.of(op, inputs).type().toString();
  }

  /** A list of numbers written with blanks between, as a constant vector; - is an empty one. */
  static Value longs(String text) {
    return Value.longs(numbers(text));
  }

  static long[] numbers(String text) {
    List<Long> values = new ArrayList<>();
    for (String word : text.split(" ")) {
      if (!word.equals("-")) {
        values.add(Long.parseLong(word));
      }
    }
    return values.stream().mapToLong(v -> v).toArray();
  }

  /** Checks code, message and help of what {@code wrong} is refused with. */
  static void assertRefused(String code, String message, String help, Executable wrong) {
    Diagnostic refusal = assertThrows(DiagnosticException.class, wrong).diagnostic();
    assertEquals(
        code + " " + message + "\nhelp: " + help,
        refusal.code() + " " + refusal.message() + "\nhelp: " + refusal.help());
  }
}
