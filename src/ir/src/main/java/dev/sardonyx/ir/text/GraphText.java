package dev.sardonyx.ir.text;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.DiagnosticException;

/** Graphs to and from the text that this package describes. */
public final class GraphText {
  private GraphText() {}

  /** The whole graph: {@link #parse} gives an equal one, bit for bit, names included. */
  public static String print(Graph graph) {
    return new GraphPrinter(graph, false).print();
  }

  /** The graph for reading: data of more than 32 elements is left out, as {@code ...}. */
  public static String printBrief(Graph graph) {
    return new GraphPrinter(graph, true).print();
  }

  /**
   * The graph that {@code text} describes. Its nodes' locations are lines of {@code source}.
   *
   * @param source what to call the text in errors, such as a file's name
   * @throws DiagnosticException if the text is not in this form (TEXT-001 to TEXT-011, with line
   *     and column), or what it describes is no valid graph
   */
  public static Graph parse(String text, String source) {
    return new GraphParser(new Lexer(text, source)).parse();
  }
}
