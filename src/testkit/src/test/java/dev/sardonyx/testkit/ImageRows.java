package dev.sardonyx.testkit;

import java.util.List;

final class ImageRows {
  private ImageRows() {}

  static List<OpCase> rows() {
    return List.of();
  }
}
