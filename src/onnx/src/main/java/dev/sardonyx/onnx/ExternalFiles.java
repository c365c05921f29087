package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files beside a model that hold its weights. A model is foreign, so it reads nothing that does
 * not lie in its own folder.
 *
 * <p>A link is followed where its real target lies in the real folder of the model file or of the
 * folder it was opened in: caches of downloaded models are made of such links.
 */
final class ExternalFiles {
  private final Path model;
  private final Map<String, Opened> opened = new HashMap<>();

  /** A file that was found to be allowed; its bytes are mapped where a tensor wants them. */
  private record Opened(Path real, long size, @Nullable Object key) {}

  /**
   * @param model the model's own file
   */
  ExternalFiles(Path model) {
    this.model = model.toAbsolutePath();
  }

  /**
   * {@code length} bytes from {@code offset} on, mapped: nothing is read before it is used.
   *
   * @throws DiagnosticException where the location is not allowed (ONNX-041), or the file cannot be
   *     read or is too short (ONNX-042)
   */
  ByteBuffer map(String location, long offset, long length, Source source, String place) {
    Opened file = opened.computeIfAbsent(location, l -> open(l, source, place));
    if (offset > file.size() || length > file.size() - offset) {
      throw source.refuse(
          "ONNX-042",
          place,
          "the tensor's data end beyond their file",
          "file: %s, %s bytes   offset: %s   length: %s"
              .formatted(Source.shown(location), file.size(), offset, length),
          "the file is incomplete, or belongs to another model");
    }
    try {
      requireSame(file, location, source, place);
      try (FileChannel channel =
          FileChannel.open(file.real(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        // What is open now must be what was checked: somebody may have put another file there.
        requireSame(file, location, source, place);
        if (channel.size() != file.size()) {
          throw notRead(location, "it changes while it is read", source, place);
        }
        return channel.map(MapMode.READ_ONLY, offset, length).order(ByteOrder.LITTLE_ENDIAN);
      }
    } catch (IOException e) {
      throw notRead(location, String.valueOf(e.getMessage()), source, place);
    }
  }

  private Opened open(String location, Source source, String place) {
    Path beside =
        Objects.requireNonNull(model.getParent()).resolve(relative(location, source, place));
    try {
      Path real = beside.toRealPath();
      Path folder = model.getParent().toRealPath();
      Path home = Objects.requireNonNull(model.toRealPath().getParent());
      if (!real.startsWith(folder) && !real.startsWith(home)) {
        throw forbidden(location, "is a link to outside the model's folder", source, place);
      }
      BasicFileAttributes found = attributes(real);
      if (!found.isRegularFile()) {
        throw notRead(location, "it is no regular file", source, place);
      }
      requireSingleLink(real, location, source, place);
      return new Opened(real, found.size(), found.fileKey());
    } catch (IOException e) {
      String why = Files.notExists(beside) ? "there is no such file" : e.getClass().getSimpleName();
      throw notRead(location, why, source, place);
    }
  }

  private static BasicFileAttributes attributes(Path real) throws IOException {
    return Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void requireSame(Opened file, String location, Source source, String place)
      throws IOException {
    BasicFileAttributes now = attributes(file.real());
    if (!now.isRegularFile() || !Objects.equals(now.fileKey(), file.key())) {
      throw notRead(location, "another file took its place", source, place);
    }
  }

  /** A second name of the same file would make a secret look as if it lay in the folder. */
  private static void requireSingleLink(Path real, String location, Source source, String place)
      throws IOException {
    Object links;
    try {
      links = Files.getAttribute(real, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return;
    }
    if (links instanceof Integer count && count > 1) {
      throw forbidden(
          location, "is a hard link: the file has %s names".formatted(count), source, place);
    }
  }

  /** The location as a relative path that stays inside; it is text from the file. */
  private static Path relative(String location, Source source, String place) {
    String refusal = refusal(location);
    if (refusal == null) {
      try {
        Path path = Path.of(location);
        if (!path.isAbsolute() && path.getRoot() == null) {
          return path;
        }
        refusal = "is absolute";
      } catch (InvalidPathException e) {
        refusal = "is no path";
      }
    }
    throw forbidden(location, refusal, source, place);
  }

  private static @Nullable String refusal(String location) {
    if (location.isEmpty()) {
      return "is empty";
    }
    if (location.startsWith("*/")) {
      return "is ONNX Runtime's marker for an address in memory";
    }
    if (location.startsWith("/")
        || location.startsWith("~")
        || location.matches("(?s)[A-Za-z]:.*")) {
      return "is absolute";
    }
    if (location.indexOf('\\') >= 0 || location.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return "has backslashes or control characters";
    }
    for (String part : location.split("/", -1)) {
      if (part.equals("..")) {
        return "leaves the model's folder by \"..\"";
      }
    }
    return null;
  }

  private static DiagnosticException forbidden(
      String location, String why, Source source, String place) {
    return source.refuse(
        "ONNX-041",
        place,
        "the location of the tensor's data " + why,
        "location: \"%s\"".formatted(Source.shown(location)),
        "put a copy of the data file beside the model, and name it by a relative path");
  }

  private static DiagnosticException notRead(
      String location, String why, Source source, String place) {
    return source.refuse(
        "ONNX-042",
        place,
        "the file with the tensor's data cannot be read: " + why,
        "location: \"%s\"".formatted(Source.shown(location)),
        "keep the data files beside the model, as they were exported");
  }
}
