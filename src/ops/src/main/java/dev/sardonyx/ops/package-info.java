/**
 * All operators of ONNX as Java methods, for those that the fluent methods of {@link
 * dev.sardonyx.ir.Value} leave out.
 *
 * <pre>{@code
 * Value y = Ops.conv(x, w).strides(2, 2).pads(1, 1, 1, 1).b(bias).y();
 *
 * LSTM lstm = Ops.lstm(x, weights, recurrence).hiddenSize(8);
 * Value last = lstm.yH();
 * Value cell = lstm.yC();
 * }</pre>
 *
 * <p>What an operator requires is the method's arguments: inputs, then attributes, then inputs of
 * any number. Whatever is optional has a method of its own on what is returned, named as in ONNX,
 * and the standard's default. Each output has one too; the first that is called makes the {@link
 * dev.sardonyx.ir.Node}, once, and mistakes are told for that line.
 *
 * <p>{@link dev.sardonyx.ops.Ops} has the operators of ai.onnx; those of other domains are in
 * packages of their own. The classes are written from the {@link dev.sardonyx.ir.Catalog} while
 * this module is built: an operator that is added there is here too.
 */
@NullMarked
package dev.sardonyx.ops;

import org.jspecify.annotations.NullMarked;
