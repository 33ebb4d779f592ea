package io.klepto.apps.camel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jcache.JCacheConstants;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with a route into a cache, and one that hears of the cache's changes. */
final class Routes implements AutoCloseable {
  private static final String CACHE = "jcache:words";

  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final CamelContext context = new DefaultCamelContext();

  private Routes() {}

  static Routes start() throws Exception {
    Routes routes = new Routes();
    routes.context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:words").to(CACHE);
            from(CACHE).process(routes::hear);
          }
        });
    routes.context.start();
    return routes;
  }

  private void hear(Exchange change) {
    changes.add(
        "%s %s %s"
            .formatted(
                change.getIn().getHeader(JCacheConstants.EVENT_TYPE),
                change.getIn().getHeader(JCacheConstants.KEY),
                change.getIn().getBody()));
  }

  /** Sends an action with a key and a body, and returns what the cache answers. */
  Object send(String action, Object key, Object body) {
    return answer(Map.of(JCacheConstants.ACTION, action), JCacheConstants.KEY, key, body);
  }

  /** Sends an action on several keys. */
  Object sendKeys(String action, Set<?> keys) {
    return answer(Map.of(JCacheConstants.ACTION, action), JCacheConstants.KEYS, keys, null);
  }

  private Object answer(Map<String, Object> headers, String keyHeader, Object key, Object body) {
    Exchange answer =
        context
            .createProducerTemplate()
            .request(
                "direct:words",
                exchange -> {
                  exchange.getIn().setHeaders(new HashMap<>(headers));
                  exchange.getIn().setHeader(keyHeader, key);
                  exchange.getIn().setBody(body);
                });
    if (answer.getException() != null) {
      throw new AssertionError(answer.getException());
    }
    Object result = answer.getMessage().getHeader(JCacheConstants.RESULT);
    return result == null ? answer.getMessage().getBody() : result;
  }

  /** Waits for that many changes and returns them in order. */
  List<String> heard(int count) throws InterruptedException {
    List<String> heard = new ArrayList<>();
    while (heard.size() < count) {
      String change = changes.poll(60, TimeUnit.SECONDS);
      if (change == null) {
        throw new AssertionError("expected " + count + " changes within 60 s, found " + heard);
      }
      heard.add(change);
    }
    return heard;
  }

  @Override
  public void close() {
    context.stop();
  }
}
