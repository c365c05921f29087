package dev.sardonyx.ops.generator;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The class of one operator: what is required goes into the constructor, all else has a method that
 * sets it, and each output one that gives it.
 */
final class CallClass {
  private static final Map<Class<?>, String> PLAIN =
      Map.of(
          long.class, "long",
          Long.class, "long",
          float.class, "float",
          Float.class, "float",
          boolean.class, "boolean",
          String.class, "String");
  private static final Map<String, String> SPREAD = Map.of("Long", "long", "Float", "float");

  /** A parameter of the operator's method: required, in Java and in words. */
  record Required(String type, String name, String fact, String statement) {
    boolean list() {
      return type.startsWith("List<");
    }

    /** The elements of the list as arguments of any number. */
    Required spread() {
      String element = type.substring("List<".length(), type.length() - 1);
      return new Required(SPREAD.getOrDefault(element, element) + "...", name, fact, statement);
    }

    @Override
    public String toString() {
      return type + " " + name;
    }
  }

  private final OpSchema schema;
  private final String packageName;
  private final Facts facts;
  private final Source out = new Source();

  CallClass(OpSchema schema, String packageName) {
    this.schema = schema;
    this.packageName = packageName;
    this.facts = new Facts(schema);
  }

  String name() {
    return schema.type();
  }

  Facts facts() {
    return facts;
  }

  /** The parameters once with the last list as arguments of any number, and as they are. */
  List<List<Required>> forms() {
    List<Required> required = required();
    int last = required.size() - 1;
    if (last < 0 || !required.get(last).list()) {
      return List.of(required);
    }
    List<Required> spread = new ArrayList<>(required);
    spread.set(last, required.get(last).spread());
    return List.of(spread, required);
  }

  /** The required inputs, then the required attributes, then inputs of any number. */
  private List<Required> required() {
    List<Required> required = new ArrayList<>();
    List<Required> last = new ArrayList<>();
    for (int i = 0; i < schema.inputs().size(); i++) {
      OpSchema.Slot slot = schema.inputs().get(i);
      if (slot.optional()) {
        continue;
      }
      String name = JavaNames.member(slot.name());
      String statement = "%s(%s, %s)".formatted(slot.variadic() ? "inputs" : "input", i, name);
      String type = slot.variadic() ? "List<Value>" : "Value";
      (slot.variadic() ? last : required).add(new Required(type, name, facts.input(i), statement));
    }
    RecordComponent[] components = schema.op().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      OpAttribute attribute = schema.attributes().get(i);
      if (attribute.required()) {
        required.add(required(attribute, components[i]));
      }
    }
    required.addAll(last);
    return required;
  }

  private static Required required(OpAttribute attribute, RecordComponent component) {
    String name = JavaNames.member(attribute.name());
    boolean list = component.getType() == List.class;
    String type = list ? "List<" + boxed(component) + ">" : type(component);
    String statement = "attribute(\"%s\", %s)".formatted(attribute.name(), name);
    String fact = "{@code %s}".formatted(attribute.name());
    return new Required(type, name, fact, statement);
  }

  String source() {
    out.line("package %s;", packageName);
    out.line("");
    for (String imported : imports()) {
      out.line("import %s;", imported);
    }
    out.line("");
    out.doc(0, facts.head());
    out.line("public final class %s extends Call {", name());
    forms().forEach(this::constructor);
    for (int i = 0; i < schema.inputs().size(); i++) {
      if (schema.inputs().get(i).optional()) {
        inputSetter(i);
      }
    }
    RecordComponent[] components = schema.op().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      if (!schema.attributes().get(i).required()) {
        attributeSetters(schema.attributes().get(i), components[i]);
      }
    }
    if (schema.hasBodies()) {
      captured();
    }
    for (int i = 0; i < schema.outputs().size(); i++) {
      accessor(i);
      out.line(i < schema.outputs().size() - 1 ? "" : "}");
    }
    return out.toString();
  }

  /** What the class needs of other packages. */
  TreeSet<String> imports() {
    TreeSet<String> imports = new TreeSet<>();
    imports.add("dev.sardonyx.ir.Value");
    if (!packageName.equals("dev.sardonyx.ops")) {
      imports.add("dev.sardonyx.ops.Call");
    }
    boolean lists =
        schema.inputs().stream().anyMatch(OpSchema.Slot::variadic)
            || schema.outputs().stream().anyMatch(OpSchema.Slot::variadic)
            || schema.hasBodies();
    for (RecordComponent component : schema.op().getRecordComponents()) {
      Class<?> type = component.getType();
      lists |= type == List.class;
      if (List.of(ElementType.class, Tensor.class, Type.class, Body.class).contains(type)) {
        imports.add(type.getCanonicalName());
      }
    }
    if (lists) {
      imports.add("java.util.List");
    }
    return imports;
  }

  /** What the parameters are between parentheses. */
  static String list(List<Required> parameters) {
    return parameters.stream().map(Required::toString).collect(Collectors.joining(", "));
  }

  private void constructor(List<Required> parameters) {
    out.line("  %s(%s) {", name(), list(parameters));
    out.line("    super(%s.class);", schema.op().getCanonicalName());
    parameters.forEach(r -> out.line("    %s;", r.statement()));
    out.line("  }");
    out.line("");
  }

  private void inputSetter(int i) {
    OpSchema.Slot slot = schema.inputs().get(i);
    String name = JavaNames.member(slot.name());
    String doc = "Optional input " + facts.input(i) + ".";
    if (slot.variadic()) {
      setter(doc, name, "Value... " + name, "inputs(%s, %s)".formatted(i, name));
      setter(doc, name, "List<Value> " + name, "inputs(%s, %s)".formatted(i, name));
    } else {
      setter(doc, name, "Value " + name, "input(%s, %s)".formatted(i, name));
    }
  }

  private void attributeSetters(OpAttribute attribute, RecordComponent component) {
    String name = JavaNames.member(attribute.name());
    String doc = "Attribute " + Facts.attribute(attribute, component.getType()) + ".";
    String statement = "attribute(\"%s\", %s)".formatted(attribute.name(), name);
    if (component.getType() == List.class) {
      String element = SPREAD.getOrDefault(boxed(component), boxed(component));
      setter(doc, name, element + "... " + name, statement);
      setter(doc, name, "List<%s> %s".formatted(boxed(component), name), statement);
    } else {
      setter(doc, name, type(component) + " " + name, statement);
    }
  }

  private void captured() {
    setter(
        "The values outside that the graphs use: {@link dev.sardonyx.ir.Closure#captured}.",
        "captured",
        "List<Value> captured",
        "capture(captured)");
  }

  private void setter(String doc, String name, String parameter, String statement) {
    out.doc(2, doc);
    out.line("  public %s %s(%s) {", name(), name, parameter);
    out.line("    %s;", statement);
    out.line("    return this;");
    out.line("  }");
    out.line("");
  }

  private void accessor(int i) {
    OpSchema.Slot slot = schema.outputs().get(i);
    String name = JavaNames.member(slot.name());
    out.doc(2, "Output " + facts.output(i) + ".");
    if (!slot.variadic()) {
      out.line("  public Value %s() {", name);
      out.line("    return result(%s);", i);
      out.line("  }");
      return;
    }
    out.line("  public List<Value> %s() {", name);
    out.line("    return results(%s);", i);
    out.line("  }");
    out.line("");
    out.doc(2, "Output " + facts.output(i) + "; that many, where nothing else tells how many.");
    out.line("  public List<Value> %s(int count) {", name);
    out.line("    return results(%s, count);", i);
    out.line("  }");
  }

  private static String type(RecordComponent component) {
    Class<?> type = component.getType();
    boolean words = type.isEnum() && type != ElementType.class;
    return PLAIN.getOrDefault(type, words ? type.getCanonicalName() : type.getSimpleName());
  }

  private static String boxed(RecordComponent list) {
    ParameterizedType type = (ParameterizedType) list.getGenericType();
    return ((Class<?>) type.getActualTypeArguments()[0]).getSimpleName();
  }
}
