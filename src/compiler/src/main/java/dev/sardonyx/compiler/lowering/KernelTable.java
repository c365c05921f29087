package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which operators a runtime has, in which versions and on which element types.
 *
 * <p>The data are made by the runtime itself: {@code
 * conformance-tests/scripts/make_kernel_table.py} says how, and what the lines mean.
 */
public final class KernelTable {
  /**
   * One version of an operator.
   *
   * @param since the opset that it came with
   * @param inputs for each place the variable that stands for its type, or the type; the last one
   *     ends in {@code *} if it repeats
   * @param outputs likewise
   * @param kernels the types that each kernel takes, by variable
   * @param functions the types on which the runtime can say the operator in others by itself
   */
  public record Version(
      int since,
      List<String> inputs,
      List<String> outputs,
      List<Map<String, Set<String>>> kernels,
      List<Map<String, Set<String>>> functions) {
    /** The variable of input {@code i}. */
    String input(int i) {
      return place(inputs, i);
    }

    /** The variable of output {@code i}. */
    String output(int i) {
      return place(outputs, i);
    }

    private static String place(List<String> places, int i) {
      if (places.isEmpty()) {
        return "";
      }
      String place = places.get(Math.min(i, places.size() - 1));
      return place.endsWith("*") ? place.substring(0, place.length() - 1) : place;
    }
  }

  private final Map<String, NavigableMap<Integer, Version>> operators = new HashMap<>();
  private final Map<String, Set<String>> sets = new HashMap<>();
  private int newestOpset;

  private KernelTable() {}

  /** The table in a resource beside this class. */
  public static KernelTable read(String resource) {
    InputStream stream =
        Objects.requireNonNull(KernelTable.class.getResourceAsStream(resource), resource);
    KernelTable table = new KernelTable();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      Version last = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = table.add(line.split("\t", -1), last);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + resource, e);
    }
    return table;
  }

  private @Nullable Version add(String[] columns, @Nullable Version last) {
    switch (columns[0]) {
      case "runtime" -> newestOpset = Integer.parseInt(columns[3]);
      case "set" -> sets.put(columns[1], Set.of(columns[2].split(" ")));
      case "op" -> {
        Version version = version(columns);
        String domain = columns[1].equals("ai.onnx") ? "" : columns[1];
        operators
            .computeIfAbsent(key(domain, columns[2]), k -> new TreeMap<>())
            .put(version.since(), version);
        return version;
      }
      case "kernel" -> Objects.requireNonNull(last).kernels().add(types(columns));
      case "function" -> Objects.requireNonNull(last).functions().add(types(columns));
      default -> throw new IllegalStateException("a kernel table has no " + columns[0]);
    }
    return last;
  }

  private static Version version(String[] columns) {
    return new Version(
        Integer.parseInt(columns[3]),
        places(columns[4]),
        places(columns[5]),
        new ArrayList<>(),
        new ArrayList<>());
  }

  private static List<String> places(String text) {
    return text.equals("-") ? List.of() : List.of(text.split(" "));
  }

  private Map<String, Set<String>> types(String[] columns) {
    Map<String, Set<String>> types = new HashMap<>();
    for (int i = 1; i < columns.length; i++) {
      int equals = columns[i].indexOf('=');
      if (equals > 0) {
        types.put(columns[i].substring(0, equals), sets.get(columns[i].substring(equals + 1)));
      }
    }
    return types;
  }

  private static String key(String domain, String type) {
    return domain + ":" + type;
  }

  /** The newest opset that the runtime reads. */
  public int newestOpset() {
    return newestOpset;
  }

  /** The version of an operator that an opset of its domain means, or null if there is none. */
  public @Nullable Version version(String domain, String type, int opset) {
    NavigableMap<Integer, Version> versions = operators.get(key(domain, type));
    Map.Entry<Integer, Version> entry = versions == null ? null : versions.floorEntry(opset);
    return entry == null ? null : entry.getValue();
  }

  /** A type as the table names it: the shape does not matter. */
  static String nameOf(Type type) {
    if (type instanceof TensorType tensor) {
      return tensor.element().toString();
    }
    if (type instanceof Type.Sequence sequence) {
      return "seq(" + nameOf(sequence.element()) + ")";
    }
    if (type instanceof Type.Optional optional) {
      return "optional(" + nameOf(optional.element()) + ")";
    }
    Type.Map map = (Type.Map) type;
    return "map(" + map.key() + "," + nameOf(map.value()) + ")";
  }
}
