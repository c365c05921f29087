/**
 * What a value is: an {@link dev.sardonyx.ir.type.ElementType}, a {@link
 * dev.sardonyx.ir.type.Shape} of fixed or symbolic {@link dev.sardonyx.ir.type.Dim}s, together a
 * {@link dev.sardonyx.ir.type.TensorType}; and {@link dev.sardonyx.ir.type.Tensor}, data of such a
 * type in the host's memory. This package knows nothing of graphs, so that an application which
 * only runs models ships only this.
 */
@NullMarked
package dev.sardonyx.ir.type;

import org.jspecify.annotations.NullMarked;
