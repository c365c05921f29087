package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionRefusalTest {
  private final Session session =
      Session.open(
          new TinyModel()
              .input("x", ElementType.FLOAT32, "N", 4)
              .input("rows", ElementType.INT64, "N")
              .output("y", ElementType.FLOAT32, "N", 4)
              .node("Gather", "x rows", "y")
              .bytes());
  private final Tensor x = Tensor.zeros(ElementType.FLOAT32, 2, 4);
  private final Tensor rows = Tensor.of(new long[] {1, 0});

  @AfterEach
  void close() {
    session.close();
  }

  private static String text(Diagnostic diagnostic) {
    return diagnostic.toString().replaceAll("Test.java:\\d+", "Test.java");
  }

  private String refusal(String code, Tensor newX, Tensor newRows) {
    return text(Refused.with(code, () -> session.run(Map.of("x", newX, "rows", newRows))));
  }

  @Test
  void acceptsWhatFits() {
    assertEquals(x, session.run(Map.of("x", x, "rows", rows)).get("y"));
  }

  @Test
  void missingInput() {
    assertEquals(
        """
        [RT-010] no value for input "rows"
          at SessionRefusalTest.java
          got x: float32[2,4]   the model takes x: float32[N,4]   rows: int64[N]
          help: give a tensor of type int64[N] for it\
        """,
        text(Refused.with("RT-010", () -> session.run(Map.of("x", x)))));
  }

  @Test
  void unknownInput() {
    Map<String, Tensor> inputs = Map.of("x", x, "rows", rows, "z", x);
    assertEquals(
        "the model has no input \"z\"",
        Refused.with("RT-011", () -> session.run(inputs)).message());
  }

  @Test
  void wrongElementType() {
    assertEquals(
        """
        [RT-012] input "rows" takes int64, got int32
          at SessionRefusalTest.java
          got rows: int32[2]   the model takes x: float32[N,4]   rows: int64[N]
          help: convert the data to int64 first; the runtime does not convert silently\
        """,
        refusal("RT-012", x, Tensor.of(new int[] {1, 0})));
  }

  @Test
  void wrongRank() {
    assertTrue(
        refusal("RT-013", Tensor.of(new float[4]), rows)
            .startsWith("[RT-013] input \"x\" takes rank 2, got rank 1\n"));
  }

  @Test
  void wrongWidth() {
    assertEquals(
        """
        [RT-014] input "x" takes 4 on axis 1, got 3
          at SessionRefusalTest.java
          got x: float32[2,3]   the model takes x: float32[N,4]   rows: int64[N]
          help: the model was built for that size; give it such data, or build it with a symbol there\
        """,
        refusal("RT-014", Tensor.zeros(ElementType.FLOAT32, 2, 3), rows));
  }

  @Test
  void symbolsDiffer() {
    assertTrue(
        refusal("RT-015", x, Tensor.of(new long[] {0}))
            .startsWith("[RT-015] N is 2 in input \"x\" but 1 in input \"rows\"\n"));
  }

  @Test
  void unknownOutputs() {
    Map<String, Tensor> inputs = Map.of("x", x, "rows", rows);
    assertEquals(
        "the model has no output \"z\"",
        Refused.with("RT-008", () -> session.run(inputs, List.of("y", "z"))).message());
    Refused.with("RT-008", () -> session.run(inputs, List.of()));
  }

  @Test
  void whatTheModelItselfRefuses() {
    Diagnostic diagnostic =
        Refused.with(
            "RT-023", () -> session.run(Map.of("x", x, "rows", Tensor.of(new long[] {0, 9}))));
    assertEquals(
        "ONNX Runtime stopped with an error: Gather: indices element out of data bounds, idx=9"
            + " must be within the inclusive range [-2,1]",
        diagnostic.message());
    assertTrue(diagnostic.received().contains("rows: int64[2]"), diagnostic.received());
    assertEquals(x, session.run(Map.of("x", x, "rows", rows)).get("y"));
  }

  @Test
  void placesInNativeSourceAreLeftOut() {
    byte[] model =
        new TinyModel()
            .input("x", ElementType.FLOAT32, "N")
            .input("shape", ElementType.INT64, "K")
            .output("y", ElementType.FLOAT32, "", "")
            .node("Reshape", "x shape", "y")
            .bytes();
    Map<String, Tensor> inputs =
        Map.of("x", Tensor.of(new float[5]), "shape", Tensor.of(new long[] {2, 2}));
    try (Session reshape = Session.open(model)) {
      String message = Refused.with("RT-023", () -> reshape.run(inputs)).message();
      assertTrue(
          message.startsWith("ONNX Runtime stopped with an error: Reshape: ")
              && message.endsWith("Input shape:{5}, requested shape:{2,2}")
              && !message.contains("onnxruntime"),
          message);
    }
  }

  @Test
  void unreadableFiles(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.onnx");
    assertEquals(
        """
        [RT-001] the model cannot be read: there is no such file
          at SessionRefusalTest.java
          %s
          help: give the path of a readable .onnx file\
        """
            .formatted(missing),
        text(Refused.with("RT-001", () -> Session.open(missing))));
    Refused.with("RT-001", () -> Session.open(folder));
    Path text = Files.writeString(folder.resolve("text.onnx"), "not a model");
    Diagnostic invalid = Refused.with("RT-002", () -> Session.open(text));
    assertEquals(text.toString(), invalid.received());
    Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
    Refused.with("RT-002", () -> Session.open(empty));
  }

  @Test
  void brokenBytes() {
    byte[] model = TinyModel.doubling("N", 2);
    assertEquals(
        "model of 10 bytes",
        Refused.with("RT-002", () -> Session.open(Arrays.copyOf(model, 10))).received());
    Refused.with("RT-002", () -> Session.open(new byte[0]));
    byte[] unknownOperator =
        new TinyModel()
            .input("x", ElementType.FLOAT32, 1)
            .output("y", ElementType.FLOAT32, 1)
            .node("Frobnicate", "x", "y")
            .bytes();
    Diagnostic diagnostic = Refused.with("RT-002", () -> Session.open(unknownOperator));
    assertTrue(diagnostic.message().contains("Frobnicate"), diagnostic.message());
  }

  @Test
  void negativeThreadsAndMissingProviders() {
    Refused.with("RT-006", () -> SessionOptions.defaults().withIntraOpThreads(-1));
    SessionOptions cuda = SessionOptions.defaults().withProviders(ExecutionProvider.cuda(0));
    Diagnostic diagnostic = Refused.with("RT-005", () -> Session.open(new byte[1], cuda));
    assertEquals("this build of ONNX Runtime has no CUDA execution provider", diagnostic.message());
    assertTrue(diagnostic.received().contains("CPUExecutionProvider"), diagnostic.received());
  }

  @Test
  void notesThatAreNoTypes() {
    byte[] model =
        new TinyModel()
            .input("x", ElementType.FLOAT32, 2)
            .output("y", ElementType.FLOAT32, 2)
            .node("Relu", "x", "y")
            .note("sardonyx.input.x", "list(float32)")
            .bytes();
    Diagnostic refused = Refused.with("RT-050", () -> Session.open(model));
    assertTrue(refused.help().startsWith("remove the metadata"), refused.help());
  }

  @Test
  void dataOfAnotherKind() {
    Datum list = new Datum.Sequence(List.of(new Datum.Single(x)));
    Diagnostic refused =
        Refused.with(
            "RT-051", () -> session.runValues(Map.of("x", list, "rows", new Datum.Single(rows))));
    assertEquals("\"x\" is no float32[N,4]", refused.message());
    assertEquals("got a datum of the kind Sequence", refused.received());
  }

  @Test
  void anOutputThatNoBufferHolds() {
    byte[] model =
        new TinyModel()
            .input("shape", ElementType.INT64, 1)
            .constant("zero", Tensor.zeros(ElementType.UINT8))
            .output("y", ElementType.UINT8, "N")
            .node("Expand", "zero shape", "y")
            .bytes();
    try (Session large = Session.open(model)) {
      Tensor shape = Tensor.of(new long[] {1L << 31});
      Diagnostic refused = Refused.with("RT-024", () -> large.run(Map.of("shape", shape)));
      assertEquals("y: uint8[2147483648]", refused.received());
    }
  }
}
