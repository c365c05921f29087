package dev.sardonyx.onnx;

import dev.sardonyx.proto.OperatorSetIdProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which version of each domain a model or a function of it means. */
final class Imports {
  private Imports() {}

  /** The version of each domain; the standard's own is empty. */
  static Map<String, Integer> read(List<OperatorSetIdProto> opsets, Source source, String place) {
    Map<String, Integer> imports = new HashMap<>();
    for (OperatorSetIdProto opset : opsets) {
      String domain = source.text(opset.getDomainBytes(), place);
      String canonical = canonical(domain);
      long version = opset.getVersion();
      boolean known = canonical.isEmpty() ? version <= Opset.NEWEST : version <= Integer.MAX_VALUE;
      if (version < 1 || !known) {
        throw source.refuse(
            "ONNX-003",
            place,
            "the model is written at an opset that we do not know",
            "domain: \"%s\"   version: %s".formatted(Source.shown(domain), version),
            "opsets 1 to %s of ONNX are known; export the model at one of them"
                .formatted(Opset.NEWEST));
      }
      Integer other = imports.put(canonical, (int) version);
      if (other != null && other != version) {
        throw source.refuse(
            "ONNX-007",
            place,
            "one domain is imported at two versions",
            "domain: \"%s\"   versions: %s and %s".formatted(Source.shown(domain), other, version),
            "keep one of the two");
      }
    }
    return imports;
  }

  /** The standard's own domain has two names. */
  static String canonical(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }
}
