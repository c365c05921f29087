package dev.sardonyx.testkit;

import java.util.List;

final class AttendingRows {
  private AttendingRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
