package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be run at one opset.
 *
 * @param table what the runtime has; null for one that runs whatever the standard has
 * @param opset the version of the standard's operators in the file
 */
public record Kernels(@Nullable KernelTable table, int opset) {
  /** Whether the runtime runs the node as it is. */
  public boolean runs(Node node) {
    if (node.isLeaf()) {
      return true;
    }
    if (!isWritable(node) || Limits.refuses(node)) {
      return false;
    }
    if (table == null) {
      return true;
    }
    KernelTable.Version version = version(node);
    return version != null && version.kernels().stream().anyMatch(k -> takes(k, version, node));
  }

  /**
   * Whether the runtime may run a node for which it has no kernel, because it says the operator in
   * others by itself.
   */
  public boolean expands(Node node) {
    KernelTable.Version version = version(node);
    return version != null && version.function() && isWritable(node) && !Limits.refuses(node);
  }

  /** The version of the node's operator, or null if the runtime does not know it. */
  KernelTable.@Nullable Version version(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    boolean standard = schema.domain().isEmpty();
    return table == null
        ? null
        : table.version(schema.domain(), schema.type(), standard ? opset : schema.since());
  }

  /** Whether a file at the opset can say the node. */
  private boolean isWritable(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    if (!schema.domain().isEmpty()) {
      return true;
    }
    if (schema.from() > opset) {
      return false;
    }
    Set<String> given = schema.attributesOf(node.op()).keySet();
    for (OpAttribute attribute : schema.attributes()) {
      if (attribute.since() > opset && given.contains(attribute.name())) {
        return false;
      }
    }
    return true;
  }

  private static boolean takes(
      Map<String, Set<String>> kernel, KernelTable.Version version, Node node) {
    List<@Nullable Value> inputs = node.inputs();
    for (int i = 0; i < inputs.size() - node.captures(); i++) {
      Value input = inputs.get(i);
      if (input != null && !admits(kernel, version.input(i), input)) {
        return false;
      }
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      if (!admits(kernel, version.output(i), node.outputs().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean admits(Map<String, Set<String>> kernel, String variable, Value value) {
    Set<String> types = kernel.get(variable);
    return types == null || types.contains(KernelTable.nameOf(value.type()));
  }
}
