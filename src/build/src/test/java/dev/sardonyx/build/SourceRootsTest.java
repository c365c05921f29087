package dev.sardonyx.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file's name from a stack trace leads to the one file that it can mean, or to none. */
class SourceRootsTest {
  @TempDir Path directory;
  private SourceRoots roots;

  @BeforeEach
  void sources() throws IOException {
    for (String name : List.of("java/a/Iris.java", "java/b/Iris.java", "kotlin/a/Iris3.kt")) {
      Files.createDirectories(directory.resolve(name).getParent());
      Files.writeString(directory.resolve(name), "");
    }
    roots =
        new SourceRoots(
            List.of(
                directory.resolve("generated"),
                directory.resolve("java"),
                directory.resolve("kotlin")));
  }

  @Test
  void aClassTellsWhichFileOfThatName() throws IOException {
    assertEquals(directory.resolve("java/b/Iris.java"), roots.find("Iris.java", "b.Iris$Inner"));
    assertNull(roots.find("Iris.java", ""));
    assertNull(roots.find("Iris.java", "c.Iris"));
  }

  @Test
  void aNameThatOnlyOneFileHasIsEnough() throws IOException {
    Path only = directory.resolve("kotlin/a/Iris3.kt");
    assertEquals(only, roots.find("Iris3.kt", ""));
    assertEquals(only, roots.find("Iris3.kt", "not.where.Kotlin.looks"));
  }

  @Test
  void whatIsNoFileOfSourcesIsNotLookedFor() throws IOException {
    Files.writeString(directory.resolve("Out.java"), "");
    assertNull(roots.find("../Out.java", ""));
    assertNull(roots.find("a\0b", "a.Iris"));
    assertNull(roots.find("unknown source", ""));
    assertNull(roots.find("", "a.Iris"));
  }
}
