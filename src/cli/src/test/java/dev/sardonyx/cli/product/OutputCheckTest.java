package dev.sardonyx.cli.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.testkit.Tolerance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Containers that go in and out, random outputs, and types that were inferred. */
class OutputCheckTest {
  private static final TensorType VECTOR = TensorType.parse("float32[K]");

  private static Datum floats(float... values) {
    return new Datum.Single(Tensor.of(values));
  }

  private static Datum sequence(Datum... elements) {
    return new Datum.Sequence(List.of(elements));
  }

  private static Value apply(String type, Map<String, Object> attributes, Value... inputs) {
    return Value.of(Catalog.find("", type).create(attributes), inputs);
  }

  private static boolean check(Graph graph, List<Datum> inputs, List<Datum> expected) {
    return new OutputCheck(
            new Product(Settings.DEFAULT), graph, inputs, expected, Tolerance.STANDARD)
        .run();
  }

  private static String mismatch(Graph graph, List<Datum> inputs, List<Datum> expected) {
    return assertThrows(Mismatch.class, () -> check(graph, inputs, expected)).getMessage();
  }

  /** A sequence with one more tensor at its end. */
  private static Graph inserting() {
    Value s = Value.input("s", new Type.Sequence(VECTOR));
    Value x = Value.input("x", VECTOR);
    return Graph.of(
        "inserting", List.of(s, x), List.of(apply("SequenceInsert", Map.of(), s, x)), List.of("t"));
  }

  @Test
  void sequencesGoInAndOut() {
    List<Datum> inputs = List.of(sequence(floats(1), floats(2, 3)), floats(4, 5, 6));
    Datum right = sequence(floats(1), floats(2, 3), floats(4, 5, 6));
    assertFalse(check(inserting(), inputs, List.of(right)));
    assertFalse(check(inserting(), List.of(sequence(), floats(4)), List.of(sequence(floats(4)))));
    Datum wrong = sequence(floats(1), floats(2, 3), floats(4, 5, 7));
    AssertionError e =
        assertThrows(AssertionError.class, () -> check(inserting(), inputs, List.of(wrong)));
    assertTrue(e.getMessage().startsWith("output t[2]: "), e.getMessage());
    assertEquals(
        "output t: expected 2 elements, got 3",
        mismatch(inserting(), inputs, List.of(sequence(floats(1), floats(2, 3)))));
  }

  @Test
  void optionalsGoInAndOut() {
    Value o = Value.input("o", new Type.Optional(VECTOR));
    Graph graph =
        Graph.of(
            "present",
            List.of(o),
            List.of(apply("OptionalHasElement", Map.of(), o)),
            List.of("has"));
    Datum yes = new Datum.Single(Tensor.of(new boolean[] {true}).reshape());
    Datum no = new Datum.Single(Tensor.of(new boolean[] {false}).reshape());
    assertFalse(check(graph, List.of(new Datum.Optional(floats(1))), List.of(yes)));
    assertFalse(check(graph, List.of(new Datum.Optional(null)), List.of(no)));
    assertThrows(
        AssertionError.class, () -> check(graph, List.of(new Datum.Optional(null)), List.of(yes)));
  }

  @Test
  void mapsAreRefusedByName() {
    Value m = Value.input("m", new Type.Map(ElementType.INT64, VECTOR));
    Value x = Value.input("x", VECTOR);
    Graph graph = Graph.of("mapless", List.of(m, x), List.of(x.relu()), List.of("y"));
    Datum map = new Datum.Map(Tensor.of(new long[] {1}), List.of(floats(1)));
    assertTrue(
        mismatch(graph, List.of(map, floats(1)), List.of(floats(1)))
            .startsWith("input m: a map(int64,float32[K]) cannot be given"));
  }

  private static Graph bernoulli() {
    Value p = Value.input("p", VECTOR);
    return Graph.of("drawing", List.of(p), List.of(apply("Bernoulli", Map.of(), p)), List.of("y"));
  }

  @Test
  void randomOutputsAreHeldToTheirDistribution() {
    // Whatever was drawn elsewhere, only its type and shape are to be met.
    assertTrue(check(bernoulli(), List.of(floats(0, 1, 0.5f)), List.of(floats(1, 1, 1))));
    assertTrue(
        mismatch(bernoulli(), List.of(floats(0, 1, 0.5f)), List.of(floats(1, 1)))
            .contains("expected float32[2], got float32[3]"));
  }

  @Test
  void samplesThatCannotBeOfTheirDistribution() {
    Value y = bernoulli().outputs().get(0);
    Tensor p = Tensor.of(new float[] {0, 1, 0.5f, 0.5f});
    Tensor fine = Tensor.of(new float[] {0, 1, 0, 1});
    Randomness.checkValues("y", y, fine, List.of(p));
    assertThrows(
        Mismatch.class,
        () -> Randomness.checkValues("y", y, Tensor.of(new float[] {1, 1, 0, 1}), List.of(p)));
    assertThrows(
        Mismatch.class,
        () -> Randomness.checkValues("y", y, Tensor.of(new float[] {0, 1, 0, 2}), List.of(p)));
    Randomness.checkMoments("y", y, List.of(fine, fine), List.of(p));
    List<Tensor> loaded = java.util.Collections.nCopies(100, Tensor.of(new float[] {0, 1, 1, 1}));
    assertThrows(Mismatch.class, () -> Randomness.checkMoments("y", y, loaded, List.of(p)));
  }

  @Test
  void momentsOfAUniformDistribution() {
    Tensor even = Tensor.of(new float[] {0.1f, 0.3f, 0.5f, 0.7f, 0.9f});
    List<Tensor> many = java.util.Collections.nCopies(200, even);
    // The variance of these five is 0.08, that of the distribution 0.0833.
    Moments.of(many).require("u", 0.5, 1.0 / 12, 1.8);
    assertThrows(Mismatch.class, () -> Moments.of(many).require("u", 0.6, 1.0 / 12, 1.8));
    assertThrows(Mismatch.class, () -> Moments.of(many).require("u", 0.5, 0.25, 3));
  }

  @Test
  void inferredTypesMustBeThoseOfTheRun() {
    Value x = Value.input("x", TensorType.parse("float32[N,2]"));
    Value y = x.reshape(-1);
    Graph graph = Graph.of("flat", List.of(x), List.of(y), List.of("y"));
    assertEquals("float32[2*N]", y.type().toString());
    Datum in = new Datum.Single(Tensor.of(new float[6], 3, 2));
    InferredTypes.check(graph, List.of(in), List.of(floats(1, 2, 3, 4, 5, 6)));
    Mismatch e =
        assertThrows(
            Mismatch.class,
            () -> InferredTypes.check(graph, List.of(in), List.of(floats(1, 2, 3, 4, 5))));
    assertEquals(
        "output y: inferred float32[2*N], the runtime has float32[5], where {N=3}", e.getMessage());
    Datum wide = new Datum.Single(Tensor.of(new double[6]));
    assertThrows(Mismatch.class, () -> InferredTypes.check(graph, List.of(in), List.of(wide)));
  }
}
