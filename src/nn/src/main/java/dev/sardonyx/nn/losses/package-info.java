/**
 * Losses, under Keras's names: what a model is trained to make small.
 *
 * <p>A {@link dev.sardonyx.nn.losses.Loss} writes what one sample costs; the base class checks the
 * targets, applies weights and reduces. Cross-entropies work on logits wherever they can find them.
 */
@NullMarked
package dev.sardonyx.nn.losses;

import org.jspecify.annotations.NullMarked;
