/**
 * The product held to reference cases: {@link dev.sardonyx.cli.product.ProductWorker} is the
 * process that runs them, a {@code ProductRunner} chooses the runner of a case's layout, and {@code
 * Product} is the way from a graph to results that all of them go.
 */
@NullMarked
package dev.sardonyx.cli.product;

import org.jspecify.annotations.NullMarked;
