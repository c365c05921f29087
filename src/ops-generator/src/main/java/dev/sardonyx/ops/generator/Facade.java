package dev.sardonyx.ops.generator;

import dev.sardonyx.ops.generator.CallClass.Required;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The class with a method for each operator of a domain. */
final class Facade {
  private final Domain domain;
  private final List<CallClass> calls;
  private final Source out = new Source();

  Facade(Domain domain, List<CallClass> calls) {
    this.domain = domain;
    this.calls = calls;
  }

  String source() {
    out.line("package %s;", domain.packageName());
    out.line("");
    for (String imported : imports()) {
      out.line("import %s;", imported);
    }
    out.line("");
    out.doc(
        0,
        "The operators of %s, a method for each: what is required is its arguments, the class that"
                .formatted(domain.title())
            + " it returns has a method for everything else.");
    out.line("public final class %s {", domain.facade());
    out.line("  private %s() {}", domain.facade());
    calls.forEach(call -> call.forms().forEach(form -> method(call, form)));
    out.line("}");
    return out.toString();
  }

  private TreeSet<String> imports() {
    TreeSet<String> imports = new TreeSet<>();
    calls.forEach(call -> imports.addAll(call.imports()));
    return imports;
  }

  private void method(CallClass call, List<Required> parameters) {
    StringBuilder doc = new StringBuilder(call.facts().head());
    for (Required parameter : parameters) {
      doc.append(parameter == parameters.get(0) ? "\n\n" : "\n");
      doc.append("@param ").append(parameter.name()).append(' ').append(parameter.fact());
    }
    String arguments = parameters.stream().map(Required::name).collect(Collectors.joining(", "));
    String method = JavaNames.method(call.name());
    out.line("");
    out.doc(2, doc.toString());
    out.line("  public static %s %s(%s) {", call.name(), method, CallClass.list(parameters));
    out.line("    return new %s(%s);", call.name(), arguments);
    out.line("  }");
  }
}
