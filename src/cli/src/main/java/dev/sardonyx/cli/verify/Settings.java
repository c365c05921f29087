package dev.sardonyx.cli.verify;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How cases are run.
 *
 * @param kinds what is asked of them
 * @param passes whether graphs go through the compiler's passes
 * @param direct whether ONNX Runtime is handed the untouched file
 * @param cuda whether models run on the first NVIDIA GPU
 */
public record Settings(Set<Kind> kinds, boolean passes, boolean direct, boolean cuda) {
  public static final Settings DEFAULT = new Settings(Kind.usual(), true, false, false);

  public Settings {
    kinds = Set.copyOf(kinds);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kinds", kinds.stream().map(Kind::name).sorted().toList());
    map.put("passes", passes);
    map.put("direct", direct);
    map.put("cuda", cuda);
    return map;
  }

  static Settings of(Map<String, Object> map) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (Object kind : (List<?>) map.get("kinds")) {
      kinds.add(Kind.valueOf((String) kind));
    }
    return new Settings(
        kinds, (Boolean) map.get("passes"), (Boolean) map.get("direct"), (Boolean) map.get("cuda"));
  }
}
