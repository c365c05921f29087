package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the records of operators to the standard's own table. */
class CatalogTest {
  /** What opset a graph may be written at, at least. */
  private static final int OLDEST_WRITTEN = 13;

  private static final Map<Standard.Kind, Set<Class<?>>> JAVA =
      Map.of(
          Standard.Kind.INT, Set.of(long.class, boolean.class, Long.class, ElementType.class),
          Standard.Kind.FLOAT, Set.of(float.class, Float.class),
          Standard.Kind.STRING, Set.of(String.class, Enum.class),
          Standard.Kind.TENSOR, Set.of(Tensor.class),
          Standard.Kind.GRAPH, Set.of(Body.class),
          Standard.Kind.TYPE_PROTO, Set.of(Type.class));
  private static final Map<Standard.Kind, Class<?>> JAVA_ELEMENTS =
      Map.of(
          Standard.Kind.INTS, Long.class,
          Standard.Kind.FLOATS, Float.class,
          Standard.Kind.STRINGS, String.class);

  /** Constants are leaves of a graph; com.microsoft is ONNX Runtime's. */
  private static boolean needsRecord(Standard.Schema schema) {
    return !schema.deprecated()
        && !schema.domain().equals("com.microsoft")
        && !schema.type().equals("Constant")
        && !schema.type().equals("SimplifiedLayerNormalization");
  }

  @Test
  void everyOperatorOfTheStandardHasARecord() {
    List<String> missing =
        Standard.newest().stream()
            .filter(CatalogTest::needsRecord)
            .filter(s -> Catalog.find(s.domain(), s.type()) == null)
            .map(s -> s.domain() + (s.domain().isEmpty() ? "" : ".") + s.type())
            .toList();
    assertEquals(List.of(), missing, missing.size() + " operators without a record");
  }

  @TestFactory
  Stream<DynamicTest> everyRecordIsAsInTheStandard() {
    return Catalog.ops().stream()
        .map(s -> dynamicTest(s.type(), () -> assertEquals(List.of(), differences(s))));
  }

  private static List<String> differences(OpSchema record) {
    List<Standard.Schema> versions = Standard.versions(record.domain(), record.type());
    if (versions.isEmpty()) {
      return List.of("the standard has no such operator");
    }
    Standard.Schema newest = versions.get(versions.size() - 1);
    List<String> found = new ArrayList<>();
    compare(found, "since", newest.since(), record.since());
    compare(found, "deprecated", newest.deprecated(), false);
    compare(found, "inputs", slots(newest.inputs()), records(record.inputs()));
    compare(found, "outputs", slots(newest.outputs()), records(record.outputs()));
    compareAttributes(found, newest, record);
    return found;
  }

  private static void compare(List<String> found, String what, Object standard, Object ours) {
    if (!Objects.equals(standard, ours)) {
      found.add("%s: %s in the standard, %s in the record".formatted(what, standard, ours));
    }
  }

  private static List<String> slots(List<Standard.Parameter> parameters) {
    return parameters.stream()
        .map(p -> p.name() + (p.variadic() ? "*" : "") + (p.least() == 0 ? "?" : ""))
        .toList();
  }

  private static List<String> records(List<OpSchema.Slot> slots) {
    return slots.stream()
        .map(s -> s.name() + (s.variadic() ? "*" : "") + (s.optional() ? "?" : ""))
        .toList();
  }

  private static void compareAttributes(
      List<String> found, Standard.Schema newest, OpSchema record) {
    Map<String, OpAttribute> ours = new TreeMap<>();
    record.attributes().forEach(a -> ours.put(a.name(), a));
    Set<String> names = new TreeSet<>();
    newest.attributes().forEach(a -> names.add(a.name()));
    compare(found, "attributes", names, ours.keySet());
    RecordComponent[] components = record.op().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      OpAttribute attribute = record.attributes().get(i);
      Standard.Attribute standard = newest.attribute(attribute.name());
      if (standard != null) {
        compareAttribute(found, standard, attribute, components[i]);
      }
    }
  }

  private static void compareAttribute(
      List<String> found, Standard.Attribute standard, OpAttribute ours, RecordComponent c) {
    String what = standard.name();
    if (!isKind(standard.kind(), c)) {
      compare(found, what, standard.kind(), c.getGenericType().getTypeName());
    }
    boolean absence = standard.defaultValue() == null && !standard.required();
    if (absence && c.getType().isPrimitive()) {
      found.add(what + " may be absent, which the record cannot say");
    }
    boolean list = c.getType() == List.class;
    Object absent = list && standard.defaultValue() == null ? List.of() : standard.defaultValue();
    // The table has no defaults that are tensors: the standard tells them in words.
    if (standard.kind() != Standard.Kind.TENSOR) {
      compare(found, what + " default", absent, ours.defaultValue());
    }
  }

  private static boolean isKind(Standard.Kind kind, RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType list) {
      return list.getActualTypeArguments()[0] == JAVA_ELEMENTS.get(kind);
    }
    Class<?> type = component.getType();
    boolean words = type.isEnum() && type != ElementType.class;
    return JAVA.getOrDefault(kind, Set.of()).contains(words ? Enum.class : type);
  }

  @TestFactory
  Stream<DynamicTest> versionsFromTheOldestOnHaveOneForm() {
    return Catalog.ops().stream()
        .map(s -> dynamicTest(s.type(), () -> assertEquals(List.of(), changes(s))));
  }

  /** How the versions that the record stands for differ from the newest, beyond additions. */
  private static List<String> changes(OpSchema record) {
    List<Standard.Schema> versions = Standard.versions(record.domain(), record.type());
    List<String> found = new ArrayList<>();
    for (int i = 0; i < versions.size() - 1; i++) {
      int next = versions.get(i + 1).since();
      if (next > record.from()) {
        boolean written = next > OLDEST_WRITTEN;
        changes(versions.get(i), versions.get(versions.size() - 1), written)
            .forEach(change -> found.add(change));
      }
    }
    return found;
  }

  private static List<String> changes(
      Standard.Schema old, Standard.Schema newest, boolean written) {
    List<String> found = new ArrayList<>();
    String version = "version " + old.since() + ": ";
    slotChanges(found, version + "input", old.inputs(), newest.inputs(), written);
    slotChanges(found, version + "output", old.outputs(), newest.outputs(), written);
    for (Standard.Attribute attribute : old.attributes()) {
      Standard.Attribute now = newest.attribute(attribute.name());
      String what = version + "attribute " + attribute.name();
      if (now == null) {
        found.add(what + " is gone");
      } else if (now.kind() != attribute.kind()) {
        found.add(what + " was " + attribute.kind());
      } else if (now.required() && !attribute.required()) {
        found.add(what + " could be absent");
      } else if (!attribute.required()
          && !Objects.equals(now.defaultValue(), attribute.defaultValue())) {
        found.add(what + " was " + attribute.defaultValue() + " by default");
      }
    }
    return found;
  }

  private static void slotChanges(
      List<String> found,
      String what,
      List<Standard.Parameter> old,
      List<Standard.Parameter> now,
      boolean written) {
    for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
      String place = what + " " + i;
      if (i >= now.size()) {
        found.add(place + " is gone");
      } else if (i >= old.size()) {
        if (now.get(i).least() > 0) {
          found.add(place + " is new and required");
        }
      } else if (old.get(i).variadic() != now.get(i).variadic()) {
        found.add(place + " has changed its number");
      } else if (written && old.get(i).least() > now.get(i).least()) {
        found.add(place + " was required");
      } else if (old.get(i).least() < now.get(i).least()) {
        found.add(place + " could be absent");
      }
    }
  }
}
