package dev.sardonyx.onnx;

import java.util.Map;

/**
 * What the values and nodes of a file are called in the graph: as in the file, unless they come out
 * of a function, which may be called more than once.
 *
 * @param prefix before names that only the function knows
 * @param results the names of the function's results where it is called
 */
record Naming(String prefix, Map<String, String> results) {
  static final Naming OWN = new Naming("", Map.of());

  String of(String name) {
    String result = results.get(name);
    return result != null ? result : prefix + name;
  }

  String ofNode(String name) {
    return prefix + name;
  }
}
