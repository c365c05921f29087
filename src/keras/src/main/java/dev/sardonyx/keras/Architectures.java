package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all formats have in common: JSON texts, of which one is the architecture. */
final class Architectures {
  private Architectures() {}

  /** The JSON object that {@code bytes} are. */
  static Map<String, @Nullable Object> json(
      ByteSource bytes, Source source, String place, Limits limits) {
    JsonText text = new JsonText(source, place, limits);
    if (bytes.size() > limits.jsonBytes()) {
      throw text.refused(
          "it has %s bytes, the limit is %s".formatted(bytes.size(), limits.jsonBytes()));
    }
    try {
      return text.object(bytes.bytes(0, (int) bytes.size()));
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  /** A model with this architecture; refused (KERAS-006) where the object is none. */
  static KerasFile.Content content(
      Source source,
      Format format,
      Map<String, @Nullable Object> architecture,
      @Nullable String version,
      @Nullable Weights weights,
      Assets assets) {
    Object config = architecture.get("config");
    if (!(architecture.get("class_name") instanceof String)
        || !(config instanceof Map || config instanceof List)) {
      throw source.refuse(
          "KERAS-006",
          "",
          "the JSON describes no model: class_name and config are missing",
          "its keys: " + architecture.keySet(),
          "give what model.to_json() or model.save(\"x.keras\") writes");
    }
    return new KerasFile.Content(
        source.name(),
        format,
        architecture,
        version(architecture, version),
        object(architecture.get("compile_config")),
        weights,
        assets);
  }

  private static String version(
      Map<String, @Nullable Object> architecture, @Nullable String version) {
    if (version != null) {
      return version;
    }
    return architecture.get("keras_version") instanceof String noted
        ? noted
        : KerasFile.UNKNOWN_VERSION;
  }

  /** A non-empty JSON object, or null; its keys are strings, for {@link JsonText} made it. */
  @SuppressWarnings("unchecked")
  static @Nullable Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map && !map.isEmpty()
        ? (Map<String, @Nullable Object>) map
        : null;
  }

  static DiagnosticException withoutArchitecture(Source source) {
    return source.refuse(
        "KERAS-006",
        "",
        "the file has weights, but no architecture",
        "it was written by save_weights()",
        "give the model's JSON too, as model.to_json() writes it");
  }
}
