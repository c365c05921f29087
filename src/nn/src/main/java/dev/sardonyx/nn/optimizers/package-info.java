/**
 * Optimizers, under Keras's names. An {@link dev.sardonyx.nn.optimizers.Optimizer} writes one
 * weight's step as values of the training graph; the base class clips gradients, decays weights and
 * knows the learning rate, a number or a {@link dev.sardonyx.nn.schedules.LearningRateSchedule}.
 */
@NullMarked
package dev.sardonyx.nn.optimizers;

import org.jspecify.annotations.NullMarked;
