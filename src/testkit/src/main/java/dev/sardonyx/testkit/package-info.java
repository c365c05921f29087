/**
 * What tests are made of.
 *
 * <p>An {@link dev.sardonyx.testkit.OpCase} is one row: an operator and inputs. From it {@link
 * dev.sardonyx.testkit.OpChecks} derives that the inferred types are what ONNX Runtime returns,
 * that the gradient is that of central differences, and that files and text give the same graph
 * back. {@link dev.sardonyx.testkit.Evaluate} runs a graph; {@link dev.sardonyx.testkit.Npz} reads
 * NumPy's archives.
 */
@NullMarked
package dev.sardonyx.testkit;

import org.jspecify.annotations.NullMarked;
