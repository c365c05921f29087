package dev.sardonyx.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * HDF5 files that somebody built against readers, made here byte by byte; each gets one refusal.
 */
class HostileHdf5Test {
  @TempDir Path folder;

  private DiagnosticException refused(Consumer<Forge> bad) throws IOException {
    Forge forge = new Forge();
    bad.accept(forge);
    return refused(forge.file());
  }

  private DiagnosticException refused(byte[] weights) throws IOException {
    Path json = folder.resolve("model.json");
    Files.writeString(json, "{\"class_name\": \"Sequential\", \"config\": {}}");
    Path file = folder.resolve("bad.weights.h5");
    Files.write(file, weights);
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> assertTimeout(Duration.ofSeconds(10), () -> readAll(json, file)));
    assertEquals(4, e.getMessage().split("\n", -1).length, e.getMessage());
    assertEquals("bad.weights.h5", e.diagnostic().at().file());
    return e;
  }

  private static void readAll(Path json, Path file) {
    try (KerasFile keras = KerasFile.open(json, file)) {
      if (keras.weights() instanceof ObjectWeights tree) {
        tree.paths().forEach(path -> tree.vars(path).forEach(Dataset::read));
      }
    }
  }

  private static void assertCode(String code, String detail, DiagnosticException e) {
    assertEquals(code, e.diagnostic().code(), e.getMessage());
    assertTrue(e.diagnostic().at().detail().contains(detail), e.getMessage());
  }

  /** A root whose group {@code vars} has the array {@code 0} with these messages. */
  private static void array(Forge forge, byte[]... messages) {
    // Three headers of a known length come before the array: root, vars, then what it needs.
    byte[] vars = Forge.headerBytes(Forge.linkInfo(), Forge.link("0", 0));
    byte[] root = Forge.headerBytes(Forge.linkInfo(), Forge.link("vars", 0));
    long varsAt = Forge.ROOT + (root.length + 7) / 8 * 8;
    long arrayAt = varsAt + (vars.length + 7) / 8 * 8;
    forge.header(Forge.linkInfo(), Forge.link("vars", varsAt));
    forge.header(Forge.linkInfo(), Forge.link("0", arrayAt));
    forge.header(messages);
  }

  @Test
  void hugeShapeWithoutDataIsRefused() throws IOException {
    for (byte[] layout : new byte[][] {Forge.contiguous(-1, 4L << 40), Forge.chunked(-1, 1024)}) {
      DiagnosticException e =
          refused(f -> array(f, Forge.space(1L << 40), Forge.float32(), layout));
      assertCode("KERAS-023", "vars/0", e);
      HostileRows.assertShown("40", e);
    }
  }

  @Test
  void shapeBeyondAllNumbersIsRefused() throws IOException {
    byte[] space = Forge.space(1L << 40, 1L << 40, 3);
    assertCode(
        "KERAS-023",
        "vars/0",
        refused(f -> array(f, space, Forge.float32(), Forge.contiguous(48, 8))));
    byte[] negative = Forge.space(-4);
    refused(f -> array(f, negative, Forge.float32(), Forge.contiguous(48, 8)));
  }

  @Test
  void shapeThatIsNotStoredIsRefused() throws IOException {
    DiagnosticException e =
        refused(f -> array(f, Forge.space(1000), Forge.float32(), Forge.contiguous(48, 4000)));
    assertCode("KERAS-023", "vars/0", e);
    HostileRows.assertShown("44", e);
    assertCode(
        "KERAS-023",
        "vars/0",
        refused(f -> array(f, Forge.space(1000), Forge.float32(), Forge.contiguous(48, 8))));
  }

  @Test
  void dataInOtherFilesAreRefused() throws IOException {
    byte[] files = Forge.message(7, new OutBytes().bytes(1, 0, 0, 0).number(1, 2).number(1, 2));
    byte[] data = Forge.contiguous(-1, 8);
    DiagnosticException e = refused(f -> array(f, Forge.space(2), Forge.float32(), files, data));
    assertCode("KERAS-021", "vars/0", e);
    HostileRows.assertShown("41", e);
  }

  @Test
  void virtualArrayIsRefused() throws IOException {
    byte[] mapped = Forge.message(8, new OutBytes().bytes(4, 3).address(48).number(0, 4));
    DiagnosticException e = refused(f -> array(f, Forge.space(2), Forge.float32(), mapped));
    assertCode("KERAS-021", "vars/0", e);
    HostileRows.assertShown("41 (virtual)", e);
  }

  @Test
  void linksToElsewhereAreRefused() throws IOException {
    DiagnosticException external =
        refused(f -> f.header(Forge.linkInfo(), Forge.externalLink("x", "/etc/passwd", "/y")));
    assertCode("KERAS-021", "x", external);
    HostileRows.assertShown("42", external);
    DiagnosticException soft = refused(f -> f.header(Forge.linkInfo(), Forge.softLink("x", "/y")));
    assertCode("KERAS-021", "x", soft);
    HostileRows.assertShown("42 (soft)", soft);
  }

  @Test
  void groupWithinItselfIsRefused() throws IOException {
    DiagnosticException e =
        refused(f -> f.header(Forge.linkInfo(), Forge.link("again", Forge.ROOT)));
    assertCode("KERAS-022", "again", e);
    HostileRows.assertShown("45", e);
  }

  @Test
  void deepGroupsAreRefused() throws IOException {
    assertCode(
        "KERAS-022",
        "a/a/a/a",
        refused(
            f -> {
              for (int i = 0; i < 5000; i++) {
                int size = (Forge.headerBytes(Forge.linkInfo(), Forge.link("a", 0)).length + 7) / 8;
                f.header(Forge.linkInfo(), Forge.link("a", f.next() + 8L * size));
              }
              f.header(Forge.linkInfo());
            }));
  }

  @Test
  void headerThatContinuesInItselfIsRefused() throws IOException {
    Forge forge = new Forge();
    // Version 1 has no checksum: a block of messages that names itself as the next.
    OutBytes header = new OutBytes().bytes(1, 0).number(60000, 2).number(1, 4).number(24, 4);
    header.number(0, 4).number(16, 2).number(16, 2).number(0, 4);
    header.address(Forge.ROOT + 16).number(24, 8);
    forge.add(header.array());
    DiagnosticException e = refused(forge.file());
    assertCode("KERAS-022", "", e);
    HostileRows.assertShown("45 (header)", e);
  }

  @Test
  void treeThatContainsItselfIsRefused() throws IOException {
    Forge forge = new Forge();
    OutBytes header = new OutBytes().bytes(1, 0).number(1, 2).number(1, 4).number(24, 4);
    header.number(0, 4).number(17, 2).number(16, 2).number(0, 4);
    long tree = Forge.ROOT + 40;
    header.address(tree).address(tree);
    forge.add(header.array());
    OutBytes node = new OutBytes().bytes('T', 'R', 'E', 'E', 0, 9).number(2, 2);
    node.address(-1).address(-1);
    for (int i = 0; i < 5; i++) {
      node.address(0).address(tree);
    }
    forge.add(node.array());
    assertCode("KERAS-022", "", refused(forge.file()));
  }

  private static void deflated(Forge forge, int declared, int real) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(new byte[real]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Forge sizes = new Forge();
    array(
        sizes, Forge.space(declared), Forge.float32(), Forge.chunked(0, declared), Forge.deflate());
    long tree = sizes.next();
    array(
        forge,
        Forge.space(declared),
        Forge.float32(),
        Forge.chunked(tree, declared),
        Forge.deflate());
    byte[] node = Forge.chunkTree(0, packed.size(), declared);
    forge.add(Forge.chunkTree(tree + (node.length + 7) / 8 * 8, packed.size(), declared));
    forge.add(packed.toByteArray());
  }

  @Test
  void chunkThatInflatesFurtherIsRefused() throws IOException {
    DiagnosticException e = refused(f -> deflated(f, 64, 64 << 20));
    assertCode("KERAS-025", "vars/0", e);
    HostileRows.assertShown("43", e);
    // Too short a chunk is damaged.
    assertCode("KERAS-020", "vars/0", refused(f -> deflated(f, 64, 100)));
  }

  @Test
  void typeThatNoWeightHasIsRefused() throws IOException {
    byte[] text = Forge.message(3, new OutBytes().bytes(0x13, 0, 0, 0).number(4, 4));
    assertCode(
        "KERAS-024",
        "vars/0",
        refused(f -> array(f, Forge.space(1), text, Forge.contiguous(48, 4))));
  }

  @Test
  void missingVariableIsRefused() throws IOException {
    DiagnosticException e =
        refused(
            f -> {
              byte[] root = Forge.headerBytes(Forge.linkInfo(), Forge.link("vars", 0));
              byte[] vars = Forge.headerBytes(Forge.linkInfo(), Forge.link("1", 0));
              long at = Forge.ROOT + (root.length + 7) / 8 * 8;
              f.header(Forge.linkInfo(), Forge.link("vars", at));
              f.header(Forge.linkInfo(), Forge.link("1", at + (vars.length + 7) / 8 * 8));
              f.header(Forge.space(2), Forge.float32(), Forge.contiguous(48, 8));
            });
    assertCode("KERAS-026", "", e);
  }

  @Test
  void partOfAFileIsRefused() throws IOException {
    Forge forge = new Forge();
    array(forge, Forge.space(2), Forge.float32(), Forge.contiguous(48, 8));
    byte[] whole = forge.file();
    byte[] random = new byte[whole.length];
    new java.util.Random(1).nextBytes(random);
    System.arraycopy(whole, 0, random, 0, 48);
    HostileRows.assertShown("46", refused(random));
    for (int length = 8; length < whole.length; length += 3) {
      assertEquals(
          "KERAS-020", refused(java.util.Arrays.copyOf(whole, length)).diagnostic().code());
    }
  }
}
