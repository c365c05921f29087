package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatefulSessionTest {
  /** Adds rows of x that are picked by index to w, counts steps, and reports w before and after. */
  private final Session session =
      Session.open(
          new TinyModel()
              .input("w", ElementType.FLOAT32, 1, 2)
              .input("step", ElementType.INT64)
              .input("fixed", ElementType.FLOAT32, 1)
              .input("x", ElementType.FLOAT32, "N", 2)
              .input("row", ElementType.INT64, 1)
              .constant("one", Tensor.scalar(1L))
              .constant("axes", Tensor.of(new long[] {0}))
              .output("w_new", ElementType.FLOAT32, 1, 2)
              .output("step_new", ElementType.INT64)
              .output("fixed", ElementType.FLOAT32, 1)
              .output("w_twice", ElementType.FLOAT32, 1, 2)
              .output("sum", ElementType.FLOAT32, 1, 2)
              .node("Gather", "x row", "picked")
              .node("Add", "w picked", "w_new")
              .node("Add", "w w", "w_twice")
              .node("Add", "step one", "step_new")
              .node("ReduceSum", "x axes", "sum")
              .bytes());

  private final StatefulSession stateful =
      StatefulSession.of(
          session,
          Map.of("w", "w_new", "step", "step_new", "fixed", "fixed"),
          Map.of(
              "w", Tensor.of(new float[] {0, 0}, 1, 2),
              "step", Tensor.scalar(0L),
              "fixed", Tensor.of(new float[] {7})));

  @AfterEach
  void close() {
    stateful.close();
    session.close();
  }

  private static Map<String, Tensor> feed(float[][] x, long row) {
    return Map.of("x", Tensor.of(x), "row", Tensor.of(new long[] {row}));
  }

  private float[] w() {
    return stateful.state("w").toFloatArray();
  }

  @Test
  void stateGoesFromRunToRun() {
    for (int i = 1; i <= 5; i++) {
      float[][] batch = i % 2 == 0 ? new float[][] {{1, 2}} : new float[][] {{1, 2}, {3, 4}};
      Map<String, Tensor> out = stateful.run(feed(batch, 0), List.of("sum", "w_twice"));
      assertEquals(List.of("sum", "w_twice"), new ArrayList<>(out.keySet()));
      assertArrayEquals(
          i % 2 == 0 ? new float[] {1, 2} : new float[] {4, 6}, out.get("sum").toFloatArray());
      // What the graph reads is the state before the run, also after w_new was written.
      assertArrayEquals(new float[] {2 * (i - 1), 4 * (i - 1)}, out.get("w_twice").toFloatArray());
      assertArrayEquals(new float[] {i, 2 * i}, w());
      assertEquals(i, stateful.state("step").getLong(0));
      assertArrayEquals(new float[] {7}, stateful.state("fixed").toFloatArray());
    }
    assertEquals(List.of("w", "step", "fixed"), new ArrayList<>(stateful.states().keySet()));
  }

  @Test
  void copiesOfStateStayWhatTheyAre() {
    Tensor before = stateful.state("w");
    Tensor after =
        stateful.run(feed(new float[][] {{1, 2}}, 0), List.of("w_new", "fixed")).get("w_new");
    stateful.run(feed(new float[][] {{1, 2}}, 0), List.of());
    stateful.run(feed(new float[][] {{1, 2}}, 0), List.of());
    assertArrayEquals(new float[] {0, 0}, before.toFloatArray());
    assertArrayEquals(new float[] {1, 2}, after.toFloatArray());
    assertArrayEquals(new float[] {3, 6}, w());
  }

  @Test
  void aFailedRunLeavesTheState() {
    stateful.run(feed(new float[][] {{1, 2}}, 0), List.of());
    Map<String, Tensor> outside = feed(new float[][] {{1, 2}}, 5);
    Refused.with("RT-023", () -> stateful.run(outside, List.of("sum")));
    assertArrayEquals(new float[] {1, 2}, w());
    assertEquals(1, stateful.state("step").getLong(0));
    stateful.run(feed(new float[][] {{1, 2}}, 0), List.of());
    assertArrayEquals(new float[] {2, 4}, w());
    assertEquals(2, stateful.state("step").getLong(0));
  }

  @Test
  void aRunCanBeTakenBackOnce() {
    Refused.with("RT-042", () -> stateful.undo());
    stateful.run(feed(new float[][] {{1, 2}}, 0), List.of());
    stateful.run(feed(new float[][] {{Float.NaN, 2}}, 0), List.of());
    stateful.undo();
    assertArrayEquals(new float[] {1, 2}, w());
    Refused.with("RT-042", () -> stateful.undo());
    stateful.run(feed(new float[][] {{1, 2}}, 0), List.of());
    assertArrayEquals(new float[] {2, 4}, w());
  }

  @Test
  void stateCanBeSet() {
    stateful.run(feed(new float[][] {{1, 2}}, 0), List.of());
    stateful.setState("w", Tensor.of(new float[] {10, 20}, 1, 2));
    stateful.setState("fixed", Tensor.of(new float[] {8}));
    for (int i = 1; i <= 2; i++) {
      stateful.run(feed(new float[][] {{1, 2}}, 0), List.of());
      assertArrayEquals(new float[] {10 + i, 20 + 2 * i}, w());
      assertArrayEquals(new float[] {8}, stateful.state("fixed").toFloatArray());
    }
    Refused.with("RT-041", () -> stateful.setState("w", Tensor.of(new float[] {1, 2})));
    Refused.with("RT-044", () -> stateful.setState("v", Tensor.of(new float[] {1, 2})));
    Refused.with("RT-044", () -> stateful.state("w_new"));
  }

  @Test
  void feedsAreChecked() {
    Tensor row = Tensor.of(new long[] {0});
    Refused.with("RT-010", () -> stateful.run(Map.of("row", row), List.of()));
    Refused.with(
        "RT-014",
        () ->
            stateful.run(
                Map.of("row", row, "x", Tensor.zeros(ElementType.FLOAT32, 1, 3)), List.of()));
    Refused.with("RT-045", () -> stateful.run(Map.of("step", Tensor.scalar(1L)), List.of()));
    Refused.with("RT-008", () -> stateful.run(feed(new float[1][2], 0), List.of("loss")));
  }

  @Test
  void pairsAreChecked() {
    Tensor w = Tensor.zeros(ElementType.FLOAT32, 1, 2);
    Refused.with("RT-040", () -> StatefulSession.of(session, Map.of("v", "w_new"), Map.of()));
    Refused.with("RT-008", () -> StatefulSession.of(session, Map.of("w", "v"), Map.of("w", w)));
    Refused.with(
        "RT-040", () -> StatefulSession.of(session, Map.of("w", "step_new"), Map.of("w", w)));
    Refused.with("RT-040", () -> StatefulSession.of(session, Map.of(), Map.of()));
    Refused.with("RT-040", () -> StatefulSession.of(session, Map.of("w", "fixed"), Map.of("w", w)));
    Refused.with("RT-010", () -> StatefulSession.of(session, Map.of("w", "w_new"), Map.of()));
    Map<String, String> shared = Map.of("w", "w_new", "x", "w_new");
    assertTrue(
        Refused.with("RT-040", () -> StatefulSession.of(session, shared, Map.of()))
            .message()
            .contains("same output"));
  }

  @Test
  void aStateThatNoBufferHolds() {
    byte[] model =
        new TinyModel()
            .input("word", ElementType.STRING, 1)
            .output("next", ElementType.STRING, 1)
            .node("Identity", "word", "next")
            .bytes();
    try (Session words = Session.open(model)) {
      Map<String, Tensor> initial = Map.of("word", Tensor.ofStrings(List.of("a"), 1));
      Refused.with("RT-030", () -> StatefulSession.of(words, Map.of("word", "next"), initial));
    }
  }

  @Test
  void theStateBindsSymbols() {
    byte[] model =
        new TinyModel()
            .input("h", ElementType.FLOAT32, "B", 2)
            .input("x", ElementType.FLOAT32, "B", 2)
            .output("h_new", ElementType.FLOAT32, "B", 2)
            .node("Add", "h x", "h_new")
            .bytes();
    Tensor h = Tensor.zeros(ElementType.FLOAT32, 3, 2);
    try (Session adding = Session.open(model);
        StatefulSession memory = StatefulSession.of(adding, Map.of("h", "h_new"), Map.of("h", h))) {
      Tensor two = Tensor.zeros(ElementType.FLOAT32, 2, 2);
      assertEquals(
          "B is 3 in input \"h\" but 2 in input \"x\"",
          Refused.with("RT-015", () -> memory.run(Map.of("x", two), List.of())).message());
      Tensor ones = Tensor.full(ElementType.FLOAT32, 1, 3, 2);
      assertEquals(ones, memory.run(Map.of("x", ones), List.of("h_new")).get("h_new"));
    }
  }

  /** The output would be wider than the buffer of the state: ONNX Runtime must not write it. */
  @Test
  void aStateThatChangesItsShapeIsRefused() {
    byte[] model =
        new TinyModel()
            .input("h", ElementType.FLOAT32, "A", 2)
            .input("x", ElementType.FLOAT32, "B", 2)
            .output("h_new", ElementType.FLOAT32, "C", 2)
            .node("Concat", "h x", "h_new", TinyModel.integer("axis", 0))
            .bytes();
    Tensor h = Tensor.full(ElementType.FLOAT32, 5, 3, 2);
    try (Session growing = Session.open(model);
        StatefulSession memory =
            StatefulSession.of(growing, Map.of("h", "h_new"), Map.of("h", h))) {
      Refused.with("RT-023", () -> memory.run(Map.of("x", h), List.of()));
      assertEquals(h, memory.state("h"));
    }
  }

  @Test
  void aDeadlineLeavesTheState() {
    Tensor x = Tensor.full(ElementType.FLOAT32, 1, 128, 128);
    try (Session chain = Session.open(TinyModel.longRunning(128, 4_000));
        StatefulSession powers = StatefulSession.of(chain, Map.of("x", "y"), Map.of("x", x))) {
      Refused.with("RT-022", () -> powers.run(Map.of(), List.of(), Duration.ofMillis(20)));
      assertEquals(x, powers.state("x"));
    }
  }

  @Test
  void closing() {
    stateful.close();
    stateful.close();
    Refused.with("RT-020", () -> stateful.state("w"));
    session.close();
    Refused.with("RT-020", () -> stateful.run(Map.of(), List.of()));
  }
}
