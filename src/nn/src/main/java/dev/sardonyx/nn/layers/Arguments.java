package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Configurable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a layer is called with, as in Python: by position and by name, tensors and plain values,
 * nested in lists and maps.
 *
 * @param tensors the tensors, in the order of their places
 * @param positional arguments by position: a {@link Place} for a tensor, else JSON's values, a
 *     {@link Slice}, {@link Special}, or lists and maps of these
 * @param named arguments by name, of the same kinds
 * @param <T> what stands for a tensor: a symbol, a type, a value
 */
public record Arguments<T>(List<T> tensors, List<Object> positional, Map<String, Object> named) {

  /** Where a tensor stands: its number among {@link #tensors}. */
  public record Place(int index) {}

  /** Python's {@code start:stop:step}; null where nothing is written. */
  public record Slice(@Nullable Object start, @Nullable Object stop, @Nullable Object step) {}

  /** Values that JSON does not have. */
  public enum Special {
    /** Python's {@code ...} in an index. */
    ELLIPSIS
  }

  public Arguments {
    tensors = List.copyOf(tensors);
    positional = Collections.unmodifiableList(new ArrayList<>(positional));
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  /** Tensors by position: {@code layer(a, b)}. */
  public static <T> Arguments<T> of(List<? extends T> tensors) {
    List<Object> places = IntStream.range(0, tensors.size()).<Object>mapToObj(Place::new).toList();
    return new Arguments<>(List.copyOf(tensors), places, Map.of());
  }

  /** These and another one by name. */
  public Arguments<T> with(String name, @Nullable Object plain) {
    Map<String, Object> more = new LinkedHashMap<>(named);
    more.put(name, plain);
    return new Arguments<>(tensors, positional, more);
  }

  /** These and tensors by name: one alone, several as a list. */
  public Arguments<T> withTensors(String name, List<? extends T> values) {
    List<T> all = new ArrayList<>(tensors);
    List<Object> places = new ArrayList<>();
    for (T value : values) {
      places.add(new Place(all.size()));
      all.add(value);
    }
    Map<String, Object> more = new LinkedHashMap<>(named);
    more.put(name, places.size() == 1 ? places.get(0) : places);
    return new Arguments<>(all, positional, more);
  }

  /** The same with other tensors in the same places. */
  public <R> Arguments<R> map(Function<? super T, ? extends R> function) {
    List<R> mapped = new ArrayList<>();
    tensors.forEach(tensor -> mapped.add(function.apply(tensor)));
    return new Arguments<>(mapped, positional, named);
  }

  /** The same in other tensors, one for each of these. */
  public <R> Arguments<R> in(List<R> others) {
    if (others.size() != tensors.size()) {
      throw new IllegalArgumentException(others.size() + " tensors for " + tensors.size());
    }
    return new Arguments<>(others, positional, named);
  }

  /** Whether there are only tensors, by position and not in lists or maps. */
  public boolean isPlain() {
    return named.isEmpty() && positional.stream().allMatch(Place.class::isInstance);
  }

  /**
   * An argument by position (a negative one for none) or by name, with tensors resolved in lists
   * and maps; or null.
   */
  public @Nullable Object get(int position, String name) {
    Object raw = raw(position, name);
    return resolved(raw);
  }

  private @Nullable Object raw(int position, String name) {
    return position >= 0 && position < positional.size()
        ? positional.get(position)
        : named.get(name);
  }

  /** Whether the argument is there and not null. */
  public boolean has(int position, String name) {
    return get(position, name) != null;
  }

  private @Nullable Object resolved(@Nullable Object raw) {
    if (raw instanceof Place place) {
      return tensors.get(place.index());
    }
    if (raw instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(resolved(item)));
      return Collections.unmodifiableList(items);
    }
    if (raw instanceof Map<?, ?> map) {
      Map<String, Object> items = new LinkedHashMap<>();
      map.forEach((key, item) -> items.put(String.valueOf(key), resolved(item)));
      return items;
    }
    return raw;
  }

  /** A tensor that must be there. */
  public T tensor(Configurable owner, int position, String name) {
    T tensor = optional(owner, position, name);
    if (tensor == null) {
      throw refuse(owner, "needs the argument " + name, "give a tensor for " + name);
    }
    return tensor;
  }

  /** A tensor that may be missing. */
  public @Nullable T optional(Configurable owner, int position, String name) {
    Object raw = raw(position, name);
    if (raw == null || raw instanceof Place) {
      @SuppressWarnings("unchecked") // places resolve to our own tensors
      T tensor = (T) resolved(raw);
      return tensor;
    }
    throw refuse(
        owner, "takes a tensor for %s, got %s".formatted(name, raw), "give a tensor for " + name);
  }

  /** The tensors of an argument that is one or a list of them; none if it is missing. */
  public List<T> list(Configurable owner, int position, String name) {
    Object raw = raw(position, name);
    List<?> items = raw == null ? List.of() : raw instanceof List<?> l ? l : List.of(raw);
    List<T> result = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof Place place)) {
        throw refuse(
            owner,
            "takes tensors for %s, got %s".formatted(name, raw),
            "give a list of tensors for " + name);
      }
      result.add(tensors.get(place.index()));
    }
    return result;
  }

  /** An argument that is true or false. */
  public boolean flag(Configurable owner, int position, String name, boolean standard) {
    Object given = get(position, name);
    if (given == null || given instanceof Boolean) {
      return given == null ? standard : (Boolean) given;
    }
    throw refuse(
        owner, "takes true or false for %s, got %s".formatted(name, given), "give one of the two");
  }

  /** Refuses arguments by name that are not null and not among these. */
  public void allow(Configurable owner, Set<String> names) {
    named.forEach(
        (name, value) -> {
          if (value != null && !names.contains(name)) {
            throw refuse(
                owner,
                "is called with %s=%s, which is not supported".formatted(name, value),
                names.isEmpty() ? "call it with tensors alone" : "it takes " + names);
          }
        });
  }

  private static DiagnosticException refuse(Configurable owner, String problem, String help) {
    return new Diagnostic(
            "NN-033",
            owner.className() + " " + problem,
            Location.current(),
            "layer: " + owner,
            help)
        .exception();
  }
}
