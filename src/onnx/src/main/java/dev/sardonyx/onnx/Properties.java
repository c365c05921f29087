package dev.sardonyx.onnx;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.StringStringEntryProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model says beside its mathematics: one map in a graph, several fields in a file. */
final class Properties {
  /** On an initializer: whether it trains. */
  static final String TRAINABLE = "sardonyx.trainable";

  /** Of an initializer: it is a constant, which lies here only because its data lie outside. */
  static final String CONSTANT = "sardonyx.constant";

  /** On an Identity: it only gives a value the name of an output. */
  static final String OUTPUT = "sardonyx.output";

  private static final String GRAPH_LEVEL = "onnx.graph.";
  private static final String DOC_STRING = "onnx.model.doc_string";
  private static final String DOMAIN = "onnx.model.domain";
  private static final String VERSION = "onnx.model.version";

  private Properties() {}

  static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** Whether one of the entries is this key with the value {@code true}; null without the key. */
  static @Nullable Boolean flag(List<StringStringEntryProto> entries, String key) {
    return entries.stream()
        .filter(e -> e.getKey().equals(key))
        .map(e -> e.getValue().equals("true"))
        .findFirst()
        .orElse(null);
  }

  static void write(Graph.Info info, ModelProto.Builder model) {
    Location at = Location.current();
    if (info.docString() != null) {
      model.getGraphBuilder().setDocString(Utf8.checked(info.docString(), at));
    }
    info.metadata()
        .forEach(
            (key, value) -> {
              Utf8.checked(key, at);
              Utf8.checked(value, at);
              switch (key) {
                case DOC_STRING -> model.setDocString(value);
                case DOMAIN -> model.setDomain(value);
                case VERSION -> model.setModelVersion(version(value, at));
                case TrainingInfo.KEY -> TrainingInfo.write(value, model);
                default -> {
                  if (key.startsWith(GRAPH_LEVEL)) {
                    String rest = key.substring(GRAPH_LEVEL.length());
                    model.getGraphBuilder().addMetadataProps(entry(rest, value));
                  } else {
                    model.addMetadataProps(entry(key, value));
                  }
                }
              }
            });
  }

  /** What a subgraph says beside its mathematics. */
  static void write(Graph.Info info, GraphProto.Builder graph) {
    Location at = Location.current();
    if (info.docString() != null) {
      graph.setDocString(Utf8.checked(info.docString(), at));
    }
    info.metadata()
        .forEach(
            (key, value) ->
                graph.addMetadataProps(entry(Utf8.checked(key, at), Utf8.checked(value, at))));
  }

  private static long version(String value, Location at) {
    try {
      long version = Long.parseLong(value);
      if (Long.toString(version).equals(value)) {
        return version;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw new Diagnostic(
            "ONNX-023",
            "the model's version is no number",
            at,
            VERSION + ": " + Source.shown(value),
            "versions of models are 64-bit integers")
        .exception();
  }

  static Graph.Info read(ModelProto model, Source source) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!model.getDocString().isEmpty()) {
      metadata.put(DOC_STRING, source.text(model.getDocStringBytes(), "model"));
    }
    if (!model.getDomain().isEmpty()) {
      metadata.put(DOMAIN, source.text(model.getDomainBytes(), "model"));
    }
    if (model.getModelVersion() != 0) {
      metadata.put(VERSION, Long.toString(model.getModelVersion()));
    }
    if (model.getTrainingInfoCount() > 0) {
      metadata.put(TrainingInfo.KEY, TrainingInfo.property(model));
    }
    read(model.getMetadataPropsList(), "", metadata, source, "metadata_props");
    read(model.getGraph().getMetadataPropsList(), GRAPH_LEVEL, metadata, source, "metadata_props");
    return new Graph.Info(source.doc(model.getGraph().getDocStringBytes(), "graph"), metadata);
  }

  /** What a subgraph says beside its mathematics. */
  static Graph.Info info(GraphProto graph, Source source, String place) {
    return new Graph.Info(
        source.doc(graph.getDocStringBytes(), place),
        of(graph.getMetadataPropsList(), source, place));
  }

  /** The properties of something in the graph. */
  static Map<String, String> of(List<StringStringEntryProto> entries, Source source, String place) {
    if (entries.isEmpty()) {
      return Map.of();
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    read(entries, "", metadata, source, place);
    return metadata;
  }

  private static void read(
      List<StringStringEntryProto> entries,
      String prefix,
      Map<String, String> metadata,
      Source source,
      String place) {
    for (StringStringEntryProto entry : entries) {
      String key = prefix + source.text(entry.getKeyBytes(), place);
      String value = source.text(entry.getValueBytes(), place);
      if (metadata.put(key, value) != null) {
        throw source.refuse(
            "ONNX-007",
            place,
            "a key is given twice",
            "key: " + Source.shown(key),
            "keep one of the two");
      }
    }
  }
}
