package dev.sardonyx.cli;

import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.Rescaling.rescaling;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.onnx.OnnxFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is called: what it prints, writes and returns. */
class VerifyCommandTest {
  @TempDir private Path folder;

  @Test
  void aLineForEachCaseAndTheCount() throws IOException {
    CaseFiles.onnx(folder.resolve("right"), 2, 4, 6);
    CaseFiles.onnx(folder.resolve("wrong"), 2, 4, 7);
    Path json = folder.resolve("report.json");
    Console console = Console.run("verify", folder, "--json", json);
    assertEquals(1, console.status(), console.err());
    assertEquals(
        List.of(
            "ok      " + folder + "/right  outputs",
            "FAILED  "
                + folder
                + "/wrong  output y: max |diff| 1.0e+00, allowed 1.0e-07 + 1.0e-03·|expected|;"
                + " element 2: expected 7.0, got 6.0",
            "1 passed, 1 failed"),
        console.out());
    List<Object> rows = JSON.std.listFrom(json.toFile());
    assertEquals(2, rows.size());
    Map<?, ?> row = (Map<?, ?>) rows.get(1);
    assertEquals(folder + "/wrong", row.get("name"));
    assertEquals("onnx", row.get("kind"));
    assertEquals("failed", row.get("status"));
    assertTrue(row.get("message").toString().startsWith("output y: max"), row::toString);
    assertTrue(row.get("milliseconds") instanceof Number, row::toString);
  }

  @Test
  void quietOnesPrintFailuresOnly() {
    CaseFiles.onnx(folder.resolve("right"), 2, 4, 6);
    Console console = Console.run("verify", "--quiet", folder);
    assertEquals(0, console.status(), console.err());
    assertEquals(List.of("1 passed, 0 failed"), console.out());
  }

  @Test
  void casesOfTraining() {
    Map<String, Tensor> arrays =
        Map.of(
            "steps", Tensor.of(new float[] {0, 1}),
            "rates", Tensor.of(new float[] {0.5f, 0.25f}));
    String decay =
        "{\"family\": \"schedules\", \"schedule\": {\"class_name\": \"%s\", \"config\":"
            + " {\"initial_learning_rate\": 0.5, \"decay_steps\": 1, \"decay_rate\": 0.5}}}";
    CaseFiles.training(folder.resolve("known"), decay.formatted("ExponentialDecay"), arrays);
    CaseFiles.training(folder.resolve("unknown"), decay.formatted("Decadence"), arrays);
    Console console = Console.run("verify", "--kind", "training", folder);
    assertEquals("ok      " + folder + "/known  schedules", console.out().get(0));
    assertTrue(
        console.out().get(1).contains("[NN-004] there is no learningrateschedule called Decadence"),
        console.out().get(1));
    assertEquals("1 passed, 1 failed", console.last());
  }

  @Test
  void casesAreChosenByNameAndKind() {
    CaseFiles.onnx(folder.resolve("group/one"), 2, 4, 6);
    CaseFiles.onnx(folder.resolve("group/two"), 2, 4, 7);
    CaseFiles.gradients(folder.resolve("group/two"), new float[] {1, 2, 3}, new float[] {2, 4, 6});
    assertEquals("1 passed, 0 failed", Console.run("verify", folder, "--only", "on?").last());
    assertEquals(
        "1 passed, 1 failed",
        Console.run("verify", folder, "--only", "one", "--only", "group/t*").last());
    assertEquals(
        List.of("ok      " + folder + "/group/two  gradients", "1 passed, 0 failed"),
        Console.run("verify", folder, "--kind", "gradients").out());
    assertEquals(
        "1 passed, 1 failed",
        Console.run("verify", folder, "--kind", "outputs,training", "--no-passes").last());
  }

  @Test
  void aWrongGradientFails() {
    CaseFiles.onnx(folder, 2, 4, 6);
    CaseFiles.gradients(folder, new float[] {1, 2, 3}, new float[] {2, 4, 5});
    Console console = Console.run("verify", folder);
    assertTrue(console.out().get(0).contains("gradient x: max |diff| 1.0e+00"), console::toString);
  }

  @Test
  void gradientsAgainstDifferences() {
    CaseFiles.onnx(folder.resolve("doubled"), 2, 4, 6);
    Value x = Value.input("x", TensorType.parse("float32[2]"));
    List<Tensor> point = List.of(Tensor.of(new float[] {0, 2}));
    CaseFiles.onnx(folder.resolve("kinked"), graph(x, x.relu()), point, point);
    CaseFiles.onnx(folder.resolve("steps"), graph(x, x.round()), point, point);
    List<String> lines = Console.run("verify", "--kind", "differences", folder).out();
    assertEquals(
        "ok      " + folder + "/doubled  one operator, float64, 3 derivatives", lines.get(0));
    String kinked = "/kinked  one operator, float64, 2 derivatives, 1 kinks: input 0, element 0: ";
    assertTrue(lines.get(1).contains(kinked + "gradient 0.0, slopes 0.0 and "), lines.get(1));
    assertTrue(lines.get(2).startsWith("nothing " + folder + "/steps  not differentiable: piece"));
    assertEquals(
        List.of("1 others have nothing to check", "2 passed, 0 failed"), lines.subList(3, 5));
  }

  private static Graph graph(Value x, Value y) {
    return Graph.of("test", List.of(x), List.of(y), List.of("y"));
  }

  @Test
  void theRuntimeByItself() {
    CaseFiles.onnx(folder.resolve("right"), 2, 4, 6);
    CaseFiles.onnx(folder.resolve("wrong"), 2, 4, 7);
    assertEquals("1 passed, 1 failed", Console.run("verify", "--ort-direct", folder).last());
  }

  @Test
  void aModelBesideArrays() {
    OnnxFile.write(CaseFiles.doubling(), folder.resolve("net.onnx"));
    CaseFiles.npy(folder.resolve("input_0.npy"), 1, 2);
    CaseFiles.npy(folder.resolve("expected_0.npy"), 2, 4);
    assertEquals(
        List.of("ok      " + folder + "  net.onnx", "1 passed, 0 failed"),
        Console.run("verify", folder).out());
    CaseFiles.npy(folder.resolve("expected_0.npy"), 2, 5);
    assertEquals("0 passed, 1 failed", Console.run("verify", folder).last());
    CaseFiles.npy(folder.resolve("input_1.npy"), 2, 5);
    assertTrue(
        Console.run("verify", folder).out().get(0).contains("takes 1 inputs"), "one too many");
  }

  @Test
  void casesInZipFiles() throws IOException {
    CaseFiles.onnx(folder.resolve("made/deep/one"), 2, 4, 6);
    CaseFiles.onnx(folder.resolve("made/two"), 2, 4, 7);
    Path zips = Files.createDirectory(folder.resolve("zips"));
    CaseFiles.zip(folder.resolve("made"), zips.resolve("cases.zip"));
    Console console = Console.run("verify", zips);
    assertEquals("ok      " + zips + "/cases.zip/deep/one  outputs", console.out().get(0));
    assertTrue(console.out().get(1).startsWith("FAILED  " + zips + "/cases.zip/two"));
    assertEquals("1 passed, 1 failed", console.last());
  }

  /** What Keras saved, with a {@code case.json} of the reference cases, and a user's own. */
  @Test
  void modelsOfKeras() throws IOException {
    Path one = Files.createDirectory(folder.resolve("reference"));
    keras(one);
    Files.writeString(
        one.resolve("case.json"),
        """
        {"expect": "ok", "tolerance": 1e-6, "files": ["model.keras", "model.h5"],
         "inputs": [{"file": "input_0.npy"}], "outputs": [{"file": "expected_0.npy"}]}""");
    keras(Files.createDirectory(folder.resolve("users")));
    assertEquals(
        List.of(
            "ok      " + folder + "/reference  model.keras model.h5",
            "ok      " + folder + "/users  model.h5 model.keras",
            "2 passed, 0 failed"),
        Console.run("verify", folder).out());
    CaseFiles.row(one.resolve("expected_0.npy"), 3, 4);
    Console console = Console.run("verify", one);
    assertTrue(console.out().get(0).contains("model.keras: output_0: max"), console::toString);
    Files.write(one.resolve("model.keras"), new byte[] {1});
    assertTrue(Console.run("verify", one).out().get(0).contains("model.keras: [KERAS-001]"));
  }

  /** Files of a folder whose {@code index.json} says that they must be refused. */
  @Test
  void filesThatMustBeRefused() throws IOException {
    keras(folder);
    Files.writeString(folder.resolve("bad.keras"), "no zip");
    Files.writeString(
        folder.resolve("index.json"),
        """
        {"bad.keras": {"expect": "refused"}, "model.keras": {"expect": "refused"},
         "model.h5": {"expect": "refused or harmless"}}""");
    List<String> out = Console.run("verify", folder).out();
    assertTrue(out.get(0).startsWith("refused " + folder + "/bad.keras  [KERAS-001]"), out.get(0));
    assertEquals("ok      " + folder + "/model.h5  model.h5", out.get(1));
    assertTrue(out.get(2).contains("/model.keras  was not refused"), out.get(2));
    assertEquals("2 passed, 1 failed", out.get(3));
  }

  private static void keras(Path folder) {
    try (Model model = Sequential.of(input(2), rescaling(2))) {
      model.save(folder.resolve("model.keras"));
      model.save(folder.resolve("model.h5"));
    }
    CaseFiles.row(folder.resolve("input_0.npy"), 1, 2);
    CaseFiles.row(folder.resolve("expected_0.npy"), 2, 4);
  }

  @Test
  void aFileThatIsNoModelFailsItsCaseOnly() throws IOException {
    CaseFiles.onnx(folder.resolve("a"), 2, 4, 6);
    CaseFiles.onnx(folder.resolve("b"), 2, 4, 6);
    Files.writeString(folder.resolve("a/model.onnx"), "<html>404</html>");
    Console console = Console.run("verify", folder);
    assertTrue(console.out().get(0).contains("[ONNX-002]"), console::toString);
    assertEquals("1 passed, 1 failed", console.last());
  }

  @Test
  void wrongUsage() throws IOException {
    Path zip = folder.resolve("not.zip");
    Files.write(zip, "hello".getBytes(StandardCharsets.UTF_8));
    assertRefused(2, "CLI-001", "verify", folder.resolve("none"));
    assertRefused(2, "CLI-002", "verify", Files.createDirectory(folder.resolve("empty")));
    assertRefused(2, "CLI-003", "verify");
    assertRefused(2, "CLI-003", "verify", folder, "--kind", "tests");
    assertRefused(2, "CLI-003", "verify", folder, "--provider", "abacus");
    assertRefused(2, "CLI-004", "verify", folder, "--jobs", 0);
    assertRefused(2, "CLI-004", "verify", folder, "--time-limit", 0);
    assertRefused(2, "CLI-004", "verify", folder, "--only", "[");
    assertRefused(1, "CLI-010", "verify", zip);
  }

  @Test
  void aReportThatCannotBeWritten() {
    CaseFiles.onnx(folder.resolve("right"), 2, 4, 6);
    assertRefused(1, "CLI-014", "verify", folder, "--json", folder.resolve("no/such/folder.json"));
  }

  private static void assertRefused(int status, String code, Object... arguments) {
    Console console = Console.run(arguments);
    assertEquals(status, console.status(), console::toString);
    assertTrue(console.err().startsWith("[" + code + "] "), console::toString);
    assertEquals(4, console.err().lines().count(), console.err());
  }
}
