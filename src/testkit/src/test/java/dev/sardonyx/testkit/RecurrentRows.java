package dev.sardonyx.testkit;

import java.util.List;

final class RecurrentRows {
  private RecurrentRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
