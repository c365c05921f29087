package dev.sardonyx.testkit;

import java.util.List;

final class SequencesRows {
  private SequencesRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
