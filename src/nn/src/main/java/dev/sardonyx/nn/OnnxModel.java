package dev.sardonyx.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the definition of a model that a build compiles into an ONNX resource: a static method
 * without parameters that returns a {@link Model} and is not private.
 *
 * <pre>{@code
 * @OnnxModel("models/iris")
 * static Model iris() {
 *   return Sequential.of(input(4), dense(16).activation(RELU), dense(3).activation(SOFTMAX));
 * }
 * }</pre>
 *
 * <p>The build calls it once, in a JVM of its own, and writes what {@link Model#export} writes:
 * here {@code models/iris.onnx} at the root of the class path. It calls it again when the classes,
 * the weights or anything else on the class path changed; of other files that a definition reads it
 * does not know.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnnxModel {
  /**
   * The resource's name from the root of the class path, {@code /}-separated and without {@code
   * .onnx}. By default the method's name, in the package of its class.
   */
  String value() default "";

  /**
   * The weights to load before the model is written, as {@link Model#saveWeights} saves them: a
   * file, {@code /}-separated from the module's directory, or a resource on the class path if there
   * is no such file. By default the model keeps the weights that the definition gave it.
   */
  String weights() default "";
}
