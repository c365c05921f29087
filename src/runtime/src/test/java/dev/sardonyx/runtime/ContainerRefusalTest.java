package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers that a model is given as tensors, and its notes on them. */
class ContainerRefusalTest {
  private static final Tensor FLOATS = Tensor.of(new float[] {1, 2});

  /** The elements of all tensors of a sequence x, which notes make it one. */
  private static TinyModel sequence(String type) {
    return new TinyModel()
        .input("x.data", ElementType.FLOAT32, "")
        .input("x.dims", ElementType.INT64, "")
        .input("x.ranks", ElementType.INT64, "")
        .output("y", ElementType.FLOAT32, "")
        .node("Identity", "x.data", "y")
        .note("sardonyx.input.x", type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seq(float33[2]) | there is no element type \"float33\"",
        "tree(float32[2]) | \"tree(float32[2])\" is no type that is noted",
        "float32[ | a tensor type looks like float32[N,3], got \"float32[\"",
      })
  void notesAreTypes(String note, String why) {
    Diagnostic d = Refused.with("RT-050", () -> Session.open(sequence(note).bytes()));
    assertEquals("the model's notes on its types cannot be read: " + why, d.message());
    assertEquals("remove the metadata that begin with sardonyx.input or sardonyx.output", d.help());
  }

  @Test
  void longNotesAreCutShort() {
    String note = "float32[" + "9".repeat(5000);
    Diagnostic d = Refused.with("RT-050", () -> Session.open(sequence(note).bytes()));
    assertTrue(d.message().length() < 300, d::message);
  }

  @Test
  void dataAreOfTheKindThatTheModelTakes() {
    try (Session session = Session.open(sequence("seq(float32[2])").bytes())) {
      Datum good = new Datum.Sequence(List.of(new Datum.Single(FLOATS)));
      assertEquals(Map.of("y", new Datum.Single(FLOATS)), session.runValues(Map.of("x", good)));
      assertEquals(
          """
          [RT-051] input "x" takes seq(float32[2]), got float32[2]
            at ContainerRefusalTest.java
            the model takes x: seq(float32[2])
            help: give data of the type that the model takes\
          """,
          refusal("RT-051", session, Map.of("x", new Datum.Single(FLOATS))));
      Datum longs = new Datum.Sequence(List.of(new Datum.Single(Tensor.of(new long[] {1}))));
      assertEquals(
          """
          [RT-051] input "x" takes float32[2], got int64[1]
            at ContainerRefusalTest.java
            the model takes x: float32[2]
            help: give data of the type that the model takes\
          """,
          refusal("RT-051", session, Map.of("x", longs)));
      assertEquals(
          """
          [RT-011] the model has no input "z"
            at ContainerRefusalTest.java
            got z: a datum of the kind Sequence
            help: give values for the inputs that the model takes, by their names\
          """,
          refusal("RT-011", session, Map.of("z", good)));
    }
  }

  private static String refusal(String code, Session session, Map<String, Datum> inputs) {
    return Refused.with(code, () -> session.runValues(inputs))
        .toString()
        .replaceAll("Test.java:\\d+", "Test.java");
  }
}
