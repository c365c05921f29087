package dev.sardonyx.cli.verify;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reference case whose files lie in a folder.
 *
 * @param name what the report calls it: the path that was asked for, and the way below it
 */
public record Case(String name, Path folder, Layout layout) {
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("folder", folder.toString());
    map.put("layout", layout.name());
    return map;
  }

  static Case of(Map<String, Object> map) {
    return new Case(
        (String) map.get("name"),
        Path.of((String) map.get("folder")),
        Layout.valueOf((String) map.get("layout")));
  }
}
