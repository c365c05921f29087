package dev.sardonyx.cli.product;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.testkit.Npz;
import dev.sardonyx.testkit.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A case that Keras made of its training: what {@code case.json} says, and the arrays of {@code
 * arrays.npz} by name.
 */
record KerasReference(Path folder, Map<String, Object> notes, Map<String, Tensor> arrays) {
  /** How far float32 arithmetic in another order may lead. */
  private static final double TOLERANCE = 1e-5;

  static KerasReference read(Path folder) throws IOException {
    return new KerasReference(
        folder,
        JSON.std.mapFrom(folder.resolve("case.json").toFile()),
        Npz.read(folder.resolve("arrays.npz")));
  }

  String text(String key) {
    return (String) required(key, String.class);
  }

  List<?> list(String key) {
    return (List<?>) required(key, List.class);
  }

  Map<?, ?> object(String key) {
    return (Map<?, ?>) required(key, Map.class);
  }

  private Object required(String key, Class<?> type) {
    if (!type.isInstance(notes.get(key))) {
      throw new Mismatch("case.json has no %s %s".formatted(type.getSimpleName(), key));
    }
    return notes.get(key);
  }

  /** What Keras serialized under {@code key}, made one of ours. */
  <T extends Configurable> T make(String key, Class<T> family) {
    return Config.create(family, key, object(key));
  }

  Tensor array(String name) {
    Tensor array = arrays.get(name);
    if (array == null) {
      throw new Mismatch("arrays.npz has no " + name);
    }
    return array;
  }

  /** The named arrays, of those that there are. */
  Map<String, Tensor> present(String... names) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    for (String name : names) {
      if (arrays.containsKey(name)) {
        found.put(name, arrays.get(name));
      }
    }
    return found;
  }

  /** The arrays {@code prefix0suffix}, {@code prefix1suffix}, … */
  List<Tensor> numbered(String prefix, String suffix) {
    List<Tensor> found = new ArrayList<>();
    while (arrays.containsKey(prefix + found.size() + suffix)) {
      found.add(arrays.get(prefix + found.size() + suffix));
    }
    return found;
  }

  Tolerance tolerance() {
    double tolerance =
        notes.get("tolerance") instanceof Number number ? number.doubleValue() : TOLERANCE;
    return new Tolerance(tolerance, tolerance);
  }

  void check(String what, Tensor expected, Tensor actual) {
    tolerance().check(what, expected, actual);
  }

  /** Holds one number to the array of that name. */
  void check(String what, Tensor expected, double actual) {
    check(what, Tensor.scalar((float) expected.getDouble(0)), Tensor.scalar((float) actual));
  }
}
