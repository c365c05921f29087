package dev.sardonyx.testkit;

import java.util.List;

final class StringsRows {
  private StringsRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
