package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;

import dev.sardonyx.compiler.scans.MergeScans;
import org.junit.jupiter.api.Test;

class MergeScansTest {
  private static final String TWO =
      """
      graph g(h: float32[3], x: float32[5,3], w: float32[3]) {
        %%1, %%2 = Scan<body=graph scan(s: float32[3], e: float32[3]; w: float32[3]) {
          %%1 = Mul(s, w)
          t = Add(%%1, e)
          return t = t, y = t
        }, num_scan_inputs=1>(h, x, w)
        %%3, %%4 = Scan<body=graph scan(s: float32[3], e: float32[3]; w: float32[3]) {
          %%1 = Mul(s, w)
          t = %s(%%1, e)
          z = Exp(s)
          return t = t, z = z
        }, num_scan_inputs=1, scan_output_directions=[1]>(%s, x, w)
        return t = %%1, y = %%2, z = %%4, u = %%3
      }
      """;

  @Test
  void theSameStatesAreOneScan() {
    assertThat(new MergeScans())
        .on(TWO.formatted("Add", "h"))
        .becomes(
            """
            graph g(h: float32[3], x: float32[5,3], w: float32[3]) {
              %1, %2, %3 = Scan<body=graph scan(state_0: float32[3], element_0: float32[3]; w: float32[3]) {
                %1 = Mul(state_0, w)
                t = Add(%1, element_0)
                %3 = Mul(state_0, w)
                z = Exp(state_0)
                return t = t, output_1 = t, z = z
              }, num_scan_inputs=1, scan_input_axes=[0], scan_input_directions=[0], scan_output_axes=[0,0], scan_output_directions=[0,1]>(h, x, w)
              return t = %1, y = %2, z = %3, u = %1
            }
            """);
  }

  @Test
  void otherStatesAreNot() {
    assertThat(new MergeScans()).on(TWO.formatted("Sub", "h")).doesNotFire();
    assertThat(new MergeScans()).on(TWO.formatted("Add", "w")).doesNotFire();
  }

  /** The second captures what the first gives. */
  @Test
  void oneThatNeedsTheOtherIsNot() {
    assertThat(new MergeScans())
        .on(
            """
            graph g(h: float32[3], x: float32[5,3]) {
              %1 = Scan<body=graph scan(s: float32[3], e: float32[3]) {
                t = Mul(s, e)
                return t = t
              }, num_scan_inputs=1>(h, x)
              %2, %3 = Scan<body=graph scan(s: float32[3], e: float32[3]; last: float32[3]) {
                t = Mul(s, e)
                y = Add(t, last)
                return t = t, y = y
              }, num_scan_inputs=1>(h, x, %1)
              return y = %3
            }
            """)
        .doesNotFire();
  }
}
