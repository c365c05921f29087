package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.TensorProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Reads the messages of the standard's onnx-data.proto, which only test data use; their field
 * numbers stand here. It goes as deep as the type that is expected, whatever the bytes hold.
 */
record DatumReader(Source source) {
  private static final int NAME = 1;

  // Of SequenceProto, by what it holds, and of OptionalProto.
  private static final int KIND = 2;
  private static final int TENSORS = 3;
  private static final int SEQUENCES = 5;
  private static final int MAPS = 6;
  private static final int OPTIONALS = 7;

  // Of MapProto.
  private static final int INTEGER_KEYS = 3;
  private static final int STRING_KEYS = 4;
  private static final int VALUES = 5;

  String name(ByteString bytes, Type type) throws IOException {
    if (type instanceof TensorType) {
      return TensorProto.parseFrom(bytes).getName();
    }
    List<ByteString> names = texts(UnknownFieldSet.parseFrom(bytes), NAME);
    return names.isEmpty() ? "" : source.text(last(names), "the data's name");
  }

  Datum datum(ByteString bytes, Type type) throws IOException {
    if (type instanceof TensorType) {
      return new Datum.Single(
          TensorReader.read(TensorProto.parseFrom(bytes), source, "the tensor"));
    }
    UnknownFieldSet fields = UnknownFieldSet.parseFrom(bytes);
    if (type instanceof Type.Sequence sequence) {
      return new Datum.Sequence(elements(fields, sequence.element()));
    }
    if (type instanceof Type.Optional optional) {
      return optional(fields, optional.element());
    }
    Type.Map map = (Type.Map) type;
    List<ByteString> values = texts(fields, VALUES);
    return new Datum.Map(
        keys(fields, map.key()),
        values.isEmpty()
            ? List.of()
            : elements(UnknownFieldSet.parseFrom(last(values)), map.value()));
  }

  private List<Datum> elements(UnknownFieldSet fields, Type element) throws IOException {
    List<Datum> elements = new ArrayList<>();
    for (ByteString bytes : texts(fields, field(element))) {
      elements.add(datum(bytes, element));
    }
    return elements;
  }

  private static int field(Type element) {
    if (element instanceof Type.Sequence) {
      return SEQUENCES;
    }
    if (element instanceof Type.Map) {
      return MAPS;
    }
    return element instanceof Type.Optional ? OPTIONALS : TENSORS;
  }

  private Datum optional(UnknownFieldSet fields, Type element) throws IOException {
    List<Datum> content = elements(fields, element);
    // A kind of 0 says that there is nothing, whatever else the message holds.
    List<Long> kinds = fields.getField(KIND).getVarintList();
    boolean empty = content.isEmpty() || !kinds.isEmpty() && last(kinds) == 0;
    return new Datum.Optional(empty ? null : last(content));
  }

  private Tensor keys(UnknownFieldSet fields, ElementType key) throws IOException {
    if (key != ElementType.STRING) {
      return integers(fields.getField(INTEGER_KEYS), key);
    }
    List<String> texts = new ArrayList<>();
    for (ByteString text : texts(fields, STRING_KEYS)) {
      texts.add(source.text(text, "a key"));
    }
    return Tensor.ofStrings(texts, texts.size());
  }

  /** Repeated integers come one by one, or packed into one field. */
  private static Tensor integers(UnknownFieldSet.Field field, ElementType key) throws IOException {
    LongStream.Builder numbers = LongStream.builder();
    field.getVarintList().forEach(numbers::add);
    for (ByteString packed : field.getLengthDelimitedList()) {
      CodedInputStream in = packed.newCodedInput();
      while (!in.isAtEnd()) {
        numbers.add(in.readRawVarint64());
      }
    }
    long[] keys = numbers.build().toArray();
    return key == ElementType.INT64
        ? Tensor.of(keys)
        : Tensor.from(
            key, LongStream.of(keys).asDoubleStream().toArray(), new long[] {keys.length});
  }

  private static List<ByteString> texts(UnknownFieldSet fields, int number) {
    return fields.getField(number).getLengthDelimitedList();
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
