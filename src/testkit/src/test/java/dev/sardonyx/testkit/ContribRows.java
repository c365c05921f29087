package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.f32;

import dev.sardonyx.ir.Contrib;
import java.util.List;

final class ContribRows {
  private ContribRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Contrib.Gelu()).inputs(f32(3, 4)).note("of com.microsoft"),
        OpCase.of(new Contrib.BiasGelu()).inputs(f32(3, 4), f32(4)),
        OpCase.of(new Contrib.QuickGelu(1.702f)).inputs(f32(3, 4)));
  }
}
