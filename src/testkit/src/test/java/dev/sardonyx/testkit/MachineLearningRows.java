package dev.sardonyx.testkit;

import java.util.List;

final class MachineLearningRows {
  private MachineLearningRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
