package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The members of a {@code .keras} archive. Nothing is unpacked to files, and what could be
 * understood in two ways is refused.
 */
final class ZipArchive {
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int ENCRYPTED = 1;
  private static final int STEP = 1 << 20;

  private final ByteSource bytes;
  private final Source source;
  private final Limits limits;
  private final Map<String, ZipMember> members = new LinkedHashMap<>();
  private final Map<String, Long> starts = new LinkedHashMap<>();

  private ZipArchive(ByteSource bytes, Source source, Limits limits) {
    this.bytes = bytes;
    this.source = source;
    this.limits = limits;
  }

  /**
   * Reads the directory and checks all members.
   *
   * @throws DiagnosticException where the archive is damaged or ambiguous (KERAS-003), or a member
   *     is larger than compression makes it (KERAS-004)
   */
  static ZipArchive open(ByteSource bytes, Source source, Limits limits) {
    ZipArchive archive = new ZipArchive(bytes, source, limits);
    try {
      archive.add(new ZipDirectory(bytes, source).members());
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    return archive;
  }

  private void add(List<ZipMember> all) throws IOException {
    long before = 0;
    for (ZipMember member :
        all.stream().sorted(Comparator.comparingLong(ZipMember::header)).toList()) {
      if (member.header() < before) {
        throw damaged(source, member.name(), "two members lie in one place");
      }
      long start = start(member);
      before = start + member.stored();
      starts.put(member.name(), start);
    }
    for (ZipMember member : all) {
      if (ZipNames.isRubbish(member.name())) {
        continue;
      }
      ZipNames.require(member.name(), source);
      requireSize(member);
      if (members.put(member.name(), member) != null) {
        throw source.refuse(
            "KERAS-003",
            member.name(),
            "the archive has two members of one name",
            "member: " + member.name(),
            "which of them counts is left open: save the model again");
      }
    }
  }

  /** Where a member's data begin; its local header must agree with the directory. */
  private long start(ZipMember member) throws IOException {
    long room = bytes.size() - LOCAL_BYTES;
    if (member.header() < 0 || member.header() > room || member.stored() < 0) {
      throw damaged(source, member.name(), "the member lies outside the file");
    }
    ByteBuffer local =
        ByteBuffer.wrap(bytes.bytes(member.header(), LOCAL_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    int nameBytes = Short.toUnsignedInt(local.getShort(26));
    long start =
        member.header() + LOCAL_BYTES + nameBytes + Short.toUnsignedInt(local.getShort(28));
    if (start > bytes.size() || member.stored() > bytes.size() - start) {
      throw damaged(source, member.name(), "the member's data end beyond the file");
    }
    byte[] name = bytes.bytes(member.header() + LOCAL_BYTES, nameBytes);
    if (local.getInt(0) != LOCAL
        || Short.toUnsignedInt(local.getShort(8)) != member.method()
        || !Arrays.equals(name, member.name().getBytes(StandardCharsets.UTF_8))) {
      throw damaged(source, member.name(), "its own header says something else");
    }
    return start;
  }

  private void requireSize(ZipMember member) {
    boolean stored = member.method() == ZipMember.STORED;
    if ((member.flags() & ENCRYPTED) != 0 || (!stored && member.method() != ZipMember.DEFLATED)) {
      throw damaged(
          source,
          member.name(),
          "the member is encrypted, or packed by method %s".formatted(member.method()));
    }
    if (member.size() < 0 || (stored && member.size() != member.stored())) {
      throw damaged(source, member.name(), "its sizes do not agree");
    }
    // Short texts may repeat themselves: what counts is what takes memory.
    if (member.size() > 1 << 20 && member.size() / limits.expansion() > member.stored()) {
      throw tooLarge(
          member.name(),
          "%s bytes from %s".formatted(member.size(), member.stored()),
          "more than %s times what it takes in the file".formatted(limits.expansion()));
    }
  }

  Set<String> names() {
    return members.keySet();
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  long size(String name) {
    return member(name).size();
  }

  private ZipMember member(String name) {
    ZipMember member = members.get(name);
    if (member == null) {
      throw new IllegalArgumentException("there is no member " + name);
    }
    return member;
  }

  /** The bytes of a member that must not be larger than {@code limit}. */
  byte[] read(String name, long limit) {
    ZipMember member = member(name);
    if (member.size() > limit) {
      throw tooLarge(name, member.size() + " bytes", "more than %s bytes".formatted(limit));
    }
    ByteBuffer all = ByteBuffer.allocate((int) member.size());
    fill(member, all);
    return all.array();
  }

  /** The bytes of a member where they lie in the file, or inflated outside the heap. */
  ByteSource open(String name) {
    ZipMember member = member(name);
    if (member.method() == ZipMember.STORED) {
      ByteSource part = part(member);
      requireCrc(member, part);
      return part;
    }
    if (member.size() > Integer.MAX_VALUE) {
      throw tooLarge(name, member.size() + " bytes", "more than 2 GiB, and compressed");
    }
    return ByteSource.of(
        Hdf5File.guarded(
            source,
            name,
            () -> {
              ByteBuffer all = ByteBuffer.allocateDirect((int) member.size());
              fill(member, all);
              return all.flip();
            }));
  }

  private ByteSource part(ZipMember member) {
    long start = starts.getOrDefault(member.name(), 0L);
    return new ByteSource() {
      @Override
      public long size() {
        return member.size();
      }

      @Override
      public void read(long position, ByteBuffer target) throws IOException {
        if (position < 0 || target.remaining() > member.size() - position) {
          throw new IOException("%s lies outside %s".formatted(position, member.name()));
        }
        bytes.read(start + position, target);
      }
    };
  }

  private void fill(ZipMember member, ByteBuffer target) {
    try {
      if (member.method() == ZipMember.STORED) {
        part(member).read(0, target);
      } else {
        long start = starts.getOrDefault(member.name(), 0L);
        Inflation.inflate(bytes, start, member.stored(), true, target);
      }
    } catch (Inflation.Excess e) {
      throw tooLarge(member.name(), String.valueOf(e.getMessage()), "more than it says");
    } catch (IOException e) {
      throw damaged(source, member.name(), String.valueOf(e.getMessage()));
    }
    requireCrc(member, ByteSource.of(target.duplicate().flip()));
  }

  private void requireCrc(ZipMember member, ByteSource content) {
    CRC32 crc = new CRC32();
    ByteBuffer step = ByteBuffer.allocateDirect((int) Math.min(STEP, content.size()));
    try {
      for (long at = 0; at < content.size(); at += step.limit()) {
        step.clear().limit((int) Math.min(step.capacity(), content.size() - at));
        content.read(at, step);
        crc.update(step.flip());
      }
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    if (crc.getValue() != member.crc()) {
      throw damaged(source, member.name(), "the member's checksum is wrong");
    }
  }

  private DiagnosticException tooLarge(String place, String received, String rule) {
    return source.refuse(
        "KERAS-004",
        place,
        "a member of the archive is too large: " + rule,
        received,
        "if you trust the file, raise the limit that it exceeds, or unpack it into a folder");
  }

  static DiagnosticException damaged(Source source, String place, String received) {
    return source.refuse(
        "KERAS-003",
        place,
        "the archive is damaged, or can be understood in two ways",
        received,
        Source.DAMAGED);
  }
}
