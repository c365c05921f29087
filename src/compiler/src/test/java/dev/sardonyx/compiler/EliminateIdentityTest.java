package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;

import org.junit.jupiter.api.Test;

class EliminateIdentityTest {
  @Test
  void removesWhatComputesItsOwnInput() {
    assertThat(new EliminateIdentity())
        .on(
            """
            graph g(x: float32[N,4]) {
              %1 = Identity(x)
              %2 = Mul(%1, 1.0)
              %3 = Sub(%2, 0.0)
              %4 = Cast<to=1>(%3)
              %5 = Transpose<perm=[0,1]>(%4)
              %6 = Concat<axis=1>(%5)
              %7 = Relu(%6)
              return y = %7
            }
            """)
        .becomes(
            """
            graph g(x: float32[N,4]) {
              %1 = Relu(x)
              return y = %1
            }
            """);
  }

  @Test
  void removesReshapeToTheSameFixedShape() {
    assertThat(new EliminateIdentity())
        .on(
            """
            graph g(x: float32[2,4]) {
              %1 = Reshape(x, [2, -1])
              %2 = Relu(%1)
              return y = %2
            }
            """)
        .becomes(
            """
            graph g(x: float32[2,4]) {
              %1 = Relu(x)
              return y = %1
            }
            """);
  }

  @Test
  void keepsAdditionOfZeroWhichTurnsMinusZeroIntoZero() {
    assertThat(new EliminateIdentity())
        .on(
            """
            graph g(x: float32[4]) {
              %1 = Add(x, 0.0)
              return y = %1
            }
            """)
        .doesNotFire();
  }

  @Test
  void keepsAProductThatBroadcasts() {
    assertThat(new EliminateIdentity())
        .on(
            """
            graph g(x: float32[]) {
              %1 = Mul(x, [1.0, 1.0])
              return y = %1
            }
            """)
        .doesNotFire();
  }
}
