package dev.sardonyx.build;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of arguments for the {@code java} command, {@code java @file}: the one way to give a class
 * path of any length, with any characters, on every system.
 */
final class ArgumentFile {
  private ArgumentFile() {}

  /** Writes {@code arguments}; fails if this system's encoding cannot write one of them. */
  static void write(Path file, List<String> arguments) throws IOException {
    Files.writeString(file, text(arguments), systemCharset());
  }

  /** In quotes nothing has a meaning but the backslash. */
  static String text(List<String> arguments) {
    return arguments.stream()
        .map(a -> a.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
        .map(a -> "\"" + a + "\"\n")
        .collect(Collectors.joining());
  }

  /** The launcher reads arguments as the system's own bytes. */
  private static Charset systemCharset() {
    String name = System.getProperty("sun.jnu.encoding", "");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }
}
