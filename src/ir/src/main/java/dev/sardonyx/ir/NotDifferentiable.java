package dev.sardonyx.ir;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an operator through which no gradient flows, because mathematics says so. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NotDifferentiable {
  /** The reason, as the reference prints it. */
  String value();
}
