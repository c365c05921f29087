package dev.sardonyx.proto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import org.junit.jupiter.api.Test;

/** What the package's tour promises about bytes that others wrote. */
class ForeignBytesTest {
  private static final ModelProto MODEL =
      ModelProto.newBuilder()
          .setIrVersion(10)
          .setGraph(GraphProto.newBuilder().setName("g").addNode(node("Relu")))
          .build();

  @Test
  void fieldsOfANewerStandardAreKeptAndWrittenAgain() throws Exception {
    var newer =
        UnknownFieldSet.newBuilder()
            .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .build();
    var bytes = MODEL.toBuilder().setUnknownFields(newer).build().toByteArray();

    var read = ModelProto.parseFrom(bytes);

    assertEquals(MODEL.getGraph(), read.getGraph());
    assertArrayEquals(bytes, read.toByteArray());
  }

  @Test
  void anAttributeTypeWithoutANameIsKeptAndReadsAsUndefined() throws Exception {
    var bytes = new byte[] {(byte) 0xA0, 0x01, 0x63}; // field 20, varint: 99

    var read = AttributeProto.parseFrom(bytes);

    assertFalse(read.hasType());
    assertEquals(AttributeProto.AttributeType.UNDEFINED, read.getType());
    assertArrayEquals(bytes, read.toByteArray());
  }

  @Test
  void bytesCutShortAreRefused() {
    var bytes = MODEL.toByteString();
    // The first two bytes, the whole ir_version, are a message in themselves.
    assertEquals(10, parse(bytes.substring(0, 2)));
    for (int length = 3; length < bytes.size(); length++) {
      var cut = bytes.substring(0, length);
      assertThrows(InvalidProtocolBufferException.class, () -> ModelProto.parseFrom(cut));
    }
  }

  @Test
  void textIsRefused() {
    var text = ByteString.copyFromUtf8("not a model\n");
    assertThrows(InvalidProtocolBufferException.class, () -> ModelProto.parseFrom(text));
  }

  @Test
  void deepNestingIsRefusedBeforeTheStackEnds() {
    var type = TypeProto.getDefaultInstance();
    for (int depth = 0; depth < 200; depth++) {
      var element = TypeProto.Sequence.newBuilder().setElemType(type);
      type = TypeProto.newBuilder().setSequenceType(element).build();
    }
    var bytes = type.toByteString();
    assertThrows(InvalidProtocolBufferException.class, () -> TypeProto.parseFrom(bytes));
  }

  @Test
  void absentIsNotZero() throws Exception {
    var zero = AttributeProto.newBuilder().setI(0).build();
    assertTrue(AttributeProto.parseFrom(zero.toByteArray()).hasI());
    assertFalse(AttributeProto.getDefaultInstance().hasI());
  }

  private static NodeProto node(String type) {
    return NodeProto.newBuilder().setOpType(type).addInput("x").addOutput("y").build();
  }

  private static long parse(ByteString bytes) {
    try {
      return ModelProto.parseFrom(bytes).getIrVersion();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
