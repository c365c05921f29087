package dev.sardonyx.runtime;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the runtime refuses about a model's inputs. */
final class InputRefusal {
  private InputRefusal() {}

  static DiagnosticException missing(
      String name, Map<String, Tensor> given, Map<String, TensorType> taken) {
    return Refusal.of(
        "RT-010",
        "no value for input \"" + name + "\"",
        received(given, taken),
        "give a tensor of type " + taken.get(name) + " for it");
  }

  static DiagnosticException unknown(
      String name, Map<String, Tensor> given, Map<String, TensorType> taken) {
    return Refusal.of(
        "RT-011",
        "the model has no input \"" + name + "\"",
        received(given, taken),
        "give values for the inputs that the model takes, by their names");
  }

  static DiagnosticException element(
      String name, Tensor tensor, TensorType type, Map<String, TensorType> taken) {
    return Refusal.of(
        "RT-012",
        "input \"%s\" takes %s, got %s".formatted(name, type.element(), tensor.element()),
        received(Map.of(name, tensor), taken),
        "convert the data to " + type.element() + " first; the runtime does not convert silently");
  }

  static DiagnosticException rank(
      String name, Tensor tensor, TensorType type, Map<String, TensorType> taken) {
    return Refusal.of(
        "RT-013",
        "input \"%s\" takes rank %s, got rank %s"
            .formatted(name, type.shape().rank(), tensor.shape().rank()),
        received(Map.of(name, tensor), taken),
        "reshape the data; a single sample still needs its batch axis");
  }

  static DiagnosticException size(
      String name, Tensor tensor, TensorType type, int axis, Map<String, TensorType> taken) {
    return Refusal.of(
        "RT-014",
        "input \"%s\" takes %s on axis %s, got %s"
            .formatted(name, type.shape().dim(axis), axis, tensor.shape().dim(axis)),
        received(Map.of(name, tensor), taken),
        "the model was built for that size; give it such data, or build it with a symbol there");
  }

  static DiagnosticException symbol(
      Dim symbol,
      InputCheck.Bound first,
      String name,
      Tensor tensor,
      long size,
      Map<String, TensorType> taken) {
    return Refusal.of(
        "RT-015",
        "%s is %s in input \"%s\" but %s in input \"%s\""
            .formatted(symbol, first.size(), first.input(), size, name),
        received(Map.of(name, tensor), taken),
        "one symbol is one size within a run: give both inputs the same");
  }

  static DiagnosticException unencodable(String name, String value) {
    return Refusal.of(
        "RT-016",
        "input \"" + name + "\" has a character that ONNX Runtime's Java API changes",
        "\"" + value + "\"",
        "remove the NUL character and characters beyond U+FFFF, such as emoji");
  }

  private static String received(Map<String, Tensor> given, Map<String, TensorType> taken) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    given.forEach((name, tensor) -> types.put(name, tensor.type()));
    return "got %s   the model takes %s"
        .formatted(types.isEmpty() ? "nothing" : Refusal.list(types), Refusal.list(taken));
  }
}
