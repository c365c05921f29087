package dev.sardonyx.onnx;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.CarriedTypes;
import dev.sardonyx.ir.Closure;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Truth;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.GraphProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subgraphs of one node as bodies.
 *
 * <p>A loop's body is read on the types of the initial state, and again where these turn out not to
 * stay; {@link Limits#rereadNodes} bounds what nested loops can make of that.
 */
final class Subgraphs {
  /**
   * The node's attributes with bodies for graphs, and its inputs with what they capture.
   *
   * @param results the node's results, where there is no need of the node
   */
  record Result(
      Map<String, Object> attributes, List<@Nullable Value> inputs, @Nullable List<Value> results) {
    static Result of(Map<String, Object> attributes, List<@Nullable Value> inputs) {
      return new Result(attributes, inputs, null);
    }
  }

  private final Context context;
  private final Defined outer;
  private final Map<String, Object> attributes;
  private final List<@Nullable Value> inputs;
  private final String place;

  private Subgraphs(
      Context context,
      Defined outer,
      Map<String, Object> attributes,
      List<@Nullable Value> inputs,
      String place) {
    this.context = context.inside(place);
    this.outer = outer;
    this.attributes = attributes;
    this.inputs = inputs;
    this.place = place;
  }

  /**
   * Reads the graphs among the attributes.
   *
   * @param inputs the operator's own inputs
   */
  static Result read(
      Context context,
      Defined outer,
      OpSchema schema,
      Map<String, Object> attributes,
      List<@Nullable Value> inputs,
      String place) {
    if (attributes.isEmpty()
        || attributes.values().stream().noneMatch(GraphProto.class::isInstance)) {
      return Result.of(attributes, inputs);
    }
    List<@Nullable Value> own = new ArrayList<>(inputs);
    // Captures come after every input that has a place of its own.
    while (own.size() < schema.inputs().size() - (schema.hasVariadicInput() ? 1 : 0)) {
      own.add(null);
    }
    Formals formals =
        Formals.of(
            schema.type(), context.imports().getOrDefault("", Opset.NEWEST), attributes, own);
    Subgraphs subgraphs = new Subgraphs(context, outer, attributes, own, place);
    Boolean taken = schema.type().equals("If") && own.get(0) != null ? Truth.of(own.get(0)) : null;
    return taken == null
        ? subgraphs.read(formals)
        : subgraphs.decided(formals, taken ? "then_branch" : "else_branch");
  }

  /**
   * A branch on something known. What the other branch says may make no sense on the types that
   * decided it; then the branch taken stands for the node.
   */
  private Result decided(Formals formals, String taken) {
    try {
      return read(formals);
    } catch (DiagnosticException e) {
      if (!(attributes.get(taken) instanceof GraphProto graph)) {
        throw e;
      }
      BodyReader reader = new BodyReader(context.at(taken, place), graph, outer);
      return new Result(attributes, inputs, reader.read(formals.all()).outputs());
    }
  }

  private Result read(Formals formals) {
    Work work = context.work();
    int attempt = isExhausted() ? CarriedTypes.LAST_ATTEMPT : 0;
    Formals current = isExhausted() ? formals.withoutShapes() : formals;
    while (true) {
      long before = work.nodes();
      Attempt made = attempt(current, current.states() > 0 && attempt < CarriedTypes.LAST_ATTEMPT);
      List<Type> weaker = made == null ? null : made.weaker(current, attempt);
      if (made != null && weaker == null) {
        return made.result();
      }
      work.rereading(before);
      attempt = weaker == null || isExhausted() ? CarriedTypes.LAST_ATTEMPT : attempt + 1;
      current =
          weaker == null || attempt == CarriedTypes.LAST_ATTEMPT
              ? formals.withoutShapes()
              : formals.withStates(weaker);
    }
  }

  private boolean isExhausted() {
    return context.work().reread() >= context.limits().rereadNodes();
  }

  /** What is refused may be so for a shape that does not stay: then null, if it {@code may}. */
  private @Nullable Attempt attempt(Formals formals, boolean may) {
    try {
      return new Attempt(formals);
    } catch (DiagnosticException e) {
      if (may) {
        return null;
      }
      throw e;
    }
  }

  /** All graphs of the node, read once. */
  private final class Attempt {
    private final Closure closure = new Closure();
    private final Map<String, BodyReader> bodies = new LinkedHashMap<>();

    Attempt(Formals formals) {
      attributes.forEach(
          (name, value) -> {
            if (value instanceof GraphProto graph) {
              BodyReader reader =
                  new BodyReader(context.at(Source.shown(name), place), graph, outer);
              bodies.put(name, reader.into(closure, formals.all()));
            }
          });
    }

    @Nullable List<Type> weaker(Formals formals, int attempt) {
      if (formals.states() == 0) {
        return null;
      }
      BodyReader body = bodies.values().iterator().next();
      return CarriedTypes.weaker(
          formals.state(body.formalTypes()), formals.next(body.outputTypes()), attempt);
    }

    Result result() {
      Location.within(
          context.source().at(place),
          () -> {
            closure.close();
            return closure;
          });
      Map<String, Object> all = new LinkedHashMap<>(attributes);
      int i = 0;
      for (Map.Entry<String, BodyReader> entry : bodies.entrySet()) {
        Body body = closure.body(i++);
        all.put(entry.getKey(), body.map(g -> g.withInfo(entry.getValue().info())));
      }
      return Result.of(all, closure.inputs(inputs));
    }
  }
}
