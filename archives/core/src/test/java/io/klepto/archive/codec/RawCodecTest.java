package io.klepto.archive.codec;

import java.util.List;
import java.util.Map;

final class RawCodecTest extends CodecContract {
  @Override
  Codec codec() {
    return Codecs.named("raw", options(RawCodecTest.class));
  }

  @Override
  Map<String, Object> samples() {
    return Samples.plain();
  }

  @Override
  Object refused() {
    return List.of();
  }
}
