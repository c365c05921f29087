package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out by content what a file is, and has it read. */
final class KerasReader {
  private static final int HEAD = 512;
  private static final String AGAIN = "save the model by model.save(\"x.keras\")";

  private final Opened opened;
  private final Limits limits;

  /** What the first bytes of a file say that it is. */
  private enum Kind {
    ZIP,
    HDF5,
    JSON,
    OTHER
  }

  KerasReader(Opened opened, Limits limits) {
    this.opened = opened;
    this.limits = limits;
  }

  KerasFile open(Path path) {
    Source source = source(path);
    if (Files.isDirectory(path)) {
      return new KerasFile(new FolderReader(opened, limits).read(path, source), opened);
    }
    return read(opened.open(path, source), source);
  }

  /** A file of any kind but a folder. */
  KerasFile read(ByteSource bytes, Source source) {
    byte[] head = head(bytes, source);
    return new KerasFile(
        switch (kind(head)) {
          case ZIP -> new ArchiveReader(limits).read(bytes, source);
          case HDF5 -> new Hdf5Reader(limits).model(bytes, source);
          case JSON -> architecture(bytes, source);
          case OTHER -> throw noModel(head, source);
        },
        opened);
  }

  KerasFile open(Path architectureJson, Path weights) {
    Source source = source(architectureJson);
    ByteSource bytes = opened.open(architectureJson, source);
    byte[] head = head(bytes, source);
    if (kind(head) != Kind.JSON) {
      throw noModel(head, source);
    }
    KerasFile.Content json = architecture(bytes, source);
    Hdf5Reader.Found found = weights(weights);
    String version =
        json.kerasVersion().equals(KerasFile.UNKNOWN_VERSION)
            ? found.kerasVersion()
            : json.kerasVersion();
    return new KerasFile(
        new KerasFile.Content(
            json.name(),
            Format.JSON_AND_WEIGHTS,
            json.architecture(),
            version,
            json.trainingConfig(),
            found.weights(),
            Assets.NONE),
        opened);
  }

  private Hdf5Reader.Found weights(Path path) {
    Source source = source(path);
    ByteSource bytes = opened.open(path, source);
    byte[] head = head(bytes, source);
    return switch (kind(head)) {
      case HDF5 -> new Hdf5Reader(limits).weights(bytes, source);
      case JSON -> new Shards(opened, limits, path, source).weights(json(bytes, source));
      default -> throw noModel(head, source);
    };
  }

  private KerasFile.Content architecture(ByteSource bytes, Source source) {
    Map<String, @Nullable Object> object = json(bytes, source);
    if (object.containsKey("weight_map")) {
      throw Architectures.withoutArchitecture(source);
    }
    return Architectures.content(source, Format.JSON, object, null, null, Assets.NONE);
  }

  private Map<String, @Nullable Object> json(ByteSource bytes, Source source) {
    return Architectures.json(bytes, source, "", limits);
  }

  private static Source source(Path path) {
    Path name = path.getFileName();
    return new Source(name == null ? path.toString() : name.toString());
  }

  private static byte[] head(ByteSource bytes, Source source) {
    try {
      return bytes.bytes(0, (int) Math.min(HEAD, bytes.size()));
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  private static Kind kind(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PK\3\4")) {
      return Kind.ZIP;
    }
    if (text.startsWith("\u0089HDF\r\n\u001a\n")) {
      return Kind.HDF5;
    }
    String plain = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    return plain.stripLeading().startsWith("{") ? Kind.JSON : Kind.OTHER;
  }

  private static DiagnosticException noModel(byte[] head, Source source) {
    String text = new String(head, StandardCharsets.ISO_8859_1).strip();
    String help = AGAIN;
    if (text.startsWith("<")) {
      help = "this looks like a web page: the download failed; download the file again";
    } else if (text.startsWith("version https://git-lfs")) {
      help = "this is a Git LFS pointer: fetch the file itself with git lfs pull";
    } else if (head.length == 0) {
      help = "the file is empty; " + Source.DAMAGED;
    }
    return source.refuse(
        "KERAS-001",
        "",
        "this is no file of Keras that can be read here",
        "its first bytes: " + hex(head),
        help);
  }

  static DiagnosticException noModelFolder(Path path, Source source) {
    boolean savedModel = Files.exists(path.resolve("saved_model.pb"));
    return source.refuse(
        "KERAS-001",
        "",
        "this folder is no model of Keras that can be read here",
        savedModel ? "it is a SavedModel of TensorFlow" : "it has no config.json",
        savedModel
            ? "a SavedModel holds TensorFlow's operations, not layers: load it in Python and "
                + AGAIN
            : "give the folder that has config.json and model.weights.h5");
  }

  private static String hex(byte[] head) {
    StringBuilder hex = new StringBuilder();
    for (byte b : head) {
      if (hex.length() >= 24) {
        break;
      }
      hex.append(Integer.toHexString((b & 0xff) | 0x100).substring(1)).append(' ');
    }
    return hex.isEmpty() ? "none" : hex.toString().strip();
  }
}
