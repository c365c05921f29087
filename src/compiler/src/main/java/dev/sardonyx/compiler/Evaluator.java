package dev.sardonyx.compiler;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Computes a graph that has no inputs. The compiler is given one; it knows no runtime. */
@FunctionalInterface
public interface Evaluator {
  /** The outputs, in order. */
  List<Tensor> evaluate(Graph graph);
}
