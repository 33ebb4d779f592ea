package io.klepto.archive.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.Superblock;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.WritableGroupImpl;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.Group;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.GroupInfoMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.NativeContent;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.StoreRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an HDF5 file through jhdf, record by record, in the heap of one record at a time.
 *
 * <p>jhdf's own writable file keeps all data in memory until it is closed. Its datasets, attributes
 * and group headers can be written one after the other, though: a dataset goes to the end of the
 * file, its group behind the last of its datasets, when their addresses are known, the root at the
 * very end. The entries of {@link RecordRegion} lie in between, in bytes that HDF5 does not refer
 * to.
 *
 * <p>Used by one thread.
 */
final class HdfWriter {
  private static final long SUPERBLOCK_BYTES = 64;
  private static final long MAX_GROUP_BYTES = Integer.MAX_VALUE / 2;
  private static final int LINK_OVERHEAD_BYTES = 32;

  private static final Group NO_PARENT = new WritableGroupImpl(null, "");

  /** Unsigned bytes are what other programs take for bytes. */
  private static final DatasetCreationOptions UNSIGNED =
      DatasetCreationOptions.builder().unsigned().build();

  private final PatientChannel channel;
  private final HdfFileChannel out;
  private final ValueLayout layout;
  private long position = SUPERBLOCK_BYTES;

  HdfWriter(PatientChannel channel, ValueLayout layout) {
    this.channel = channel;
    this.out = new HdfFileChannel(channel, new Superblock.SuperblockV2V3());
    this.layout = layout;
  }

  /**
   * Where a record was written.
   *
   * @param headerAt the address of the dataset's header: what a group links to
   * @param regionAt where the data begins, in the file
   * @param regionBytes the length of data and entry
   */
  record Placed(long headerAt, long regionAt, long regionBytes) {}

  /**
   * Writes a record.
   *
   * @throws ArchiveException if jhdf can't write it
   */
  Placed put(String name, StoreRecord record) throws IOException {
    byte[] envelope = EnvelopeV1.encode(record);
    int envelopeCrc = ByteBuffer.wrap(envelope).getInt(envelope.length - Integer.BYTES);
    byte[] payload = record.content().payload();
    Plan plan = planOf(record, envelope);
    Map<String, Object> attributes = RecordAttributes.of(record, plan.form(), envelopeCrc);
    plan.attribute().ifPresent(value -> attributes.put(RecordAttributes.VALUE, value));
    try {
      WritableDatasetImpl dataset =
          plan.isNative()
              ? new WritableDatasetImpl(plan.data(), name, NO_PARENT)
              : new WritableDatasetImpl(plan.data(), name, NO_PARENT, UNSIGNED);
      attributes.forEach(
          (attribute, value) -> dataset.putAttribute(attribute, value, plan.isBytes(attribute)));
      long headerAt = position;
      channel.limitSequence(plan.dataBytes());
      long end = dataset.write(out, headerAt);
      channel.limitSequence(Long.MAX_VALUE);
      if (channel.sequenceBytes() != plan.dataBytes() || channel.position() != end) {
        throw new ArchiveException(
            "cannot write %s as HDF5: expected %d bytes of data up to byte %d, found %d up to byte %d"
                .formatted(
                    record.key(),
                    plan.dataBytes(),
                    end,
                    channel.sequenceBytes(),
                    channel.position()));
      }
      channel.write(RecordRegion.entry(envelope, payload.length, plan.form()));
      channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(channel.sequenceCrc()).flip());
      position = channel.position();
      long regionAt = end - plan.dataBytes();
      return new Placed(headerAt, regionAt, position - regionAt);
    } catch (HdfException e) {
      throw refused(record, e);
    }
  }

  private static ArchiveException refused(StoreRecord record, HdfException e) throws IOException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException failure) {
        throw failure;
      }
    }
    return new ArchiveException("cannot write %s as HDF5: %s".formatted(record.key(), e), e);
  }

  /**
   * What is written for a record.
   *
   * @param form what is said of it
   * @param data what the dataset holds
   * @param attribute what the attribute {@code value} holds, if there is one
   */
  private record Plan(RecordRegion.Form form, Object data, Optional<Object> attribute) {
    boolean isNative() {
      return form.form() == RecordForm.NATIVE;
    }

    /** Returns whether an attribute is bytes and no number of the user's. */
    boolean isBytes(String attribute) {
      return attribute.equals(RecordAttributes.KEY_BYTES)
          || (attribute.equals(RecordAttributes.VALUE) && form.shape() == null);
    }

    long dataBytes() {
      return isNative() ? form.shape().dataBytes() : ((byte[]) data).length;
    }
  }

  private Plan planOf(StoreRecord record, byte[] envelope) {
    RecordContent content = record.content();
    int keyBytes = record.key().length();
    Object value = NativeContent.value(content).orElse(null);
    NativeShape shape = value == null ? null : NativeShape.of(value).orElse(null);
    boolean needsEnvelope =
        keyBytes > RecordAttributes.MAX_BYTES
            || keyBytes == 0
            || (shape == null && content.payload().length == 0);
    if (needsEnvelope) {
      return plan(RecordForm.ENVELOPE, null, envelope, null);
    }
    long valueBytes = shape == null ? content.payload().length : shape.dataBytes();
    Object inHdf = shape == null ? content.payload() : shape.forHdf(value);
    if (layout == ValueLayout.META && valueBytes <= RecordAttributes.MAX_BYTES) {
      return plan(RecordForm.ATTRIBUTE, shape, record.key().bytes(), inHdf);
    }
    return plan(shape == null ? RecordForm.PAYLOAD : RecordForm.NATIVE, shape, inHdf, null);
  }

  private static Plan plan(RecordForm form, NativeShape shape, Object data, Object attribute) {
    return new Plan(new RecordRegion.Form(form, shape), data, Optional.ofNullable(attribute));
  }

  /**
   * Writes a group and returns its address.
   *
   * @param links the addresses of its members by name
   */
  long putGroup(Map<String, Long> links, Map<String, Object> attributes) throws IOException {
    long bytes = 0;
    for (String name : links.keySet()) {
      bytes += name.length() + LINK_OVERHEAD_BYTES;
    }
    if (bytes > MAX_GROUP_BYTES) {
      throw new ArchiveException(
          "cannot write a group of %d datasets as HDF5: expected a header of at most %d bytes, found %d; use several namespaces"
              .formatted(links.size(), MAX_GROUP_BYTES, bytes));
    }
    WritableGroupImpl group = new WritableGroupImpl(null, "");
    attributes.forEach(group::putAttribute);
    List<Message> messages = new ArrayList<>();
    messages.add(GroupInfoMessage.createBasic());
    messages.add(LinkInfoMessage.createBasic());
    if (!attributes.isEmpty()) {
      messages.add(AttributeInfoMessage.create());
      attributes
          .keySet()
          .forEach(name -> messages.add(AttributeMessage.create(name, group.getAttribute(name))));
    }
    links.forEach((name, address) -> messages.add(LinkMessage.create(name, address)));
    long address = position;
    channel.position(address);
    channel.write(new ObjectHeader.ObjectHeaderV2(address, messages).toBuffer());
    position = channel.position();
    return address;
  }

  /**
   * Writes the root group and the superblock, by which what was written becomes an HDF5 file, and
   * returns its length.
   */
  long finish(Map<String, Long> links, Map<String, Object> attributes) throws IOException {
    long root = putGroup(links, attributes);
    long end = position;
    channel.write(new Superblock.SuperblockV2V3(0, root).toBuffer(end), 0);
    channel.position(end);
    return end;
  }
}
