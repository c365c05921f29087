package dev.sardonyx.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of TensorFlow that Keras 2 wrote as layers, as operations of Keras 3. */
final class TensorFlowFunctions {
  /**
   * An operation of Keras 3.
   *
   * @param parameters what TensorFlow calls the operation's arguments, in order
   */
  private record Function(String operation, List<String> parameters) {}

  private static final Map<String, Function> FUNCTIONS = new LinkedHashMap<>();

  private static void add(String operation, String parameters, String... names) {
    for (String name : names) {
      FUNCTIONS.put(name, new Function(operation, List.of(parameters.split(" "))));
    }
  }

  static {
    add("Add", "x y", "math.add", "__operators__.add", "add");
    add("Subtract", "x y", "math.subtract", "subtract");
    add("Multiply", "x y", "math.multiply", "multiply");
    add("TrueDivide", "x y", "math.truediv", "math.divide", "divide");
    add("FloorDivide", "x y", "math.floordiv");
    add("Mod", "x y", "math.floormod");
    add("Power", "x y", "math.pow", "pow");
    add("Maximum", "x y", "math.maximum", "maximum");
    add("Minimum", "x y", "math.minimum", "minimum");
    add("Negative", "x", "math.negative");
    add("Absolute", "x", "math.abs", "abs");
    add("Exp", "x", "math.exp", "exp");
    add("Log", "x", "math.log");
    add("Sqrt", "x", "math.sqrt", "sqrt");
    add("Rsqrt", "x", "math.rsqrt");
    add("Square", "x", "math.square", "square");
    add("Sin", "x", "math.sin", "sin");
    add("Cos", "x", "math.cos", "cos");
    add("Tanh", "x", "math.tanh", "nn.tanh", "tanh");
    add("Sigmoid", "x", "math.sigmoid", "nn.sigmoid", "sigmoid");
    add("Relu", "features", "nn.relu");
    add("Relu6", "features", "nn.relu6");
    add("Silu", "features", "nn.silu", "nn.swish");
    add("Softplus", "features", "math.softplus", "nn.softplus");
    add("Softmax", "logits axis", "nn.softmax", "math.softmax");
    add("Matmul", "a b", "linalg.matmul", "matmul");
    add("Sum", "input_tensor axis keepdims", "math.reduce_sum", "reduce_sum");
    add("Mean", "input_tensor axis keepdims", "math.reduce_mean", "reduce_mean");
    add("Max", "input_tensor axis keepdims", "math.reduce_max", "reduce_max");
    add("Min", "input_tensor axis keepdims", "math.reduce_min", "reduce_min");
    add("Concatenate", "values axis", "concat");
    add("Stack", "values axis", "stack");
    add("Reshape", "tensor newshape", "reshape");
    add("Transpose", "a axes", "transpose");
    add("ExpandDims", "input axis", "expand_dims");
    add("Squeeze", "input axis", "squeeze");
    add("Cast", "x dtype", "cast");
    add("Clip", "t x_min x_max", "clip_by_value");
    add("Equal", "x y", "math.equal");
    add("NotEqual", "x y", "math.not_equal");
    add("Greater", "x y", "math.greater");
    add("GreaterEqual", "x y", "math.greater_equal");
    add("Less", "x y", "math.less");
    add("LessEqual", "x y", "math.less_equal");
    add("Where", "condition x y", "where");
    add("OnesLike", "input", "ones_like");
    add("ZerosLike", "input", "zeros_like");
    add("GetItem", "tensor slice_spec", "__operators__.getitem");
  }

  /** What TensorFlow calls an argument that Keras 3's operation calls otherwise. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "shape", "newshape",
          "perm", "axes",
          "clip_value_min", "x_min",
          "clip_value_max", "x_max");

  /** Arguments that operations of Keras 3 are made with and not called with. */
  private static final Set<String> OPTIONS =
      Set.of("axis", "keepdims", "newshape", "axes", "dtype", "x_min", "x_max");

  private TensorFlowFunctions() {}

  static boolean isFunction(Map<String, Object> layer) {
    String name = String.valueOf(layer.get("class_name"));
    return name.equals("TFOpLambda")
        || name.equals("SlicingOpLambda")
        || name.equals("TensorFlowOpLayer");
  }

  /** The layer, whose nodes are Keras 3's already, as an operation. */
  static Map<String, Object> operation(Map<String, Object> layer) {
    Map<?, ?> config = layer.get("config") instanceof Map<?, ?> map ? map : Map.of();
    Object called = config.get("function");
    Function function = FUNCTIONS.get(String.valueOf(called));
    if (function == null) {
      throw Refusals.unsupported(
          String.valueOf(layer.get("class_name")), "the TensorFlow function " + called);
    }
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("name", config.get("name"));
    List<Object> nodes = new ArrayList<>();
    for (Object node : (List<?>) layer.get("inbound_nodes")) {
      nodes.add(node((Map<?, ?>) node, function, options));
    }
    Map<String, Object> copy = new LinkedHashMap<>(layer);
    copy.put("module", "keras.src.ops");
    copy.put("class_name", function.operation);
    copy.put("config", options);
    copy.put("inbound_nodes", nodes);
    return copy;
  }

  private static Map<String, Object> node(
      Map<?, ?> node, Function function, Map<String, Object> options) {
    List<@Nullable Object> positional = new ArrayList<>((List<?>) node.get("args"));
    Map<String, Object> named = new LinkedHashMap<>();
    ((Map<?, ?>) node.get("kwargs"))
        .forEach(
            (name, value) -> named.put(RENAMED.getOrDefault(name, String.valueOf(name)), value));
    named.remove("name");
    for (int i = positional.size(); i < function.parameters.size(); i++) {
      String parameter = function.parameters.get(i);
      if (!named.containsKey(parameter)) {
        continue;
      }
      Object value = named.remove(parameter);
      if (OPTIONS.contains(parameter)) {
        options.put(parameter, value);
      } else {
        positional.add(parameter.equals("slice_spec") ? slices(value) : value);
      }
    }
    named.values().removeIf(value -> value == null);
    if (!named.isEmpty()) {
      throw Refusals.unsupported(
          function.operation, "TensorFlow's arguments %s".formatted(named.keySet()));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("args", positional);
    result.put("kwargs", Map.of());
    return result;
  }

  /** {@code {"start", "stop", "step"}} for a slice, else an index. */
  private static Object slices(@Nullable Object spec) {
    List<Object> slices = new ArrayList<>();
    for (Object item : spec instanceof List<?> list ? list : List.of()) {
      if (item instanceof Map<?, ?> slice && slice.containsKey("start")) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("class_name", "__slice__");
        object.put("config", slice);
        slices.add(object);
      } else {
        slices.add(item);
      }
    }
    return slices;
  }
}
