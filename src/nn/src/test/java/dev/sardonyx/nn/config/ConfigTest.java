package dev.sardonyx.nn.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.nn.layers.Layer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dense   | units    | three | option units is an integer, got three",
        "BatchNormalization | center | yes | option center is true or false, got yes",
        "Dropout | rate     | half  | option rate is a number, got half",
        "MaxPooling2D | padding | all | option padding is one of [valid, same, causal], got all",
      })
  void optionsOfAnotherKind(String className, String option, String value, String message) {
    Map<String, Object> layer = Map.of("class_name", className, "config", Map.of(option, value));
    Diagnostic refused =
        assertThrows(DiagnosticException.class, () -> Config.create(Layer.class, "layer", layer))
            .diagnostic();
    assertEquals("NN-001", refused.code(), refused::toString);
    assertEquals(message, refused.message());
    assertEquals("ConfigTest.java", refused.at().file());
    assertEquals(option + " = " + value, refused.received());
  }
}
