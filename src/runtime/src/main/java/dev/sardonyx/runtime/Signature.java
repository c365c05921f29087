package dev.sardonyx.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.sardonyx.ir.type.Carriage;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes and gives.
 *
 * @param inputs in the model's order
 * @param outputs in the model's order
 * @param uncarried outputs that are no tensors, or tensors that the Java API cannot carry, by name
 *     with what they are
 * @param metadata the model's own notes, sorted by key
 */
record Signature(
    Map<String, TensorType> inputs,
    Map<String, TensorType> outputs,
    Map<String, String> uncarried,
    Map<String, String> metadata) {

  /** Longer names of dimensions are not read as expressions. */
  private static final int LONGEST_EXPRESSION = 200;

  static Signature of(String model, OrtSession session) throws OrtException {
    Map<String, String> metadata = new TreeMap<>(session.getMetadata().getCustomMetadata());
    Map<String, Type> notedInputs = Carriage.read(metadata, Carriage.INPUT);
    Map<String, Type> notedOutputs = Carriage.read(metadata, Carriage.OUTPUT);
    metadata.keySet().removeIf(Carriage::isNote);
    Map<String, TensorType> inputs = new LinkedHashMap<>();
    for (NodeInfo node : session.getInputInfo().values()) {
      TensorType type = typeOf(node.getInfo());
      if (type == null || !Elements.isCarried(type.element())) {
        throw Refusal.notATensor(node.getName(), describe(node.getInfo()), model);
      }
      inputs.put(node.getName(), noted(type, notedInputs.get(node.getName())));
    }
    Map<String, TensorType> outputs = new LinkedHashMap<>();
    Map<String, String> uncarried = new LinkedHashMap<>();
    for (NodeInfo node : session.getOutputInfo().values()) {
      TensorType type = typeOf(node.getInfo());
      if (type == null || !Elements.isCarried(type.element())) {
        uncarried.put(node.getName(), describe(node.getInfo()));
      } else {
        outputs.put(node.getName(), noted(type, notedOutputs.get(node.getName())));
      }
    }
    return new Signature(
        Collections.unmodifiableMap(inputs),
        Collections.unmodifiableMap(outputs),
        uncarried,
        Collections.unmodifiableMap(metadata));
  }

  /** The type that a tensor of codes stands for. */
  private static TensorType noted(TensorType type, @Nullable Type note) {
    boolean codes =
        type.element() == ElementType.UINT8
            && note instanceof TensorType tensor
            && Codes.areFor(tensor.element());
    return codes ? type.with(((TensorType) note).element()) : type;
  }

  /** The type, or null if it is no tensor of a known element type. */
  private static @Nullable TensorType typeOf(ValueInfo info) {
    if (!(info instanceof TensorInfo tensor)) {
      return null;
    }
    ElementType element = Elements.of(tensor.onnxType);
    if (element == null) {
      return null;
    }
    long[] sizes = tensor.getShape();
    String[] names = tensor.getDimensionNames();
    Dim[] dims = new Dim[sizes.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = sizes[i] >= 0 ? Dim.of(sizes[i]) : named(names[i]);
    }
    return new TensorType(element, Shape.of(dims));
  }

  private static Dim named(String name) {
    if (name.isEmpty()) {
      return Dim.UNKNOWN;
    }
    if (name.length() > LONGEST_EXPRESSION) {
      return Dim.symbol(name);
    }
    try {
      return Dim.parse(name);
    } catch (ArithmeticException e) {
      return Dim.symbol(name);
    }
  }

  private static String describe(ValueInfo info) {
    return info instanceof TensorInfo tensor
        ? "a tensor of type "
            + tensor
                .onnxType
                .name()
                .replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", "")
                .toLowerCase(Locale.ROOT)
        : "a " + info.getClass().getSimpleName().replace("Info", "").toLowerCase(Locale.ROOT);
  }

  /** All outputs, or a refusal if one of them cannot be carried. */
  Set<String> allOutputs(String model) {
    uncarried.forEach(
        (name, what) -> {
          throw Refusal.notATensor(name, what, model);
        });
    return outputs.keySet();
  }

  /** {@code wanted} without repetitions, or a refusal if there is none of that name. */
  Set<String> outputs(Collection<String> wanted, String model) {
    Set<String> names = new LinkedHashSet<>(wanted);
    for (String name : names) {
      String what = uncarried.get(name);
      if (what != null) {
        throw Refusal.notATensor(name, what, model);
      }
      if (!outputs.containsKey(name)) {
        throw Refusal.unknownOutput(name, outputs);
      }
    }
    if (names.isEmpty()) {
      throw Refusal.noOutputs(outputs);
    }
    return names;
  }
}
