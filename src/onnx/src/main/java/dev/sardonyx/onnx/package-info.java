/**
 * Graphs to and from ONNX files.
 *
 * <p>{@link dev.sardonyx.onnx.OnnxFile} reads and writes; {@link dev.sardonyx.onnx.Export} says at
 * which opset. Writing and reading back gives an equal graph, names included; the same graph gives
 * the same bytes on every machine.
 *
 * <p>How a graph lies in a file:
 *
 * <ul>
 *   <li>Parameters are initializers, constants are {@code Constant} nodes. An initializer's
 *       property {@code sardonyx.trainable} is {@code false} for a parameter that does not train.
 *       Read from elsewhere, a float initializer is a trainable parameter and any other a constant,
 *       because shapes and axes are stored so.
 *   <li>A value that nobody has named is called after its operator, {@code Relu$0}, and is nameless
 *       again when read. Of two values of one name the second is called this way; of two nodes of
 *       one name the second has none, because ONNX Runtime wants them distinct.
 *   <li>An output whose value has a name of its own, or is an input, a parameter, or another output
 *       as well, comes from an {@code Identity} with the property {@code sardonyx.output}, which
 *       reading removes.
 *   <li>Weights may lie in files beside the model ({@link dev.sardonyx.onnx.ExternalStorage}); a
 *       constant that does is an initializer with the property {@code sardonyx.constant}. They are
 *       mapped into memory when read, and only from the model's own folder.
 *   <li>The graph's metadata are the model's properties; keys that begin with {@code onnx.graph.}
 *       are the inner graph's properties, and {@code onnx.model.doc_string}, {@code
 *       onnx.model.domain} and {@code onnx.model.version} the model's fields. A node's properties
 *       are its {@code Names}' metadata.
 *   <li>Training information is not looked into: it is carried along as the property {@code
 *       onnx.training_info} of the graph and written back as it was, as long as all that it names
 *       is still there.
 * </ul>
 *
 * <p>What a file may say but changes no result and has no place in a graph is not kept: stored
 * types of intermediate values, quantization annotations, device configurations, denotations,
 * properties of values, document strings of attributes and outputs, and nodes that no output needs.
 * Whatever else is not understood is refused.
 */
@NullMarked
package dev.sardonyx.onnx;

import org.jspecify.annotations.NullMarked;
