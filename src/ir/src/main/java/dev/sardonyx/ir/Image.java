package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Resampling, cropping and finding things in pictures. */
public sealed interface Image extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderImage() implements Image {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
