package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;

import dev.sardonyx.compiler.scans.HoistFromScans;
import org.junit.jupiter.api.Test;

class HoistFromScansTest {
  @Test
  void whatNeedsNoStateIsComputedBeforeTheScan() {
    assertThat(new HoistFromScans())
        .on(
            """
            graph g(h: float32[2,3], x: float32[5,2,4], w: float32[4,3], b: float32[3]) {
              %1, %2 = Scan<body=graph scan(s: float32[2,3], e: float32[2,4]; w: float32[4,3], b: float32[3]) {
                %1 = MatMul(e, w)
                %2 = Add(%1, b)
                %3 = Add(s, %2)
                t = Tanh(%3)
                return t = t, y = t
              }, num_scan_inputs=1>(h, x, w, b)
              return y = %2
            }
            """)
        .becomes(
            """
            graph g(h: float32[2,3], x: float32[5,2,4], w: float32[4,3], b: float32[3]) {
              %1 = MatMul(x, w)
              %2 = Add(%1, b)
              %3, %4 = Scan<body=graph scan(state_0: float32[2,3], element_0: float32[2,3]) {
                %1 = Add(state_0, element_0)
                t = Tanh(%1)
                return t = t, output_1 = t
              }, num_scan_inputs=1, scan_input_axes=[0], scan_input_directions=[0], scan_output_axes=[0], scan_output_directions=[0]>(h, %2)
              return y = %4
            }
            """);
  }

  @Test
  void whatNoTurnWaitsForIsComputedBehindTheScan() {
    assertThat(new HoistFromScans())
        .on(
            """
            graph g(h: float32[2,3], x: float32[5,2,3], w: float32[3,4]) {
              %1, %2 = Scan<body=graph scan(s: float32[2,3], e: float32[2,3]; w: float32[3,4]) {
                t = Mul(s, e)
                %2 = MatMul(t, w)
                y = Relu(%2)
                return t = t, y = y
              }, num_scan_inputs=1>(h, x, w)
              return y = %2
            }
            """)
        .becomes(
            """
            graph g(h: float32[2,3], x: float32[5,2,3], w: float32[3,4]) {
              %1, %2 = Scan<body=graph scan(state_0: float32[2,3], element_0: float32[2,3]) {
                t = Mul(state_0, element_0)
                return t = t, output_1 = t
              }, num_scan_inputs=1, scan_input_axes=[0], scan_input_directions=[0], scan_output_axes=[0], scan_output_directions=[0]>(h, x)
              %3 = MatMul(%2, w)
              %4 = Relu(%3)
              return y = %4
            }
            """);
  }

  /** From the last element to the first, as gradients go: what is collected lies as the rest. */
  @Test
  void aSumOfProductsIsOneProduct() {
    assertThat(new HoistFromScans())
        .on(
            """
            graph g(h: float32[2,3], w0: float32[4,3], x: float32[5,2,4], b0: float32[3]) {
              %1, %2, %3 = Scan<body=graph scan(s: float32[2,3], w: float32[4,3], b: float32[3], e: float32[2,4]) {
                t = Tanh(s)
                %2 = Gemm<transA=1>(e, t)
                %3 = Add(w, %2)
                %4 = ReduceSum<keepdims=0>(t, [0])
                %5 = Add(b, %4)
                return t = t, w1 = %3, b1 = %5
              }, num_scan_inputs=1, scan_input_directions=[1]>(h, w0, b0, x)
              return w = %2, b = %3
            }
            """)
        .becomes(
            """
            graph g(h: float32[2,3], w0: float32[4,3], x: float32[5,2,4], b0: float32[3]) {
              %1 = Flatten<axis=2>(x)
              %2, %3 = Scan<body=graph scan(state_0: float32[2,3], element_0: float32[2,4]) {
                t = Tanh(state_0)
                return t = t, output_1 = t
              }, num_scan_inputs=1, scan_input_axes=[0], scan_input_directions=[1], scan_output_axes=[0], scan_output_directions=[1]>(h, x)
              %4 = Flatten<axis=2>(%3)
              %5 = Gemm<transA=1>(%1, %4)
              %6 = Add(w0, %5)
              %7 = ReduceSum<keepdims=0>(%3, [0, 1])
              %8 = Add(b0, %7)
              return w = %6, b = %8
            }
            """);
  }

  @Test
  void aSumThatIsReadStaysAState() {
    assertThat(new HoistFromScans())
        .on(
            """
            graph g(w0: float32[3,3], x: float32[5,2,3]) {
              %1 = Scan<body=graph scan(w: float32[3,3], e: float32[2,3]) {
                %1 = MatMul(e, w)
                %2 = Gemm<transA=1>(e, %1)
                %3 = Add(w, %2)
                return w1 = %3
              }, num_scan_inputs=1>(w0, x)
              return w = %1
            }
            """)
        .doesNotFire();
  }

  @Test
  void nothingIsLeftOfAScanWithoutStates() {
    assertThat(new HoistFromScans())
        .on(
            """
            graph g(x: float32[5,2,3], z: float32[5,3]) {
              %1 = Scan<body=graph scan(e: float32[2,3], f: float32[3]) {
                %1 = Transpose(e)
                %2 = Exp(f)
                %3 = Unsqueeze(%2, [1])
                %4 = Sub(%1, %3)
                return y = %4
              }, num_scan_inputs=2>(x, z)
              return y = %1
            }
            """)
        .becomes(
            """
            graph g(x: float32[5,2,3], z: float32[5,3]) {
              %1 = Transpose<perm=[0,2,1]>(x)
              %2 = Exp(z)
              %3 = Unsqueeze(%2, [2])
              %4 = Sub(%1, %3)
              return y = %4
            }
            """);
  }

  /** The factors that do not wait for the state meet each other. */
  @Test
  void productsAreRegrouped() {
    assertThat(new HoistFromScans())
        .on(
            """
            graph g(h: float32[2,3], x: float32[5,2,3], z: float32[5,2,3]) {
              %1, %2 = Scan<body=graph scan(s: float32[2,3], e: float32[2,3], f: float32[2,3]) {
                t = Tanh(s)
                %2 = Mul(t, e)
                %3 = Mul(%2, f)
                %4 = Neg(%3)
                %5 = Mul(s, f)
                %6 = Concat<axis=1>(%4, %5)
                return t = t, y = %6
              }, num_scan_inputs=2>(h, x, z)
              return y = %2
            }
            """)
        .becomes(
            """
            graph g(h: float32[2,3], x: float32[5,2,3], z: float32[5,2,3]) {
              %1, %2 = Scan<body=graph scan(state_0: float32[2,3], element_0: float32[2,3]) {
                t = Tanh(state_0)
                %2 = Concat<axis=1>(t, state_0)
                return t = t, output_1 = %2
              }, num_scan_inputs=1, scan_input_axes=[0], scan_input_directions=[0], scan_output_axes=[0], scan_output_directions=[0]>(h, x)
              %3 = Mul(x, z)
              %4 = Neg(%3)
              %5 = Concat<axis=2>(%4, z)
              %6 = Mul(%2, %5)
              return y = %6
            }
            """);
  }

  @Test
  void drawsStayInTheirTurn() {
    assertThat(new HoistFromScans())
        .on(
            """
            graph g(h: float32[2,3], x: float32[5,2,3]) {
              %1 = Scan<body=graph scan(s: float32[2,3], e: float32[2,3]) {
                %1 = RandomNormalLike(e)
                %2 = Add(s, %1)
                return t = %2
              }, num_scan_inputs=1>(h, x)
              return y = %1
            }
            """)
        .doesNotFire();
  }

  @Test
  void elementsThatRunTheOtherWayStay() {
    assertThat(new HoistFromScans())
        .on(
            """
            graph g(h: float32[3], x: float32[5,3], z: float32[5,3], u: float32[3,5]) {
              %1 = Scan<body=graph scan(s: float32[3], e: float32[3], f: float32[3], c: float32[3]) {
                %1 = Exp(f)
                %2 = Mul(%1, e)
                %3 = Mul(%2, c)
                %4 = Mul(s, %3)
                return t = %4
              }, num_scan_inputs=3, scan_input_axes=[0,0,1], scan_input_directions=[0,1,0]>(h, x, z, u)
              return y = %1
            }
            """)
        .doesNotFire();
  }
}
