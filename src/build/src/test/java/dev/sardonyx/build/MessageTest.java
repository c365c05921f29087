package dev.sardonyx.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build and its worker say to each other arrives as it was said. */
class MessageTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a\tb", "a\nb\r\n", "\\", "\\n", "\\\\t", "\\\n", "größe 花", "\u2028"})
  void aFieldMayHoldAnything(String field) throws IOException {
    Message message = Message.of("verb", field, "", field);
    Path file = directory.resolve("messages");
    Files.write(file, Message.bytes(List.of(message, message)));
    assertEquals(List.of(message, message), Message.read(file));
  }

  @Test
  void aLineHasTheWrittenForm() {
    assertEquals("verb\ta\\tb\tc\\\\d", Message.of("verb", "a\tb", "c\\d").line());
  }

  @Test
  void aLineThatWasNotFinishedIsIgnored() throws IOException {
    Path file = directory.resolve("messages");
    Files.writeString(file, "begin\tiris\nrefused\tNN-0");
    assertEquals(List.of(Message.of("begin", "iris")), Message.read(file));
  }

  @Test
  void anOrderArrives() throws IOException {
    Location at = new Location("Flowers.java", 12, "");
    WorkOrder order =
        new WorkOrder(
            directory.resolve("my classes"),
            directory,
            directory.resolve("models"),
            directory.resolve("report"),
            List.of(
                new Definition("flowers.Flowers", "iris", "models/iris", "iris.weights", at),
                new Definition("flowers.Flowers$More", "rose", "rose", "", at)));
    Path file = directory.resolve("order");
    order.write(file);
    assertEquals(order, WorkOrder.read(file));
  }

  @Test
  void aFailureArrives() {
    Location at = new Location("Flowers.java", 12, "node conv1");
    Diagnostic diagnostic = new Diagnostic("NN-010", "too\twide", at, "input: x", "narrow it");
    Failure failure = new Failure(diagnostic, "flowers.Flowers", "first\n\tsecond");
    assertEquals(failure, Failure.of(Message.parse(failure.message().line())));
  }

  @Test
  void aReportSaysWhichDefinitionWasRunning() {
    Report report =
        Report.of(
            List.of(
                Message.of("begin", "iris"),
                Message.of("input", "x", "float32[N,4]"),
                Message.of("output", "y", "float32[N,3]"),
                Message.of("end"),
                Message.of("begin", "rose"),
                Message.of("input", "x", "float32[N,4]")));
    assertEquals(List.of("iris"), List.copyOf(report.made().keySet()));
    assertEquals("[x: float32[N,4]]", report.made().get("iris").inputs().toString());
    assertEquals("[y: float32[N,3]]", report.made().get("iris").outputs().toString());
    assertEquals("rose", report.unfinished());
  }

  @Test
  void anIndexArrives() throws IOException {
    Report.Ports ports = new Report.Ports();
    ports.add(Message.of("input", "x", "float32[N,4]"));
    ports.add(Message.of("output", "y", "float32[2*N]"));
    Index index = new Index("f00d", Map.of("iris", new Index.Entry("beef", ports)));
    Path file = directory.resolve("deep/index");
    index.write(file);
    assertEquals(index, Index.read(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "sardonyx-index\t1\n", "sardonyx-index\t1\nfingerprint\tf\nmodel"})
  void aDamagedIndexCountsAsNone(String text) throws IOException {
    Path file = directory.resolve("index");
    Files.writeString(file, text);
    assertEquals(Index.EMPTY, Index.read(file));
  }
}
