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
    check.one("condition", in.type(0), ElementType.BOOL);
    check.count("inputs", 0, thenBranch.formals().size());
    check.count("inputs", 0, elseBranch.formals().size());
    check.count("results", thenBranch.outputs().size(), elseBranch.outputs().size());
    List<Type> joined = new ArrayList<>();
    for (int i = 0; i < thenBranch.outputs().size(); i++) {
      Type a = thenBranch.outputTypes().get(i);
      Type b = elseBranch.outputTypes().get(i);
      joined.add(check.join("branches with results " + i, a, b));
    }
    Boolean known = Truth.of(in.value(0));
    return known == null ? joined : (known ? thenBranch : elseBranch).outputTypes();
  }
}
