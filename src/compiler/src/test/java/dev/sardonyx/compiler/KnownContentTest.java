package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;

import org.junit.jupiter.api.Test;

class KnownContentTest {
  @Test
  void shapeArithmeticOnFixedShapesVanishes() {
    assertThat(new KnownContent())
        .on(
            """
            graph g(x: float32[8,3]) {
              %1 = Shape(x)
              %2 = Concat<axis=0>(%1, [1])
              %3 = Reshape(x, %2)
              return y = %3
            }
            """)
        .becomes(
            """
            graph g(x: float32[8,3]) {
              %1 = Reshape(x, [8, 3, 1])
              return y = %1
            }
            """);
  }

  @Test
  void numbersBeyondThoseOfADoubleAreExact() {
    assertThat(new KnownContent())
        .on(
            """
            graph g(x: float32[8,3]) {
              %1 = Concat<axis=0>([9007199254740993], [9223372036854775807])
              return y = %1
            }
            """)
        .becomes(
            """
            graph g(x: float32[8,3]) {
              return y = [9007199254740993, 9223372036854775807]
            }
            """);
  }

  @Test
  void aSymbolicExtentStays() {
    assertThat(new KnownContent())
        .on(
            """
            graph g(x: float32[N,3]) {
              %1 = Shape(x)
              return y = %1
            }
            """)
        .doesNotFire();
  }
}
