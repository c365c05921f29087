package dev.sardonyx.nn.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Something that has a Keras class name and a Keras configuration. */
public interface Configurable {
  /** Keras's name of this class, which is ours. */
  default String className() {
    return getClass().getSimpleName();
  }

  /**
   * Names every option with its present value and takes what {@code config} answers: the same value
   * when the configuration is being written, the file's when it is being read.
   */
  void configure(Config config);

  /** The configuration as Keras's {@code get_config} gives it. */
  default Map<String, Object> config() {
    Config writing = Config.writing();
    configure(writing);
    return writing.values();
  }

  /** {@code {"class_name": …, "config": …}}, as Keras serializes an object. */
  default Map<String, Object> serialize() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("class_name", className());
    object.put("config", config());
    return object;
  }
}
