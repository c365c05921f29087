package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.SparseTensorProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what is wrong with a model, all of it at once.
 *
 * <p>Where a node cannot be read its results are taken as the file declares them, and what follows
 * is checked on that ground. What follows from a value that is neither made nor declared is not
 * checked: a mistake is told once.
 */
public final class ModelCheck {
  private final List<Diagnostic> problems = new ArrayList<>();
  private final Set<String> missing = new HashSet<>();
  private final Map<String, ValueInfoProto> declared = new HashMap<>();
  private final GraphProto graph;
  private final GraphReader reader;

  private ModelCheck(Context context, GraphProto graph) {
    this.graph = graph;
    this.reader = new GraphReader(context, graph, Set.of());
    graph.getValueInfoList().stream()
        .filter(ValueInfoProto::hasType)
        .forEach(info -> declared.put(info.getName(), info));
  }

  /** Every problem of a file; none if {@link OnnxFile#read} reads it. */
  public static List<Diagnostic> problems(Path path) {
    try {
      OnnxFile.read(path);
      return List.of();
    } catch (DiagnosticException first) {
      List<Diagnostic> all = all(path);
      return all.isEmpty() ? List.of(first.diagnostic()) : all;
    }
  }

  private static List<Diagnostic> all(Path path) {
    Source source = new Source(path.toString(), new ExternalFiles(path));
    try {
      ModelProto model = ModelBytes.parse(OnnxFile.load(path), source);
      Context context = new ModelReader(source, model, Limits.DEFAULT).context();
      return new ModelCheck(context, model.getGraph()).find();
    } catch (DiagnosticException whole) {
      return List.of(whole.diagnostic());
    }
  }

  private List<Diagnostic> find() {
    for (TensorProto tensor : graph.getInitializerList()) {
      GraphProto one = GraphProto.newBuilder().addInitializer(tensor).build();
      attempt(List.of(tensor.getName()), () -> reader.initializers(one));
    }
    for (SparseTensorProto tensor : graph.getSparseInitializerList()) {
      GraphProto one = GraphProto.newBuilder().addSparseInitializer(tensor).build();
      attempt(List.of(tensor.getValues().getName()), () -> reader.initializers(one));
    }
    for (ValueInfoProto input : graph.getInputList()) {
      if (!missing.contains(input.getName())) {
        attempt(List.of(input.getName()), () -> reader.input(input));
      }
    }
    for (int i = 0; i < graph.getNodeCount(); i++) {
      int index = i;
      NodeProto node = graph.getNode(i);
      if (uses(node)) {
        node.getOutputList().forEach(this::standIn);
      } else {
        attempt(node.getOutputList(), () -> reader.node(index));
      }
    }
    for (ValueInfoProto output : graph.getOutputList()) {
      if (!missing.contains(output.getName())) {
        attempt(List.of(), () -> reader.output(output));
      }
    }
    return problems;
  }

  private void attempt(List<String> results, Runnable reading) {
    try {
      reading.run();
    } catch (DiagnosticException e) {
      problems.add(e.diagnostic());
      results.forEach(this::standIn);
    }
  }

  /** The value as it is declared, in the place of one that could not be made. */
  private void standIn(String name) {
    ValueInfoProto info = declared.get(name);
    try {
      if (info != null) {
        reader.assume(info, "value " + Source.shown(name));
        return;
      }
    } catch (DiagnosticException e) {
      // A declaration that says nothing is as good as none.
    }
    missing.add(name);
  }

  /** Whether a node, or one in its subgraphs, uses a value that is missing. */
  private boolean uses(NodeProto node) {
    if (missing.isEmpty()) {
      return false;
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      List<GraphProto> inner = new ArrayList<>(attribute.getGraphsList());
      if (attribute.hasG()) {
        inner.add(attribute.getG());
      }
      for (GraphProto body : inner) {
        boolean gives = body.getOutputList().stream().anyMatch(o -> missing.contains(o.getName()));
        if (gives || body.getNodeList().stream().anyMatch(this::uses)) {
          return true;
        }
      }
    }
    return node.getInputList().stream().anyMatch(missing::contains);
  }
}
