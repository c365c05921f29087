/**
 * Graphs of operators.
 *
 * <p>A {@link dev.sardonyx.ir.Value} is what a {@link dev.sardonyx.ir.Node} computes: an {@link
 * dev.sardonyx.ir.Op} applied to other values. Leaves ({@link dev.sardonyx.ir.Leaf}) are graph
 * inputs, parameters and constants. A {@link dev.sardonyx.ir.Graph} names some inputs and outputs;
 * its nodes are whatever the outputs reach. All of it is immutable.
 *
 * <p>An operator is a record nested in its family's file, such as {@link
 * dev.sardonyx.ir.Activation.LeakyRelu}: its components are its ONNX attributes, {@code infer}
 * gives its result's type, {@code vjp} its gradient. {@link dev.sardonyx.ir.Catalog} finds them
 * all; {@link dev.sardonyx.ir.OpSchema} reads what a record declares.
 *
 * <pre>{@code
 * Value x = Value.input("x", TensorType.parse("float32[N,4]"));
 * Value y = x.matMul(Value.parameter("w", weights)).relu();
 * Graph graph = Graph.of("layer", List.of(x), List.of(y));
 * }</pre>
 */
@NullMarked
package dev.sardonyx.ir;

import org.jspecify.annotations.NullMarked;
