package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All operators, found by walking the sealed families: there is no list to keep. */
public final class Catalog {
  private static final List<OpSchema> OPS = walk();
  private static final Map<String, Map<String, OpSchema>> BY_NAME =
      OPS.stream()
          .collect(
              Collectors.groupingBy(
                  OpSchema::domain, Collectors.toUnmodifiableMap(OpSchema::type, s -> s)));

  private Catalog() {}

  /** The schemas of all operators, sorted by name. */
  public static List<OpSchema> ops() {
    return OPS;
  }

  /** The operator of this domain (empty for the standard's) and name, or null. */
  public static @Nullable OpSchema find(String domain, String type) {
    return BY_NAME.getOrDefault(domain.equals("ai.onnx") ? "" : domain, Map.of()).get(type);
  }

  private static List<OpSchema> walk() {
    List<OpSchema> found = new ArrayList<>();
    collect(Op.class, found);
    found.sort(Comparator.comparing(OpSchema::domain).thenComparing(OpSchema::type));
    return List.copyOf(found);
  }

  private static void collect(Class<?> type, List<OpSchema> found) {
    if (type == Leaf.class) {
      return;
    }
    if (type.isRecord()) {
      found.add(OpSchema.of(type.asSubclass(Op.class)));
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      collect(permitted, found);
    }
  }
}
