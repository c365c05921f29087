package dev.sardonyx.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.proto.ModelProto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** From bytes to the message that they encode, or a guess at what they are instead. */
final class ModelBytes {
  private static final String AGAIN = "export or download the file again";

  /** Three messages make a subgraph in a subgraph; the deepest {@link Limits} allow has 300. */
  private static final int MAX_MESSAGES = 400;

  private ModelBytes() {}

  static ModelProto parse(byte[] bytes, Source source) {
    if (bytes.length == 0) {
      throw noModel(bytes, source, "the file is empty").exception();
    }
    ModelProto model;
    try {
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      // Tensors stay views of the file's bytes until they become our own.
      in.enableAliasing(true);
      in.setRecursionLimit(MAX_MESSAGES);
      model = ModelProto.parseFrom(in);
      in.checkLastTagWas(0);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("levels of nesting")) {
        throw tooDeep(bytes, source).exception(e);
      }
      throw noModel(bytes, source, "the bytes are no ONNX model, or only part of one").exception(e);
    }
    if (!model.hasGraph()) {
      throw noModel(bytes, source, "the file holds no graph").exception();
    }
    return model;
  }

  private static Diagnostic tooDeep(byte[] bytes, Source source) {
    return new Diagnostic(
        "ONNX-030",
        "the file's parts lie in each other more than %s deep".formatted(MAX_MESSAGES),
        Location.current(),
        "file: %s, %s bytes".formatted(Source.oneLine(source.name()), bytes.length),
        "no exporter writes such models: it is damaged, or made to do damage");
  }

  private static Diagnostic noModel(byte[] bytes, Source source, String message) {
    return new Diagnostic(
        "ONNX-002",
        message,
        Location.current(),
        "file: %s, %s bytes".formatted(Source.oneLine(source.name()), bytes.length),
        help(bytes));
  }

  private static String help(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1).strip();
    if (head.startsWith("<")) {
      return "this looks like a web page: the download failed; " + AGAIN;
    }
    if (head.startsWith("version https://git-lfs")) {
      return "this is a Git LFS pointer: fetch the file itself with git lfs pull";
    }
    if (head.startsWith("PK")) {
      return "this is a zip archive, such as .keras or .pt: unpack or convert it first";
    }
    if (head.startsWith("ORTM", 4)) {
      return "this is ONNX Runtime's own .ort format: use the .onnx file that it was made from";
    }
    return AGAIN;
  }

  /** The refusal of a message that parses but cannot be meant as a model. */
  static DiagnosticException notAModel(Source source, String message) {
    return new Diagnostic(
            "ONNX-002",
            message,
            Location.current(),
            "file: " + Source.oneLine(source.name()),
            AGAIN)
        .exception();
  }
}
