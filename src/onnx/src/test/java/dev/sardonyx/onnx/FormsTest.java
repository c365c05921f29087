package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Standard;
import dev.sardonyx.ir.Standard.Attribute;
import dev.sardonyx.ir.Standard.Parameter;
import dev.sardonyx.ir.Standard.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds the rules between opsets to the standard's own table of all versions of all operators. */
class FormsTest {
  private record Step(Schema before, Schema after) {
    @Override
    public String toString() {
      return "%s %s %d -> %d"
          .formatted(before.domain(), before.type(), before.since(), after.since());
    }
  }

  private static List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (Schema newest : Standard.newest()) {
      if (newest.domain().startsWith("com.")) {
        continue;
      }
      List<Schema> versions = Standard.versions(newest.domain(), newest.type());
      IntStream.range(1, versions.size())
          .forEach(i -> steps.add(new Step(versions.get(i - 1), versions.get(i))));
    }
    return steps;
  }

  private static String domain(Schema schema) {
    return schema.domain().equals("ai.onnx") ? "" : schema.domain();
  }

  /** Whether a node of the version before reads otherwise as one of the version after. */
  private static boolean changesWhatWasThere(Step step) {
    if (step.after().deprecated()) {
      // What has a record of its own stays as it is inside; only newer files must not have it.
      return Catalog.find(domain(step.before()), step.before().type()) == null;
    }
    for (Attribute old : step.before().attributes()) {
      Attribute now = step.after().attribute(old.name());
      if (now == null
          || now.kind() != old.kind()
          || !old.required() && !Objects.equals(now.defaultValue(), old.defaultValue())) {
        return true;
      }
    }
    boolean needsMore =
        step.after().attributes().stream()
            .anyMatch(a -> a.required() && step.before().attribute(a.name()) == null);
    return needsMore
        || !slots(step.before().inputs())
            .equals(first(step.after().inputs(), step.before().inputs()))
        || step.before().outputs().size() > step.after().outputs().size();
  }

  /** The parameters' kinds; names may change. */
  private static List<String> slots(List<Parameter> parameters) {
    return parameters.stream().map(p -> p.variadic() ? "*" : "1").toList();
  }

  private static List<String> first(List<Parameter> parameters, List<Parameter> like) {
    return slots(parameters.subList(0, Math.min(parameters.size(), like.size())));
  }

  @Test
  void everyChangeOfAFormHasARuleForReading() {
    List<String> missing =
        steps().stream()
            .filter(FormsTest::changesWhatWasThere)
            .filter(
                s ->
                    Upgrades.of(domain(s.before()), s.before().type()).stream()
                        .noneMatch(c -> c.since() == s.after().since()))
            .map(Step::toString)
            .toList();
    assertEquals(List.of(), missing);
  }

  /** What a version lacks or has otherwise, a node must not be written with there. */
  @Test
  void everyChangeOfAFormHasARuleForWriting() {
    List<String> missing =
        steps().stream()
            .filter(s -> domain(s.before()).isEmpty() && s.after().since() > Opset.OLDEST_WRITTEN)
            .filter(FormsTest::changesWhatWasThere)
            .filter(s -> !Downgrades.has(s.before().type(), s.after().since()))
            .map(Step::toString)
            .toList();
    assertEquals(List.of(), missing);
  }

  /** A rule for a change that never was would not be noticed otherwise. */
  @Test
  void everyRuleBelongsToAVersion() {
    List<String> versions = steps().stream().map(Step::toString).toList();
    assertTrue(versions.size() > 350, "only " + versions.size());
    List<String> strange =
        Upgrades.all().stream()
            .filter(
                c ->
                    Standard.versions(c.domain(), c.type()).stream()
                        .noneMatch(v -> v.since() == c.since()))
            .map(c -> c.type() + " " + c.since())
            .toList();
    assertEquals(List.of(), strange);
  }
}
