package dev.sardonyx.testkit;

import java.util.List;

final class ControlFlowRows {
  private ControlFlowRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
