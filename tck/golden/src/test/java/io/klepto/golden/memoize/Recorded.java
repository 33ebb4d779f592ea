package io.klepto.golden.memoize;

import io.klepto.jcache.CacheInfo;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.StandardKeymap;
import io.klepto.memoize.Memoizer;
import io.klepto.memoize.MemoizerBuilder;
import io.klepto.memoize.Remembered;
import java.util.Locale;
import java.util.concurrent.Callable;

/** The words of the recordings in ours. */
final class Recorded {
  private static final int MAX_ENTRIES = 50;

  private Recorded() {}

  /** Starts functions with the policy and the module of a recording. */
  static MemoizerBuilder memoizer(String module, String policy) {
    MemoizerBuilder builder = Memoizer.builder("golden").statistics(true);
    EvictionPolicy chosen = EvictionPolicy.valueOf(policy.toUpperCase(Locale.ROOT));
    builder.policy(chosen);
    if (chosen != EvictionPolicy.NO && chosen != EvictionPolicy.INF) {
      builder.maxEntries(MAX_ENTRIES);
    }
    return module.equals("klepto.safe") ? builder.safe() : builder;
  }

  /** Reads {@code default}, or a chain such as {@code stringmap(flat=False)+hashmap(md5)}. */
  static Keymap keymap(String text) {
    if (text.equals("default")) {
      return Keymaps.raw();
    }
    Keymap chain = null;
    for (String link : text.split("\\+", -1)) {
      Keymap next = link(link);
      chain = chain == null ? next : chain.then(next);
    }
    return chain;
  }

  private static StandardKeymap link(String text) {
    String kind = text.substring(0, text.indexOf('('));
    String options = text.substring(text.indexOf('(') + 1, text.indexOf(')'));
    StandardKeymap keymap =
        switch (kind) {
          case "keymap" -> Keymaps.raw();
          case "hashmap" -> options.contains("md5") ? Keymaps.hash("MD5") : Keymaps.hash();
          case "stringmap" -> Keymaps.string();
          case "picklemap" -> Keymaps.serialized();
          default -> throw new IllegalArgumentException("expected a kind of keymap, found " + text);
        };
    return keymap.typed(options.contains("typed")).flat(!options.contains("flat=False"));
  }

  /** Does something and returns which counter of a function moved: h, m, l, or nothing. */
  static String outcome(Remembered function, Callable<?> step) throws Exception {
    CacheInfo before = function.info();
    step.call();
    CacheInfo after = function.info();
    return (after.hits() > before.hits() ? "h" : "")
        + (after.misses() > before.misses() ? "m" : "")
        + (after.loads() > before.loads() ? "l" : "");
  }
}
