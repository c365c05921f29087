/** Callbacks for {@code fit}, under Keras's names. */
@NullMarked
package dev.sardonyx.nn.callbacks;

import org.jspecify.annotations.NullMarked;
