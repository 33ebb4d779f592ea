package io.klepto.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordTimes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordBodyTest {
  @Test
  void totalBytes_isAMultipleOfEight() {
    for (int length = 0; length < 20; length++) {
      RecordBody body = RecordBody.of(Entries.key("k"), RecordTimes.eternal(1), new byte[length]);
      assertEquals(0, body.totalBytes() % RecordFormatV1.ALIGNMENT);
      int bytes = body.parts().stream().mapToInt(part -> part.remaining()).sum();
      assertEquals(body.totalBytes(), bytes + RecordFormatV1.HEADER_BYTES);
    }
  }

  @Test
  void recordThatIsTooLong_isRefusedByKeyAndLimit() {
    long limit = RecordFormatV1.MAX_BYTES;
    RecordBody longest = new RecordBody(List.of(), 1, 1, 0, limit);
    assertSame(longest, longest.requireWritable(Entries.key("k"), "results"));
    RecordBody longer = new RecordBody(List.of(), 1, 1, 0, limit + 8);
    ArchiveException refused =
        assertThrows(
            ArchiveException.class, () -> longer.requireWritable(Entries.key("k"), "results"));
    assertTrue(refused.getMessage().contains(Entries.key("k").toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("at most " + limit), refused.getMessage());
  }
}
