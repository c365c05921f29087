package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;

/** The types of what {@code If} gives: those that the results of both branches have. */
final class BranchTypes {
  private BranchTypes() {}

  static List<Type> of(Inference in, Body thenBranch, Body elseBranch) {
    BodyCheck check = new BodyCheck(in);
    check.one("cond", in.type(0), ElementType.BOOL);
    check.inputs(0, thenBranch);
    check.inputs(0, elseBranch);
    int results = thenBranch.outputs().size();
    if (results != elseBranch.outputs().size()) {
      throw in.fail(
          "GRAPH-011",
          "has branches of %s and %s results".formatted(results, elseBranch.outputs().size()),
          "both branches give as many");
    }
    List<Type> joined = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      Type a = thenBranch.outputTypes().get(i);
      Type b = elseBranch.outputTypes().get(i);
      joined.add(check.join("result " + i + " of its branches", a, b));
    }
    Boolean known = Truth.of(in.value(0));
    return known == null ? joined : (known ? thenBranch : elseBranch).outputTypes();
  }
}
