package dev.sardonyx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The one ONNX Runtime of this process: found, checked and loaded at the first use. */
final class OnnxRuntimeLibrary {
  private static final String MARK = "ai/onnxruntime/OrtEnvironment.class";

  private static volatile @Nullable OrtEnvironment environment;

  private OnnxRuntimeLibrary() {}

  /** The environment that all sessions share. */
  static OrtEnvironment environment() {
    OrtEnvironment known = environment;
    return known != null ? known : load();
  }

  private static synchronized OrtEnvironment load() {
    checkOnlyOne(OnnxRuntimeLibrary.class.getClassLoader());
    try {
      // Without a level: if the application made the environment first, asking for another one
      // would only print a warning.
      return environment = OrtEnvironment.getEnvironment();
    } catch (LinkageError | RuntimeException e) {
      throw Refusal.noNativeLibrary(e);
    }
  }

  /** Two copies of the same artifact do no harm; two different ones load an arbitrary one. */
  static void checkOnlyOne(ClassLoader loader) {
    TreeMap<String, String> jars = new TreeMap<>();
    try {
      for (URL url : Collections.list(loader.getResources(MARK))) {
        String jar = url.toString().replaceFirst("!?/" + MARK + "$", "");
        jars.put(jar.substring(jar.lastIndexOf('/') + 1), jar);
      }
    } catch (IOException e) {
      throw Refusal.noNativeLibrary(e);
    }
    if (jars.size() > 1) {
      throw Refusal.twoRuntimes(jars.values());
    }
  }

  /** The native form of {@code options}; the caller closes it after the session. */
  static OrtSession.SessionOptions nativeOptions(SessionOptions options) throws OrtException {
    OrtSession.SessionOptions made = new OrtSession.SessionOptions();
    try {
      configure(made, options);
      return made;
    } catch (OrtException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private static void configure(OrtSession.SessionOptions made, SessionOptions options)
      throws OrtException {
    // What goes wrong is thrown as a diagnostic; printing it as well would be noise.
    made.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    made.setIntraOpNumThreads(options.intraOpThreads());
    if (options.interOpThreads() != 1) {
      made.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.PARALLEL);
      made.setInterOpNumThreads(options.interOpThreads());
    }
    made.setOptimizationLevel(
        switch (options.optimization()) {
          case NONE -> OrtSession.SessionOptions.OptLevel.NO_OPT;
          case BASIC -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
          case EXTENDED -> OrtSession.SessionOptions.OptLevel.EXTENDED_OPT;
          case LAYOUT -> OrtSession.SessionOptions.OptLevel.LAYOUT_OPT;
          case ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
        });
    String spin = options.spinning() ? "1" : "0";
    made.addConfigEntry("session.intra_op.allow_spinning", spin);
    made.addConfigEntry("session.inter_op.allow_spinning", spin);
    made.setDeterministicCompute(options.deterministic());
    for (ExecutionProvider provider : options.providers()) {
      if (provider instanceof ExecutionProvider.Cuda cuda) {
        addCuda(made, cuda.device(), OrtEnvironment.getAvailableProviders());
      }
    }
  }

  private static void addCuda(
      OrtSession.SessionOptions made, int device, EnumSet<OrtProvider> available) {
    if (!available.contains(OrtProvider.CUDA)) {
      Collection<String> names = available.stream().map(OrtProvider::getName).sorted().toList();
      throw Refusal.noProvider("CUDA", names);
    }
    try {
      made.addCUDA(device);
    } catch (OrtException e) {
      throw Refusal.providerFailed("CUDA", e);
    }
  }
}
