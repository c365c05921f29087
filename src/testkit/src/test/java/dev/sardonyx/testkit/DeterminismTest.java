package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Gathering;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Indexing.ScatterReduction;
import dev.sardonyx.ir.Scattering;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.runtime.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on two threads: the same seed gives the same bytes, however often rows are repeated. */
class DeterminismTest {
  private static final int WIDTH = 32;
  private static final int WORDS = 2048;
  private static final int STEPS = 10;
  private static final SessionOptions TWO_THREADS = SessionOptions.defaults().withIntraOpThreads(2);

  @ParameterizedTest
  @ValueSource(ints = {1000, 6400})
  void embeddingsAndScatter(int vocabulary) {
    Graph step = step(vocabulary);
    List<Tensor> first = trained(step, vocabulary, 1);
    assertEquals(first, trained(step, vocabulary, 1));
    assertNotEquals(first, trained(step, vocabulary, 2));
    assertTrue(Double.isFinite(first.get(0).getDouble(0)), "the weights are numbers");
  }

  /** One step of gradient descent: weights and data in, weights out. */
  private static Graph step(int vocabulary) {
    Value table = Value.input("table", TensorType.parse("float32[%d,32]".formatted(vocabulary)));
    Value weight = Value.input("weight", TensorType.parse("float32[32,32]"));
    Value words = Value.input("words", TensorType.parse("int64[2048]"));
    Value rows = Value.input("rows", TensorType.parse("int64[2048,1]"));
    Value columns = Value.input("columns", TensorType.parse("int64[2048,32]"));
    Value wanted = Value.input("wanted", TensorType.parse("float32[2048,32]"));

    Value hidden = table.gather(words, 0).matMul(weight).tanh();
    Value counted = table.zerosLike().scatterElements(columns, hidden, 0, ScatterReduction.ADD);
    Value replaced =
        Value.of(
            new Scattering.ScatterND(ScatterReduction.NONE), table, distinct(), counted(hidden));
    Value again = Value.of(new Gathering.GatherND(0), counted.add(replaced), rows);
    Value loss = again.add(counted.gatherElements(columns, 0)).sub(wanted).square().mean();

    List<Value> gradients = Gradients.of(loss).wrt(table, weight).values();
    Graph graph =
        Graph.of(
            "step",
            List.of(table, weight, words, rows, columns, wanted),
            List.of(table.sub(gradients.get(0).mul(0.1)), weight.sub(gradients.get(1).mul(0.1))),
            List.of("new_table", "new_weight"));
    return Pipeline.training(constant -> Evaluate.run(constant, List.of())).run(graph);
  }

  /** The first 16 rows, one after the other: what replaces must not be replaced itself. */
  private static Value distinct() {
    long[] rows = new long[16];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    return Value.constant(Tensor.of(rows).reshape(16, 1));
  }

  private static Value counted(Value hidden) {
    return hidden.slice(0, 0, 16);
  }

  private static List<Tensor> trained(Graph step, int vocabulary, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor table = floats(random, vocabulary, WIDTH);
    Tensor weight = floats(random, WIDTH, WIDTH);
    try (Session session = Evaluate.open(step, TWO_THREADS)) {
      for (int i = 0; i < STEPS; i++) {
        // Few rows of many: each is there more than once.
        List<Tensor> feeds =
            List.of(
                table,
                weight,
                places(random, vocabulary / 4, WORDS),
                places(random, vocabulary / 4, WORDS, 1),
                places(random, vocabulary / 4, WORDS, WIDTH),
                floats(random, WORDS, WIDTH));
        List<Tensor> results = new ArrayList<>(session.run(Evaluate.byName(step, feeds)).values());
        table = results.get(0);
        weight = results.get(1);
      }
    }
    return List.of(table, weight);
  }

  private static Tensor floats(SplittableRandom random, long... dims) {
    double[] values = random.doubles(dims[0] * dims[1], -1, 1).toArray();
    return Tensor.from(ElementType.FLOAT32, values, dims);
  }

  private static Tensor places(SplittableRandom random, int end, long... dims) {
    long size = 1;
    for (long dim : dims) {
      size *= dim;
    }
    return Tensor.of(random.longs(size, 0, end).toArray()).reshape(dims);
  }
}
