package dev.sardonyx.proto;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Our schema has the fields, numbers and types of the ONNX standard's: neither fewer nor more. */
class WireCompatibilityTest {
  private static final List<String> STANDARD = standard();
  private static final List<String> OURS = SchemaFacts.of(OnnxSchema.getDescriptor());

  @Test
  void everyFactOfTheStandardIsOurs() {
    var missing = new TreeSet<>(STANDARD);
    OURS.forEach(missing::remove);
    assertEquals("", String.join("\n", missing), "missing here");
  }

  @Test
  void everyFactOfOursIsTheStandards() {
    var invented = new TreeSet<>(OURS);
    STANDARD.forEach(invented::remove);
    assertEquals("", String.join("\n", invented), "not in the standard");
  }

  @Test
  void theFactsAreThoseOfTheWholeStandard() {
    assertAll(
        () -> assertTrue(STANDARD.contains("schema\tonnx\tproto2")),
        () -> assertTrue(STANDARD.contains("value\tonnx.Version\tIR_VERSION\t14")),
        () -> assertTrue(STANDARD.contains("value\tonnx.TensorProto.DataType\tINT2\t26")));
  }

  private static List<String> standard() {
    try (var in = WireCompatibilityTest.class.getResourceAsStream("onnx-schema.tsv")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
