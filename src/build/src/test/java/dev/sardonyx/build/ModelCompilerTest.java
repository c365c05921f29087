package dev.sardonyx.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.layers.Dense;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.runtime.Session;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build leaves in the output directory, from build to build. */
class ModelCompilerTest {
  private static final String IRIS = "return Sequential.of(input(4), dense(3));";
  private static final String ROSE = "return Sequential.of(input(2).named(\"x\"), dense(1));";
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path directory;
  private UserModule module;

  @BeforeEach
  void newModule() {
    module = new UserModule(directory);
  }

  /** A class with one definition. */
  private UserModule define(String className, String annotation, String body) throws IOException {
    return module.flowers(
        className,
        "class %s {\n%s static Model m() {\n%s\n}}\n".formatted(className, annotation, body));
  }

  private Path model(String name) {
    return module.classes().resolve(name);
  }

  @Test
  void modelsAreWrittenWhereTheirNamesSay() throws IOException {
    define("Iris", "@OnnxModel(\"models/iris\")", "System.out.println(\"größe\");" + IRIS);
    define("Rose", "@OnnxModel", ROSE);
    CompileResult result = module.compiled();
    assertEquals(
        List.of(
            "flowers/m.onnx (x: float32[N,2]) -> (dense: float32[N,1])",
            "models/iris.onnx (input_layer: float32[N,4]) -> (dense: float32[N,3])"),
        result.models().stream().map(CompiledModel::toString).toList());
    assertEquals(List.of("flowers/m.onnx", "models/iris.onnx"), module.models());
    assertEquals(model("models/iris.onnx"), result.models().get(1).file());
    assertTrue(result.models().stream().allMatch(CompiledModel::changed));
    assertFalse(result.upToDate());
    assertEquals(List.of("größe"), module.printed());
    try (Session session = Session.open(model("models/iris.onnx"))) {
      Tensor x = Tensor.of(new float[][] {{1, 2, 3, 4}});
      assertEquals(
          "float32[1,3]", session.run(Map.of("input_layer", x)).get("dense").type().toString());
    }
  }

  @Test
  void theSameDefinitionsGiveTheSameBytes() throws IOException {
    define("Iris", "@OnnxModel(\"iris\")", IRIS).compiled();
    byte[] first = Files.readAllBytes(model("iris.onnx"));
    UserModule elsewhere = new UserModule(directory.resolve("elsewhere"));
    module = elsewhere;
    define("Iris", "@OnnxModel(\"iris\")", IRIS).compiled();
    assertArrayEquals(first, Files.readAllBytes(model("iris.onnx")));
  }

  @Test
  void aSecondBuildRunsNothing() throws IOException {
    define("Iris", "@OnnxModel(\"iris\")", "System.out.println(\"run\");" + IRIS);
    CompileResult first = module.compiled();
    Files.setLastModifiedTime(model("iris.onnx"), LONG_AGO);
    CompileResult second = module.compiled();
    assertTrue(second.upToDate());
    assertEquals(List.of(), module.printed());
    assertEquals(LONG_AGO, Files.getLastModifiedTime(model("iris.onnx")));
    assertEquals(first.models().toString(), second.models().toString());
    assertFalse(second.models().get(0).changed());
    assertEquals(List.of("index"), List.of(module.file("target/sardonyx").toFile().list()));
  }

  @Test
  void onlyWhatChangedIsWritten() throws IOException {
    define("Iris", "@OnnxModel(\"iris\")", IRIS);
    define("Rose", "@OnnxModel(\"a/rose\")", ROSE).compiled();
    Files.setLastModifiedTime(model("iris.onnx"), LONG_AGO);
    define("Rose", "@OnnxModel(\"a/rose\")", ROSE.replace("dense(1)", "dense(2)"));
    CompileResult result = module.compiled();
    assertEquals(
        List.of(true, false), result.models().stream().map(CompiledModel::changed).toList());
    assertEquals(LONG_AGO, Files.getLastModifiedTime(model("iris.onnx")));
  }

  @Test
  void aModelThatIsNoLongerDefinedGoesAndOneThatIsLostComesBack() throws IOException {
    define("Iris", "@OnnxModel(\"iris\")", IRIS);
    define("Rose", "@OnnxModel(\"a/b/rose\")", ROSE).compiled();
    Files.delete(model("iris.onnx"));
    module.compiled();
    assertEquals(List.of("a/b/rose.onnx", "iris.onnx"), module.models());
    define("Rose", "", ROSE).compiled();
    assertEquals(List.of("iris.onnx"), module.models());
    assertFalse(Files.exists(model("a")));
    define("Iris", "", IRIS);
    assertEquals(List.of(), module.compiled().models());
    assertEquals(List.of(), module.models());
  }

  @Test
  void optionsAndResourcesCount() throws IOException {
    define("Iris", "@OnnxModel(\"iris\")", "System.out.println(System.getProperty(\"k\"));" + IRIS);
    CompileRequest one = module.request().withJvm(List.of("-Dk=one"), Duration.ofMinutes(1));
    module.compileModels(one);
    assertEquals(List.of("one"), module.printed());
    module.compileModels(module.request().withJvm(List.of("-Dk=a b"), Duration.ofMinutes(1)));
    assertEquals(List.of("a b"), module.printed());
    module.compileModels(one);
    assertTrue(module.compileModels(one).upToDate());
    Files.writeString(module.classes().resolve("table.csv"), "1,2");
    assertFalse(module.compileModels(one).upToDate());
  }

  @Test
  void weightsComeFromAFileOrAResource() throws IOException {
    define("Iris", "@OnnxModel(value = \"iris\", weights = \"saved/w.safetensors\")", IRIS);
    Model model = Sequential.of(Input.input(4), Dense.dense(3));
    Files.createDirectories(module.file("saved"));
    model.saveWeights(module.file("saved/w.safetensors"));
    module.compiled();
    byte[] fromFile = Files.readAllBytes(model("iris.onnx"));

    model.setWeight("dense/bias", Tensor.of(new float[] {1, 2, 3}));
    model.saveWeights(module.file("saved/w.safetensors"));
    assertFalse(module.compiled().upToDate());
    byte[] fromNewFile = Files.readAllBytes(model("iris.onnx"));
    assertNotEquals(-1, Arrays.mismatch(fromFile, fromNewFile));

    Files.createDirectories(module.classes().resolve("saved"));
    Files.move(module.file("saved/w.safetensors"), module.classes().resolve("saved/w.safetensors"));
    assertFalse(module.compiled().upToDate());
    assertArrayEquals(fromNewFile, Files.readAllBytes(model("iris.onnx")));
  }

  @Test
  void aFileOfSomebodyElseIsNotOverwritten() throws IOException {
    define("Iris", "@OnnxModel(\"iris\")", IRIS);
    Files.writeString(model("iris.onnx"), "by hand");
    Problem problem = module.problem();
    assertEquals("BUILD-016", problem.diagnostic().code());
    assertEquals("by hand", Files.readString(model("iris.onnx")));
    Files.delete(model("iris.onnx"));
    module.compiled();
  }

  @Test
  void aDirectoryMayHaveAnyName() throws IOException {
    String name = "it's \"my\" \\n module #1";
    Charset ofPaths = Charset.forName(System.getProperty("sun.jnu.encoding"));
    if (ofPaths.newEncoder().canEncode("größte")) {
      name += " größte";
    }
    module = new UserModule(directory.resolve(name));
    define("Iris", "@OnnxModel(\"iris\")", IRIS).compiled();
    assertEquals(List.of("iris.onnx"), module.models());
  }
}
