package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tensor in a file of its own ({@code .pb}), as the standard's test data are.
 *
 * @param name the tensor's name, often empty
 */
public record TensorFile(String name, Tensor tensor) {
  /** Reads a serialized {@code TensorProto}; refused (ONNX-018) where the bytes are none. */
  public static TensorFile read(Path path) {
    Source source = new Source(path.toString());
    try {
      TensorProto proto = TensorProto.parseFrom(Files.readAllBytes(path));
      return new TensorFile(proto.getName(), TensorReader.read(proto, source, "the tensor"));
    } catch (IOException e) {
      throw new Diagnostic(
              "ONNX-018",
              "the file holds no tensor, or cannot be read",
              Location.current(),
              "file: " + Source.oneLine(path.toString()),
              "give a file with one serialized TensorProto")
          .exception(e);
    }
  }
}
