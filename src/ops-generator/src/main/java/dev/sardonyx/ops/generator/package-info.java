/**
 * Writes the sources of {@code dev.sardonyx.ops}, a class for each operator of the catalogue, while
 * that module is built. {@link dev.sardonyx.ops.generator.OpsGenerator} is where it starts.
 */
@NullMarked
package dev.sardonyx.ops.generator;

import org.jspecify.annotations.NullMarked;
