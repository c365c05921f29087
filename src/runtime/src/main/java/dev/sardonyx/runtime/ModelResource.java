package dev.sardonyx.runtime;

import java.io.IOException;
import java.io.InputStream;

/** Models that an application carries on its class path. */
public final class ModelResource {
  private ModelResource() {}

  /**
   * Opens a compiled model.
   *
   * <pre>{@code
   * try (Session iris = ModelResource.open(Main.class, "iris.onnx")) { … }
   * }</pre>
   *
   * @param anchor the class beside which the resource lies
   * @param resource its name as {@link Class#getResourceAsStream} takes it: relative to the
   *     anchor's package, or absolute with a leading slash. Refused if there is none (RT-001)
   */
  public static Session open(Class<?> anchor, String resource) {
    return open(anchor, resource, SessionOptions.defaults());
  }

  public static Session open(Class<?> anchor, String resource, SessionOptions options) {
    try (InputStream in = anchor.getResourceAsStream(resource)) {
      if (in == null) {
        throw Refusal.unreadable(
            resource, "there is no such resource beside " + anchor.getName(), null);
      }
      return ModelLoader.load(resource, in.readAllBytes(), options);
    } catch (IOException e) {
      throw Refusal.unreadable(resource, e.getClass().getSimpleName(), e);
    }
  }
}
