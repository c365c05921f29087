package dev.sardonyx.build;

import dev.sardonyx.ir.type.TensorType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A model that lies in the output directory.
 *
 * @param name the resource's name without {@code .onnx}
 * @param file where it is
 * @param inputs what it takes, in the model's order
 * @param outputs what it gives, in the model's order
 * @param changed whether this run wrote the file; otherwise it was the same before
 */
public record CompiledModel(
    String name, Path file, List<Port> inputs, List<Port> outputs, boolean changed) {

  /** One input or output. */
  public record Port(String name, TensorType type) {
    @Override
    public String toString() {
      return name + ": " + type;
    }
  }

  public CompiledModel {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** {@code iris.onnx (x: float32[N,4]) -> (y: float32[N,3])}. */
  @Override
  public String toString() {
    return "%s.onnx (%s) -> (%s)".formatted(name, list(inputs), list(outputs));
  }

  private static String list(List<Port> ports) {
    return ports.stream().map(Port::toString).collect(Collectors.joining(", "));
  }
}
