package dev.sardonyx.nn;

import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.Layer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which Java layers stand for custom classes in files, by the names under which they were
 * registered in Python: {@code new CustomLayers().map("my_package>Scale", Scale::new)}. Such a
 * layer takes its options in {@link Layer#configure}.
 */
public final class CustomLayers {
  private final Map<String, Supplier<? extends Layer>> byName = new LinkedHashMap<>();

  /** Maps a registered name, {@code package>Class}, or a class name alone. */
  public CustomLayers map(String registeredName, Supplier<? extends Layer> maker) {
    byName.put(registeredName, maker);
    return this;
  }

  /** The layer for an object of a file, or null. */
  @Nullable Layer find(Map<String, Object> serialized, Config config) {
    for (String key : new String[] {"registered_name", "class_name"}) {
      Supplier<? extends Layer> maker = byName.get(String.valueOf(serialized.get(key)));
      if (maker != null) {
        Layer made = maker.get();
        made.configure(config);
        return made;
      }
    }
    return null;
  }
}
