package dev.sardonyx.compiler;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which values of the forward graph a gradient keeps, and which it computes a second time when it
 * needs them: {@code Gradients.of(loss).wrt(w).checkpointing(Checkpointing.automatic())}. It saves
 * memory for time, a forward pass at most, and changes no result (Chen et al., arXiv:1604.06174).
 *
 * <p>The forward graph is cut into segments. What crosses a cut is kept. All else of a segment is
 * computed again when the gradient arrives there, just before it is used, and then forgotten; but
 * what lies behind the last cut is kept, as it is used at once. Results of random operators are
 * always kept.
 *
 * <p>Equal operators on equal inputs are one to any optimizer, so a segment and its gradient are
 * the body of an {@code If} whose condition is true, which only the run can tell.
 */
public final class Checkpointing {
  private enum Cuts {
    NONE,
    AUTOMATIC,
    EVEN,
    CHOSEN
  }

  private final Cuts cuts;
  private final int segments;
  private final List<String> names;
  private final List<Value> values;

  private Checkpointing(Cuts cuts, int segments, List<String> names, List<Value> values) {
    this.cuts = cuts;
    this.segments = segments;
    this.names = names;
    this.values = values;
  }

  /** Everything is kept, which is the default. */
  public static Checkpointing none() {
    return new Checkpointing(Cuts.NONE, 1, List.of(), List.of());
  }

  /**
   * As many segments as need the least memory: about √n for n equal layers. Cuts are made where
   * little crosses them. Of symbolic extents each counts as 32.
   */
  public static Checkpointing automatic() {
    return new Checkpointing(Cuts.AUTOMATIC, 0, List.of(), List.of());
  }

  /**
   * This many segments of about the same size, in bytes of their values.
   *
   * @param segments at least 1, which keeps everything
   */
  public static Checkpointing segments(int segments) {
    if (segments < 1) {
      throw new IllegalArgumentException(segments + " segments");
    }
    return new Checkpointing(Cuts.EVEN, segments, List.of(), List.of());
  }

  /** A cut after each of these values of the forward graph. */
  public static Checkpointing after(Value... values) {
    return new Checkpointing(Cuts.CHOSEN, 0, List.of(), List.of(values));
  }

  /** A cut after each of the values, or the layers of a model, with these names. */
  public static Checkpointing after(String... names) {
    return after(Arrays.asList(names));
  }

  /** A cut after each of the values, or the layers of a model, with these names. */
  public static Checkpointing after(List<String> names) {
    return new Checkpointing(Cuts.CHOSEN, 0, List.copyOf(names), List.of());
  }

  /**
   * The choice that {@link #toString} writes, as on the command line: {@code none}, {@code auto}, a
   * number of segments, or names with commas between them, or behind the only one.
   */
  public static Checkpointing parse(String text) {
    if (text.equals("none")) {
      return none();
    }
    if (text.equals("auto")) {
      return automatic();
    }
    return text.matches("[1-9][0-9]{0,8}")
        ? segments(Integer.parseInt(text))
        : after(text.split(","));
  }

  /** Whether cuts are chosen by value, and so for one graph only. */
  public boolean isOfValues() {
    return !values.isEmpty();
  }

  /**
   * The same with values for some of its names.
   *
   * @param find the values of a name, none where it is somebody else's
   */
  public Checkpointing named(Function<String, List<Value>> find) {
    List<String> others = new ArrayList<>();
    List<Value> all = new ArrayList<>(values);
    for (String name : names) {
      List<Value> found = find.apply(name);
      all.addAll(found);
      others.addAll(found.isEmpty() ? List.of(name) : List.of());
    }
    return new Checkpointing(cuts, segments, others, all);
  }

  /** The same with the names of values that these depend on; refused where there is none. */
  Checkpointing within(List<Value> outputs) {
    if (names.isEmpty()) {
      return this;
    }
    Map<String, Value> known = NamedValues.of(Walk.topological(outputs));
    return named(
        name -> {
          Value value = known.get(name);
          if (value == null) {
            throw refuse(name, known.keySet());
          }
          return List.of(value);
        });
  }

  private static DiagnosticException refuse(String name, Collection<String> known) {
    return new Diagnostic(
            "GRAD-012",
            "there is no value %s to keep on the way to the gradient".formatted(name),
            Location.current(),
            "named values are " + known,
            "name some of these: what is computed after the last of them is kept, too")
        .exception();
  }

  Segments of(Segments whole) {
    return switch (cuts) {
      case NONE -> whole;
      case AUTOMATIC -> whole.smallest();
      case EVEN -> whole.even(segments);
      case CHOSEN -> whole.after(values);
    };
  }

  @Override
  public String toString() {
    return switch (cuts) {
      case NONE -> "none";
      case AUTOMATIC -> "auto";
      case EVEN -> Integer.toString(segments);
      case CHOSEN -> values.isEmpty() ? written() : names + " " + values;
    };
  }

  /** With a comma at the end where the name of a value would else be read as another choice. */
  private String written() {
    String text = String.join(",", names);
    return parse(text).cuts == Cuts.CHOSEN ? text : text + ",";
  }
}
