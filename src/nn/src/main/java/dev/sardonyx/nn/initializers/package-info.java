/** How weights begin, under Keras's names. */
@NullMarked
package dev.sardonyx.nn.initializers;

import org.jspecify.annotations.NullMarked;
