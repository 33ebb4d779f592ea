package io.klepto.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import jakarta.enterprise.context.Dependent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;

/** Beans that the container puts aside are cached when they come back. */
final class PassivationTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  @Dependent
  static class Basket implements Serializable {
    private static final long serialVersionUID = 1;

    @CacheResult(cacheName = "baskets")
    public int price(String article) {
      RUNS.incrementAndGet();
      return article.length();
    }
  }

  @Test
  void interceptorThatWasPutAside_finds_itsCachesAgain() throws Exception {
    try (Container container = Container.of(Basket.class)) {
      Basket basket = container.get(Basket.class);
      assertEquals(5, basket.price("apple"));

      Basket back = copy(basket);
      assertNotSame(basket, back);
      assertEquals(5, back.price("apple"));

      assertEquals(1, RUNS.get());
    }
  }

  private static Basket copy(Basket basket) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(basket);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Basket) in.readObject();
    }
  }
}
