package dev.sardonyx.testkit;

import java.util.List;

final class ContribRows {
  private ContribRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
