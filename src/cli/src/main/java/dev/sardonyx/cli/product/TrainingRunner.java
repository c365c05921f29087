package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Outcome;
import dev.sardonyx.cli.verify.Settings;
import java.io.IOException;

/**
 * Cases of Keras's training: each names a family, and describes an object of it by Keras's own
 * configuration.
 */
public final class TrainingRunner {
  private final Product product;

  public TrainingRunner(Settings settings) {
    this.product = new Product(settings);
  }

  /** Runs a case; what is not as Keras has it is thrown. */
  public Outcome run(Case one) throws IOException {
    KerasReference reference = KerasReference.read(one.folder());
    String family = reference.text("family");
    switch (family) {
      case "losses" -> new LossCheck(product, reference).run();
      case "metrics" -> new MetricCheck(product, reference).run();
      case "optimizers" -> new OptimizerCheck(product, reference).run();
      case "schedules" -> new ScheduleCheck(reference).run();
      case "parts" -> new PartCheck(product, reference).run();
      case "callbacks" -> new CallbackCheck(reference).run();
      case "models" -> new ModelCheck(product, reference).run();
      default -> throw new Mismatch("there is no family of cases called " + family);
    }
    return Outcome.ok(family);
  }
}
