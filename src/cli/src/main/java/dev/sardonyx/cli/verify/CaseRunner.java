package dev.sardonyx.cli.verify;

import java.io.IOException;

/** Runs one case. Whatever it throws, errors too, is the case's failure. */
public interface CaseRunner {
  Outcome run(Case one) throws IOException, InterruptedException;
}
