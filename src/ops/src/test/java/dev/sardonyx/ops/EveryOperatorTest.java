package dev.sardonyx.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.OpSchema.Slot;
import dev.sardonyx.ir.Standard;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the catalogue has, a user can call, with every option and every output. */
class EveryOperatorTest {
  private static final Map<String, String> FACADES =
      Map.of(
          "", "Ops",
          "ai.onnx.ml", "ml.MlOps",
          "ai.onnx.preview", "preview.PreviewOps",
          "ai.onnx.preview.training", "training.TrainingOps",
          "com.microsoft", "microsoft.MicrosoftOps");

  @Test
  void isReachable() throws ClassNotFoundException {
    List<String> missing = new ArrayList<>();
    int found = 0;
    for (OpSchema schema : Catalog.ops()) {
      if (Standard.find(schema.domain(), schema.type(), schema.since()) == null) {
        continue;
      }
      Class<?> facade = Class.forName("dev.sardonyx.ops." + FACADES.get(schema.domain()));
      List<Method> methods =
          Stream.of(facade.getMethods())
              .filter(m -> m.getReturnType().getSimpleName().equals(schema.type()))
              .toList();
      found += methods.isEmpty() ? 0 : 1;
      missing.addAll(methods.isEmpty() ? List.of(schema.type()) : missing(schema, methods));
    }
    assertEquals(List.of(), missing);
    assertEquals(Catalog.ops().stream().filter(EveryOperatorTest::isStandard).count(), found);
  }

  private static boolean isStandard(OpSchema s) {
    return Standard.find(s.domain(), s.type(), s.since()) != null;
  }

  /** What is required and no parameter, and what is optional or an output and no method. */
  private static List<String> missing(OpSchema schema, List<Method> methods) {
    List<String> optional = new ArrayList<>();
    schema.inputs().stream().filter(Slot::optional).map(Slot::name).forEach(optional::add);
    schema.attributes().stream()
        .filter(a -> !a.required())
        .map(OpAttribute::name)
        .forEach(optional::add);
    int required = schema.inputs().size() + schema.attributes().size() - optional.size();
    List<String> missing = new ArrayList<>();
    if (methods.stream().anyMatch(m -> m.getParameterCount() != required)) {
      missing.add("one of the %d parameters of %s".formatted(required, schema.type()));
    }
    List<Method> own = List.of(methods.get(0).getReturnType().getDeclaredMethods());
    for (String name : optional) {
      if (own.stream().noneMatch(m -> m.getParameterCount() == 1 && isNamed(m, name))) {
        missing.add(schema.type() + "'s " + name);
      }
    }
    for (Slot output : schema.outputs()) {
      if (own.stream().noneMatch(m -> m.getParameterCount() == 0 && isNamed(m, output.name()))) {
        missing.add(schema.type() + "'s output " + output.name());
      }
    }
    return missing;
  }

  private static boolean isNamed(Method method, String onnx) {
    return method.getName().equalsIgnoreCase(onnx.replace("_", ""));
  }
}
