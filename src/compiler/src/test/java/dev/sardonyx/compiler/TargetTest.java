package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Strings.StringNormalizer;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.ElementType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final Pass CPU = graph -> Target.onnxRuntime129Cpu().prepare(graph).graph();

  @Test
  void addsInFloat32WhatHasNoKernelOnBfloat16() {
    assertThat(CPU)
        .on(
            """
            graph g(x: bfloat16[N,4], y: bfloat16[4]) {
              sum = Add(x, y)
              return y = sum
            }
            """)
        .becomes(
            """
            graph g(x: bfloat16[N,4], y: bfloat16[4]) {
              %1 = Cast<to=1>(x)
              %2 = Cast<to=1>(y)
              %3 = Add(%1, %2)
              sum = Cast<to=16>(%3)
              return y = sum
            }
            """);
  }

  @Test
  void keepsZerosBeforeAPoolOfMaximaFromTheOptimizer() {
    assertThat(CPU)
        .on(
            """
            graph g(x: float32[N,3,4,4]) {
              border = Pad(x, [0, 0, 1, 1, 0, 0, 1, 1])
              pool = MaxPool<kernel_shape=[3, 3], strides=[2, 2]>(border)
              return y = pool
            }
            """)
        .becomes(
            """
            graph g(x: float32[N,3,4,4]) {
              %1 = Pad(x, [0, 0, 1, 1, 0, 0, 1, 1], _, [0, 1, 2, 3])
              pool = MaxPool<kernel_shape=[3, 3], strides=[2, 2]>(%1)
              return y = pool
            }
            """);
  }

  @Test
  void castsOnlyTheInputsThatAKernelDoesNotTake() {
    assertThat(CPU)
        .on(
            """
            graph g(c: bool[4], x: bool[4], n: uint32[4], f: float32[4]) {
              %1 = Where(c, x, c)
              %2 = Pow(f, n)
              return a = %1, b = %2
            }
            """)
        .becomes(
            """
            graph g(c: bool[4], x: bool[4], n: uint32[4], f: float32[4]) {
              %1 = Cast<to=2>(x)
              %2 = Cast<to=2>(c)
              %3 = Where(c, %1, %2)
              %4 = Cast<to=9>(%3)
              %5 = Cast<to=7>(n)
              %6 = Pow(f, %5)
              return a = %4, b = %6
            }
            """);
  }

  @Test
  void neverTrainsABatchNormalizationInTheKernelThatWritesOverItsInputs() {
    assertThat(CPU)
        .on(
            """
            graph g(x: float32[N,3], s: float32[3], b: float32[3], m: float32[3], v: float32[3]) {
              %1, %2 = BatchNormalization<momentum=0.5, training_mode=1>(x, s, b, m, v)
              return y = %1, mean = %2
            }
            """)
        .becomes(
            """
            graph g(x: float32[N,3], s: float32[3], b: float32[3], m: float32[3], v: float32[3]) {
              %1 = ReduceMean(x, [0])
              %2 = Sub(x, %1)
              %3 = Mul(%2, %2)
              %4 = ReduceMean(%3, [0])
              %5 = Add(%4, 0.00001)
              %6 = Sqrt(%5)
              %7 = Reciprocal(%6)
              %8 = Mul(s, %7)
              %9 = Mul(%2, %8)
              %10 = Add(%9, b)
              %11 = Mul(m, 0.5)
              %12 = Reshape(%1, [-1])
              %13 = Mul(%12, 0.5)
              %14 = Add(%11, %13)
              return y = %10, mean = %14
            }
            """);
  }

  @Test
  void leavesAloneWhatRuns() {
    assertThat(CPU)
        .on(
            """
            graph g(x: float32[N,4], q: int8[4]) {
              %1 = Relu(x)
              %2 = Add(%1, %1)
              %3 = Cast<to=1>(q)
              return a = %2, b = %3
            }
            """)
        .doesNotFire();
  }

  /** ONNX Runtime's shape functions want extents that its kernels do not need. */
  @Test
  void saysInOthersWhatIsRefusedForAnUnknownExtent() {
    String text =
        """
        graph g(ids: int32[N,S], words: float32[50,%s], at: float32[9,8], w: float32[8]) {
          %%1, %%2 = com.microsoft.EmbedLayerNormalization(ids, _, words, at, _, w, w)
          return y = %%1
        }
        """;
    assertThat(CPU).on(text.formatted("8")).doesNotFire();
    assertFalse(printed(text.formatted("D")).contains("EmbedLayer"));
    String one = text.replace("%%1, %%2", "%%1");
    assertFalse(printed(one.formatted("8")).contains("EmbedLayer"));
    String unmasked = one.replace("Normalization(", "Normalization<mask_index_type=0>(");
    assertThat(CPU).on(unmasked.formatted("8")).doesNotFire();
    String product =
        """
        graph g(x: float32[M,16], w: uint8[3,1,8], s: float32[3], b: float32[%s]) {
          %%1 = com.microsoft.MatMulNBits<K=16, N=3, block_size=16>(x, w, s, _, _, b)
          return y = %%1
        }
        """;
    assertThat(CPU).on(product.formatted("3")).doesNotFire();
    assertFalse(printed(product.formatted("B")).contains("MatMulNBits"));
  }

  private static String printed(String text) {
    return GraphText.print(CPU.run(GraphText.parse(text, "test")));
  }

  @Test
  void takesTheTypeOfRandomNumbersForGiven() {
    assertThat(CPU)
        .on(
            """
            graph g() {
              %1 = RandomNormal<dtype=10, shape=[4]>()
              return a = %1
            }
            """)
        .becomes(
            """
            graph g() {
              %1 = RandomNormal<dtype=1, shape=[4]>()
              %2 = Cast<to=10>(%1)
              return a = %2
            }
            """);
  }

  @Test
  void takesHalfTheRangeOffToOrderUnsignedNumbers() {
    assertThat(CPU)
        .on(
            """
            graph g(x: uint64[4]) {
              values, indices = TopK<axis=0>(x, [2])
              return v = values, i = indices
            }
            """)
        .becomes(
            """
            graph g(x: uint64[4]) {
              %1 = Cast<to=7>(x)
              %2 = -9223372036854775808
              %3 = Sub(%1, %2)
              %4, indices = TopK<axis=0>(%3, [2])
              %5 = Sub(%4, %2)
              values = Cast<to=13>(%5)
              return v = values, i = indices
            }
            """);
  }

  @Test
  void padsWhatIsUnpooledIntoAShape() {
    assertThat(CPU)
        .on(
            """
            graph g(x: float32[1,1,2,2], i: int64[1,1,2,2], shape: int64[4]) {
              %1 = MaxUnpool<kernel_shape=[2,2], strides=[2,2]>(x, i, shape)
              return y = %1
            }
            """)
        .becomes(
            """
            graph g(x: float32[1,1,2,2], i: int64[1,1,2,2], shape: int64[4]) {
              %1 = MaxUnpool<kernel_shape=[2,2], strides=[2,2]>(x, i)
              %2 = Shape(%1)
              %3 = Sub(shape, %2)
              %4 = Sub(%3, %3)
              %5 = Concat<axis=0>(%4, %3)
              %6 = Pad(%1, %5)
              return y = %6
            }
            """);
  }

  @Test
  void carriesSmallIntegersAsTheirCodes() {
    assertThat(CPU)
        .on(
            """
            graph g(x: int2[N,4]) {
              t = Transpose<perm=[1,0]>(x)
              y = Cast<to=1>(t)
              return t = t, y = y
            }
            """)
        .becomes(
            """
            graph g(x: uint8[N,4]) {
              meta "sardonyx.input.x" = "int2[N,4]"
              meta "sardonyx.output.t" = "int2[4,N]"
              t = Transpose<perm=[1,0]>(x)
              %1 = Cast<to=6>(t)
              y = Gather<axis=0>([0.0, 1.0, -2.0, -1.0], %1)
              return t = t, y = y
            }
            """);
  }

  @Test
  void cutsIntegersToTheirLowestBits() {
    assertThat(CPU)
        .on(
            """
            graph g(x: float32[N]) {
              y = Cast<to=22>(x)
              return y = y
            }
            """)
        .becomes(
            """
            graph g(x: float32[N]) {
              meta "sardonyx.output.y" = "int4[N]"
              %1 = Cast<to=6>(x)
              %2 = Mod(%1, int32[] 16)
              y = Cast<to=2>(%2)
              return y = y
            }
            """);
  }

  @Test
  void writesAtOpset18UnlessAnOperatorHasNoKernelThere() {
    assertEquals(18, opset("%1 = Relu(x)"));
    assertEquals(20, opset("%1 = Gelu(x)"));
    // At 22 RandomUniformLike has no kernel, and nothing here needs 22.
    assertEquals(18, opset("%1 = RandomUniformLike(x)"));
  }

  @Test
  void choosesTheOpsetWhereCastsWillDoOverOneWithoutTheOperator() {
    String text =
        """
        graph g(q: float16[1,2,4,8]) {
          y = Attention(q, q, q)
          return y = y
        }
        """;
    Target.Prepared cpu = Target.onnxRuntime129Cpu().prepare(GraphText.parse(text, "text"));
    assertEquals(23, cpu.opset());
    assertEquals(ElementType.FLOAT32, cpu.graph().outputs().get(0).node().input(0).element());
  }

  private static int opset(String statement) {
    String text = "graph g(x: float32[4]) {\n  " + statement + "\n  return y = %1\n}\n";
    return Target.onnxRuntime129Cpu().prepare(GraphText.parse(text, "text")).opset();
  }

  @Test
  void keepsOnnxRuntimeFromFusingSiluWhereItHasNoKernel() {
    assertThat(CPU)
        .on(
            """
            graph g(x: float64[N], f: float32[N]) {
              %1 = Sigmoid(x)
              %2 = Mul(x, %1)
              %3 = Mul(x, x)
              %4 = Sigmoid(%3)
              y = Mul(%4, x)
              %5 = Sigmoid(f)
              z = Mul(f, %5)
              return y = y, z = z, w = %2
            }
            """)
        .becomes(
            """
            graph g(x: float64[N], f: float32[N]) {
              %1 = Mul(x, x)
              %2 = Neg(%1)
              %3 = Exp(%2)
              %4 = Add(%3, float64[] 1.0)
              y = Div(x, %4)
              %5 = Sigmoid(f)
              z = Mul(f, %5)
              %6 = Neg(x)
              %7 = Exp(%6)
              %8 = Add(%7, float64[] 1.0)
              %9 = Div(x, %8)
              return y = y, z = z, w = %9
            }
            """);
  }

  @Test
  void namesTheLocaleOnThisMachineOnly() {
    String text =
        "graph g(x: string[4]) {\n"
            + "  %1 = StringNormalizer<case_change_action=\"UPPER\">(x)\n"
            + "  return y = %1\n"
            + "}\n";
    Graph graph = GraphText.parse(text, "text");
    Target files = Target.onnxRuntime129Cpu();
    assertNull(locale(files.prepare(graph).graph()));
    boolean linux = System.getProperty("os.name").startsWith("Linux");
    assertEquals(linux ? "C.UTF-8" : null, locale(files.here().prepare(graph).graph()));
  }

  private static @Nullable String locale(Graph graph) {
    return ((StringNormalizer) graph.outputs().get(0).node().op()).locale();
  }

  @Test
  void refusesByNameWhatCannotBeSaidInOthers() {
    String text = "graph g(x: uint64[4]) {\n  %1 = ArgMax(x)\n  return y = %1\n}\n";
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> Target.onnxRuntime129Cpu().prepare(GraphText.parse(text, "text")));
    assertEquals("GRAPH-020", e.diagnostic().code());
  }
}
