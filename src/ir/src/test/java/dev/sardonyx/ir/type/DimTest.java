package dev.sardonyx.ir.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimTest {
  private static final Dim N = Dim.symbol("N");
  private static final Dim M = Dim.symbol("M");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # written               | normal form
          1+N                     | N+1
          N+N                     | 2*N
          N-N                     | 0
          (N+1)*(N-1)             | N*N-1
          M*N-N*M+3               | 3
          2*N+M+N*M+1             | M*N+M+2*N+1
          -N                      | -N
          floor((4*N)/2)          | 2*N
          floor((2*N+1)/2)        | floor((2*N+1)/2)
          floor((W-3)/2)+1        | floor((W-3)/2)+1
          max(N,N+2)              | N+2
          max(N,0)                | N
          min(N+3,2)              | 2
          min(M,N)                | min(M,N)
          min(N,M)                | min(M,N)
          ?+1                     | ?
          0*?                     | 0
          """)
  void hasOneNormalForm(String written, String normal) {
    assertEquals(normal, Dim.parse(written).toString());
    assertEquals(Dim.parse(written), Dim.parse(normal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "7",
        "-3",
        "N",
        "?",
        "unk__12",
        "batch_size",
        "N+1",
        "2*N*N-3*M+5",
        "floor((N+1)/2)",
        "floor(N/M)",
        "floor((3*N)/(M+1))",
        "max(M,N)-min(2,M)",
        "floor((max(0,N-1)+1)/2)",
        "'batch size'+1",
        "2*'it''s'",
        "max('a, b',c)",
        "floor('x/y'/2)"
      })
  void isReadAsItIsWritten(String text) {
    Dim dim = Dim.parse(text);
    assertEquals(dim, Dim.parse(dim.toString()));
    assertEquals(text, dim.toString());
  }

  @Test
  void randomExpressionsAreReadAsTheyAreWritten() {
    Random random = new Random(42);
    for (int i = 0; i < 2000; i++) {
      Dim dim = expression(random, 4);
      assertEquals(dim, Dim.parse(dim.toString()), dim.toString());
      Shape shape = Shape.of(dim, N, dim);
      assertEquals(shape, Shape.parse(shape.toString()));
    }
  }

  private static Dim expression(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      String[] names = {"N", "M", "a b", "W"};
      return random.nextBoolean()
          ? Dim.symbol(names[random.nextInt(4)])
          : Dim.of(random.nextInt(11) - 5);
    }
    Dim a = expression(random, depth - 1);
    Dim b = expression(random, depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> a.plus(b);
      case 1 -> a.minus(b);
      case 2 -> a.times(b);
      case 3 -> b.is(0) ? a : a.floorDiv(b);
      case 4 -> a.max(b);
      default -> a.min(b);
    };
  }

  @Test
  void symbolicArithmeticAgreesWithThatOfNumbers() {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      long n = random.nextInt(9);
      long m = random.nextInt(9);
      long c = random.nextInt(9) - 4;
      long d = 1 + random.nextInt(4);
      Dim a = N.times(c).plus(M).minus(d);
      Dim b = N.floorDiv(d).plus(c);
      long an = n * c + m - d;
      long bn = Math.floorDiv(n, d) + c;
      assertAt(n, m, an + bn, a.plus(b));
      assertAt(n, m, an * bn, a.times(b));
      assertAt(n, m, Math.max(an, bn), a.max(b));
      assertAt(n, m, Math.min(an, bn), a.min(b));
      assertAt(n, m, Math.floorDiv(an, d), a.floorDiv(d));
      assertAt(n, m, -Math.floorDiv(-an, d), a.ceilDiv(d));
      assertAt(n, m, Math.max(n, Math.min(m, c)), N.max(M.min(Dim.of(c))));
    }
  }

  /** Checks the value of a dimension where N and M are extents. */
  private static void assertAt(long n, long m, long value, Dim dim) {
    String numbers = dim.toString().replace("N", "" + n).replace("M", "" + m);
    assertEquals(Dim.of(value), Dim.parse(numbers), dim + " as " + numbers);
  }

  @Test
  void aNameIsOneSymbolHoweverItIsWritten() {
    assertEquals(Dim.symbol("batch size"), Dim.parse("batch size"));
    assertEquals(Dim.symbol("((s0 - 3)//2) + 1"), Dim.parse("((s0 - 3)//2) + 1"));
    assertEquals(Dim.symbol("floor(3/0)"), Dim.parse("floor(3/0)"));
    assertEquals(Dim.symbol("9223372036854775807*2"), Dim.parse("9223372036854775807*2"));
    assertEquals(Dim.symbol(""), Dim.parse(""));
    String deep = "(".repeat(100_000);
    assertEquals(Dim.symbol(deep), Dim.parse(deep));
    assertEquals("batch size", Dim.symbol("batch size").symbolName());
    assertNull(N.plus(1).symbolName());
    assertNull(Dim.UNKNOWN.symbolName());
    assertNotEquals(Dim.symbol("N*M"), N.times(M));
    assertNotEquals(Dim.symbol("N, M").plus(1), N.times(M).plus(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          16*N             | 4       | 4*N
          16*N             | N       | 16
          16*N*M           | 4*M     | 4*N
          16*N+16          | N+1     | 16
          N*N+2*N+1        | N+1     | N+1
          N*M+N+M+1        | M+1     | N+1
          N*N-1            | N-1     | N+1
          0                | N       | 0
          7                | 2       | 3
          -7               | 2       | -4
          N+1              | 2       | floor((N+1)/2)
          N                | M       | floor(N/M)
          N*N              | N+1     | floor((N*N)/(N+1))
          N                | ?       | ?
          """)
  void dividesExactlyWhereItComesOutEven(String dividend, String divisor, String quotient) {
    assertEquals(quotient, Dim.parse(dividend).floorDiv(Dim.parse(divisor)).toString());
  }

  @Test
  void dividesRoundingUp() {
    assertEquals(Dim.of(3), Dim.of(5).ceilDiv(2));
    assertEquals(Dim.of(2), Dim.of(4).ceilDiv(2));
    assertEquals(Dim.of(0), Dim.of(0).ceilDiv(2));
    assertEquals(Dim.parse("floor((N+1)/2)"), N.ceilDiv(2));
  }

  @Test
  void refusesWhatHasNoValue() {
    Dim large = Dim.of(Long.MAX_VALUE);
    assertThrows(ArithmeticException.class, () -> large.plus(1));
    assertThrows(ArithmeticException.class, () -> large.times(2));
    assertThrows(ArithmeticException.class, () -> N.times(Long.MAX_VALUE).times(2));
    assertThrows(ArithmeticException.class, () -> Dim.of(Long.MIN_VALUE).floorDiv(-1));
    assertThrows(ArithmeticException.class, () -> N.times(Long.MIN_VALUE).floorDiv(-1));
    assertThrows(ArithmeticException.class, () -> N.minus(Long.MIN_VALUE));
    assertThrows(ArithmeticException.class, () -> N.floorDiv(0));
    assertThrows(IllegalStateException.class, N::value);
    assertThrows(IllegalStateException.class, Dim.UNKNOWN::value);
  }

  @Test
  void unknownIsNeverProvablyAnything() {
    assertTrue(N.provablySame(Dim.parse("N")));
    assertFalse(Dim.UNKNOWN.provablySame(Dim.UNKNOWN));
    assertFalse(Dim.UNKNOWN.isFixed());
    assertFalse(Dim.UNKNOWN.is(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          N                  | true
          2*N*M+3            | true
          N-1                | false
          max(0,N-1)         | true
          min(N,3)           | true
          min(N,-1)          | false
          floor((N+1)/2)     | true
          floor((N-1)/2)     | false
          floor((N-1)/2)+1   | true
          floor(N/(M+1))     | true
          floor(N/M)         | false
          N-M                | false
          ?                  | false
          -1                 | false
          0                  | true
          """)
  void knowsWhatIsNotNegative(String dim, boolean certain) {
    assertEquals(certain, Dim.parse(dim).isNonNegative());
  }

  @Test
  void whatNobodyCouldReadIsUnknown() {
    Dim doubling = N;
    for (int i = 0; i < 200; i++) {
      doubling = doubling.plus(doubling.floorDiv(2)).plus(i);
    }
    assertTrue(doubling.isUnknown());
    Dim product = Dim.ONE;
    for (int i = 0; i < 100; i++) {
      product = product.times(Dim.symbol("a" + i).plus(Dim.symbol("b" + i)));
    }
    assertTrue(product.isUnknown());
  }

  @Test
  void symbolsAreReplacedEverywhereInside() {
    Dim dim = Dim.parse("2*N*M+floor((W-3)/S)+max(N,W)-min(M,7)");
    Map<String, Long> sizes = Map.of("N", 2L, "M", 5L, "W", 10L, "S", 2L);
    // 2*2*5 + floor(7/2) + 10 - 5
    assertEquals(Dim.of(28), dim.substitute(name -> Dim.of(sizes.get(name))));
    assertEquals(
        Dim.parse("6*M+floor((W-3)/S)+max(3,W)-min(M,7)"),
        dim.substitute(name -> name.equals("N") ? Dim.of(3) : null));
    assertEquals(Dim.UNKNOWN, Dim.UNKNOWN.substitute(name -> Dim.ONE));
    assertThrows(ArithmeticException.class, () -> dim.substitute(name -> Dim.of(0)));
  }
}
