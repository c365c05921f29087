package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;

import org.junit.jupiter.api.Test;

class TransposeRulesTest {
  @Test
  void mergesTwoTransposes() {
    assertThat(new MergeTransposes())
        .on(
            """
            graph g(x: float32[A,B,C]) {
              %1 = Transpose<perm=[1,2,0]>(x)
              %2 = Transpose<perm=[1,0,2]>(%1)
              return y = %2
            }
            """)
        .becomes(
            """
            graph g(x: float32[A,B,C]) {
              %1 = Transpose<perm=[2,1,0]>(x)
              return y = %1
            }
            """);
  }

  @Test
  void leavesASingleTranspose() {
    assertThat(new MergeTransposes())
        .on(
            """
            graph g(x: float32[A,B]) {
              %1 = Transpose(x)
              return y = %1
            }
            """)
        .doesNotFire();
  }

  @Test
  void pairsMeetThroughElementwiseOperators() {
    assertThat(new Simplify(new EliminateIdentity(), new MergeTransposes(), new SinkTranspose()))
        .on(
            """
            graph g(x: float32[N,C,H,W], b: float32[N,C,H,W]) {
              %1 = Transpose<perm=[0,2,3,1]>(x)
              %2 = Transpose<perm=[0,2,3,1]>(b)
              %3 = Add(%1, %2)
              %4 = Mul(%3, 2.0)
              %5 = Relu(%4)
              %6 = Transpose<perm=[0,3,1,2]>(%5)
              return y = %6
            }
            """)
        .becomes(
            """
            graph g(x: float32[N,C,H,W], b: float32[N,C,H,W]) {
              %1 = Add(x, b)
              %2 = Mul(%1, 2.0)
              %3 = Relu(%2)
              return y = %3
            }
            """);
  }

  @Test
  void doesNotSinkWhatOthersUse() {
    assertThat(new SinkTranspose())
        .on(
            """
            graph g(x: float32[A,B]) {
              %1 = Transpose(x)
              %2 = Relu(%1)
              return y = %2, z = %1
            }
            """)
        .doesNotFire();
  }

  @Test
  void doesNotSinkBesideAVector() {
    assertThat(new SinkTranspose())
        .on(
            """
            graph g(x: float32[3,A]) {
              %1 = Transpose<perm=[1,0]>(x)
              %2 = Mul(%1, [1.0, 2.0, 3.0])
              return y = %2
            }
            """)
        .doesNotFire();
  }
}
