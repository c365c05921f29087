/** Activation functions under Keras's names. */
@NullMarked
package dev.sardonyx.nn.activations;

import org.jspecify.annotations.NullMarked;
