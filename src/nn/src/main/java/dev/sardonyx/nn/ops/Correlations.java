package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import java.util.List;

/** How alike sequences are. */
final class Correlations {
  private Correlations() {}

  /** Sums of products of two vectors, one of which slides over the other. */
  static Value correlate(OpCall call) {
    List<Value> pair = call.pair("x1", "x2").stream().map(Functions::wide).toList();
    long a = Sizes.fixed(call, pair.get(0), 0);
    long b = Sizes.fixed(call, pair.get(1), 0);
    Value full = full(pair.get(0), pair.get(1), b - 1);
    long less = Math.min(a, b);
    long more = Math.max(a, b);
    return switch (call.text("mode")) {
      case "full" -> full;
      case "valid" -> full.slice(0, less - 1, more);
      case "same" -> {
        long start = a < b ? less / 2 : (less - 1) / 2;
        yield full.slice(0, start, start + more);
      }
      default -> call.wrong("mode", "full, same or valid");
    };
  }

  private static Value full(Value x, Value kernel, long border) {
    Convolution.Conv op =
        new Convolution.Conv(
            AutoPad.NOTSET,
            List.of(1L),
            1,
            List.of(border + 1),
            List.of(border, border),
            List.of(1L));
    return Value.of(op, x.unsqueeze(0, 1), kernel.unsqueeze(0, 1)).reshape(-1);
  }

  /** Pearson's coefficients of all pairs of rows. */
  static Value coefficients(Value x) {
    Value rows = x.shape().rank() == 1 ? x.unsqueeze(0) : x;
    Value off = rows.sub(rows.mean(true, 1));
    Value together = off.matMul(off.transpose(1, 0));
    Value own = off.square().sum(true, 1).sqrt();
    Value share = together.div(own).div(own.transpose(1, 0)).clip(-1, 1);
    return x.shape().rank() == 1 ? share.squeeze(0, 1) : share;
  }
}
