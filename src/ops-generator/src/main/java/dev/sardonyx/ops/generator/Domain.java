package dev.sardonyx.ops.generator;

import java.util.List;

/**
 * Where the operators of one of ONNX's domains go.
 *
 * @param name the domain in files
 * @param packageName the package of their classes
 * @param facade the class with a method for each
 */
record Domain(String name, String packageName, String facade) {
  private static final String ROOT = "dev.sardonyx.ops";

  static final List<Domain> ALL =
      List.of(
          new Domain("", ROOT, "Ops"),
          new Domain("ai.onnx.ml", ROOT + ".ml", "MlOps"),
          new Domain("ai.onnx.preview", ROOT + ".preview", "PreviewOps"),
          new Domain("ai.onnx.preview.training", ROOT + ".training", "TrainingOps"),
          new Domain("com.microsoft", ROOT + ".microsoft", "MicrosoftOps"));

  String packageInfo() {
    Source out = new Source();
    out.doc(0, "The operators of %s; see {@link %s}.".formatted(title(), facade));
    out.line("@org.jspecify.annotations.NullMarked");
    out.line("package %s;", packageName);
    return out.toString();
  }

  String title() {
    return name.isEmpty() ? "ai.onnx, the standard's own domain" : name;
  }
}
