package dev.sardonyx.onnx;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.proto.ModelProto;
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
    return new GraphReader(context(), model.getGraph(), TrainingInfo.trained(model))
        .read()
        .withInfo(Properties.read(model, source));
  }

  /** What holds in the model's graph; refused where the file is none that we read. */
  Context context() {
    checkVersion();
    Map<String, Integer> imports = imports();
    Functions functions = new Functions(model.getFunctionsList(), imports, source);
    return Context.of(source, limits, functions, imports);
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
          "versions 1 to %s are read; export the model in one of them".formatted(Opset.NEWEST_IR));
    }
  }

  private Map<String, Integer> imports() {
    Map<String, Integer> imports = Imports.read(model.getOpsetImportList(), source, "opset_import");
    if (model.getIrVersion() < 3) {
      // Before operator sets had versions there was one.
      imports.putIfAbsent("", 1);
    }
    return imports;
  }
}
