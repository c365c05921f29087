package dev.sardonyx.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that somebody built against readers, made here; each gets one refusal. */
class HostileArchiveTest {
  private static final String CONFIG = "{\"class_name\": \"Sequential\", \"config\": {}}";

  @TempDir Path folder;

  private static Map<String, byte[]> members() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put(
        "metadata.json", "{\"keras_version\": \"3.15.1\"}".getBytes(StandardCharsets.UTF_8));
    members.put("config.json", CONFIG.getBytes(StandardCharsets.UTF_8));
    Forge empty = new Forge();
    empty.header(Forge.linkInfo());
    members.put("model.weights.h5", empty.file());
    return members;
  }

  private static byte[] zip(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private DiagnosticException refused(byte[] archive) throws IOException {
    return refused(archive, Limits.DEFAULT);
  }

  private DiagnosticException refused(byte[] archive, Limits limits) throws IOException {
    Path file = folder.resolve("bad.keras");
    Files.write(file, archive);
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> assertTimeout(Duration.ofSeconds(10), () -> KerasFile.open(file, limits)));
    assertEquals(4, e.getMessage().split("\n", -1).length, e.getMessage());
    assertEquals("bad.keras", e.diagnostic().at().file());
    return e;
  }

  private static void assertCode(String code, DiagnosticException e) {
    assertEquals(code, e.diagnostic().code(), e.getMessage());
  }

  @Test
  void honestArchiveIsRead() throws IOException {
    Path file = folder.resolve("good.keras");
    Files.write(file, zip(members()));
    try (KerasFile keras = KerasFile.open(file)) {
      assertEquals("3.15.1", keras.kerasVersion());
      assertEquals(Format.ARCHIVE, keras.format());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x",
        "assets/../../x",
        "/etc/x",
        "C:\\x",
        "C:/x",
        "assets\\x",
        "assets//x",
        "assets/./x",
        "assets/x\u0000y",
        "assets/x\ny",
        "model.py",
        "__MACOSX/../x"
      })
  void namesThatLeadElsewhereAreRefused(String name) throws IOException {
    Map<String, byte[]> members = members();
    members.put(name, new byte[1]);
    DiagnosticException e = refused(zip(members));
    assertCode("KERAS-003", e);
    assertTrue(e.diagnostic().received().startsWith("member: "), e.getMessage());
  }

  @Test
  void theReferenceShowsThem() throws IOException {
    Map<String, String> rows =
        Map.of("37", "../../x", "37 (absolute)", "/etc/x", "37 (backslash)", "assets\\x");
    for (Map.Entry<String, String> row : rows.entrySet()) {
      Map<String, byte[]> members = members();
      members.put(row.getValue(), new byte[1]);
      HostileRows.assertShown(row.getKey(), refused(zip(members)));
    }
  }

  /** Searches the archive for a name, in its own header and in the directory. */
  private static byte[] replaced(byte[] archive, String name, String by) {
    String text = new String(archive, StandardCharsets.ISO_8859_1).replace(name, by);
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void twoMembersOfOneNameAreRefused() throws IOException {
    Map<String, byte[]> members = members();
    members.put("konfig.json", new byte[3]);
    assertCode("KERAS-003", refused(replaced(zip(members), "konfig.json", "config.json")));
  }

  @Test
  void linkIsRefused() throws IOException {
    Map<String, byte[]> members = members();
    members.put("assets/x", "/etc/passwd".getBytes(StandardCharsets.UTF_8));
    byte[] archive = zip(members);
    int entry = new String(archive, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
    archive[entry + 5] = 3;
    archive[entry + 41] = (byte) 0xa1;
    DiagnosticException e = refused(archive);
    assertCode("KERAS-003", e);
    HostileRows.assertShown("37 (link)", e);
  }

  @Test
  void headersThatDisagreeAreRefused() throws IOException {
    byte[] archive = zip(members());
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    int local = text.indexOf("config.json");
    archive[local] = 'k';
    assertCode("KERAS-003", refused(archive));
  }

  @Test
  void wrongChecksumIsRefused() throws IOException {
    byte[] archive = zip(members());
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    int entry = text.indexOf("PK\1\2", text.indexOf("PK\1\2") + 1);
    archive[entry + 16] ^= 1;
    assertCode("KERAS-003", refused(archive));
  }

  @Test
  void partOfAnArchiveIsRefused() throws IOException {
    byte[] archive = zip(members());
    for (int length = 4; length < archive.length; length += 7) {
      assertCode("KERAS-003", refused(java.util.Arrays.copyOf(archive, length)));
    }
  }

  @Test
  void architectureThatInflatesIsRefused() throws IOException {
    Map<String, byte[]> members = members();
    members.put("config.json", new byte[100 << 20]);
    DiagnosticException e = refused(zip(members));
    assertCode("KERAS-004", e);
    HostileRows.assertShown("38", e);
  }

  /** It says to be small in the directory, and is not. */
  @Test
  void memberThatIsLargerThanItSaysIsRefused() throws IOException {
    Map<String, byte[]> members = members();
    members.put("config.json", new byte[10 << 20]);
    byte[] archive = zip(members);
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    int entry = text.indexOf("PK\1\2", text.indexOf("PK\1\2") + 1);
    archive[entry + 24] = 100;
    archive[entry + 26] = 0;
    archive[entry + 25] = 0;
    DiagnosticException e = refused(archive);
    assertCode("KERAS-004", e);
    assertTrue(e.getMessage().contains("more than it says"), e.getMessage());
  }

  @Test
  void assetThatInflatesIsRefused() throws IOException {
    Map<String, byte[]> members = members();
    members.put("assets/layers/string_lookup/vocabulary.txt", new byte[80 << 20]);
    DiagnosticException e = refused(zip(members));
    assertCode("KERAS-004", e);
    HostileRows.assertShown("39", e);
  }

  @Test
  void assetsAboveTheLimitAreRefused() throws IOException {
    Map<String, byte[]> members = members();
    members.put("assets/a", new byte[600]);
    members.put("assets/b", new byte[600]);
    assertCode("KERAS-004", refused(zip(members), Limits.DEFAULT.withAssetBytes(1000)));
  }

  @Test
  void missingMembersAreNamed() throws IOException {
    for (String name : new String[] {"config.json", "model.weights.h5"}) {
      Map<String, byte[]> members = members();
      members.remove(name);
      DiagnosticException e = refused(zip(members));
      assertCode("KERAS-006", e);
      assertTrue(e.getMessage().contains("no " + name), e.getMessage());
    }
  }

  @Test
  void pickledWeightsAreRefused() throws IOException {
    Map<String, byte[]> members = members();
    members.put("model.weights.npz", members.remove("model.weights.h5"));
    DiagnosticException e = refused(zip(members));
    assertTrue(e.getMessage().contains("npz cannot be read"), e.getMessage());
  }

  private DiagnosticException refusedConfig(String text) throws IOException {
    Map<String, byte[]> members = members();
    members.put("config.json", text.getBytes(StandardCharsets.UTF_8));
    return refused(zip(members), Limits.DEFAULT.withExpansion(2000));
  }

  @Test
  void badJsonIsRefused() throws IOException {
    assertCode("KERAS-005", refusedConfig("{\"class_name\": \"A\", \"config\": {}"));
    assertCode("KERAS-005", refusedConfig("[1]"));
    assertCode("KERAS-005", refusedConfig("{} {}"));
    assertCode("KERAS-005", refusedConfig("{\"config\": {}, \"config\": {\"a\": 1}}"));
    assertCode("KERAS-005", refusedConfig("{\"a\": " + "[".repeat(100_000)));
    assertCode("KERAS-005", refusedConfig("{\"a\": " + "1".repeat(100_000) + "}"));
    assertCode("KERAS-005", refusedConfig("{\"a\": [" + "[],".repeat(600_000) + "1]}"));
    assertCode("KERAS-006", refusedConfig("{\"class_name\": 3, \"config\": {}}"));
  }

  @Test
  void architectureAboveTheLimitIsRefused() throws IOException {
    assertCode("KERAS-004", refused(zip(members()), Limits.DEFAULT.withJsonBytes(30)));
  }
}
