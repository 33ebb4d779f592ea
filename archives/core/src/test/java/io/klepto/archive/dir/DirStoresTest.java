package io.klepto.archive.dir;

import static io.klepto.archive.dir.DirTestStore.content;
import static io.klepto.archive.dir.DirTestStore.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.StoreSettings;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder store whose files have a format of a back-end's own. */
final class DirStoresTest {
  private static final KeyBytes KEY = key(1);

  @TempDir Path container;

  /** Envelopes as text. */
  private static final class TextFormat implements RecordFileFormat {
    @Override
    public String name() {
      return "text-1";
    }

    @Override
    public String suffix() {
      return ".txt";
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.FOREIGN_READABLE);
    }

    @Override
    public void write(Path newFile, StoreRecord record) throws IOException {
      byte[] envelope = EnvelopeV1.encode(record);
      Files.writeString(newFile, Base64.getEncoder().encodeToString(envelope));
    }

    @Override
    public StoreRecord read(Path file, KeyBytes expectedKey, String store) throws IOException {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      try {
        return EnvelopeV1.decode(Base64.getDecoder().decode(text), expectedKey, store, file);
      } catch (IllegalArgumentException e) {
        throw new DamagedRecordException("damaged record in " + store + ", " + file, e);
      }
    }
  }

  private static StoreOptions options(Map<String, String> settings) {
    return new StoreOptions(DirTestStore.NAMESPACE, Optional.empty(), Map.of())
        .with(StoreSettings.of(settings));
  }

  private Store open() {
    return DirStores.open("textdir", container, options(Map.of()), new TextFormat());
  }

  @Test
  void store_keepsItsRecordsInThatFormat() throws Exception {
    Path file = DirLayout.of(container, DirTestStore.NAMESPACE, ".txt").record(KEY.sha256Hex());
    try (Store store = open()) {
      assertTrue(store.name().startsWith("textdir:"), store.name());
      assertTrue(store.capabilities().contains(Capability.FOREIGN_READABLE));
      long version = store.put(KEY, content("value"));
      assertEquals(KEY.sha256Hex() + ".txt", file.getFileName().toString());
      assertTrue(Files.readString(file).matches("[A-Za-z0-9+/=]+"));
      assertEquals(content("value"), store.get(KEY).content());
      assertEquals(version, store.map(KEY).version());
      assertTrue(store.touch(KEY, version, content("").times()));
      assertEquals(1, store.size());
      try (RecordCursor cursor = store.scan()) {
        assertEquals(KEY, cursor.next().key());
        assertNull(cursor.next());
      }
      store.sync();
    }
    try (Store store = open()) {
      assertTrue(store.contains(KEY));
      Files.writeString(file, "!");
      assertThrows(DamagedRecordException.class, () -> store.contains(KEY));
      String aside = store.verify(true).setAside().get(0);
      assertTrue(aside.endsWith(KEY.sha256Hex() + ".txt-1"), aside);
      assertEquals(0, store.size());
    }
  }

  @Test
  void namespace_ofAnotherFormat_isRefusedNamingBoth() {
    open().close();
    ArchiveException refused =
        assertThrows(
            ArchiveException.class, () -> DirStoreProvider.open(container, options(Map.of())));
    assertTrue(refused.getMessage().contains("envelope-1, found text-1"), refused.getMessage());
    try (Store another =
        DirStoreProvider.open(container, new StoreOptions("another", Optional.empty(), Map.of()))) {
      another.put(KEY, content("value"));
    }
    assertThrows(
        ArchiveException.class,
        () ->
            DirStores.open(
                "textdir",
                container,
                new StoreOptions("another", Optional.empty(), Map.of()),
                new TextFormat()));
  }

  @Test
  void settings_areTheFoldersAndTheFormats_andNoOthers() {
    assertThrows(
        ArchiveException.class,
        () ->
            DirStores.open(
                "textdir", container, options(Map.of("compression", "zstd")), new TextFormat()));
    String[] seen = new String[1];
    try (Store store =
        DirStores.open(
            "textdir",
            container,
            options(Map.of("layout", "wide")),
            settings -> {
              seen[0] = settings.text("layout").orElseThrow();
              return new TextFormat();
            })) {
      assertEquals("wide", seen[0]);
      assertEquals(0, store.size());
    }
  }
}
