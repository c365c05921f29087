package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.ArgumentLayer;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Masked;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.ops.OpTable.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation of {@code keras.ops} as a node of a model: {@code op("Sum").with("axis",
 * 1).apply(x)}. It is called by the name of Keras's class; arguments that are no tensors go by
 * name.
 */
public final class Operation extends ArgumentLayer {
  private static final OpTable ALL = new OpTable().with(NumpyOps.TABLE);

  private final Definition definition;
  private final Map<String, @Nullable Object> options = new LinkedHashMap<>();

  private Operation(Definition definition) {
    this.definition = definition;
  }

  /** The operation that Keras's class of this name is. */
  public static Operation op(String className) {
    Definition found = ALL.find(className);
    if (found == null) {
      throw new Diagnostic(
              "NN-041",
              "there is no operation called " + className,
              Location.current(),
              "operation: " + className,
              "the operations are " + ALL.names())
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

  /** Sets an option: what Keras's class is made with. */
  public Operation with(String option, @Nullable Object value) {
    options.put(option, value);
    return this;
  }

  /** The result of these tensors; constants in the place of some go by {@link #with}. */
  public SymbolicTensor on(SymbolicTensor... inputs) {
    return applyAll(List.of(inputs)).get(0);
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
    Map<String, @Nullable Object> all = new LinkedHashMap<>(definition.options());
    all.putAll(options);
    List<String> unknown = new ArrayList<>(options.keySet());
    unknown.removeAll(definition.options().keySet());
    unknown.removeAll(definition.parameters());
    for (int i = 0; i < arguments.positional().size(); i++) {
      if (i < definition.parameters().size()) {
        all.put(definition.parameters().get(i), arguments.get(i, ""));
      } else {
        unknown.add("argument %s".formatted(i));
      }
    }
    for (String name : arguments.named().keySet()) {
      boolean known =
          definition.parameters().contains(name) || definition.options().containsKey(name);
      if (known) {
        all.put(name, arguments.get(-1, name));
      } else if (arguments.named().get(name) != null) {
        unknown.add(name);
      }
    }
    if (!unknown.isEmpty()) {
      throw refusal(
          "does not take " + String.join(", ", unknown),
          "it takes %s and %s"
              .formatted(definition.parameters(), definition.options().keySet()));
    }
    return Masked.all(definition.rule().apply(new OpCall(this, all)));
  }

  DiagnosticException refusal(String problem, String help) {
    return new Diagnostic(
            "NN-042",
            className() + " " + problem,
            Location.current(),
            "options: " + options,
            help)
        .exception();
  }

  @Override
  public void configure(Config config) {
    named(config.optionalText("name", name()));
    for (String option : optionNames()) {
      Object given = config.json(option, options.get(option));
      if (given != null) {
        options.put(option, given);
      }
    }
  }

  private List<String> optionNames() {
    List<String> names = new ArrayList<>(definition.options().keySet());
    definition.parameters().stream().filter(options::containsKey).forEach(names::add);
    return names;
  }
}
