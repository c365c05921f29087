package dev.sardonyx.onnx;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Standard;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node on its way from the canonical form to the one that a file of an older opset has. The rules
 * of {@link Downgrades} change its attributes and inputs.
 */
final class WrittenNode {
  private final Node node;
  private final OpSchema schema;
  private final Map<String, Object> attributes;
  private List<@Nullable Value> inputs;

  WrittenNode(Node node) {
    this.node = node;
    this.schema = OpSchema.of(node.op());
    this.attributes = schema.attributesOf(node.op());
    this.inputs = node.inputs();
  }

  Node node() {
    return node;
  }

  OpSchema schema() {
    return schema;
  }

  /** The attributes that are not at their defaults. */
  Map<String, Object> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  List<@Nullable Value> inputs() {
    return inputs;
  }

  @Nullable Object attribute(String name) {
    return attributes.get(name);
  }

  void put(String name, Object value) {
    attributes.put(name, value);
  }

  void drop(String name) {
    attributes.remove(name);
  }

  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  ElementType element(int i) {
    return node.input(i).element();
  }

  /** Leaves input {@code i} and those after it out. */
  void cut(int i) {
    int size = Math.min(i, inputs.size());
    while (size > 0 && inputs.get(size - 1) == null) {
      size--;
    }
    inputs = inputs.subList(0, size);
  }

  /** The integers that input {@code i} holds, where they are known; else null. */
  @Nullable List<Long> integers(int i) {
    List<Dim> content = has(i) ? node.input(i).node().content() : null;
    return content != null && content.stream().allMatch(Dim::isFixed)
        ? content.stream().map(Dim::value).toList()
        : null;
  }

  /** Whether a version of the operator has room for all that the node has. */
  boolean fits(Standard.Schema form) {
    return !form.deprecated()
        && hasAttributes(form)
        && hasRoom(form.inputs(), inputs.size() - node.captures())
        && hasRoom(form.outputs(), node.outputs().size())
        && requiredInputs(form);
  }

  private boolean hasAttributes(Standard.Schema form) {
    int known = 0;
    for (Standard.Attribute attribute : form.attributes()) {
      boolean given = attributes.containsKey(attribute.name());
      if (attribute.required() && !given) {
        return false;
      }
      known += given ? 1 : 0;
    }
    return known == attributes.size();
  }

  private static boolean hasRoom(List<Standard.Parameter> parameters, int count) {
    return count <= parameters.size()
        || !parameters.isEmpty() && parameters.get(parameters.size() - 1).variadic();
  }

  private boolean requiredInputs(Standard.Schema form) {
    for (int i = 0; i < form.inputs().size(); i++) {
      Standard.Parameter parameter = form.inputs().get(i);
      if (!parameter.optional() && !parameter.variadic() && !has(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a version of the operator takes and gives the types that the node has. */
  boolean typesFit(Standard.Schema form) {
    Map<String, String> bound = new HashMap<>();
    for (int i = 0; i < inputs.size() - node.captures(); i++) {
      Value value = inputs.get(i);
      if (value != null && !admits(form, form.input(i), value, bound)) {
        return false;
      }
    }
    for (Value value : node.outputs()) {
      if (!admits(form, form.output(value.index()), value, bound)) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param bound what each type variable stands for so far
   */
  private static boolean admits(
      Standard.Schema form,
      Standard.@Nullable Parameter parameter,
      Value value,
      Map<String, String> bound) {
    if (parameter == null) {
      return true;
    }
    String type = Standard.spelling(value.type());
    if (!form.types(parameter).contains(type)) {
      return false;
    }
    boolean free = parameter.heterogeneous() || !form.constraints().containsKey(parameter.type());
    return free || type.equals(bound.computeIfAbsent(parameter.type(), v -> type));
  }
}
