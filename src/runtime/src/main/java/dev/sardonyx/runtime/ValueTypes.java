package dev.sardonyx.runtime;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import ai.onnxruntime.ValueInfo;
import dev.sardonyx.ir.type.Carriage;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes and gives, containers put together.
 *
 * @param inputs in the model's order
 * @param outputs in the model's order; null for one that the Java API does not carry
 */
record ValueTypes(Map<String, Type> inputs, Map<String, @Nullable Type> outputs) {
  /**
   * @param given the native inputs or outputs
   * @param noted the types of containers that come in parts
   */
  static Map<String, @Nullable Type> joined(
      Map<String, ? extends @Nullable Type> given, Map<String, Type> noted) {
    Map<String, String> wholes = new LinkedHashMap<>();
    noted.forEach(
        (name, type) -> {
          if (Carriage.hasParts(type) && !(type instanceof TensorType)) {
            Carriage.parts(name, type).keySet().forEach(part -> wholes.put(part, name));
          }
        });
    Map<String, @Nullable Type> joined = new LinkedHashMap<>();
    given.forEach(
        (name, type) -> {
          String whole = wholes.get(name);
          Type note = noted.get(whole == null ? name : whole);
          boolean container = whole != null || note != null && !(note instanceof TensorType);
          joined.put(whole == null ? name : whole, container ? note : type);
        });
    return joined;
  }

  /** The type of a sequence or map, of whose tensors the Java API knows no shapes; or null. */
  static @Nullable Type of(ValueInfo info) {
    if (info instanceof MapInfo map) {
      ElementType key = element(map.keyType);
      ElementType value = element(map.valueType);
      return key == null || value == null ? null : new Type.Map(key, TensorType.scalar(value));
    }
    if (info instanceof SequenceInfo sequence) {
      Type inside = sequence.isSequenceOfMaps() ? of(sequence.mapInfo) : tensor(sequence);
      return inside == null ? null : new Type.Sequence(inside);
    }
    return null;
  }

  private static @Nullable Type tensor(SequenceInfo sequence) {
    ElementType element = element(sequence.sequenceType);
    return element == null ? null : new TensorType(element, Shape.UNRANKED);
  }

  private static @Nullable ElementType element(OnnxJavaType type) {
    return type == OnnxJavaType.UNKNOWN ? null : Elements.of(OnnxTensorType.mapFromJavaType(type));
  }
}
