/**
 * The ONNX file format, as protobuf classes generated from {@code onnx.proto}.
 *
 * <p>Start at {@link dev.sardonyx.proto.ModelProto}: a file is one of these. It holds a {@link
 * dev.sardonyx.proto.GraphProto}, which lists {@link dev.sardonyx.proto.NodeProto}s (operators with
 * {@link dev.sardonyx.proto.AttributeProto}s), {@link dev.sardonyx.proto.TensorProto}s (weights)
 * and {@link dev.sardonyx.proto.ValueInfoProto}s (names with a {@link
 * dev.sardonyx.proto.TypeProto}).
 *
 * <p>These classes know bytes, not meaning: they accept any well-formed message, however senseless.
 * Meaning is the business of {@code dev.sardonyx.onnx}.
 *
 * <p>What every reader can rely on:
 *
 * <ul>
 *   <li>Bytes that are no such message (cut short, a wrong wire type, nested over 100 deep) make
 *       {@code parseFrom} throw {@link com.google.protobuf.InvalidProtocolBufferException}.
 *   <li>Fields that the schema does not name, as a newer ONNX may write, are kept and written
 *       again. So are enum numbers without a name; their getter then gives the default.
 *   <li>Absent differs from zero: ask {@code hasX()}. Getters never return {@code null}.
 * </ul>
 */
@NullMarked
package dev.sardonyx.proto;

import org.jspecify.annotations.NullMarked;
