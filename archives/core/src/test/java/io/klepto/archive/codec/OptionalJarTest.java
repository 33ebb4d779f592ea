package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.klepto.archive.ArchiveException;
import io.klepto.keymap.KeyBytes;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionalJarTest {
  @ParameterizedTest
  @CsvSource({
    "json, com.fasterxml.jackson.core:jackson-core",
    "fory, org.apache.fory:fory-core",
  })
  void codecWithoutItsJar_namesWhatToAdd(String codec, String coordinates) throws Exception {
    URL[] withoutOptional =
        Stream.of(Codecs.class, KeyBytes.class, CacheException.class, Kryo.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .toArray(URL[]::new);
    try (URLClassLoader loader =
        new URLClassLoader(withoutOptional, ClassLoader.getPlatformClassLoader())) {
      Class<?> codecs = loader.loadClass(Codecs.class.getName());
      Class<?> options = loader.loadClass(CodecOptions.class.getName());
      InvocationTargetException thrown =
          assertThrows(
              InvocationTargetException.class,
              () -> codecs.getMethod("named", String.class, options).invoke(null, codec, null));
      Throwable refusal = thrown.getCause();
      assertEquals(ArchiveException.class.getName(), refusal.getClass().getName());
      assertTrue(refusal.getMessage().contains(coordinates), refusal.getMessage());
    }
  }
}
