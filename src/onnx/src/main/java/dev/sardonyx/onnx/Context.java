package dev.sardonyx.onnx;

import dev.sardonyx.proto.AttributeProto;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds in a graph that is being read, and in all that lies in it.
 *
 * @param imports the version of each domain
 * @param naming what its values are called
 * @param arguments the attributes of the call, inside a function; null outside of any
 * @param depth how many subgraphs lie around
 * @param calls how many functions lie around
 * @param around where it lies, for the places that refusals name
 */
record Context(
    Source source,
    Limits limits,
    Work work,
    Functions functions,
    Map<String, Integer> imports,
    Naming naming,
    @Nullable Map<String, AttributeProto> arguments,
    int depth,
    int calls,
    String around) {
  /** Longer descriptions of a place only say what lies next to it. */
  private static final int MAX_PLACE = 200;

  /** A model's graph. */
  static Context of(
      Source source, Limits limits, Functions functions, Map<String, Integer> imports) {
    return new Context(source, limits, new Work(), functions, imports, Naming.OWN, null, 0, 0, "");
  }

  /** One subgraph further in; refused (ONNX-030) where that is too deep. */
  Context inside(String place) {
    requireDepth("subgraphs lie in each other", depth + 1, place);
    return new Context(
        source, limits, work, functions, imports, naming, arguments, depth + 1, calls, around);
  }

  /** The same in a part of what {@code place} names. */
  Context at(String part, String place) {
    String whole = " in " + part + " of " + place;
    int nearest = place.indexOf(" in ");
    String shown =
        whole.length() <= MAX_PLACE || nearest < 0
            ? whole
            : " in " + part + " of " + place.substring(0, nearest);
    return new Context(
        source, limits, work, functions, imports, naming, arguments, depth, calls, shown);
  }

  /** Inside a function that a node calls; refused (ONNX-030) where that is too deep. */
  Context inside(
      Functions.Function function,
      Naming names,
      Map<String, AttributeProto> attributes,
      String place) {
    requireDepth("functions call each other", calls + 1, place);
    return new Context(
            source,
            limits,
            work,
            functions,
            function.imports(),
            names,
            attributes,
            depth,
            calls + 1,
            around)
        .at("function " + Source.shown(function.proto().getName()), place);
  }

  private void requireDepth(String what, int levels, String place) {
    if (levels > limits.nesting()) {
      throw source.refuse(
          "ONNX-030",
          place,
          "%s more than %s deep".formatted(what, limits.nesting()),
          "depth: " + levels,
          "no exporter writes such models; Limits.withNesting allows more");
    }
  }

  /** Counts a node; refused (ONNX-032) where functions have become too many. */
  void count(String place) {
    work.node(calls > 0);
    if (work.inlined() > limits.inlinedNodes()) {
      throw source.refuse(
          "ONNX-032",
          place,
          "the calls of the model's functions become more than %s nodes"
              .formatted(limits.inlinedNodes()),
          "calls around this one: " + calls,
          "Limits.withInlinedNodes allows more");
    }
  }
}
