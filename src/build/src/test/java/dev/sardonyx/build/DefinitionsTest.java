package dev.sardonyx.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in class files, without any of them being loaded. */
class DefinitionsTest {
  @TempDir Path directory;
  private UserModule module;

  @BeforeEach
  void newModule() {
    module = new UserModule(directory);
  }

  private Definitions find() throws IOException {
    return Definitions.find(module.classes());
  }

  @Test
  void definitionsAreFoundWhereverTheyAre() throws IOException {
    module
        .flowers(
            "Flowers",
            """
            class Flowers {
              static { if (true) throw new IllegalStateException("nobody may load this class"); }

              @OnnxModel("models/tulip")
              static Model tulip() {
                return null;
              }

              @Deprecated
              @OnnxModel(weights = "rose.safetensors")
              public static Model rose() { return null; }

              static Model notAnnotated() { return null; }

              private interface Inner {
                long BIG = 1L << 40;

                @OnnxModel static Model iris() { return null; }
              }
            }
            """)
        .source(
            "NoPackage.java",
            "class NoPackage { @dev.sardonyx.nn.OnnxModel static dev.sardonyx.nn.Model top() {"
                + " return null; } }");
    assertEquals(
        """
        flowers.Flowers$Inner.iris() flowers/iris [] Flowers.java:27
        flowers.Flowers.rose() flowers/rose [rose.safetensors] Flowers.java:20
        flowers.Flowers.tulip() models/tulip [] Flowers.java:15
        NoPackage.top() top [] NoPackage.java:1
        """,
        describe(find().valid()));
  }

  private static String describe(List<Definition> definitions) {
    StringBuilder text = new StringBuilder();
    for (Definition d : definitions) {
      text.append("%s %s [%s] %s%n".formatted(d, d.resource(), d.weights(), d.at()));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Model m() { return null; }                   | it is not static
          private static Model m() { return null; }    | it is private
          static Model m(int width) { return null; }   | it has parameters
          static Object m() { return null; }           | it returns Object
          static void m() {}                           | it returns void
          private int m() { return 1; }                | it is not static, it is private, it returns int
          """)
  void aMethodThatIsNoDefinitionIsRefused(String method, String reason) throws IOException {
    module.flowers("Flowers", "class Flowers {\n  @OnnxModel " + method + "\n}\n");
    Problem problem = module.problem();
    assertEquals("BUILD-002", problem.diagnostic().code());
    assertEquals("the method cannot define a model: " + reason, problem.diagnostic().message());
    assertEquals("Flowers.java:11", problem.diagnostic().at().toString());
    assertEquals(module.sources().resolve("flowers/Flowers.java"), problem.source());
  }

  @Test
  void theRefusedMethodIsShown() throws IOException {
    module.flowers(
        "Flowers", "class Flowers { @OnnxModel Object m(int a, String[] b) { return null; } }");
    assertEquals(
        "method: Object flowers.Flowers.m(int, String[])",
        module.problem().diagnostic().received());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../iris", "/iris", "a\\\\b", "iris.onnx"})
  void anUnsafeNameIsRefused(String name) throws IOException {
    module.flowers(
        "Flowers",
        "class Flowers { @OnnxModel(\"%s\") static Model m() { return null; } }".formatted(name));
    Problem problem = module.problem();
    assertEquals("BUILD-003", problem.diagnostic().code());
    assertEquals("Flowers.java:10", problem.diagnostic().at().toString());
  }

  @Test
  void unsafeWeightsAreRefused() throws IOException {
    module.flowers(
        "Flowers",
        "class Flowers { @OnnxModel(weights = \"../w\") static Model m() { return null; } }");
    assertEquals("BUILD-005", module.problem().diagnostic().code());
  }

  @ParameterizedTest
  @CsvSource({
    "iris, iris, two definitions are called \"iris\"",
    "iris, Iris, \"iris\" and \"Iris\" are one file where case does not count"
  })
  void twoModelsOfOneNameAreRefused(String first, String second, String message)
      throws IOException {
    module.flowers(
        "Flowers",
        """
        class Flowers {
          @OnnxModel("%s") static Model a() { return null; }
          @OnnxModel("%s") static Model b() { return null; }
        }
        """
            .formatted(first, second));
    Problem problem = module.problem();
    assertEquals("BUILD-004", problem.diagnostic().code());
    assertEquals(message, problem.diagnostic().message());
    assertEquals("Flowers.java:12", problem.diagnostic().at().toString());
    assertEquals(
        "method: flowers.Flowers.b()   also: flowers.Flowers.a() at Flowers.java:11",
        problem.diagnostic().received());
  }

  @Test
  void everyDamagedClassFileIsRefusedOrRead() throws IOException {
    module.flowers(
        "Flowers", "class Flowers { @OnnxModel(\"iris\") static Model m() { return null; } }");
    Path file = module.classes().resolve("flowers/Flowers.class");
    byte[] whole = Files.readAllBytes(file);
    String annotation = "Ldev/sardonyx/nn/OnnxModel;";
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Definitions found = find();
      boolean named =
          new String(whole, 0, length, StandardCharsets.ISO_8859_1).contains(annotation);
      assertEquals(List.of(), found.valid(), "cut at " + length);
      assertEquals(named ? 1 : 0, found.failures().size(), "cut at " + length);
    }
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 0x55;
      Files.write(file, changed);
      find();
    }
  }

  @Test
  void aDamagedClassFileIsNamed() throws IOException {
    Files.createDirectories(module.classes());
    Files.writeString(module.classes().resolve("Bad.class"), "Ldev/sardonyx/nn/OnnxModel;");
    Problem problem = module.problem();
    assertEquals("BUILD-001", problem.diagnostic().code());
    assertEquals(
        "a class file cannot be read: java.io.IOException: it does not begin like a class file",
        problem.diagnostic().message());
  }

  @Test
  void aModuleWithoutClassesHasNoModels() throws IOException {
    assertEquals(List.of(), module.compiled().models());
    assertEquals(false, Files.exists(module.file("target")));
  }
}
