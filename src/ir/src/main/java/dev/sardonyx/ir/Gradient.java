package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The derivatives of one value of the graph that this operator stands in, named by {@code y}, by
 * others, named by {@code xs}. The inputs are what these, and then those named by {@code zs}, shall
 * be; the results have the shapes of the first.
 *
 * <p>The operator does not say itself what it computes: that is what the graph between these names
 * computes. It is rewritten, with the graph at hand, by the compiler's {@code LowerGradient}.
 *
 * @param xs names of the values to differentiate by
 * @param zs names of further values on which y depends
 * @param y the name of the value to differentiate
 */
@Onnx(
    since = 1,
    from = 1,
    inputs = "Inputs*",
    outputs = "Outputs*",
    domain = "ai.onnx.preview.training")
public record Gradient(List<String> xs, String y, List<String> zs) implements Optimizing {
  public Gradient {
    xs = List.copyOf(xs);
    zs = List.copyOf(zs);
  }

  @Override
  public List<Type> infer(Inference in) {
    if (in.size() != xs.size() + zs.size() || xs.isEmpty()) {
      throw in.fail(
          "ATTR-051",
          "names %s xs and %s zs for %s inputs".formatted(xs.size(), zs.size(), in.size()),
          "give one input for each name, and at least one x");
    }
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      types.add(in.type(i));
    }
    return types;
  }

  /** The compiler puts what is named in its place before it differentiates, but not in bodies. */
  @Override
  public List<@Nullable Value> vjps(Pullback p) {
    throw p.fail(
        "GRAD-004",
        "cannot be differentiated inside of a body, where its names are not known",
        "differentiate outside of loops and branches");
  }
}
