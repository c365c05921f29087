package dev.sardonyx.compiler;

import dev.sardonyx.ir.Value;
import java.util.Arrays;
import java.util.List;
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
    NAMED,
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
    return new Checkpointing(Cuts.NAMED, 0, List.copyOf(names), List.of());
  }

  /**
   * The choice that {@link #toString} writes, as on the command line: {@code none}, {@code auto}, a
   * number of segments, or names with commas between them.
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

  /** The names of values to cut after; empty where the cuts are chosen otherwise. */
  public List<String> names() {
    return names;
  }

  /** The same with values for its names. */
  public Checkpointing named(Function<String, Value> find) {
    return cuts == Cuts.NAMED ? after(names.stream().map(find).toArray(Value[]::new)) : this;
  }

  Segments of(Segments whole) {
    return switch (cuts) {
      case NONE -> whole;
      case AUTOMATIC -> whole.smallest();
      case EVEN -> whole.even(segments);
      case CHOSEN -> whole.after(values);
      case NAMED -> throw new IllegalStateException("names of no graph: " + names);
    };
  }

  @Override
  public String toString() {
    return switch (cuts) {
      case NONE -> "none";
      case AUTOMATIC -> "auto";
      case EVEN -> Integer.toString(segments);
      case NAMED -> String.join(",", names);
      case CHOSEN -> values.toString();
    };
  }
}
