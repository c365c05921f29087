package dev.sardonyx.cli.product;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.schedules.LearningRateSchedule;

/** The learning rates of the steps that the case lists. */
record ScheduleCheck(KerasReference reference) {
  void run() {
    LearningRateSchedule schedule = reference.make("schedule", LearningRateSchedule.class);
    double[] steps = reference.array("steps").toDoubleArray();
    float[] rates = new float[steps.length];
    for (int i = 0; i < steps.length; i++) {
      rates[i] = (float) schedule.rate((long) steps[i]);
    }
    reference.check("rates", reference.array("rates"), Tensor.of(rates));
  }
}
