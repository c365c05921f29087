package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.regularizers.L1L2;

/** y = x, with a penalty on x that is added to the loss, divided by the size of the batch. */
public final class ActivityRegularization extends SingleInputLayer {
  private double l1;
  private double l2;

  ActivityRegularization() {}

  /**
   * @param l1 the weight of the sum of absolute values
   * @param l2 the weight of the sum of squares
   */
  public static ActivityRegularization activityRegularization(double l1, double l2) {
    ActivityRegularization made = new ActivityRegularization();
    made.l1 = Allowed.finite(made, "l1", l1);
    made.l2 = Allowed.finite(made, "l2", l2);
    return made;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Value call(Call call, Value x) {
    if (l1 != 0 || l2 != 0) {
      Value batch = x.shapeOf().gather(Value.scalar(ElementType.INT64, 0), 0);
      call.addLoss(L1L2.l1l2(l1, l2).penalty(x).div(batch.cast(x.element())));
    }
    return x;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    l1 = Allowed.finite(this, "l1", config.number("l1", l1));
    l2 = Allowed.finite(this, "l2", config.number("l2", l2));
  }
}
