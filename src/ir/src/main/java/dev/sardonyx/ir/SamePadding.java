package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * An input with the padding that {@code auto_pad} gives it, where that is known only at run time:
 * the windows over it then need none. See {@link Windows}.
 *
 * @param windows whose padding is not known
 * @param pool whether these are a pool's windows, whose padding may be negative
 */
record SamePadding(Windows windows, boolean pool) {
  Value of(Value x) {
    Value zeros = Value.longs(0, 0);
    List<Value> before = new ArrayList<>(List.of(zeros));
    List<Value> after = new ArrayList<>(List.of(zeros));
    for (int i = 0; i < windows.axes().size(); i++) {
      Value total = total(windows.axes().get(i), Extents.axis(x, i + 2));
      boolean lower = windows.autoPad() == AutoPad.SAME_LOWER;
      Value first = (lower ? total.add(Value.longs(1)) : total).div(Value.longs(2));
      before.add(first);
      after.add(total.sub(first));
    }
    before.addAll(after);
    Value pads = Extents.join(before);
    return Value.of(new Slicing.Pad(Slicing.PadMode.CONSTANT), x, pads, x.scalar(0));
  }

  private Value total(Window w, Value extent) {
    long reach = pool ? w.kernel() : w.reach();
    Value stride = Value.longs(w.stride());
    // As many windows as strides fit, the last one perhaps in part.
    Value last = extent.sub(Value.longs(1)).div(stride).mul(stride);
    Value total = last.add(Value.longs(reach)).sub(extent);
    return pool ? total : total.max(Value.longs(0));
  }
}
