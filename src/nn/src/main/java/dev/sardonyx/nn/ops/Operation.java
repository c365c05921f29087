package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.ArgumentLayer;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Masked;
import dev.sardonyx.nn.layers.SymbolicTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation of {@code keras.ops} as a node of a model: {@code op("Sum").with("axis", 1).on(x)}.
 * It is called by the name of Keras's class; arguments that are no tensors go by name. {@link Ops}
 * has methods for the common ones.
 */
public final class Operation extends ArgumentLayer {
  private static final Set<String> INFERENCE_ONLY = Set.of("StopGradient");

  private static final OpTable ALL = Families.all();

  private final Definition definition;
  private final Map<String, @Nullable Object> options = new LinkedHashMap<>();

  private Operation(Definition definition) {
    this.definition = definition;
  }

  /** The operation that Keras's class of this name is. */
  public static Operation op(String className) {
    Definition found = ALL.find(className);
    if (found == null) {
      String reason = ALL.reason(className);
      throw new Diagnostic(
              "NN-041",
              reason == null
                  ? "there is no operation called " + className
                  : "the operation %s %s".formatted(className, reason),
              Location.current(),
              "operation: " + className,
              reason == null ? "the operations are " + ALL.names() : "leave it out of the model")
          .exception();
    }
    return new Operation(found);
  }

  /** Whether there is an operation of this name. */
  public static boolean exists(String className) {
    return ALL.find(className) != null;
  }

  /** The names of all operations. */
  public static List<String> names() {
    return ALL.names();
  }

  /** The names of Keras's operations that are refused: those that hold code, say. */
  public static Set<String> refused() {
    return ALL.refused();
  }

  /** Sets an option: what Keras's class is made with. */
  public Operation with(String option, @Nullable Object value) {
    options.put(option, value);
    return this;
  }

  /** The result of these tensors; constants in the place of some go by {@link #with}. */
  public SymbolicTensor on(SymbolicTensor... inputs) {
    return applyAll(List.of(inputs), Location.caller()).get(0);
  }

  /** The module that Keras has it in: {@code keras.src.ops.numpy}. */
  public String module() {
    return Families.module(definition.name());
  }

  @Override
  public String className() {
    return definition.name();
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    if (call.training() && INFERENCE_ONLY.contains(className())) {
      throw refusal(
          "cannot be trained yet: gradients would flow through it",
          "freeze the layers in front of it instead, and leave it out");
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>(definition.options());
    all.putAll(options);
    List<String> unknown = new ArrayList<>(options.keySet());
    unknown.removeIf(definition::takes);
    List<Object> rest = new ArrayList<>();
    for (int i = 0; i < arguments.positional().size(); i++) {
      String parameter = definition.parameter(i);
      if (parameter == null) {
        unknown.add("argument %s".formatted(i));
      } else if (parameter.startsWith("*")) {
        rest.add(arguments.get(i, ""));
        all.put(parameter, rest);
      } else {
        all.put(parameter, arguments.get(i, ""));
      }
    }
    for (String name : arguments.named().keySet()) {
      if (definition.takes(name)) {
        all.put(name, arguments.get(-1, name));
      } else if (arguments.named().get(name) != null) {
        unknown.add(name);
      }
    }
    refuseUnknown(unknown);
    return Masked.all(definition.rule().apply(new OpCall(this, all)));
  }

  private void refuseUnknown(List<String> unknown) {
    if (!unknown.isEmpty()) {
      throw refusal(
          "does not take " + String.join(", ", unknown),
          "it takes %s and %s".formatted(definition.parameters(), definition.options().keySet()));
    }
  }

  DiagnosticException refusal(String problem, String help) {
    return new Diagnostic(
            "NN-042", className() + " " + problem, Location.current(), "options: " + options, help)
        .exception();
  }

  @Override
  public void configure(Config config) {
    String given = config.optionalText("name", name());
    if (given != null) {
      named(given);
    }
    for (String option : optionNames()) {
      Object value = config.json(option, options.get(option));
      if (value != null) {
        options.put(option, value);
      }
    }
  }

  private List<String> optionNames() {
    List<String> names = new ArrayList<>(definition.options().keySet());
    options.keySet().stream().filter(o -> !names.contains(o)).forEach(names::add);
    return names;
  }
}
