package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.CaseRunner;
import dev.sardonyx.cli.verify.Outcome;
import dev.sardonyx.cli.verify.Settings;
import java.io.IOException;

/** Runs a case of any layout. */
final class ProductRunner implements CaseRunner {
  private final Settings settings;

  ProductRunner(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Outcome run(Case one) throws IOException, InterruptedException {
    return switch (one.layout()) {
      case ONNX -> settings.direct() ? new DirectRunner(settings).run(one) : onnx(one);
      case OWN -> new OwnRunner(settings).run(one);
      case INDEX -> new KerasRunner(settings).runIndexed(one);
      case KERAS -> new KerasRunner(settings).run(one);
      case TRAINING -> new TrainingRunner(settings).run(one);
    };
  }

  private Outcome onnx(Case one) throws IOException {
    return new OnnxRunner(settings).run(one);
  }
}
