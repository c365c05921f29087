package dev.sardonyx.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.TrainingInfoProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a file says that its model is trained: graphs that use the model's values by name. They are
 * not looked into but carried along, as a property of the graph, and written back as they were; a
 * model in which they would mean something else, or nothing, cannot be written with them.
 */
final class TrainingInfo {
  /** The property: a serialized model of training information, opsets, and functions, in base64. */
  static final String KEY = "onnx.training_info";

  private final ModelProto carried;

  private TrainingInfo(ModelProto carried) {
    this.carried = carried;
  }

  /** The property's value for a model that has training information. */
  static String property(ModelProto model) {
    ModelProto only =
        ModelProto.newBuilder()
            .addAllOpsetImport(model.getOpsetImportList())
            .addAllTrainingInfo(model.getTrainingInfoList())
            .addAllFunctions(model.getFunctionsList())
            .build();
    return Base64.getEncoder().encodeToString(only.toByteArray());
  }

  /** The initializers that training changes, and that therefore stay initializers. */
  static Set<String> trained(ModelProto model) {
    Set<String> names = new HashSet<>();
    for (TrainingInfoProto info : model.getTrainingInfoList()) {
      info.getInitializationBindingList().forEach(b -> names.add(b.getKey()));
      info.getUpdateBindingList().forEach(b -> names.add(b.getKey()));
    }
    return names;
  }

  /** Adds what the property holds to a model that is complete otherwise. */
  static void write(String property, ModelProto.Builder model) {
    try {
      ModelProto carried = ModelProto.parseFrom(Base64.getDecoder().decode(property));
      new TrainingInfo(carried).write(model);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw refuse("the property holds none", "remove the property from the graph's metadata");
    }
  }

  private void write(ModelProto.Builder model) {
    Map<String, Long> imports = new HashMap<>();
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      imports.put(Imports.canonical(opset.getDomain()), opset.getVersion());
    }
    Set<String> domains = new TreeSet<>();
    graphs().forEach(graph -> domains(graph, domains));
    for (OperatorSetIdProto opset : carried.getOpsetImportList()) {
      String domain = Imports.canonical(opset.getDomain());
      Long present = imports.get(domain);
      if (present == null && domains.contains(domain)) {
        model.addOpsetImport(opset);
      } else if (present != null && present != opset.getVersion() && domains.contains(domain)) {
        throw refuse(
            "its operators are those of opset %s, not %s".formatted(opset.getVersion(), present),
            "write the model at opset " + opset.getVersion());
      }
    }
    requireNames(model);
    model.addAllTrainingInfo(carried.getTrainingInfoList());
    // In the graph itself their calls have become what they stand for.
    model.addAllFunctions(carried.getFunctionsList());
  }

  private List<GraphProto> graphs() {
    List<GraphProto> graphs = new ArrayList<>();
    for (TrainingInfoProto info : carried.getTrainingInfoList()) {
      graphs.add(info.getInitialization());
      graphs.add(info.getAlgorithm());
    }
    return graphs;
  }

  private static void domains(GraphProto graph, Set<String> found) {
    for (NodeProto node : graph.getNodeList()) {
      found.add(Imports.canonical(node.getDomain()));
      for (AttributeProto attribute : node.getAttributeList()) {
        domains(attribute.getG(), found);
      }
    }
  }

  private void requireNames(ModelProto.Builder model) {
    Set<String> initializers = new HashSet<>();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.getInitializerList().forEach(t -> initializers.add(t.getName()));
    Set<String> values = new HashSet<>(initializers);
    graph.getInputList().forEach(v -> values.add(v.getName()));
    graph.getNodeList().forEach(n -> values.addAll(n.getOutputList()));
    Set<String> missing = new TreeSet<>();
    for (TrainingInfoProto info : carried.getTrainingInfoList()) {
      Set<String> own = new HashSet<>(initializers);
      info.getAlgorithm().getInitializerList().forEach(t -> own.add(t.getName()));
      List<StringStringEntryProto> bindings = new ArrayList<>(info.getUpdateBindingList());
      bindings.addAll(info.getInitializationBindingList());
      bindings.stream()
          .map(StringStringEntryProto::getKey)
          .filter(name -> !own.contains(name))
          .forEach(missing::add);
    }
    graphs().forEach(g -> free(g, values, missing));
    if (!missing.isEmpty()) {
      throw refuse(
          "the model no longer has what it names: " + Source.shown(missing.toString()),
          "remove the property from the graph's metadata");
    }
  }

  /** Names that a graph uses and neither it nor what lies around it has. */
  private static void free(GraphProto graph, Set<String> around, Set<String> missing) {
    Set<String> known = new HashSet<>(around);
    graph.getInitializerList().stream().map(TensorProto::getName).forEach(known::add);
    graph.getInputList().stream().map(ValueInfoProto::getName).forEach(known::add);
    graph.getNodeList().forEach(n -> known.addAll(n.getOutputList()));
    for (NodeProto node : graph.getNodeList()) {
      for (String name : node.getInputList()) {
        if (!name.isEmpty() && !known.contains(name)) {
          missing.add(name);
        }
      }
      node.getAttributeList().stream()
          .filter(AttributeProto::hasG)
          .forEach(a -> free(a.getG(), known, missing));
    }
  }

  private static DiagnosticException refuse(String message, String help) {
    return new Diagnostic(
            "ONNX-034",
            "the training information cannot be written: " + message,
            Location.current(),
            "property: " + KEY,
            help)
        .exception();
  }
}
