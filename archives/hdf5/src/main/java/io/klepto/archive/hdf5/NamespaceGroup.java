package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import java.util.List;
import java.util.Map;

/**
 * The attributes of a namespace's group.
 *
 * <pre>
 * namespace          the namespace as text, shortened
 * klepto_namespace   namespace and identity as bytes, see the catalog of BaseFormatV1
 * records            the number of records
 * </pre>
 */
final class NamespaceGroup {
  static final String NAMESPACE = "namespace";
  static final String BYTES = "klepto_namespace";
  static final String RECORDS = "records";

  private NamespaceGroup() {}

  static Map<String, Object> attributes(
      String namespace, Map<String, String> identity, int records) {
    return Map.of(
        NAMESPACE,
        RecordAttributes.printable(namespace),
        BYTES,
        bytes(namespace, identity),
        RECORDS,
        (long) records);
  }

  private static byte[] bytes(String namespace, Map<String, String> identity) {
    return BaseFormatV1.catalog(List.of(new BaseFormatV1.Listed(namespace, identity, 0, 0)));
  }

  /**
   * Refuses what no attribute can hold.
   *
   * @throws ArchiveException if namespace and identity are too long together
   */
  static void requireRoom(String store, String namespace, Map<String, String> identity) {
    int length = bytes(namespace, identity).length;
    if (length > RecordAttributes.MAX_BYTES) {
      throw new ArchiveException(
          "cannot open archive %s: expected namespace and identity of at most %d bytes, which is what an attribute in HDF5 holds, found %d"
              .formatted(RecordAttributes.printable(store), RecordAttributes.MAX_BYTES, length));
    }
  }
}
