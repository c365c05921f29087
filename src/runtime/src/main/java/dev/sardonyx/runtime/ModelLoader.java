package dev.sardonyx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes sessions of files and bytes. */
final class ModelLoader {
  private interface Source {
    OrtSession load(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private ModelLoader() {}

  static Session load(Path model, SessionOptions options) {
    requireReadable(model);
    String file = model.toString();
    return load(file, options, (environment, o) -> environment.createSession(file, o));
  }

  static Session load(String name, byte[] model, SessionOptions options) {
    return load(name, options, (environment, o) -> environment.createSession(model, o));
  }

  /** ONNX Runtime says little about a file that it cannot open. */
  private static void requireReadable(Path model) {
    if (Files.notExists(model)) {
      throw Refusal.unreadable(model.toString(), "there is no such file", null);
    }
    if (!Files.isRegularFile(model)) {
      throw Refusal.unreadable(model.toString(), "it is not a file", null);
    }
    try {
      Files.newByteChannel(model).close();
    } catch (IOException e) {
      throw Refusal.unreadable(model.toString(), e.getClass().getSimpleName(), e);
    }
  }

  private static Session load(String name, SessionOptions options, Source source) {
    OrtEnvironment environment = OnnxRuntimeLibrary.environment();
    @Nullable OrtSession loaded = null;
    OrtSession.@Nullable SessionOptions made = null;
    try {
      made = OnnxRuntimeLibrary.nativeOptions(options);
      loaded = source.load(environment, made);
      return new Session(new NativeSession(name, loaded, made), Signature.of(name, loaded));
    } catch (OrtException e) {
      free(loaded, made);
      throw Refusal.invalidModel(name, e);
    } catch (RuntimeException e) {
      free(loaded, made);
      throw e;
    }
  }

  private static void free(@Nullable OrtSession loaded, OrtSession.@Nullable SessionOptions made) {
    if (made != null) {
      NativeSession.free(loaded, made);
    }
  }
}
