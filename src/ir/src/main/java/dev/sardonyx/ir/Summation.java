package dev.sardonyx.ir;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums and means of several tensors, element by element. */
public sealed interface Summation extends Broadcasting {
  /** The sum of all inputs. */
  @Onnx(since = 13, from = 8, inputs = "data_0*", outputs = "sum")
  record Sum() implements Summation, Formula {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return Collections.nCopies(p.size(), p.dy());
    }

    @Override
    public Value formula(Expansion e) {
      return total(e);
    }
  }

  /** The mean of all inputs. */
  @Onnx(since = 13, from = 8, inputs = "data_0*", outputs = "mean")
  record Mean() implements Summation, Formula {
    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return Collections.nCopies(p.size(), p.dy().mul(1.0 / p.size()));
    }

    @Override
    public Value formula(Expansion e) {
      return total(e).mul(1.0 / e.size());
    }
  }

  private static Value total(Expansion e) {
    Value sum = e.x();
    for (int i = 1; i < e.size(); i++) {
      sum = sum.add(e.x(i));
    }
    return sum;
  }
}
