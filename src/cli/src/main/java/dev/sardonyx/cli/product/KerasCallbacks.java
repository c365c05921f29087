package dev.sardonyx.cli.product;

import dev.sardonyx.cli.Refusal;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.nn.Callback;
import dev.sardonyx.nn.callbacks.EarlyStopping;
import dev.sardonyx.nn.callbacks.ReduceLROnPlateau;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Makes callbacks of the arguments that Keras's constructors take. */
public final class KerasCallbacks {
  /** What Keras keeps among a callback's arguments and changes as it goes; and what it prints. */
  private static final Set<String> STATE =
      Set.of("best", "best_epoch", "cooldown_counter", "stopped_epoch", "verbose", "wait");

  private KerasCallbacks() {}

  /** The callback of that name; an argument that is not known is refused. */
  public static Callback of(String name, Map<?, ?> arguments) {
    return switch (name) {
      case "EarlyStopping" -> {
        EarlyStopping made = EarlyStopping.earlyStopping();
        take(arguments, (key, value) -> set(made, key, value));
        yield made;
      }
      case "ReduceLROnPlateau" -> {
        ReduceLROnPlateau made = ReduceLROnPlateau.reduceLROnPlateau();
        take(arguments, (key, value) -> set(made, key, value));
        yield made;
      }
      default -> throw Refusal.noCallback(name);
    };
  }

  private static void take(Map<?, ?> arguments, BiPredicate<String, Object> setter) {
    arguments.forEach(
        (key, value) -> {
          boolean left = value == null || value.equals("auto") || STATE.contains(key);
          if (!left && !setter.test((String) key, value)) {
            throw new Mismatch("the callback has no argument " + key);
          }
        });
  }

  private static boolean set(EarlyStopping made, String key, Object value) {
    switch (key) {
      case "monitor" -> made.monitor((String) value);
      case "mode" -> made.largerIsBetter(value.equals("max"));
      case "min_delta" -> made.minDelta(number(value));
      case "patience" -> made.patience((int) number(value));
      case "start_from_epoch" -> made.startFromEpoch((int) number(value));
      case "baseline" -> made.baseline(number(value));
      case "restore_best_weights" -> made.restoreBestWeights((boolean) value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean set(ReduceLROnPlateau made, String key, Object value) {
    switch (key) {
      case "monitor" -> made.monitor((String) value);
      case "mode" -> made.largerIsBetter(value.equals("max"));
      case "min_delta" -> made.minDelta(number(value));
      case "patience" -> made.patience((int) number(value));
      case "factor" -> made.factor(number(value));
      case "cooldown" -> made.cooldown((int) number(value));
      case "min_lr" -> made.minLearningRate(number(value));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
