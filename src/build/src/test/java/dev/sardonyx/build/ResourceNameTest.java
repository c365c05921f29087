package dev.sardonyx.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's name cannot leave the output directory, nor mean two things on two systems. */
class ResourceNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"iris", "models/iris", "a/b/c-1_2.v3", "Größe", "Outer$Inner", "console"})
  void aPlainNameIsTaken(String name) {
    assertNull(ResourceName.refuseModel(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ../iris      | a part of it begins or ends with a dot
          a/../../iris | a part of it begins or ends with a dot
          .            | a part of it begins or ends with a dot
          .hidden      | a part of it begins or ends with a dot
          iris.        | a part of it begins or ends with a dot
          /iris        | it is absolute
          a//b         | a part of it is empty
          a/           | a part of it is empty
          a\\b         | it has the character '\\'
          C:/iris      | it has the character ':'
          a b          | it has the character ' '
          a*           | it has the character '*'
          iris.onnx    | .onnx is added by the build
          iris.ONNX/x  | .onnx is added by the build
          nul          | "nul" is a device on Windows
          a/COM1.txt   | "COM1" is a device on Windows
          """)
  void aNameThatIsNoneIsRefused(String name, String reason) {
    assertEquals(reason, ResourceName.refuseModel(name));
  }

  @Test
  void controlCharactersAreRefused() {
    assertEquals("it has the character '\0'", ResourceName.refuseModel("a\0b"));
  }

  @Test
  void lengthHasALimit() {
    assertNull(ResourceName.refuseModel("a".repeat(200)));
    assertEquals("it is longer than 200 characters", ResourceName.refuseModel("a".repeat(201)));
  }

  @Test
  void weightsHaveTheirOwnExtension() {
    assertNull(ResourceName.refusePath("src/main/weights/iris.safetensors"));
    assertEquals("it is absolute", ResourceName.refusePath("/etc/passwd"));
  }
}
