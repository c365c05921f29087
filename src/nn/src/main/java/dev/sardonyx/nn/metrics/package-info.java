/**
 * Metrics, under Keras's names: what is reported of a model, summed over batches.
 *
 * <p>Most are the mean of a number per sample, {@link dev.sardonyx.nn.metrics.MeanMetric}. {@link
 * dev.sardonyx.nn.metrics.Accuracy#accuracy} picks the accuracy that fits targets and predictions.
 */
@NullMarked
package dev.sardonyx.nn.metrics;

import org.jspecify.annotations.NullMarked;
