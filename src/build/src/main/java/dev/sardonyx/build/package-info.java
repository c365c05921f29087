/**
 * Compiles a module's model definitions to ONNX resources. This is what the plugin of a build tool
 * calls; nothing here knows any such tool.
 *
 * <p>{@link dev.sardonyx.build.ModelCompiler} takes a {@link dev.sardonyx.build.CompileRequest} and
 * gives a {@link dev.sardonyx.build.CompileResult}:
 *
 * <ol>
 *   <li>{@link dev.sardonyx.build.Definitions} finds the methods that carry {@link
 *       dev.sardonyx.nn.OnnxModel} in the bytes of the class files. No class is loaded for that.
 *   <li>{@link dev.sardonyx.build.Fingerprint} sums up all that they depend on. If the {@link
 *       dev.sardonyx.build.Index} of the last run has the same one, that is all.
 *   <li>{@link dev.sardonyx.build.Workbench} starts a JVM with the module's class path ({@link
 *       dev.sardonyx.build.Fork}), in which {@link dev.sardonyx.build.Worker} calls the definitions
 *       and writes the models. The two talk through files of {@link dev.sardonyx.build.Message}s.
 *   <li>{@link dev.sardonyx.build.Outputs} moves the models to their places if all of them are
 *       made: files that stay the same are not touched, and those of earlier runs are removed.
 * </ol>
 *
 * <p>What is wrong with a definition is a {@link dev.sardonyx.build.Problem}: a diagnostic and the
 * source file that it points into.
 */
@NullMarked
package dev.sardonyx.build;

import org.jspecify.annotations.NullMarked;
