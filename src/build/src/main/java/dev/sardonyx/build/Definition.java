package dev.sardonyx.build;

import dev.sardonyx.ir.diagnostic.Location;

/**
 * A method that makes a model.
 *
 * @param className its class, as {@link Class#getName} has it
 * @param method its name
 * @param resource the model's name: a resource's without {@code .onnx}
 * @param weights the weights to load, or empty
 * @param at its first line
 */
record Definition(String className, String method, String resource, String weights, Location at) {
  /** Where the model goes, relative to the output directory. */
  String file() {
    return resource + ".onnx";
  }

  /** {@code com.example.Flowers.iris()}. */
  @Override
  public String toString() {
    return className + "." + method + "()";
  }

  Message message() {
    return Message.of(
        "definition", className, method, resource, weights, at.file(), Integer.toString(at.line()));
  }

  static Definition of(Message m) {
    Location at = new Location(m.field(4), Integer.parseInt(m.field(5)), "");
    return new Definition(m.field(0), m.field(1), m.field(2), m.field(3), at);
  }
}
