package dev.sardonyx.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.cli.CaseFiles;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  @TempDir private Path folder;

  private Path zipOf(String... members) throws IOException {
    Path zip = folder.resolve("cases.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (String member : members) {
        entries.putNextEntry(new ZipEntry(member));
        entries.write(new byte[100]);
      }
    }
    return zip;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "a/..",
        "/etc/passwd",
        "C:\\evil",
        "c:evil",
        "a\\..\\evil",
        "a//b",
        "a/./b",
        "a\nb"
      })
  void membersThatWouldLieElsewhere(String member) throws IOException {
    Path zip = zipOf("fine", member);
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> Archive.open(zip, folder));
    assertEquals("CLI-011", e.diagnostic().code(), e::getMessage);
  }

  @Test
  void casesAreUnpackedAndGoAgain() throws IOException, InterruptedException {
    CaseFiles.onnx(folder.resolve("made/one"), 2, 4, 6);
    CaseFiles.onnx(folder.resolve("made/one/inner"), 2, 4, 6);
    CaseFiles.onnx(folder.resolve("made/two/deep"), 2, 4, 6);
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    Path zip = CaseFiles.zip(folder.resolve("made"), folder.resolve("cases.zip"));
    List<String> seen = new ArrayList<>();
    try (Archive archive = Archive.open(zip, scratch)) {
      for (Found found : archive.cases("z")) {
        found.run(
            one -> {
              seen.add(one.name());
              assertTrue(one.folder().startsWith(scratch));
              assertTrue(Files.size(one.folder().resolve("model.onnx")) > 0);
              assertTrue(Files.size(one.folder().resolve("test_data_set_0/input_0.pb")) > 0);
              return Outcome.ok("");
            });
      }
    }
    assertEquals(List.of("z/one", "z/two/deep"), seen);
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aCaseThatGoesOnAndOn() throws IOException, InterruptedException {
    Path zip = zipOf("a/model.onnx", "a/test_data_set_0/input_0.pb");
    try (Archive archive = Archive.open(zip, folder, 199)) {
      Outcome outcome = archive.cases("").get(0).run(one -> Outcome.ok(""));
      assertFalse(outcome.passed());
      assertTrue(outcome.message().startsWith("[CLI-012]"), outcome.message());
    }
    try (Archive archive = Archive.open(zip, folder, 200)) {
      assertTrue(archive.cases("").get(0).run(one -> Outcome.ok("")).passed());
    }
  }
}
