package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lengths of slices against the standard's definition, carried out element by element. */
class SlicesTest {
  private static final long FAR = Long.MAX_VALUE;
  private static final long[] BOUNDS = {-FAR, -7, -5, -3, -2, -1, 0, 1, 2, 3, 5, 7, FAR};
  private static final long[] STEPS = {-4, -2, -1, 1, 2, 3};

  /** The definition in the documentation of the operator Slice. */
  private static List<Long> taken(long extent, long start, long end, long step) {
    long from = start < 0 ? start + extent : start;
    long to = end < 0 ? end + extent : end;
    from = clamp(from, 0, step > 0 ? extent : extent - 1);
    to = step > 0 ? clamp(to, 0, extent) : clamp(to, -1, extent - 1);
    List<Long> indices = new ArrayList<>();
    for (long i = from; step > 0 ? i < to : i > to; i += step) {
      indices.add(i);
    }
    return indices;
  }

  private static long clamp(long value, long least, long most) {
    return Math.min(Math.max(value, least), most);
  }

  @Test
  void takesTheElementsOfTheDefinition() {
    for (long extent = 0; extent <= 6; extent++) {
      List<Long> all = new ArrayList<>();
      for (long i = 0; i < extent; i++) {
        all.add(i);
      }
      for (long start : BOUNDS) {
        for (long end : BOUNDS) {
          for (long step : STEPS) {
            List<Long> expected = taken(extent, start, end, step);
            Slices.Bounds bounds = Slices.Bounds.of(extent, start, end, step);
            String slice = "%d[%d:%d:%d]".formatted(extent, start, end, step);
            assertEquals(expected, bounds.pick(all), slice);
            assertEquals(expected.stream().min(Long::compare).orElse(0L), bounds.lowest(), slice);
          }
        }
      }
    }
  }

  @Test
  void aSymbolicLengthIsRightForEveryExtent() {
    Dim n = Dim.symbol("N");
    for (long start : BOUNDS) {
      for (long end : BOUNDS) {
        for (long step : STEPS) {
          Dim length = Slices.length(n, Dim.of(start), Dim.of(end), Dim.of(step));
          assertRightForEveryExtent(length, start, end, step);
        }
      }
    }
  }

  private static void assertRightForEveryExtent(Dim length, long start, long end, long step) {
    for (long extent = 0; extent <= 8 && !length.isUnknown(); extent++) {
      Dim there = Dim.parse(length.toString().replace("N", "" + extent));
      assertEquals(
          Dim.of(taken(extent, start, end, step).size()),
          there,
          "%d[%d:%d:%d] by %s".formatted(extent, start, end, step, length));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # extent | start | end   | step | length
          N        | 0     | 99999999999 | 1 | N
          N        | 1     | 99999999999 | 1 | max(N-1,0)
          N        | 0     | -1    | 1  | max(N-1,0)
          N+1      | 1     | N+1   | 1  | N
          N        | 1     | -1    | 1  | max(N-2,0)
          N        | -1    | 99999999999 | 1 | min(N,1)
          N        | 0     | 5     | 1  | min(N,5)
          512      | 0     | S     | 1  | min(S,512)
          N        | 0     | N-1   | 1  | max(N-1,0)
          N        | 99999999999 | -99999999999 | -1 | N
          N        | -1    | -99999999999 | -2 | floor((N+1)/2)
          N        | 0     | M-3   | 1  | ?
          N        | 0     | ?     | 1  | ?
          N        | 0     | 4     | ?  | ?
          ?        | 0     | 4     | 1  | ?
          """)
  void writesLengthsInSymbols(String extent, String start, String end, String step, String length) {
    assertEquals(
        Dim.parse(length),
        Slices.length(Dim.parse(extent), Dim.parse(start), Dim.parse(end), Dim.parse(step)));
  }

  @Test
  void aSymbolicBoundIsRightForEveryPair() {
    Dim n = Dim.symbol("N");
    Dim m = Dim.symbol("M");
    for (long step : new long[] {1, 2, -1}) {
      Dim toM = Slices.length(n, Dim.of(step > 0 ? 1 : -1), m, Dim.of(step));
      Dim fromM = Slices.length(n, m, Dim.of(step > 0 ? FAR : -FAR), Dim.of(step));
      for (long extent = 0; extent <= 6; extent++) {
        for (long bound = 0; bound <= 7; bound++) {
          long start = step > 0 ? 1 : -1;
          assertEquals(
              Dim.of(taken(extent, start, bound, step).size()), at(toM, extent, bound), "" + toM);
          assertEquals(
              Dim.of(taken(extent, bound, step > 0 ? FAR : -FAR, step).size()),
              at(fromM, extent, bound),
              "" + fromM);
        }
      }
    }
  }

  private static Dim at(Dim dim, long n, long m) {
    return Dim.parse(dim.toString().replace("N", "" + n).replace("M", "" + m));
  }
}
