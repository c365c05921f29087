package dev.sardonyx.compiler;

import dev.sardonyx.ir.Graph;

/** A function from graph to graph that does not change what the graph computes. */
@FunctionalInterface
public interface Pass {
  Graph run(Graph graph);
}
