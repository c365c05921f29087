/** What weights are kept to after every step of training, under Keras's names. */
@NullMarked
package dev.sardonyx.nn.constraints;

import org.jspecify.annotations.NullMarked;
