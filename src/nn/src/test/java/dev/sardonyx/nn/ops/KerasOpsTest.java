package dev.sardonyx.nn.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Arguments.Place;
import dev.sardonyx.nn.layers.Arguments.Slice;
import dev.sardonyx.nn.layers.Arguments.Special;
import dev.sardonyx.nn.layers.Masked;
import dev.sardonyx.testkit.Evaluate;
import dev.sardonyx.testkit.Npz;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation gives what Keras's does: {@code conformance-tests/scripts/keras_ops.py} made the
 * cases. Where a case allows it, the first axis of tensors is also left open.
 */
class KerasOpsTest {
  private static final Map<String, Tensor> ARRAYS = Npz.read(resource("keras-ops.npz"));
  private static final List<Map<String, Object>> CASES = cases();

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(KerasOpsTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Map<String, Object>> cases() {
    try (InputStream in =
        Objects.requireNonNull(KerasOpsTest.class.getResourceAsStream("keras-ops.json"))) {
      List<Map<String, Object>> cases = new ArrayList<>();
      for (Object item : JSON.std.listFrom(in)) {
        cases.add(map(item));
      }
      return cases;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> map(Object json) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) json).forEach((k, v) -> map.put(String.valueOf(k), v));
    return map;
  }

  @TestFactory
  List<DynamicTest> gives() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, Object> row : CASES) {
      String name = tests.size() + " " + row.get("op") + row.getOrDefault("config", "");
      tests.add(DynamicTest.dynamicTest(name, () -> check(row, false)));
      if (Boolean.TRUE.equals(row.get("batch"))) {
        tests.add(DynamicTest.dynamicTest(name + " of any batch", () -> check(row, true)));
      }
    }
    return tests;
  }

  @Test
  void everyOperationHasACase() {
    TreeSet<String> without = new TreeSet<>(Operation.names());
    CASES.forEach(row -> without.remove(row.get("op")));
    assertEquals(new TreeSet<>(), without);
  }

  private static void check(Map<String, Object> row, boolean anyBatch) {
    List<Tensor> inputs = new ArrayList<>();
    List<Object> positional = new ArrayList<>();
    for (Object item : (List<?>) row.get("args")) {
      positional.add(argument(item, inputs));
    }
    Map<String, Object> named = new LinkedHashMap<>();
    if (row.containsKey("named")) {
      map(row.get("named")).forEach((name, item) -> named.put(name, argument(item, inputs)));
    }
    List<Value> values = new ArrayList<>();
    for (Tensor input : inputs) {
      boolean open = anyBatch && batched(input, inputs);
      Shape shape = open ? input.shape().with(0, Dim.symbol("N")) : input.shape();
      values.add(Value.input("in" + values.size(), new TensorType(input.element(), shape)));
    }
    Operation operation = Operation.op(String.valueOf(row.get("op")));
    map(row.getOrDefault("config", Map.of()))
        .forEach((name, item) -> operation.with(name, plain(item)));
    List<Value> results =
        Masked.values(
            operation.callWith(
                new NoCall(), new Arguments<>(Masked.all(values), positional, named)));
    List<?> names = (List<?>) row.get("results");
    assertEquals(names.size(), results.size(), "results");
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      outputs.put("out" + i, Value.of(new Elementwise.Identity(), results.get(i)));
    }
    Graph graph = Graph.of("op", values, outputs);
    List<Tensor> got = Evaluate.run(graph, inputs);
    for (int i = 0; i < got.size(); i++) {
      compare(row, ARRAYS.get(String.valueOf(names.get(i))), got.get(i), results.get(i));
    }
  }

  /** The batch is what the first tensor's first axis is. */
  private static boolean batched(Tensor input, List<Tensor> all) {
    return input.shape().rank() > 0
        && (input == all.get(0)
            || input.shape().rank() > 1 && input.dims()[0] == all.get(0).dims()[0]);
  }

  private static void compare(
      Map<String, Object> row, Tensor expected, Tensor got, Value symbolic) {
    assertEquals(Shape.of(expected.dims()), Shape.of(got.dims()), "shape");
    assertEquals(expected.element(), got.element(), "element type");
    assertEquals(got.element(), symbolic.element());
    double rtol = row.get("rtol") instanceof Number n ? n.doubleValue() : 1e-4;
    double atol = row.get("atol") instanceof Number n ? n.doubleValue() : rtol / 10;
    for (int i = 0; i < expected.size(); i++) {
      double a = expected.getDouble(i);
      double b = got.getDouble(i);
      boolean same =
          a == b
              || Double.isNaN(a) && Double.isNaN(b)
              || Math.abs(a - b) <= atol + rtol * Math.abs(a);
      assertTrue(
          same,
          "element "
              + i
              + ": "
              + b
              + " instead of "
              + a
              + "\n"
              + list(expected)
              + "\n"
              + list(got));
    }
  }

  private static String list(Tensor tensor) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(tensor.size(), 32); i++) {
      text.append(tensor.getDouble(i)).append(' ');
    }
    return text.toString();
  }

  private static Object argument(Object json, List<Tensor> inputs) {
    Object plain = plain(json);
    if (plain instanceof Tensor tensor) {
      inputs.add(tensor);
      return new Place(inputs.size() - 1);
    }
    if (json instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(argument(item, inputs)));
      return items;
    }
    return plain;
  }

  private static Object plain(Object json) {
    if (json instanceof Integer i) {
      return i.longValue();
    }
    if (json instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (json instanceof Map<?, ?> map) {
      if (map.get("array") instanceof String name) {
        return ARRAYS.get(name);
      }
      if (map.get("slice") instanceof List<?> s) {
        return new Slice(plain(s.get(0)), plain(s.get(1)), plain(s.get(2)));
      }
      return Special.ELLIPSIS;
    }
    return json;
  }
}
