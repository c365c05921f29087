/**
 * Layers, one class each, with Keras's names, defaults and layouts.
 *
 * <p>A {@link dev.sardonyx.nn.layers.Layer} has options, set by fluent methods; it makes its {@link
 * dev.sardonyx.nn.layers.Weight}s when it first sees the type of its input, and {@code call} writes
 * its mathematics in {@link dev.sardonyx.ir.Value}s. {@link dev.sardonyx.nn.layers.SymbolicTensor}s
 * are what layers are wired with. A layer of your own is a {@link dev.sardonyx.nn.layers.Lambda} or
 * extends {@link dev.sardonyx.nn.layers.SingleInputLayer} or {@code Layer}. A network from an ONNX
 * file is an {@link dev.sardonyx.nn.layers.OnnxLayer}.
 */
@NullMarked
package dev.sardonyx.nn.layers;

import org.jspecify.annotations.NullMarked;
