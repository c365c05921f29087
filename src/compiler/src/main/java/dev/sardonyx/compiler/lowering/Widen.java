package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes on a wider element type what has no kernel on its own.
 *
 * <pre>
 *  Add(x: bfloat16, y: bfloat16)   ->   Cast&lt;bfloat16&gt;(Add(Cast&lt;float32&gt;(x), Cast&lt;float32&gt;(y)))
 * </pre>
 *
 * <p>Every element of a type is one of the wider type, and what leaves the narrow range wraps on
 * the way back as it would have: integers come out the same, floats rounded once more.
 */
final class Widen implements Lowering {
  @Override
  public @Nullable List<Value> lower(Node node, Kernels kernels) {
    KernelTable.Version version = kernels.version(node);
    if (version == null || Widths.dependsOnWidth(node)) {
      return null;
    }
    return version.kernels().stream()
        .map(kernel -> Plan.of(node, version, kernel))
        .filter(plan -> plan != null && plan.casts() > 0)
        .sorted(Comparator.comparingInt(Plan::casts))
        .map(plan -> plan.apply(node, kernels))
        .filter(values -> values != null)
        .findFirst()
        .orElse(null);
  }

  /**
   * What has to be cast for a kernel to take it: for every input and output the wider type, or null
   * where it fits.
   */
  private record Plan(List<@Nullable ElementType> inputs, List<@Nullable ElementType> outputs) {
    static @Nullable Plan of(
        Node node, KernelTable.Version version, Map<String, Set<String>> kernel) {
      List<@Nullable ElementType> inputs = new ArrayList<>();
      List<@Nullable ElementType> outputs = new ArrayList<>();
      Set<String> refused = Limits.refusedTypes(node);
      int own = node.inputs().size() - node.captures();
      for (int i = 0; i < own; i++) {
        Value input = node.inputs().get(i);
        if (!add(inputs, node, input, kernel.get(version.input(i)), refused, i)) {
          return null;
        }
      }
      for (int i = 0; i < node.outputs().size(); i++) {
        if (!add(outputs, node, node.outputs().get(i), kernel.get(version.output(i)), refused, 0)) {
          return null;
        }
      }
      return new Plan(inputs, outputs);
    }

    private static boolean add(
        List<@Nullable ElementType> to,
        Node node,
        @Nullable Value value,
        @Nullable Set<String> types,
        Set<String> refused,
        int place) {
      if (value == null
          || types == null
          || fits(KernelTable.nameOf(value.type()), types, refused)) {
        to.add(null);
        return true;
      }
      if (!(value.type() instanceof TensorType tensor)) {
        return false;
      }
      ElementType wider =
          Widths.wider(node, tensor.element(), place).stream()
              .filter(t -> fits(t.toString(), types, refused))
              .findFirst()
              .orElse(null);
      to.add(wider);
      return wider != null;
    }

    private static boolean fits(String name, Set<String> types, Set<String> refused) {
      return types.contains(name) && !refused.contains(name);
    }

    int casts() {
      return (int)
          (inputs.stream().filter(t -> t != null).count()
              + outputs.stream().filter(t -> t != null).count());
    }

    @Nullable List<Value> apply(Node node, Kernels kernels) {
      List<@Nullable Value> cast = new ArrayList<>(node.inputs());
      for (int i = 0; i < inputs.size(); i++) {
        ElementType to = inputs.get(i);
        if (to != null) {
          cast.set(i, node.input(i).cast(to));
        }
      }
      Node wide = Nodes.anonymous(node, withTypes(node), cast);
      if (!kernels.runs(wide)) {
        return null;
      }
      List<Value> results = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        Value result = wide.outputs().get(i);
        Value old = node.outputs().get(i);
        results.add(outputs.get(i) == null ? result : result.cast(old.tensorType().element()));
      }
      return results;
    }

    /** The operator, making the wider type where an attribute says what it makes. */
    private Op withTypes(Node node) {
      OpSchema schema = OpSchema.of(node.op());
      Map<String, Object> attributes = schema.attributesOf(node.op());
      for (OpAttribute attribute : schema.attributes()) {
        Object code = attributes.getOrDefault(attribute.name(), attribute.defaultValue());
        for (int i = 0; attribute.isElementType() && i < outputs.size(); i++) {
          ElementType to = outputs.get(i);
          if (to != null
              && code instanceof Long number
              && number == node.outputs().get(i).tensorType().element().code()) {
            attributes.put(attribute.name(), (long) to.code());
          }
        }
      }
      return attributes.equals(schema.attributesOf(node.op()))
          ? node.op()
          : schema.create(attributes);
    }
  }
}
