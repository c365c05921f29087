/**
 * Runs compiled models on ONNX Runtime: the small jar that an application ships.
 *
 * <ul>
 *   <li>A {@link dev.sardonyx.runtime.Session} is a loaded model: named tensors in, named tensors
 *       out, from any number of threads.
 *   <li>A {@link dev.sardonyx.runtime.Predictor} runs one again and again with native buffers that
 *       it keeps; it takes and gives plain arrays as well.
 *   <li>A {@link dev.sardonyx.runtime.StatefulSession} carries state from run to run, such as the
 *       weights of a training step or the memory of a recurrent network.
 *   <li>{@link dev.sardonyx.runtime.SessionOptions} says with how many threads and on which {@link
 *       dev.sardonyx.runtime.ExecutionProvider}; {@link dev.sardonyx.runtime.ModelResource} loads a
 *       model from the class path.
 * </ul>
 *
 * <p>Nothing here hands out native memory: a tensor that comes out of a run is an ordinary {@link
 * dev.sardonyx.ir.type.Tensor}. What is refused is a {@link
 * dev.sardonyx.ir.diagnostic.DiagnosticException} with a code that begins with {@code RT}.
 *
 * <p>Strings pass through ONNX Runtime's Java API, which cannot carry the NUL character and
 * characters beyond U+FFFF; they are refused on the way in. Tensors of 8-bit and smaller floats, of
 * 4-bit and smaller integers and of complex numbers exist inside models only.
 */
@NullMarked
package dev.sardonyx.runtime;

import org.jspecify.annotations.NullMarked;
