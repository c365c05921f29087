package dev.sardonyx.cli.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * A case that was found, in a folder or in an archive.
 *
 * @param kinds what can be asked of it
 * @param files where its files are
 */
record Found(String name, Layout layout, Set<Kind> kinds, Files files) {
  /** How to come by a case's files. */
  interface Files {
    /** Does something with a folder that has them, for as long as it takes. */
    Outcome in(Use use) throws IOException, InterruptedException;
  }

  /** What is done with a folder. */
  interface Use {
    Outcome with(Path folder) throws IOException, InterruptedException;
  }

  Outcome run(CaseRunner runner) throws IOException, InterruptedException {
    return files.in(folder -> runner.run(new Case(name, folder, layout)));
  }
}
