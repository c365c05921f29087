package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;

import org.junit.jupiter.api.Test;

class ShareCommonTest {
  @Test
  void computesEqualNodesOnce() {
    assertThat(new ShareCommon())
        .on(
            """
            graph g(x: float32[N]) {
              %1 = Exp(x)
              %2 = Exp(x)
              %3 = Mul(%1, 2.0)
              %4 = Mul(%2, 2.0)
              %5 = Add(%3, %4)
              return y = %5
            }
            """)
        .becomes(
            """
            graph g(x: float32[N]) {
              %1 = Exp(x)
              %2 = Mul(%1, 2.0)
              %3 = Add(%2, %2)
              return y = %3
            }
            """);
  }

  @Test
  void tellsAttributesApart() {
    assertThat(new ShareCommon())
        .on(
            """
            graph g(x: float32[N]) {
              %1 = Elu<alpha=0.5>(x)
              %2 = Elu(x)
              %3 = Add(%1, %2)
              return y = %3
            }
            """)
        .doesNotFire();
  }

  @Test
  void randomOperatorsAreTwo() {
    assertThat(new ShareCommon())
        .on(
            """
            graph g(x: float32[N]) {
              %1 = RandomUniformLike(x)
              %2 = RandomUniformLike(x)
              %3 = Add(%1, %2)
              return y = %3
            }
            """)
        .doesNotFire();
  }
}
