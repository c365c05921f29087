package dev.sardonyx.cli.verify;

import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Evaluate;
import java.util.List;

/** The way from a graph to results: all passes, lowering, ONNX, ONNX Runtime. */
final class Product {
  private final Settings settings;

  Product(Settings settings) {
    this.settings = settings;
  }

  /** The graph's outputs, in order. */
  List<Tensor> run(Graph graph, List<Tensor> inputs) {
    Graph optimized =
        settings.passes() ? Pipeline.inference(Product::evaluate).run(graph) : graph;
    return Evaluate.run(optimized, inputs);
  }

  private static List<Tensor> evaluate(Graph constant) {
    return Evaluate.run(constant, List.of());
  }
}
