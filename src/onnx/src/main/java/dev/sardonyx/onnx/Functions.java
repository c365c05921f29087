package dev.sardonyx.onnx;

import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.FunctionProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that a model brings along. None of them calls itself, nor by way of others. */
final class Functions {
  /** What a call names. */
  private record Key(String domain, String name, String overload) {
    static Key of(NodeProto node) {
      return new Key(Imports.canonical(node.getDomain()), node.getOpType(), node.getOverload());
    }

    String shown() {
      String whole = domain + (domain.isEmpty() ? "" : ".") + name;
      return Source.shown(overload.isEmpty() ? whole : whole + ":" + overload);
    }
  }

  /**
   * One function.
   *
   * @param imports the version of each domain inside it
   */
  record Function(FunctionProto proto, Map<String, Integer> imports) {}

  private final Source source;
  private final Map<Key, Function> functions = new LinkedHashMap<>();

  /**
   * @param imports the model's own, where a function has none
   */
  Functions(List<FunctionProto> protos, Map<String, Integer> imports, Source source) {
    this.source = source;
    for (FunctionProto proto : protos) {
      String domain = source.text(proto.getDomainBytes(), "functions");
      String name = source.text(proto.getNameBytes(), "functions");
      String overload = source.text(proto.getOverloadBytes(), "functions");
      Key key = new Key(Imports.canonical(domain), name, overload);
      String place = "function " + key.shown();
      Map<String, Integer> own = new HashMap<>(imports);
      own.putAll(Imports.read(proto.getOpsetImportList(), source, place));
      if (functions.put(key, new Function(proto, own)) != null) {
        throw source.refuse(
            "ONNX-007",
            place,
            "two functions have one name",
            "function: " + key.shown(),
            "overloads of a function tell themselves apart");
      }
    }
    refuseCycles();
  }

  /** The function that a node calls; null if it means an operator. */
  @Nullable Function find(NodeProto node) {
    return functions.isEmpty() ? null : functions.get(Key.of(node));
  }

  /** A walk in depth with a stack of its own, for chains of calls may be long. */
  private void refuseCycles() {
    Set<Key> done = new HashSet<>();
    for (Key root : functions.keySet()) {
      Set<Key> path = new LinkedHashSet<>();
      Deque<Iterator<Key>> stack = new ArrayDeque<>();
      Deque<Key> open = new ArrayDeque<>();
      enter(root, path, stack, open, done);
      while (!stack.isEmpty()) {
        if (stack.peek().hasNext()) {
          Key called = stack.peek().next();
          if (path.contains(called)) {
            throw recursion(called, path);
          }
          enter(called, path, stack, open, done);
        } else {
          stack.pop();
          path.remove(open.pop());
        }
      }
    }
  }

  private void enter(
      Key key, Set<Key> path, Deque<Iterator<Key>> stack, Deque<Key> open, Set<Key> done) {
    if (done.add(key)) {
      path.add(key);
      open.push(key);
      stack.push(called(functions.get(key).proto().getNodeList()).iterator());
    }
  }

  private RuntimeException recursion(Key key, Set<Key> path) {
    List<Key> cycle = new ArrayList<>(path);
    List<String> names =
        new ArrayList<>(
            cycle.subList(cycle.indexOf(key), cycle.size()).stream().map(Key::shown).toList());
    names.add(key.shown());
    return source.refuse(
        "ONNX-031",
        "function " + key.shown(),
        "function %s calls itself%s"
            .formatted(key.shown(), names.size() > 2 ? " by way of others" : ""),
        "calls: " + Source.shown(String.join(" -> ", names)),
        "functions of ONNX cannot be recursive; loops are written with Loop or Scan");
  }

  /** The functions that nodes call, in their subgraphs too. */
  private Set<Key> called(List<NodeProto> nodes) {
    Set<Key> called = new LinkedHashSet<>();
    Deque<List<NodeProto>> stack = new ArrayDeque<>();
    stack.push(nodes);
    while (!stack.isEmpty()) {
      for (NodeProto node : stack.pop()) {
        Key key = Key.of(node);
        if (functions.containsKey(key)) {
          called.add(key);
        }
        for (AttributeProto attribute : node.getAttributeList()) {
          if (attribute.hasG()) {
            stack.push(attribute.getG().getNodeList());
          }
          for (GraphProto graph : attribute.getGraphsList()) {
            stack.push(graph.getNodeList());
          }
        }
      }
    }
    return called;
  }
}
