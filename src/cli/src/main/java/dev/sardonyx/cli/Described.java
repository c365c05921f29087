package dev.sardonyx.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.optimizers.Optimizer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects with Keras's names and options, in one word: {@code adam:learning_rate=0.01}. */
final class Described {
  private Described() {}

  /** The object of {@code family} that {@code text}, the value of {@code option}, describes. */
  static <T extends Configurable> T read(Class<T> family, String option, String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Configurable plain = named(family, name);
    if (colon < 0) {
      return family.cast(plain);
    }
    Map<String, Object> options = new LinkedHashMap<>();
    for (String pair : text.substring(colon + 1).split(",")) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw Refusal.badOption(option, text, "options are like learning_rate=0.01");
      }
      options.put(pair.substring(0, equals), value(pair.substring(equals + 1)));
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("class_name", plain.className());
    described.put("config", options);
    return Config.create(family, option, described);
  }

  private static Configurable named(Class<?> family, String name) {
    return family == Loss.class
        ? Loss.of(name)
        : family == Metric.class ? Metric.of(name) : Optimizer.of(name);
  }

  /** A number, true, false or null as in JSON; anything else is a text. */
  private static Object value(String text) {
    try {
      return JSON.std.anyFrom(text);
    } catch (IOException e) {
      return text;
    }
  }
}
