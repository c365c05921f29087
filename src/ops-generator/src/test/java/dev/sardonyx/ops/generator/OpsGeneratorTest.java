package dev.sardonyx.ops.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsGeneratorTest {
  private static String source(String name) {
    return Objects.requireNonNull(OpsGenerator.sources().get("dev/sardonyx/ops/" + name), name);
  }

  @Test
  void anOptionIsAMethod() {
    assertTrue(
        source("LeakyRelu.java")
            .contains(
                """
                  /** Attribute {@code alpha}; {@code 0.01} unless set. */
                  public LeakyRelu alpha(float alpha) {
                    attribute("alpha", alpha);
                    return this;
                  }
                """));
  }

  @Test
  void whatIsRequiredIsAnArgument() {
    String ops = source("Ops.java");
    assertTrue(ops.contains("  public static MaxPool maxPool(Value x, long... kernelShape) {"));
    assertTrue(ops.contains("  public static MaxPool maxPool(Value x, List<Long> kernelShape) {"));
    assertTrue(ops.contains("  public static Concat concat(long axis, Value... inputs) {"));
  }

  @Test
  void noLineIsTooLongToRead() {
    OpsGenerator.sources()
        .forEach(
            (name, text) ->
                text.lines()
                    .filter(line -> line.stripLeading().startsWith("*"))
                    .forEach(line -> assertTrue(line.length() <= 100, name + ": " + line)));
  }

  @Test
  void onlyWhatChangesIsWritten(@TempDir Path folder) throws IOException {
    String[] arguments = {folder.toString()};
    OpsGenerator.main(arguments);
    Path same = folder.resolve("dev/sardonyx/ops/Conv.java");
    Path gone = folder.resolve("dev/sardonyx/ops/NoSuchOperator.java");
    Path stale = folder.resolve("dev/sardonyx/ops/Abs.java");
    String abs = Files.readString(stale);
    FileTime past = FileTime.fromMillis(0);
    Files.setLastModifiedTime(same, past);
    Files.writeString(gone, "class NoSuchOperator {}");
    Files.writeString(stale, "class Abs {}");
    OpsGenerator.main(arguments);
    assertEquals(past, Files.getLastModifiedTime(same));
    assertFalse(Files.exists(gone));
    assertEquals(abs, Files.readString(stale));
  }
}
