package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that write to places which are data. */
public sealed interface Scattering extends Indexing {
  /**
   * The data with each update put at the place that its index and its own other coordinates say.
   * The gradients of mul, max and min are those of ReduceProd, ReduceMax and ReduceMin over all
   * that meets at a place.
   */
  @Onnx(since = 18, from = 11, inputs = "data indices updates", outputs = "output")
  record ScatterElements(@Default("0") long axis, @Default("none") ScatterReduction reduction)
      implements Scattering {
    @Override
    public List<Type> infer(Inference in) {
      Indices.requireElementwise(in, axis);
      Indices.requireUpdates(in, in.shape(1));
      return List.of(in.type(0));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return ScatterGradient.of(axis, reduction, p.x(0), p.x(1), p.x(2), p.y(), p.dy());
    }
  }

  /**
   * The data with each slice of updates put at the coordinates that the indices' last axis holds.
   */
  @Onnx(since = 18, from = 11, inputs = "data indices updates", outputs = "output")
  record ScatterND(@Default("none") ScatterReduction reduction) implements Scattering {
    @Override
    public List<Type> infer(Inference in) {
      Shape written = Indices.gathered(in, 0);
      Indices.requireUpdates(in, written);
      return List.of(in.type(0));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      if (reduction == ScatterReduction.NONE || reduction == ScatterReduction.ADD) {
        Value dupdates = Value.of(new Gathering.GatherND(0), p.dy(), p.x(1));
        return Arrays.asList(kept(p), null, dupdates);
      }
      // As a ScatterElements over the row-major positions.
      Value places =
          Value.of(new Gathering.GatherND(0), Origins.positions(p.x(0)), p.x(1)).reshape(-1);
      List<@Nullable Value> flat =
          ScatterGradient.of(
              0,
              reduction,
              p.x(0).reshape(-1),
              places,
              p.x(2).reshape(-1),
              p.y().reshape(-1),
              p.dy().reshape(-1));
      return Arrays.asList(flat.get(0).reshapeLike(p.x(0)), null, flat.get(2).reshapeLike(p.x(2)));
    }

    private Value kept(Pullback p) {
      return reduction == ScatterReduction.ADD
          ? p.dy()
          : Value.of(new ScatterND(ScatterReduction.NONE), p.dy(), p.x(1), p.x(2).zerosLike());
    }
  }
}
