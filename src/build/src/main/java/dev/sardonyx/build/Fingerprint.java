package dev.sardonyx.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One number for all that the compiled models depend on: the classes and resources on the class
 * path, the definitions' weights, the JVM and its options, and this module itself. An archive
 * counts by its name, size and time, a file in a directory by its content.
 */
final class Fingerprint {
  private final MessageDigest digest = sha256();
  private final Set<Path> ignored = new TreeSet<>();

  private Fingerprint() {}

  /**
   * @param ours models in the output directory: what is made does not count as what it is made of
   */
  static String of(CompileRequest request, List<Definition> definitions, Collection<String> ours)
      throws IOException {
    Fingerprint print = new Fingerprint();
    ours.forEach(m -> print.ignored.add(request.outputDirectory().resolve(m + ".onnx")));
    print.add("sardonyx 1");
    print.addEntry(Fork.ownCode());
    print.add(request.javaHome().toString());
    print.addContent(request.javaHome().resolve("release"));
    request.jvmArguments().forEach(print::add);
    print.add(request.outputDirectory().toString());
    print.add(request.baseDirectory().toString());
    for (Path entry : request.classPath()) {
      print.addEntry(entry);
    }
    for (Definition definition : definitions) {
      if (!definition.weights().isEmpty()) {
        print.addContent(request.baseDirectory().resolve(definition.weights()));
      }
    }
    return HexFormat.of().formatHex(print.digest.digest());
  }

  /** The SHA-256 of a file's content. */
  static String ofFile(Path file) throws IOException {
    MessageDigest content = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = new byte[1 << 16];
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        content.update(part, 0, length);
      }
    }
    return HexFormat.of().formatHex(content.digest());
  }

  private void addEntry(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      add("directory " + entry);
      addDirectory(entry);
    } else if (Files.exists(entry)) {
      BasicFileAttributes file = Files.readAttributes(entry, BasicFileAttributes.class);
      add("archive %s %s %s".formatted(entry, file.size(), file.lastModifiedTime()));
    } else {
      add("nothing " + entry);
    }
  }

  private void addDirectory(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> sorted =
          files.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
      for (Path file : sorted) {
        if (!ignored.contains(file)) {
          add(directory.relativize(file).toString());
          addContent(file);
        }
      }
    }
  }

  private void addContent(Path file) throws IOException {
    add(Files.isRegularFile(file) ? ofFile(file) : "nothing");
  }

  /** The length in front keeps two texts from looking like one. */
  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + " ").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
