package dev.sardonyx.ir;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the standard says of an operator. Its ONNX name is the record's simple name.
 *
 * <p>Inputs and outputs are names in order, separated by spaces; {@code B?} is optional, {@code
 * data*} stands for one or more, and {@code data*?} for none or more.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Onnx {
  /** The opset of the operator's newest version, whose form the record has. */
  int since();

  /**
   * The oldest opset at which the operator has this same form, apart from attributes that were
   * added and element types that were admitted later: of both the {@link Standard} knows.
   */
  int from() default 13;

  String inputs() default "X";

  String outputs() default "Y";

  String domain() default "";

  /**
   * The default of an attribute: its text, elements of lists separated by commas. An element type
   * is given by its number; no text means that the attribute may be absent, and then is null.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Default {
    String value();
  }

  /** An attribute that files of older opsets cannot have. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Since {
    int value();
  }

  /** The attribute's name in files, where it is not the component's in snake_case. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Name {
    String value();
  }
}
