/**
 * Keras's operations, {@code keras.ops}, as nodes of a model. {@link Operation} is one in a model;
 * the families, such as {@code NumpyReductions}, say in one line each what an operation is called,
 * what it takes and what it computes.
 */
@NullMarked
package dev.sardonyx.nn.ops;

import org.jspecify.annotations.NullMarked;
