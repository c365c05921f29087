package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Graphs for property tests, each a function of its seed: unary, binary and ternary operators over
 * inputs (some unused), parameters, constants of many types and shared values, with names that are
 * no words, document strings, and outputs that are leaves, or the same value twice.
 */
public final class RandomGraphs {
  private static final List<Op> UNARY =
      List.of(
          new Elementwise.Abs(),
          new Elementwise.Neg(),
          new Elementwise.Exp(),
          new Elementwise.Sign(),
          new Elementwise.Identity(),
          new Activation.LeakyRelu(0.01f),
          new Activation.LeakyRelu(0.3f),
          new Activation.Elu(-0.0f));
  private static final List<Op> BINARY =
      List.of(
          new Arithmetic.Add(),
          new Arithmetic.Sub(),
          new Arithmetic.Mul(),
          new Arithmetic.Pow(),
          new Arithmetic.Mod(true));
  private static final List<String> AWKWARD =
      List.of(
          "conv.weight", "/block/Conv_output_0", "a b", "float32", "inf", "%1", "naïve", "x\"y");

  private final Random random;
  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> floats = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();

  private RandomGraphs(long seed) {
    this.random = new Random(seed);
  }

  public static Graph of(long seed) {
    return new RandomGraphs(seed).graph();
  }

  private Graph graph() {
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      TensorType type = TensorType.parse(oneOf(List.of("float32[N,4]", "float32[]", "float32[4]")));
      add(leaf(new Leaf.Input(freshName("x"), type)));
      inputs.add(floats.get(floats.size() - 1));
    }
    int steps = 1 + random.nextInt(40);
    for (int i = 0; i < steps; i++) {
      add(step());
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      Value value = floats.get(floats.size() - 1 - random.nextInt(Math.min(6, floats.size())));
      String own = value.name();
      boolean ownFits = own != null && !outputs.containsKey(own);
      outputs.put(ownFits && random.nextBoolean() ? own : freshName("out"), value);
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      metadata.put("key " + i, oneOf(AWKWARD) + "\n\t\\");
    }
    String doc = random.nextBoolean() ? null : "line 1\nline \"2\"";
    return Graph.of(freshName("g"), inputs, outputs).withInfo(new Graph.Info(doc, metadata));
  }

  private void add(Value value) {
    floats.add(value);
  }

  private Value step() {
    return switch (random.nextInt(8)) {
      case 0 -> leaf(new Leaf.Parameter(freshName("w"), tensor(), random.nextBoolean()));
      case 1 -> leaf(new Leaf.Constant(tensor()));
      case 2, 3 -> apply(oneOf(UNARY), any());
      case 4 -> apply(new Comparison.Where(), condition(), any(), any());
      case 5 -> apply(new Arithmetic.Clip(), any(), random.nextBoolean() ? null : bound(), bound());
      default -> apply(oneOf(BINARY), any(), any());
    };
  }

  /** A detour through another element type. */
  private Value condition() {
    ElementType other =
        oneOf(List.of(ElementType.FLOAT64, ElementType.INT32, ElementType.BFLOAT16));
    Value limit = apply(new Leaf.Constant(Tensor.scalar(other, random.nextInt(9))));
    Value cast = apply(new Elementwise.Cast(other), any());
    return apply(
        random.nextBoolean() ? new Comparison.Less() : new Comparison.Greater(), cast, limit);
  }

  private Value bound() {
    return leaf(new Leaf.Constant(Tensor.scalar((float) random.nextGaussian())));
  }

  private Tensor tensor() {
    if (random.nextBoolean()) {
      List<Float> edge = List.of(Float.NaN, Float.NEGATIVE_INFINITY, -0.0f, Float.MIN_VALUE, 1e30f);
      return Tensor.scalar(random.nextBoolean() ? oneOf(edge) : (float) random.nextGaussian());
    }
    // One row or twenty-one, so that everything broadcasts.
    int rows = 1 + random.nextInt(2) * 20;
    float[] values = new float[rows * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    return Tensor.of(values, rows, 4);
  }

  private Value any() {
    return oneOf(floats);
  }

  private Value leaf(Op op) {
    return apply(op);
  }

  private Value apply(Op op, @Nullable Value... arguments) {
    boolean named = random.nextInt(3) == 0 && !(op instanceof Leaf.Input);
    boolean isNode = !(op instanceof Leaf) || op instanceof Leaf.Constant;
    String node = isNode && random.nextInt(4) == 0 ? freshName("node") : null;
    List<@Nullable String> outputs = isNode && named ? List.of(freshName("v")) : List.of();
    String doc = random.nextInt(6) == 0 ? "a \"doc\"\nof two lines" : null;
    Node.Names all = new Node.Names(node, outputs, doc);
    return Node.of(op, Arrays.asList(arguments), 1, all, Location.UNKNOWN).output();
  }

  /** Unlike every name before it; sometimes an awkward one. */
  private String freshName(String stem) {
    String name = random.nextInt(3) == 0 ? oneOf(AWKWARD) : stem + names.size();
    while (!names.add(name)) {
      name = stem + names.size() + "." + random.nextInt(1000);
    }
    return name;
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
