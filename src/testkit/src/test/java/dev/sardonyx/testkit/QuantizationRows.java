package dev.sardonyx.testkit;

import java.util.List;

final class QuantizationRows {
  private QuantizationRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
