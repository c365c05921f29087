package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;

import org.junit.jupiter.api.Test;

class FuseConvBatchNormTest {
  private static final String WEIGHTS =
      """
      graph g(x: float32[N,1,4,4]) {
        param w: float32[2,1,1,1] = [1.0, 2.0]
        frozen gamma: float32[2] = [1.0, 2.0]
        frozen beta: float32[2] = [0.5, 0.25]
        frozen mean: float32[2] = [3.0, 4.0]
        frozen var: float32[2] = [1.0, 9.0]
      """;

  @Test
  void scalesTheKernelAndMakesABias() {
    assertThat(new FuseConvBatchNorm())
        .on(
            WEIGHTS
                + """
                    %1 = Conv(x, w)
                    %2 = BatchNormalization<epsilon=0.5>(%1, gamma, beta, mean, var)
                    return y = %2
                  }
                  """)
        .becomes(
            WEIGHTS
                + """
                    %1 = Add(var, 0.5)
                    %2 = Sqrt(%1)
                    %3 = Div(gamma, %2)
                    %4 = Unsqueeze(%3, [1, 2, 3])
                    "w/fused_kernel" = Mul(w, %4)
                    %5 = Neg(mean)
                    %6 = Mul(%5, %3)
                    "w/fused_bias" = Add(%6, beta)
                    %7 = Conv(x, "w/fused_kernel", "w/fused_bias")
                    return y = %7
                  }
                  """);
  }

  @Test
  void leavesAConvolutionThatOthersUse() {
    assertThat(new FuseConvBatchNorm())
        .on(
            WEIGHTS
                + """
                    %1 = Conv(x, w)
                    %2 = BatchNormalization(%1, gamma, beta, mean, var)
                    return y = %2, z = %1
                  }
                  """)
        .doesNotFire();
  }

  @Test
  void leavesAKernelThatIsComputedAtEveryRun() {
    assertThat(new FuseConvBatchNorm())
        .on(
            WEIGHTS.replace("x: float32[N,1,4,4]", "x: float32[N,1,4,4], k: float32[2,1,1,1]")
                + """
                    %1 = Conv(x, k)
                    %2 = BatchNormalization(%1, gamma, beta, mean, var)
                    return y = %2
                  }
                  """)
        .doesNotFire();
  }
}
