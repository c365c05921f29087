package dev.sardonyx.ir;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operator whose one result is a formula in other operators. */
public interface Formula extends Expandable {
  /** The result in terms of other operators; null where this application has no formula. */
  @Nullable Value formula(Expansion e);

  @Override
  default @Nullable List<@Nullable Value> expand(Expansion e) {
    Value result = formula(e);
    return result == null ? null : Collections.singletonList(result);
  }
}
