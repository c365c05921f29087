/**
 * What becomes of a graph that a runtime does not run as it is.
 *
 * <ul>
 *   <li>{@link dev.sardonyx.compiler.lowering.KernelTable} is what a runtime says of itself, as
 *       data; {@link dev.sardonyx.compiler.lowering.Kernels} is its reading at one opset.
 *   <li>{@link dev.sardonyx.compiler.lowering.Lower} replaces every operator without a kernel, by a
 *       rule of its own ({@link dev.sardonyx.compiler.lowering.Lowering}), on a wider element type,
 *       or by the operator's own {@linkplain dev.sardonyx.ir.Expandable expansion}.
 * </ul>
 *
 * <p>{@link dev.sardonyx.compiler.Target} puts them together.
 */
@NullMarked
package dev.sardonyx.compiler.lowering;

import org.jspecify.annotations.NullMarked;
