package dev.sardonyx.onnx;

import dev.sardonyx.ir.Closure;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.onnx.Formals.Formal;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a subgraph, given what its node says of its inputs. */
final class BodyReader {
  private final Context context;
  private final Source source;
  private final GraphProto graph;
  private final Defined defined;
  private final String place;
  private final List<Value> formals = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final List<String> outputNames = new ArrayList<>();

  /**
   * @param context of the subgraph itself
   * @param outer the values around it
   */
  BodyReader(Context context, GraphProto graph, Defined outer) {
    this.context = context;
    this.source = context.source();
    this.graph = graph;
    this.defined = new Defined(source, graph.getNodeList(), outer);
    this.place = "graph" + context.around();
  }

  /**
   * Reads it as the next body of {@code closure}.
   *
   * @param given the types of the inputs, as far as the node says them
   */
  BodyReader into(Closure closure, List<Formal> given) {
    read(given);
    String name = source.text(graph.getNameBytes(), place);
    closure.body(name, formals, outputs, outputNames);
    return this;
  }

  /** Reads it as part of what lies around it. */
  BodyReader read(List<Formal> given) {
    Set<String> initializers = new Initializers(context, defined, Set.of()).read(graph);
    inputs(initializers, given);
    NodeReader nodes = new NodeReader(context, defined);
    for (int i = 0; i < graph.getNodeCount(); i++) {
      nodes.read(graph.getNode(i), i);
    }
    readOutputs();
    return this;
  }

  List<Value> outputs() {
    return outputs;
  }

  List<Type> formalTypes() {
    return formals.stream().map(Value::type).toList();
  }

  List<Type> outputTypes() {
    return outputs.stream().map(Value::type).toList();
  }

  /** What the file says beside the mathematics. */
  Graph.Info info() {
    return Properties.info(graph, source, place);
  }

  private void inputs(Set<String> initializers, List<Formal> given) {
    Set<String> taken = new HashSet<>();
    for (ValueInfoProto info : graph.getInputList()) {
      String at = "input " + Source.shown(info.getName()) + context.around();
      if (initializers.remove(info.getName())) {
        new Declared(source, at).checkIfAny(info, defined.get(info.getNameBytes(), at));
        continue;
      }
      String name = defined.fresh(info.getNameBytes(), at);
      int i = formals.size();
      Type type = i < given.size() ? type(info, given.get(i), at) : type(info, null, at);
      String doc = source.doc(info.getDocStringBytes(), at);
      Leaf.Input input = new Leaf.Input(own(context.naming().of(name), taken), type);
      Node.Names names = new Node.Names(null, List.of(), doc);
      Value value = Node.of(input, List.of(), 1, names, source.at(at)).output();
      defined.put(name, value);
      formals.add(value);
    }
  }

  private Type type(ValueInfoProto info, @Nullable Formal given, String at) {
    Declared declared = new Declared(source, at);
    Type said = declared.type(info);
    if (given == null) {
      return declared.meet(said, null);
    }
    return switch (given.weight()) {
      case DEFAULT -> said == null ? given.type() : declared.meet(said, null);
      case GIVEN -> declared.meet(said, given.type());
      case SETTLED -> given.type();
    };
  }

  private void readOutputs() {
    Set<String> listed = new HashSet<>();
    Set<String> taken = new HashSet<>();
    for (ValueInfoProto info : graph.getOutputList()) {
      String at = "output " + Source.shown(info.getName()) + context.around();
      Value value = defined.get(info.getNameBytes(), at);
      new Declared(source, at).checkIfAny(info, value);
      if (!listed.add(info.getName())) {
        throw source.refuse(
            "ONNX-007",
            at,
            "an output is listed twice",
            "name: \"" + Source.shown(info.getName()) + '"',
            "list it once");
      }
      outputs.add(value);
      outputNames.add(own(context.naming().of(info.getName()), taken));
    }
  }

  /** A name without what writing added to make it the only one in a file. */
  private static String own(String name, Set<String> taken) {
    String own = NamePool.withoutSuffix(name);
    return taken.add(own) ? own : name;
  }
}
