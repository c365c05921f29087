package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.runtime.ExecutionProvider;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.runtime.SessionOptions;
import dev.sardonyx.testkit.Evaluate;
import java.util.List;

/** The way from a graph to results: passes, lowering, an ONNX file, ONNX Runtime. */
final class Product {
  private final Settings settings;

  Product(Settings settings) {
    this.settings = settings;
  }

  /** A session for a graph whose weights are final. */
  Session infer(Graph graph) {
    return open(settings.passes() ? Pipeline.inference(this::evaluate).run(graph) : graph);
  }

  /** A session for a graph of gradients or of a step of training. */
  Session train(Graph graph) {
    return open(settings.passes() ? Pipeline.training(this::evaluate).run(graph) : graph);
  }

  private List<Tensor> evaluate(Graph constant) {
    return Evaluate.run(constant, List.of());
  }

  private Session open(Graph graph) {
    return Evaluate.open(graph, options(settings));
  }

  /** One thread a session: cases run beside each other, and start-up is most of their time. */
  static SessionOptions options(Settings settings) {
    SessionOptions options = SessionOptions.defaults().withIntraOpThreads(1).withSpinning(false);
    return settings.cuda()
        ? options.withProviders(ExecutionProvider.cuda(0), ExecutionProvider.CPU)
        : options;
  }
}
