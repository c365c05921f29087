/**
 * Learning-rate schedules, under the names of Keras's {@code optimizers.schedules}: functions from
 * the number of steps taken to the learning rate of the next one, computed on the host. Your own is
 * a lambda: {@code adam(step -> 1e-3 / (1 + step))}.
 */
@NullMarked
package dev.sardonyx.nn.schedules;

import org.jspecify.annotations.NullMarked;
