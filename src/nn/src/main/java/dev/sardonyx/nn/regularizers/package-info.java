/** Penalties on weights, added to the loss, under Keras's names. */
@NullMarked
package dev.sardonyx.nn.regularizers;

import org.jspecify.annotations.NullMarked;
