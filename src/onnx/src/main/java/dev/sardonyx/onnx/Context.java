package dev.sardonyx.onnx;

import java.util.Map;

/**
 * What holds in a graph that is being read, and in all that lies in it.
 *
 * @param imports the version of each domain
 * @param depth how many subgraphs lie around
 */
record Context(Source source, Limits limits, Work work, Map<String, Integer> imports, int depth) {
  /** One subgraph further in; refused (ONNX-030) where that is too deep. */
  Context inside(String place) {
    if (depth >= limits.nesting()) {
      throw source.refuse(
          "ONNX-030",
          place,
          "subgraphs lie in each other more than %d deep".formatted(limits.nesting()),
          "depth: " + (depth + 1),
          "no exporter writes such models; Limits.withNesting allows more");
    }
    return new Context(source, limits, work, imports, depth + 1);
  }
}
