package dev.sardonyx.onnx;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import java.util.HashMap;
import java.util.Map;

/** What a model says around its graph. */
final class ModelReader {
  private final Source source;
  private final ModelProto model;
  private final Limits limits;

  ModelReader(Source source, ModelProto model, Limits limits) {
    this.source = source;
    this.limits = limits;
    this.model = model;
  }

  Graph read() {
    checkVersion();
    if (model.getFunctionsCount() > 0) {
      throw unsupported("functions", "functions of its own", "export the model with them inlined");
    }
    if (model.getTrainingInfoCount() > 0) {
      throw unsupported("training_info", "training information", "export it for inference");
    }
    Context context = new Context(source, limits, new Work(), imports(), 0);
    return new GraphReader(context, model.getGraph())
        .read()
        .withInfo(Properties.read(model, source));
  }

  private void checkVersion() {
    if (!model.hasIrVersion()) {
      throw ModelBytes.notAModel(source, "the file does not say which version of ONNX it is in");
    }
    if (model.getIrVersion() < 1 || model.getIrVersion() > Opset.NEWEST_IR) {
      throw source.refuse(
          "ONNX-003",
          "ir_version",
          "the file's format is not one that we know",
          "ir_version: " + model.getIrVersion(),
          "versions 1 to %d are read; export the model in one of them".formatted(Opset.NEWEST_IR));
    }
  }

  private RuntimeException unsupported(String field, String what, String help) {
    return source.refuse(
        "ONNX-006",
        field,
        "the model has " + what + ", which is not supported yet",
        field + ": " + (field.equals("functions") ? model.getFunctionsCount() : "present"),
        help);
  }

  /** The version of each domain; the standard's own is empty. */
  private Map<String, Integer> imports() {
    Map<String, Integer> imports = new HashMap<>();
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      String domain = source.text(opset.getDomainBytes(), "opset_import");
      String canonical = domain.equals("ai.onnx") ? "" : domain;
      long version = opset.getVersion();
      boolean known = canonical.isEmpty() ? version <= Opset.NEWEST : version <= Integer.MAX_VALUE;
      if (version < 1 || !known) {
        throw source.refuse(
            "ONNX-003",
            "opset_import",
            "the model is written at an opset that we do not know",
            "domain: \"%s\"   version: %d".formatted(Source.shown(domain), version),
            "opsets 1 to %d of ONNX are known; export the model at one of them"
                .formatted(Opset.NEWEST));
      }
      Integer other = imports.put(canonical, (int) version);
      if (other != null && other != version) {
        throw source.refuse(
            "ONNX-007",
            "opset_import",
            "one domain is imported at two versions",
            "domain: \"%s\"   versions: %d and %d".formatted(Source.shown(domain), other, version),
            "keep one of the two");
      }
    }
    if (model.getIrVersion() < 3) {
      // Before operator sets had versions there was one.
      imports.putIfAbsent("", 1);
    }
    return imports;
  }
}
