package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file says of its model, also where the model is one that we cannot read.
 *
 * @param irVersion the version of the file format
 * @param producer the program that wrote the file and its version; may be empty
 * @param opsets the version of each domain, the standard's own as {@code ai.onnx}
 * @param graph the graph's name
 * @param inputs what must be given, with declared types
 * @param outputs with declared types
 * @param operators how often each occurs, subgraphs and functions included; by name, with the
 *     domain before it where that is not the standard's
 * @param functions how many functions of its own the model has
 * @param parameters how many tensors are stored as weights
 * @param elements how many numbers they have
 * @param bytes what these take, in this file or beside it
 */
public record ModelSummary(
    long irVersion,
    String producer,
    Map<String, Long> opsets,
    String graph,
    Map<String, String> inputs,
    Map<String, String> outputs,
    Map<String, Integer> operators,
    int functions,
    int parameters,
    long elements,
    long bytes) {

  /**
   * Reads it.
   *
   * @throws DiagnosticException if the file is no model (ONNX-001, ONNX-002) or what it says of
   *     types is not understood
   */
  public static ModelSummary read(Path path) {
    Source source = new Source(path.toString());
    return new Counting(source).summary(ModelBytes.parse(OnnxFile.load(path), source));
  }

  /** Adds up while it walks. */
  private static final class Counting {
    private final Source source;
    private final Map<String, Integer> operators = new TreeMap<>();
    private int parameters;
    private long elements;
    private long bytes;

    Counting(Source source) {
      this.source = source;
    }

    ModelSummary summary(ModelProto model) {
      GraphProto graph = model.getGraph();
      count(graph);
      model.getFunctionsList().forEach(function -> function.getNodeList().forEach(this::count));
      return new ModelSummary(
          model.getIrVersion(),
          Source.shown((model.getProducerName() + " " + model.getProducerVersion()).strip()),
          opsets(model),
          Source.shown(graph.getName()),
          inputs(graph),
          types("output", graph.getOutputList()),
          operators,
          model.getFunctionsCount(),
          parameters,
          elements,
          bytes);
    }

    private static Map<String, Long> opsets(ModelProto model) {
      Map<String, Long> opsets = new TreeMap<>();
      for (OperatorSetIdProto opset : model.getOpsetImportList()) {
        String domain = opset.getDomain().isEmpty() ? "ai.onnx" : opset.getDomain();
        opsets.put(Source.shown(domain), opset.getVersion());
      }
      return opsets;
    }

    private Map<String, String> inputs(GraphProto graph) {
      Map<String, String> inputs = types("input", graph.getInputList());
      // Old files list their weights among the inputs.
      graph.getInitializerList().forEach(tensor -> inputs.remove(Source.shown(tensor.getName())));
      return inputs;
    }

    private Map<String, String> types(String kind, Iterable<ValueInfoProto> values) {
      Map<String, String> types = new LinkedHashMap<>();
      for (ValueInfoProto value : values) {
        String name = Source.shown(value.getName());
        Types reader = new Types(source, kind + " " + name);
        types.put(name, value.hasType() ? reader.read(value.getType()).toString() : "?");
      }
      return types;
    }

    private void count(GraphProto graph) {
      graph.getInitializerList().forEach(this::count);
      graph.getSparseInitializerList().forEach(sparse -> count(sparse.getValues()));
      graph.getNodeList().forEach(this::count);
    }

    private void count(TensorProto tensor) {
      long size = 1;
      for (long dim : tensor.getDimsList()) {
        size = saturated(size, Math.max(0, dim));
      }
      parameters++;
      elements += size;
      bytes += bytes(tensor, size);
    }

    private static long bytes(TensorProto tensor, long size) {
      try {
        ElementType element = ElementType.ofCode(tensor.getDataType());
        return element == ElementType.STRING
            ? tensor.getStringDataList().stream().mapToLong(text -> text.size()).sum()
            : element.bytesFor(size);
      } catch (IllegalArgumentException | ArithmeticException e) {
        return 0;
      }
    }

    private static long saturated(long a, long b) {
      try {
        return Math.multiplyExact(a, b);
      } catch (ArithmeticException e) {
        return Long.MAX_VALUE;
      }
    }

    private void count(NodeProto node) {
      boolean standard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
      String name = (standard ? "" : node.getDomain() + ".") + node.getOpType();
      operators.merge(Source.shown(name), 1, Integer::sum);
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          count(attribute.getG());
        }
        attribute.getGraphsList().forEach(this::count);
      }
    }
  }
}
