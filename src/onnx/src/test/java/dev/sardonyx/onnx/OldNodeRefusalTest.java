package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.node;
import static dev.sardonyx.onnx.Models.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.TensorProto;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes of old opsets that even there mean nothing. */
class OldNodeRefusalTest {
  private static AttributeProto.Builder attribute(String text) {
    String name = text.substring(0, text.indexOf('='));
    String value = text.substring(name.length() + 1);
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value.matches("-?\\d+")) {
      return attribute.setType(AttributeType.INT).setI(Long.parseLong(value));
    }
    if (value.matches("-?\\d+\\.\\d+")) {
      return attribute.setType(AttributeType.FLOAT).setF(Float.parseFloat(value));
    }
    return attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(value));
  }

  /** The inputs are x, float32[2], and w, float32[3]. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6 | Add | x w | ''"
            + " | takes two shapes, [2] and [3], without the attribute broadcast"
            + " | before opset 7 only broadcast=1 allowed different shapes",
        "6 | Add | x w | broadcast=1 axis=4"
            + " | cannot lay [3] along [2] from axis 4 on"
            + " | the second input's axes are those of the first one from that axis on",
        "5 | Cast | x | to=FLOOT"
            + " | cannot cast to \"FLOOT\" | see the names in TensorProto.DataType",
        "9 | TopK | x | '' | misses its attribute k | say how many elements to take",
        "1 | GlobalLpPool | x | p=1.5"
            + " | takes the norm of exponent 1.5 | exponents are integers from 1 on",
        "6 | Add | x w | broadcast=yes | cannot take yes as broadcast | it is an integer",
      })
  void nodes(
      int opset, String type, String inputs, String attributes, String message, String help) {
    NodeProto.Builder node = node(type, List.of(inputs.split(" ")), List.of("y")).setName("old");
    for (String attribute : attributes.isEmpty() ? new String[0] : attributes.split(" ")) {
      node.addAttribute(attribute(attribute));
    }
    TensorProto.Builder w = TensorProto.newBuilder().setName("w").setDataType(1).addDims(3);
    w.addAllFloatData(List.of(1f, 2f, 3f));
    Diagnostic d =
        refused(
            model(graph(node).addInitializer(w))
                .clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset)));
    assertEquals(
        "ONNX-060 %s %s\nhelp: %s".formatted(type, message, help),
        "%s %s\nhelp: %s".formatted(d.code(), d.message(), d.help()));
    assertEquals("model.onnx, node old", d.at().toString());
  }
}
