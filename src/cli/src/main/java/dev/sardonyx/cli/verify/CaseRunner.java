package dev.sardonyx.cli.verify;

/** Runs one case. Whatever it throws, errors too, is the case's failure. */
interface CaseRunner {
  Outcome run(Case one) throws Exception;
}
