package dev.sardonyx.nn;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A saved model: a zip of {@code config.json} (architecture, as Keras describes it), {@code
 * weights.safetensors}, and for a compiled model {@code compile.json} and {@code
 * state.safetensors}. Members are stored, not compressed, so that a file never grows while it is
 * read.
 */
final class ModelFile {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String COMPILE = "compile.json";
  private static final String STATE = "state.safetensors";

  /** Zip's own earliest time: the same model gives the same bytes on every day. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private ModelFile() {}

  /** Writes the format that the file's name asks for. */
  static void save(Model model, Path file) {
    for (ModelFormat format : ServiceLoader.load(ModelFormat.class)) {
      if (format.writes(file)) {
        format.write(model, file);
        return;
      }
    }
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".keras") || name.endsWith(".h5")) {
      throw new Diagnostic(
              "NN-097",
              "Keras's files are written by a module that is not on the class path",
              Location.current(),
              "file: " + file,
              "add the dependency dev.sardonyx:sardonyx-keras, or give the file another extension")
          .exception();
    }
    write(model, file);
  }

  /** Reads the format that the file's content is of. */
  static Model load(Path file) {
    for (ModelFormat format : ServiceLoader.load(ModelFormat.class)) {
      if (format.reads(file)) {
        return format.read(file);
      }
    }
    return read(file);
  }

  static void write(Model model, Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, CONFIG, JSON.std.asBytes(model.serialize()));
      add(zip, WEIGHTS, Safetensors.bytes(model.weightValues(), Map.of()));
      Trainer trainer = model.trainerOrNull();
      if (trainer != null) {
        Map<String, Object> compile = new LinkedHashMap<>(trainer.compilation().config());
        compile.put("seed", model.weightStore().seed());
        add(zip, COMPILE, JSON.std.asBytes(compile));
        add(zip, STATE, Safetensors.bytes(trainer.state(), Map.of()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WholeFile.write(file, bytes.toByteArray());
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(EPOCH);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  static Model read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Model model = Model.fromConfig(json(required(zip, CONFIG, file)));
      model.setWeights(Safetensors.parse(WEIGHTS, required(zip, WEIGHTS, file)));
      byte[] compile = member(zip, COMPILE, file);
      if (compile != null) {
        Map<String, Object> saved = json(compile);
        model.seed(((Number) saved.getOrDefault("seed", 0L)).longValue());
        saved.remove("seed");
        model.compile(Compilation.of(saved));
        Map<String, Tensor> state = Safetensors.parse(STATE, required(zip, STATE, file));
        model.trainer().restore(state);
      }
      return model;
    } catch (DiagnosticException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw refuse(file, e.getMessage(), e);
    }
  }

  private static Map<String, Object> json(byte[] bytes) throws IOException {
    return new LinkedHashMap<>(JSON.std.mapFrom(bytes));
  }

  private static byte[] required(ZipFile zip, String name, Path file) throws IOException {
    byte[] content = member(zip, name, file);
    if (content == null) {
      throw refuse(file, "it has no member " + name, null);
    }
    return content;
  }

  private static byte @Nullable [] member(ZipFile zip, String name, Path file) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
      throw refuse(file, "its member " + name + " is compressed", null);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static DiagnosticException refuse(
      Path file, @Nullable String problem, @Nullable Exception cause) {
    Diagnostic diagnostic =
        new Diagnostic(
            "NN-094",
            "this is no saved model: " + problem,
            Location.current(),
            "file: " + file,
            "give a file that Model.save has written");
    return cause == null ? diagnostic.exception() : diagnostic.exception(cause);
  }
}
