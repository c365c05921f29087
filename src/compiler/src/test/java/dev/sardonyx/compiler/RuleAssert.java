package dev.sardonyx.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.text.GraphText;

/** {@code assertThat(rule).on("""…""").becomes("""…""")}: graphs before and after, as text. */
final class RuleAssert {
  private final Pass pass;
  private String before = "";

  private RuleAssert(Pass pass) {
    this.pass = pass;
  }

  static RuleAssert assertThat(Rule rule) {
    return new RuleAssert(new Simplify(rule));
  }

  static RuleAssert assertThat(Pass pass) {
    return new RuleAssert(pass);
  }

  RuleAssert on(String text) {
    before = text;
    return this;
  }

  void becomes(String expected) {
    Graph given = GraphText.parse(before, "before");
    String after = GraphText.print(pass.run(given));
    assertEquals(GraphText.print(GraphText.parse(expected, "expected")), after);
    assertNotEquals(GraphText.print(given), after, "the rule did not fire");
  }

  void doesNotFire() {
    Graph given = GraphText.parse(before, "before");
    assertEquals(GraphText.print(given), GraphText.print(pass.run(given)));
  }
}
