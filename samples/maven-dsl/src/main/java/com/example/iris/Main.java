package com.example.iris;

import dev.sardonyx.runtime.ModelResource;
import dev.sardonyx.runtime.Predictor;
import dev.sardonyx.runtime.Session;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

/** Loads the compiled model and asks it about four flowers. */
public final class Main {
  private static final float[][] FLOWERS = {
    {5.1f, 3.5f, 1.4f, 0.2f},
    {7.0f, 3.2f, 4.7f, 1.4f},
    {6.3f, 3.3f, 6.0f, 2.5f},
    {5.9f, 3.2f, 4.8f, 1.8f},
  };

  private Main() {}

  public static void main(String[] arguments) {
    try (Session session = ModelResource.open(Main.class, "/iris.onnx");
        Predictor predictor = Predictor.of(session)) {
      System.out.println("iris.onnx takes " + session.inputs() + ", gives " + session.outputs());
      System.out.println();
      System.out.println("sepal in cm   petal in cm    setosa  versicolor  virginica");
      for (float[] flower : FLOWERS) {
        print(flower, predictor.predict(flower));
      }
    }
    System.out.println();
    System.out.println("On its class path, and no more:");
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      System.out.println("  " + Path.of(entry).toUri());
    }
  }

  private static void print(float[] cm, float[] p) {
    System.out.printf(
        Locale.ROOT,
        "%5.1f x %.1f   %5.1f x %.1f    %5.1f %%     %5.1f %%    %5.1f %%%n",
        cm[0],
        cm[1],
        cm[2],
        cm[3],
        100 * p[0],
        100 * p[1],
        100 * p[2]);
  }
}
