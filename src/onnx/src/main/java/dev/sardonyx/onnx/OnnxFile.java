package dev.sardonyx.onnx;

import com.google.protobuf.CodedOutputStream;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.proto.ModelProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes {@code .onnx} files. */
public final class OnnxFile {
  /** Protocol buffers end at 2 GiB; a Java array a little before. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

  private OnnxFile() {}

  /**
   * The graph in a file. Weights that lie in files beside it are mapped into memory, not read: as
   * long as the graph is used those files must stay as they are. Writing a graph replaces files,
   * and never changes them in place, so that a model may be written over the one it was read from.
   *
   * @throws DiagnosticException at the caller's line if the file cannot be read or is no model
   *     (ONNX-001, ONNX-002), at the place in the file if the model is not valid or not supported
   */
  public static Graph read(Path path) {
    return read(path, Limits.DEFAULT);
  }

  /** The same within other limits. */
  public static Graph read(Path path, Limits limits) {
    byte[] bytes = load(path);
    try {
      return read(bytes, new Source(path.toString(), new ExternalFiles(path)), limits);
    } catch (UncheckedIOException e) {
      throw unreadable(path.toString(), "cannot be read: " + e.getMessage()).exception(e);
    }
  }

  /** What is in the file itself. */
  static byte[] load(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        String reason = Files.exists(path) ? "is no regular file" : "does not exist";
        throw unreadable(path.toString(), reason).exception();
      }
      if (Files.size(path) > MAX_BYTES) {
        throw tooLarge(path.toString());
      }
      try (InputStream in = Files.newInputStream(path)) {
        return all(in, path.toString());
      }
    } catch (IOException e) {
      throw unreadable(path.toString(), "cannot be read: " + e.getMessage()).exception(e);
    }
  }

  /**
   * The graph in what remains of a stream, which stays open.
   *
   * @param name what to call it in errors and locations
   */
  public static Graph read(InputStream in, String name) {
    return read(all(in, name), name);
  }

  private static byte[] all(InputStream in, String name) {
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      if (bytes.length == MAX_BYTES && in.read() >= 0) {
        throw tooLarge(name);
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(name, "cannot be read: " + e.getMessage()).exception(e);
    }
  }

  /**
   * The graph in these bytes, which must not be changed while this runs.
   *
   * @param name what to call them in errors and locations
   */
  public static Graph read(byte[] bytes, String name) {
    return read(bytes, name, Limits.DEFAULT);
  }

  /** The same within other limits. */
  public static Graph read(byte[] bytes, String name, Limits limits) {
    return read(bytes, new Source(name), limits);
  }

  private static Graph read(byte[] bytes, Source source, Limits limits) {
    return new ModelReader(source, ModelBytes.parse(bytes, source), limits).read();
  }

  private static DiagnosticException tooLarge(String name) {
    return new Diagnostic(
            "ONNX-001",
            "the model is larger than 2 GiB, which no single ONNX file can be",
            Location.current(),
            "file: " + Source.oneLine(name),
            "export it with its weights in files of their own (external data)")
        .exception();
  }

  private static Diagnostic unreadable(String name, String reason) {
    return new Diagnostic(
        "ONNX-001",
        "the model " + reason,
        Location.current(),
        "file: " + Source.oneLine(name),
        "check the path, and that it is a file you may read");
  }

  /** The file's bytes at the default opset. */
  public static byte[] bytes(Graph graph) {
    return bytes(graph, Export.DEFAULT);
  }

  /**
   * The file's bytes: the same for equal graphs, on every machine.
   *
   * @throws DiagnosticException if operators cannot be written at the opset (ONNX-013), or the
   *     graph cannot be one file (ONNX-015, ONNX-022 to ONNX-024)
   */
  public static byte[] bytes(Graph graph, Export export) {
    if (export.external() != null) {
      throw new Diagnostic(
              "ONNX-044",
              "a model with weights in other files cannot be given as bytes",
              Location.current(),
              "external: " + export.external(),
              "write it to a path, or export it without external data")
          .exception();
    }
    return bytes(new ModelWriter(graph, export, null).model());
  }

  private static byte[] bytes(ModelProto model) {
    byte[] bytes = new byte[model.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      model.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail to be written", e);
    }
    return bytes;
  }

  /** Writes the file at the default opset. */
  public static void write(Graph graph, Path path) {
    write(graph, path, Export.DEFAULT);
  }

  /**
   * Writes a file, replacing what was there at once; missing folders are made. With {@link
   * Export#external} the weights' files are replaced first.
   */
  public static void write(Graph graph, Path path, Export export) {
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    ExternalWriter external =
        export.external() == null ? null : new ExternalWriter(name, export.external());
    byte[] bytes = bytes(new ModelWriter(graph, export, external).model());
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
        if (external != null) {
          external.write(folder);
        }
      }
      Replacement.of(path, written -> Files.write(written, bytes));
    } catch (IOException e) {
      throw new Diagnostic(
              "ONNX-016",
              "the model cannot be written: " + e,
              Location.current(),
              "file: " + Source.oneLine(path.toString()),
              "choose a place that you may write to")
          .exception(e);
    }
  }
}
