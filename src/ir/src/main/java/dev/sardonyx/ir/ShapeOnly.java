package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator that takes part in computing shapes: given what is known of the contents of its
 * integer inputs ({@link Inference#content}), it says what is known of its result's.
 */
public interface ShapeOnly {
  /** The elements of the scalar or vector result, in symbols where need be; null if not known. */
  @Nullable List<Dim> fold(Inference in);
}
