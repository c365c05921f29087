/**
 * Networks as a Keras user knows them.
 *
 * <pre>{@code
 * Model model = Sequential.of(input(4), dense(16).activation(RELU), dense(3).activation(SOFTMAX));
 * model.compile(adam(0.01), sparseCategoricalCrossentropy(), accuracy());
 * model.fit(x, y, epochs(100).batchSize(16));
 * Tensor probabilities = model.predict(x);
 * model.export(Path.of("iris.onnx"));
 * }</pre>
 *
 * <p>A {@link dev.sardonyx.nn.Model} is layers and their wiring. {@link dev.sardonyx.nn.Lowering}
 * turns it into a graph; {@link dev.sardonyx.nn.TrainingGraphs} adds loss, gradients and optimizer,
 * so that a training step is one graph of standard operators; {@link dev.sardonyx.nn.Trainer} runs
 * it.
 */
@NullMarked
package dev.sardonyx.nn;

import org.jspecify.annotations.NullMarked;
