package dev.sardonyx.ir;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operator through which no gradient flows, because mathematics says so; or, with {@link
 * #NOT_WRITTEN}, one that cannot be differentiated yet, which then is refused.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NotDifferentiable {
  /** The gradient exists, and nobody has written it. */
  String NOT_WRITTEN = "its gradient is not written yet";

  /** The reason, as the reference prints it. */
  String value();
}
