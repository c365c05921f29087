/**
 * Functions from graph to graph.
 *
 * <p>{@link dev.sardonyx.compiler.Gradients} is reverse mode. A {@link dev.sardonyx.compiler.Rule}
 * rewrites one node and what feeds it; {@link dev.sardonyx.compiler.Simplify} applies rules until
 * none fires; a {@link dev.sardonyx.compiler.Pipeline} is a list of {@link
 * dev.sardonyx.compiler.Pass}es. No pass changes what a graph computes.
 */
@NullMarked
package dev.sardonyx.compiler;

import org.jspecify.annotations.NullMarked;
