package dev.sardonyx.testkit;

import java.util.List;

final class SignalRows {
  private SignalRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
