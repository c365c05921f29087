package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Strings.CaseChange;
import dev.sardonyx.ir.Strings.StringNormalizer;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Capital and small letters where no locale is named: Unicode's, in every installation. */
class LettersTest {
  private static List<String> normalized(CaseChange change, List<String> stop, String... words) {
    Value x = Value.input("x", TensorType.of(ElementType.STRING, words.length));
    Value y = Value.of(new StringNormalizer(change, false, null, stop), x);
    Graph graph = Graph.of("letters", List.of(x), List.of(y));
    return Evaluate.run(graph, List.of(Tensor.ofStrings(List.of(words)))).get(0).strings();
  }

  @Test
  void changesLettersBeyondAscii() {
    List<String> words = List.of("ÉTÉ", "ЖУК", "ΩMEGA");
    assertEquals(words, normalized(CaseChange.UPPER, List.of(), "été", "жук", "ωmega"));
    assertEquals(List.of("ärger"), normalized(CaseChange.LOWER, List.of(), "ÄRGER"));
  }

  @Test
  void comparesStopWordsWithoutRegardToCase() {
    assertEquals(
        List.of("Hiver"), normalized(CaseChange.NONE, List.of("ÉTÉ"), "été", "Hiver", "Été"));
  }
}
