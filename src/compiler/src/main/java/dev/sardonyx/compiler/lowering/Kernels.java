package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be run at one opset.
 *
 * @param table what the runtime has
 * @param opset the version of the standard's operators in the file
 */
public record Kernels(KernelTable table, int opset) {
  /** Whether the runtime runs the node as it is. */
  public boolean runs(Node node) {
    return node.isLeaf() || isWritable(node) && takes(node, KernelTable.Version::kernels);
  }

  /**
   * Whether the runtime may run a node for which it has no kernel, because it says the operator in
   * others by itself.
   */
  public boolean expands(Node node) {
    return isWritable(node) && takes(node, KernelTable.Version::functions);
  }

  /** Whether the runtime has a kernel for the node's operator, be it on other types. */
  boolean has(Node node) {
    KernelTable.Version version = version(node);
    return isWritable(node) && version != null && !version.kernels().isEmpty();
  }

  /** The version of the node's operator, or null if the runtime does not know it. */
  KernelTable.@Nullable Version version(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    boolean standard = schema.domain().isEmpty();
    return table.version(schema.domain(), schema.type(), standard ? opset : schema.since());
  }

  /** Whether a file at the opset can say the node. */
  private boolean isWritable(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    return !schema.domain().isEmpty() || schema.oldest(node) <= opset;
  }

  private boolean takes(
      Node node, Function<KernelTable.Version, List<Map<String, Set<String>>>> ways) {
    KernelTable.Version version = version(node);
    return version != null
        && version.since() >= newestPart(node)
        && !Limits.refuses(node)
        && ways.apply(version).stream().anyMatch(types -> takes(types, version, node));
  }

  /** The opset of the newest input or attribute that the node has. */
  private static int newestPart(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    int newest = 1;
    for (int i = 0; i < Math.min(schema.inputs().size(), node.inputs().size()); i++) {
      newest = Math.max(newest, node.hasInput(i) ? schema.inputs().get(i).since() : 1);
    }
    Set<String> given = schema.attributesOf(node.op()).keySet();
    for (OpAttribute attribute : schema.attributes()) {
      newest = Math.max(newest, given.contains(attribute.name()) ? attribute.since() : 1);
    }
    return newest;
  }

  private static boolean takes(
      Map<String, Set<String>> kernel, KernelTable.Version version, Node node) {
    List<@Nullable Value> inputs = node.inputs();
    Set<String> refused = Limits.refusedTypes(node);
    for (int i = 0; i < inputs.size() - node.captures(); i++) {
      Value input = inputs.get(i);
      if (input != null && !admits(kernel, refused, version.input(i), input)) {
        return false;
      }
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      if (!admits(kernel, refused, version.output(i), node.outputs().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean admits(
      Map<String, Set<String>> kernel, Set<String> refused, String variable, Value value) {
    Set<String> types = kernel.get(variable);
    String name = KernelTable.nameOf(value.type());
    if (refused.contains(name)) {
      return false;
    }
    return types == null ? variable.isEmpty() || variable.equals(name) : types.contains(name);
  }
}
