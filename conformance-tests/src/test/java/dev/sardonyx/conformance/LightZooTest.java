package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Sizing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.testkit.Evaluate;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradients of well-known networks with respect to all their weights and the picture. The files
 * are those of the {@code onnx} package, whose weights are made of constants; here they are made of
 * sines, and of ones for biases and scales, so that signals neither grow nor fade.
 */
@Tag("long")
class LightZooTest {
  private static final double STEP = 0.02;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bvlc_alexnet",
        "vgg19",
        "inception_v1",
        "inception_v2",
        "resnet50",
        "densenet121",
        "shufflenet",
        "squeezenet",
        "zfnet512"
      })
  void theGradientIsTheSlopeAlongItself(String name) throws IOException {
    Graph graph = read("light_" + name + ".onnx");
    Value picture = graph.inputs().get(0);
    Value y = graph.outputs().get(0);
    List<Value> weights = weights(graph);
    // A softmax may saturate, what goes into it does not.
    Value scores = y.node().input(0);
    Value loss = y.mul(cotangent(y)).sum().add(scores.mul(cotangent(scores)).sum());

    long start = System.nanoTime();
    List<Value> wrt = new ArrayList<>(List.of(picture));
    wrt.addAll(weights);
    List<Value> gradients = Gradients.of(loss).wrt(wrt).values();
    Map<String, Value> results = new LinkedHashMap<>();
    results.put("loss", loss);
    results.put("direction", gradients.get(0));
    // Sums of squares: the gradients of all weights would be as large as the weights.
    for (int i = 1; i < gradients.size(); i++) {
      results.put("square" + i, gradients.get(i).square().sum());
    }
    Graph whole = Graph.of("gradients", graph.inputs(), results);
    Graph lean = Pipeline.training(constant -> Evaluate.run(constant, List.of())).run(whole);
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    System.out.printf(
        "%s: %d weights, %d nodes, built in %d ms%n",
        name, weights.size(), lean.nodes().size(), milliseconds);

    Random random = new Random(1);
    double[] x = random.doubles(3 * 224 * 224, -1, 1).toArray();
    Map<String, Tensor> all = run(lean, graph, x);
    for (int i = 1; i < gradients.size(); i++) {
      assertTrue(all.get("square" + i).getDouble(0) >= 0, "gradient " + i + " is not a number");
    }
    double[] direction = all.get("direction").toDoubleArray();
    double length = Math.sqrt(dot(direction, direction));
    assertTrue(length > 0, "the picture has no gradient");
    try (Session session = Evaluate.open(Graph.of("loss", graph.inputs(), Map.of("loss", loss)))) {
      double up = loss(session, graph, x, direction, STEP / length);
      double down = loss(session, graph, x, direction, -STEP / length);
      assertEquals(length, (up - down) / (2 * STEP), 0.05 * length);
    }
  }

  private static Graph read(String file) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(
                LightZooTest.class.getResourceAsStream("/cases/light/light.zip"));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(file)) {
          return withSines(OnnxFile.read(zip.readAllBytes(), file));
        }
      }
    }
    throw new AssertionError("no " + file);
  }

  /** Matrices and kernels of one constant become full of sines, vectors of one constant ones. */
  private static Graph withSines(Graph graph) {
    return Rewriting.rewrite(
        graph,
        (node, inputs) -> {
          Value made = node.outputs().get(0);
          if (!(node.op() instanceof Sizing.ConstantOfShape) || !made.element().isFloat()) {
            return null;
          }
          return List.of(made.shape().rank() > 1 ? sines(made) : ones(node.input(0)));
        });
  }

  private static Value ones(Value shape) {
    return Value.of(new Sizing.ConstantOfShape(Tensor.of(new float[] {1})), shape);
  }

  private static Value sines(Value weight) {
    long[] dims = weight.shape().dims().stream().mapToLong(d -> d.value()).toArray();
    long fan = 1;
    for (int i = 1; i < dims.length; i++) {
      fan *= dims[i];
    }
    Value rows = count(dims[0]).reshape(dims[0], 1);
    Value columns = count(fan).mul(0.7310585).reshape(1, fan);
    return rows.mul(columns).sin().mul(2 / Math.sqrt(fan)).reshape(dims);
  }

  /** 1, 2, …, n. */
  private static Value count(long n) {
    ElementType floats = ElementType.FLOAT32;
    return Value.range(
        Value.scalar(floats, 1), Value.scalar(floats, n + 1), Value.scalar(floats, 1));
  }

  private static List<Value> weights(Graph graph) {
    return graph.nodes().stream()
        .filter(
            node ->
                node.op() instanceof Leaf.Parameter
                    || node.op() instanceof Sizing.ConstantOfShape
                    || isMade(node.outputs().get(0)))
        .map(node -> node.outputs().get(0))
        .filter(value -> value.element().isFloat())
        .toList();
  }

  /** Whether a value is one of {@link #sines}. */
  private static boolean isMade(Value value) {
    return value.node().inputs().stream()
        .anyMatch(
            v ->
                v != null
                    && v.op() instanceof Arithmetic.Mul
                    && v.node().input(0).op() instanceof Elementwise.Sin);
  }

  private static Value cotangent(Value y) {
    int size = (int) y.shape().dims().stream().mapToLong(d -> d.value()).reduce(1, (a, b) -> a * b);
    double[] values = new Random(2).doubles(size, -1, 1).toArray();
    long[] dims = y.shape().dims().stream().mapToLong(d -> d.value()).toArray();
    return Value.constant(Tensor.from(ElementType.FLOAT32, values, dims));
  }

  private static Map<String, Tensor> run(Graph lean, Graph graph, double[] x) {
    try (Session session = Evaluate.open(lean)) {
      return session.run(feeds(graph, x));
    }
  }

  private static double loss(
      Session session, Graph graph, double[] x, double[] direction, double step) {
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] += step * direction[i];
    }
    return session.run(feeds(graph, moved)).get("loss").getDouble(0);
  }

  private static Map<String, Tensor> feeds(Graph graph, double[] x) {
    Tensor picture = Tensor.from(ElementType.FLOAT32, x, new long[] {1, 3, 224, 224});
    return Evaluate.byName(graph, List.of(picture));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
