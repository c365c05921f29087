package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data of a given type in a file of its own ({@code .pb}), as the standard's test data are: a
 * serialized {@code TensorProto}, {@code SequenceProto}, {@code OptionalProto} or {@code MapProto}.
 * The file does not say which; the type does.
 *
 * @param name the datum's name, often empty
 */
public record DataFile(String name, Datum datum) {
  /** Reads data of this type; refused (ONNX-018) where the bytes hold none. */
  public static DataFile read(Path path, Type type) {
    Source source = new Source(path.toString());
    try {
      ByteString bytes = ByteString.copyFrom(Files.readAllBytes(path));
      DatumReader reader = new DatumReader(source);
      return new DataFile(reader.name(bytes, type), reader.datum(bytes, type));
    } catch (IOException e) {
      throw new Diagnostic(
              "ONNX-018",
              "the file holds no " + type + ", or cannot be read",
              Location.current(),
              "file: " + Source.oneLine(path.toString()),
              "give a file with one serialized TensorProto; SequenceProto, OptionalProto or"
                  + " MapProto where the type says so")
          .exception(e);
    }
  }
}
