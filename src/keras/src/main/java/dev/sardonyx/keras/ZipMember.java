package dev.sardonyx.keras;

/**
 * One member of a zip archive, as the central directory has it.
 *
 * @param stored how many bytes it takes in the archive
 * @param size how many it has
 * @param header where its local header lies
 */
record ZipMember(
    String name, int flags, int method, long crc, long stored, long size, long header) {
  static final int STORED = 0;
  static final int DEFLATED = 8;
}
