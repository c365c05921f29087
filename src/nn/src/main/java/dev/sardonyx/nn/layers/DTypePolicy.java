package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In which type a layer computes and in which it keeps its weights, by Keras's names: {@code
 * float32}, {@code mixed_float16}, {@code int8_from_float32}, …
 *
 * @param name Keras's name of the policy
 * @param compute the type that floating inputs and weights are cast to
 * @param variable the type of the weights
 * @param quantization {@code int8}, {@code int4}, {@code float8} or null
 * @param serialized what a file said, for policies that are more than a name
 */
public record DTypePolicy(
    String name,
    ElementType compute,
    ElementType variable,
    @Nullable String quantization,
    @Nullable Map<String, Object> serialized) {

  /** Float32 throughout; the default. */
  public static final DTypePolicy FLOAT32 = of("float32");

  /** Computes in float16 and keeps float32 weights. */
  public static final DTypePolicy MIXED_FLOAT16 = of("mixed_float16");

  /** Computes in bfloat16 and keeps float32 weights. */
  public static final DTypePolicy MIXED_BFLOAT16 = of("mixed_bfloat16");

  /** The policy of Keras's {@code name}. */
  public static DTypePolicy of(String name) {
    int from = name.indexOf("_from_");
    if (from > 0) {
      DTypePolicy source = of(name.substring(from + "_from_".length()));
      String mode = name.substring(0, from);
      return new DTypePolicy(name, source.compute, source.variable, mode, null);
    }
    return switch (name) {
      case "mixed_float16" ->
          new DTypePolicy(name, ElementType.FLOAT16, ElementType.FLOAT32, null, null);
      case "mixed_bfloat16" ->
          new DTypePolicy(name, ElementType.BFLOAT16, ElementType.FLOAT32, null, null);
      default -> {
        ElementType element = element(name);
        yield new DTypePolicy(name, element, element, null, null);
      }
    };
  }

  private static ElementType element(String name) {
    for (ElementType element : ElementType.values()) {
      if (element.toString().equals(name)) {
        return element;
      }
    }
    throw refuse(name);
  }

  /** The policy that a configuration describes: a name, or an object of one of Keras's classes. */
  public static DTypePolicy parse(Object given) {
    if (given instanceof String name) {
      return of(name);
    }
    if (given instanceof Map<?, ?> object && object.get("config") instanceof Map<?, ?> config) {
      Object mode = config.get("mode");
      Map<String, Object> copy = new LinkedHashMap<>();
      object.forEach((key, value) -> copy.put(String.valueOf(key), value));
      if (mode != null) {
        Object source = config.get("source_name");
        DTypePolicy of = of(source == null ? "float32" : String.valueOf(source));
        String text = String.valueOf(mode);
        String quantization = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
        return new DTypePolicy(
            text + "_from_" + of.name, of.compute, of.variable, quantization, copy);
      }
      if (config.get("name") instanceof String name) {
        return of(name);
      }
      if (config.get("default_policy") != null) {
        DTypePolicy standard = parse(config.get("default_policy"));
        return new DTypePolicy(
            standard.name, standard.compute, standard.variable, standard.quantization, copy);
      }
    }
    throw refuse(given);
  }

  /** What a configuration says of it. */
  public Object toJson() {
    return serialized == null ? name : serialized;
  }

  private static DiagnosticException refuse(Object given) {
    return new Diagnostic(
            "NN-005",
            "there is no dtype policy " + given,
            Location.current(),
            "dtype: " + given,
            "give float32, float16, bfloat16, float64, mixed_float16 or mixed_bfloat16")
        .exception();
  }

  @Override
  public String toString() {
    return name;
  }
}
