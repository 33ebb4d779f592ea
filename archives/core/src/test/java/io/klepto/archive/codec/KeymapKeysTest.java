package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.keymap.Arguments;
import io.klepto.keymap.CallKeys;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a keymap makes of a call is a key that an archive for any type takes. */
final class KeymapKeysTest {
  private static Stream<Keymap> keymaps() {
    return Stream.of(Keymaps.raw(), Keymaps.hash(), Keymaps.string(), Keymaps.serialized())
        .flatMap(
            keymap ->
                Stream.of(
                    keymap,
                    keymap.typed(true),
                    keymap.flat(false),
                    keymap.typed(true).flat(false),
                    keymap.then(Keymaps.hash())));
  }

  private static List<Object> keys(Keymap keymap) {
    Signature signature =
        Signature.builder("f").parameter("x").parameter("y", 2).parameter("verbose", false).build();
    CallKeys calls =
        CallKeys.builder(signature)
            .identity("f", "version")
            .ignore(Ignored.names("verbose"))
            .keymap(keymap)
            .build();
    List<Object> keys = new ArrayList<>();
    for (Object x :
        new Object[] {1, "one", null, 2.5, List.of(1, "two"), Instant.ofEpochSecond(3)}) {
      keys.add(calls.key(x));
      keys.add(calls.key(x, 3, true));
      keys.add(calls.key(Arguments.of(List.of(), Map.of("x", 1, "y", new int[] {1, 2}))));
      keys.add(keymap.key(Arguments.of(x)));
    }
    return keys;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json", "fory"})
  void keysOfEveryKeymap_surviveEveryCodec(String name) {
    Codec codec = Codecs.named(name, CodecContract.options(Object.class));
    keymaps()
        .forEach(
            keymap -> {
              for (Object key : keys(keymap)) {
                if (key != null) {
                  byte[] bytes = codec.encode(key);
                  assertEquals(key, codec.decode(codec.version(), bytes, 0, bytes.length));
                }
              }
            });
  }
}
