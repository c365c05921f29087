package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Windows that are sums of cosines, as constants where their size is known. */
final class CosineWindows {
  /** Longer windows are computed when the model runs. */
  private static final long MAX_CONSTANT = 1 << 20;

  private CosineWindows() {}

  static Value of(SignalWindows.CosineWindow window, Value size) {
    Dim known = Fourier.known(size);
    List<Double> a = window.coefficients();
    if (known.isFixed() && known.value() <= MAX_CONSTANT) {
      double[] values = new double[(int) known.value()];
      double period = window.periodic() ? values.length : values.length - 1;
      for (int i = 0; i < values.length; i++) {
        double angle = 2 * Math.PI * i / period;
        values[i] = a.get(0) - a.get(1) * Math.cos(angle) + a.get(2) * Math.cos(2 * angle);
      }
      long[] dims = {values.length};
      return Value.constant(Tensor.from(window.outputDatatype(), values, dims));
    }
    ElementType wide =
        window.outputDatatype() == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
    Value count = size.cast(wide).reshape();
    Value places = Value.range(Value.scalar(wide, 0), count, Value.scalar(wide, 1));
    Value period = window.periodic() ? count : count.sub(1);
    Value angle = places.mul(2 * Math.PI).div(period);
    Value sum = angle.cos().mul(-a.get(1)).add(a.get(0));
    if (a.get(2) != 0) {
      sum = sum.add(angle.mul(2).cos().mul(a.get(2)));
    }
    return sum.cast(window.outputDatatype());
  }
}
