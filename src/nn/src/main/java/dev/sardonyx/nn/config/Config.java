package dev.sardonyx.nn.config;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options of one object, being read or being written.
 *
 * <p>Values are JSON's: null, Boolean, Long or Double, String, List, Map. While writing, every
 * method records the value that it is given and returns it. While reading it returns the
 * configuration's value, or the given one where the key is absent; a value of a wrong kind is
 * refused.
 */
public final class Config {
  /** Makes objects that are not simply a class of their family: models inside layers, say. */
  @FunctionalInterface
  public interface Resolver {
    /** The object that {@code serialized} describes, or null if its class decides as usual. */
    @Nullable Object resolve(Class<?> family, Map<String, Object> serialized);
  }

  private static final Resolver USUAL = (family, serialized) -> null;

  private final boolean reading;
  private final Map<String, Object> values;
  private final Resolver resolver;
  private final Set<String> asked = new LinkedHashSet<>();

  private Config(boolean reading, Map<String, Object> values, Resolver resolver) {
    this.reading = reading;
    this.values = values;
    this.resolver = resolver;
  }

  /** A configuration to fill. */
  public static Config writing() {
    return new Config(false, new LinkedHashMap<>(), USUAL);
  }

  /** A configuration to take options from. */
  public static Config reading(Map<String, Object> values) {
    return new Config(true, values, USUAL);
  }

  /** As {@link #reading(Map)}; {@code resolver} is asked first for objects inside. */
  public static Config reading(Map<String, Object> values, Resolver resolver) {
    return new Config(true, values, resolver);
  }

  public Map<String, Object> values() {
    return values;
  }

  /** Whether {@code key} is present and not null in a configuration that is being read. */
  public boolean has(String key) {
    return reading && values.get(key) != null;
  }

  public long integer(String key, long value) {
    Object given = exchange(key, value);
    if (given instanceof Number n && n.doubleValue() == n.longValue()) {
      return n.longValue();
    }
    throw wrongKind(key, given, "an integer");
  }

  public @Nullable Long optionalInteger(String key, @Nullable Long value) {
    Object given = exchange(key, value);
    if (given == null) {
      return null;
    }
    if (given instanceof Number n && n.doubleValue() == n.longValue()) {
      return n.longValue();
    }
    throw wrongKind(key, given, "an integer or null");
  }

  public double number(String key, double value) {
    Object given = exchange(key, value);
    if (given instanceof Number n) {
      return n.doubleValue();
    }
    throw wrongKind(key, given, "a number");
  }

  public @Nullable Double optionalNumber(String key, @Nullable Double value) {
    Object given = exchange(key, value);
    if (given == null) {
      return null;
    }
    if (given instanceof Number n) {
      return n.doubleValue();
    }
    throw wrongKind(key, given, "a number or null");
  }

  public boolean flag(String key, boolean value) {
    Object given = exchange(key, value);
    if (given instanceof Boolean b) {
      return b;
    }
    throw wrongKind(key, given, "true or false");
  }

  public String text(String key, String value) {
    Object given = exchange(key, value);
    if (given instanceof String s) {
      return s;
    }
    throw wrongKind(key, given, "a string");
  }

  public @Nullable String optionalText(String key, @Nullable String value) {
    Object given = exchange(key, value);
    if (given == null || given instanceof String) {
      return (String) given;
    }
    throw wrongKind(key, given, "a string or null");
  }

  /** An enum constant, written in lower case as Keras does, and read in any. */
  public <E extends Enum<E>> E choice(String key, E value) {
    Object given = exchange(key, value.name().toLowerCase(Locale.ROOT));
    E[] constants = value.getDeclaringClass().getEnumConstants();
    return Stream.of(constants)
        .filter(c -> given instanceof String text && c.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrongKind(
                    key, given, "one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT)));
  }

  /** A list of integers; a single one is read as itself repeated to {@code value}'s length. */
  public List<Long> integers(String key, List<Long> value) {
    Object given = exchange(key, value);
    if (given instanceof Number n) {
      return value.stream().map(ignored -> n.longValue()).toList();
    }
    if (given instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().map(e -> ((Number) e).longValue()).toList();
    }
    throw wrongKind(key, given, "an integer or a list of integers");
  }

  /**
   * As {@link #integers}, where there may be none; a single one is repeated {@code count} times.
   */
  public @Nullable List<Long> optionalIntegers(String key, @Nullable List<Long> value, int count) {
    Object given = exchange(key, value);
    if (!reading) {
      return value;
    }
    return given == null ? null : integers(key, Collections.nCopies(count, 0L));
  }

  /**
   * One axis or a list of them, written as a number if there is one. No axes are null, where the
   * default says that there may be none.
   */
  public List<Long> axes(String key, List<Long> value) {
    Object written = value.isEmpty() ? null : value.size() == 1 ? value.get(0) : value;
    Object given = exchange(key, written);
    if (given == null && value.isEmpty()) {
      return value;
    }
    List<?> list = given instanceof Number ? List.of(given) : given instanceof List<?> l ? l : null;
    if (list == null || !list.stream().allMatch(Number.class::isInstance)) {
      throw wrongKind(key, given, "an integer or a list of integers");
    }
    return list.stream().map(e -> ((Number) e).longValue()).toList();
  }

  public List<Double> numbers(String key, List<Double> value) {
    Object given = exchange(key, value);
    if (given instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().map(e -> ((Number) e).doubleValue()).toList();
    }
    throw wrongKind(key, given, "a list of numbers");
  }

  public List<String> texts(String key, List<String> value) {
    Object given = exchange(key, value);
    if (given instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw wrongKind(key, given, "a list of strings");
  }

  /** Any JSON value, as it is. */
  public @Nullable Object json(String key, @Nullable Object value) {
    return exchange(key, value);
  }

  /**
   * An object of a family, serialized as {@code {"class_name", "config"}}. When it is read, its
   * class is looked for in the package of {@code family} and nowhere else.
   */
  public <T extends Configurable> @Nullable T object(
      String key, Class<T> family, @Nullable T value) {
    Object given = exchange(key, value == null ? null : value.serialize());
    return given == null ? null : reading ? create(family, key, given, resolver) : value;
  }

  /** Several objects of a family, as {@link #object}. */
  public <T extends Configurable> List<T> objects(String key, Class<T> family, List<T> value) {
    Object given = exchange(key, value.stream().map(Configurable::serialize).toList());
    if (!reading) {
      return value;
    }
    if (!(given instanceof List<?> list)) {
      throw wrongKind(key, given, "a list of objects");
    }
    return list.stream().map(item -> create(family, key, (Object) item, resolver)).toList();
  }

  /**
   * An option that Keras has and we do not: written as {@code neutral}, refused with another value.
   */
  public void unsupported(String key, @Nullable Object neutral) {
    Object given = exchange(key, neutral);
    if (!Objects.equals(given, neutral)) {
      throw new Diagnostic(
              "NN-002",
              "option %s is not supported with the value %s".formatted(key, given),
              Location.current(),
              "configuration: " + values,
              "only %s=%s is".formatted(key, neutral))
          .exception();
    }
  }

  /** Options that old files hold and that decide nothing: read past, and never written. */
  public void ignored(String... keys) {
    if (reading) {
      asked.addAll(List.of(keys));
    }
  }

  /** Leaves an option that was named out of what is written: Keras's class does not take it. */
  public void omit(String key) {
    if (!reading) {
      values.remove(key);
    }
  }

  /** Refuses what the configuration holds and nobody has asked for. */
  public void finish(String className) {
    Set<String> unknown = new LinkedHashSet<>(values.keySet());
    unknown.removeAll(asked);
    if (!unknown.isEmpty()) {
      throw new Diagnostic(
              "NN-003",
              "%s has no option %s".formatted(className, String.join(", ", unknown)),
              Location.current(),
              "configuration: " + values,
              "it takes " + asked)
          .exception();
    }
  }

  /** The object of {@code family} that {@code serialized} describes. */
  public static <T extends Configurable> T create(Class<T> family, String what, Object serialized) {
    return create(family, what, serialized, USUAL);
  }

  /** As {@link #create(Class, String, Object)}; {@code resolver} is asked first, inside as well. */
  public static <T extends Configurable> T create(
      Class<T> family, String what, Object serialized, Resolver resolver) {
    if (serialized instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), v));
      Object resolved = resolver.resolve(family, copy);
      if (resolved != null) {
        return family.cast(resolved);
      }
    }
    Object className = serialized instanceof Map<?, ?> map ? map.get("class_name") : serialized;
    Object config = serialized instanceof Map<?, ?> map ? map.get("config") : Map.of();
    if (!(className instanceof String name) || !(config instanceof Map<?, ?> options)) {
      throw wrongKind(what, serialized, "an object with class_name and config");
    }
    T created = instantiate(family, name);
    Map<String, Object> values = new LinkedHashMap<>();
    options.forEach((k, v) -> values.put(String.valueOf(k), v));
    Config reading = new Config(true, values, resolver);
    created.configure(reading);
    reading.finish(name);
    return created;
  }

  /** A name is looked up among our own classes only: a file can never name code to run. */
  private static <T extends Configurable> T instantiate(Class<T> family, String name) {
    if (name.matches("[A-Z][A-Za-z0-9]*")) {
      try {
        String binaryName = family.getPackageName() + "." + name;
        Class<?> type = Class.forName(binaryName, false, family.getClassLoader());
        if (family.isAssignableFrom(type) && type != family) {
          Constructor<? extends T> constructor = type.asSubclass(family).getDeclaredConstructor();
          constructor.setAccessible(true);
          return constructor.newInstance();
        }
      } catch (InvocationTargetException e) {
        throw new LinkageError("cannot make a " + name, e);
      } catch (ReflectiveOperationException e) {
        // no such class among ours, or none that a file can describe: refused below
      }
    }
    throw new Diagnostic(
            "NN-004",
            "there is no %s called %s"
                .formatted(family.getSimpleName().toLowerCase(Locale.ROOT), name),
            Location.current(),
            "class name: " + name,
            "classes of your own cannot be loaded from a file; build the model in code and load its weights")
        .exception();
  }

  private @Nullable Object exchange(String key, @Nullable Object value) {
    asked.add(key);
    if (!reading) {
      values.put(key, value);
      return value;
    }
    return values.containsKey(key) ? values.get(key) : value;
  }

  private static DiagnosticException wrongKind(String key, @Nullable Object given, String wanted) {
    return new Diagnostic(
            "NN-001",
            "option %s is %s, got %s".formatted(key, wanted, given),
            Location.current(),
            key + " = " + given,
            "correct the value in the configuration")
        .exception();
  }
}
