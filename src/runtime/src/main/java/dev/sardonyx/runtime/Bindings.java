package dev.sardonyx.runtime;

import dev.sardonyx.ir.type.TensorType;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bindings of a predictor, one for each of the last few combinations of input shapes. */
final class Bindings implements AutoCloseable {
  /** Enough for single samples, full batches and the last, smaller batch. */
  private static final int KEPT = 4;

  private final Session session;
  private final Map<Map<String, TensorType>, Binding> kept = new LinkedHashMap<>(16, 0.75f, true);

  Bindings(Session session) {
    this.session = session;
  }

  /** The binding for these inputs; it stays open at least until another one is asked for. */
  Binding get(Map<String, TensorType> types) {
    Binding binding = kept.get(types);
    if (binding == null) {
      binding = new Binding(session, types);
      kept.put(types, binding);
      if (kept.size() > KEPT) {
        Iterator<Binding> oldest = kept.values().iterator();
        oldest.next().close();
        oldest.remove();
      }
    }
    return binding;
  }

  @Override
  public void close() {
    kept.values().forEach(Binding::close);
    kept.clear();
  }
}
