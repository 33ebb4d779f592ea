package io.klepto.archive.codec;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.Archives;
import io.klepto.archive.memory.DictStoreProvider;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program that reads damaged and hostile records through an archive, in a small heap and on a
 * small stack, and says how it went.
 */
final class HostileBytes implements Runnable {
  /** The first words of the line that a codec's run ends with. */
  static final String RESULT = "hostile bytes:";

  private static final int MAX_SEED_BYTES = 10_000;
  private static final long HANGS_AFTER_SECONDS = 60;
  private static final KeyBytes KEY = CanonicalEncoder.standard().encode("key");
  private static final RecordTimes TIMES = RecordTimes.eternal(1);
  private static final Set<String> NOT_ENCODED =
      Set.of("deep list", "nested list", "many bytes", "long string");

  private final String codecName;
  private final Codec codec;
  private final int cases;
  private final Random random;
  private final List<byte[]> seeds = new ArrayList<>();
  private final WatchedLoader loader;
  private final Store store;
  private final Archive<String, Object> archive;
  private int decoded;
  private int refused;
  private int errors;
  private volatile long begun;
  private volatile boolean ended;
  private volatile byte[] current = {};

  private HostileBytes(String codecName, int cases, long seed, Path foreign) throws Exception {
    this.codecName = codecName;
    this.cases = cases;
    this.random = new Random(seed);
    List<String> patterns = List.of("io.klepto.archive.codec.*");
    loader =
        new WatchedLoader(
            foreign.toUri().toURL(), ClassAllowList.of(List.of(Object.class), patterns));
    codec = Codecs.named(codecName, CodecContract.options(Object.class, patterns.get(0)));
    store =
        new DictStoreProvider()
            .open(URI.create("dict:/"), new StoreOptions("n", Optional.empty(), Map.of()));
    ArchiveConfiguration.Builder<String, Object> builder =
        ArchiveConfiguration.builder(String.class, Object.class);
    patterns.forEach(builder::allow);
    archive = Archives.over(store, builder.codec(codecName).classLoader(loader).build());
    addSeeds(foreign);
  }

  private void addSeeds(Path foreign) throws Exception {
    Map<String, Object> samples = new LinkedHashMap<>(Samples.objects());
    samples.putAll(Samples.notSerializable());
    samples.keySet().removeAll(NOT_ENCODED);
    samples.put("nested", Samples.deep(50));
    samples.put("matrix", new double[][] {{1, 2}, {3, 4}});
    samples.put("cube", new String[][][] {{{"a"}, {"b"}}});
    List<Object> values = new ArrayList<>(samples.values());
    for (byte[] encoded : ForeignClasses.encoded(values, codec::encode)) {
      if (encoded.length < MAX_SEED_BYTES) {
        seeds.add(encoded);
      }
    }
    for (byte[] encoded : ForeignClasses.loadedFrom(foreign.toUri().toURL()).encoded(codecName)) {
      seeds.add(encoded);
    }
    System.clearProperty("gadget");
  }

  /** Returns an encoded value as an archive keeps it, under a key that has no place in it. */
  private static byte[] payload(byte[] encoded) {
    return ByteBuffer.allocate(5 + encoded.length).put((byte) 1).putInt(0).put(encoded).array();
  }

  @Override
  public void run() {
    warmUp();
    ByteDamage damage = new ByteDamage(seeds, random);
    for (int i = 0; i < cases; i++) {
      byte[] seed = seeds.get(i % seeds.size());
      // Each seed once as it is: foreign classes must not get in by honest bytes either.
      boolean honest = i < seeds.size();
      int place = honest ? 0 : random.nextInt(10);
      byte[] payload = payload(place > 1 ? damage.apply(seed) : seed);
      byte[] envelope = envelope(!honest && place == 0 ? damage.apply(payload) : payload);
      attack(place == 1 ? damage.apply(envelope) : envelope);
    }
    ended = true;
  }

  /**
   * Has the JDK initialise what refusals need, with room on the stack: one that overflows in the
   * midst of a class initialiser spoils that class for the whole JVM.
   */
  private void warmUp() {
    DeepStack.call(
        levels -> {
          if (levels == DeepStack.SHALLOW_LEVELS) {
            throw new NestedTooDeepException(levels);
          }
          seeds.forEach(seed -> attack(envelope(payload(seed))));
          return null;
        });
    decoded = 0;
    refused = 0;
  }

  private byte[] envelope(byte[] payload) {
    int id = random.nextInt(50) == 0 ? 1 + random.nextInt(5) : codec.id();
    int version = random.nextInt(50) == 0 ? random.nextInt(4) : codec.version();
    RecordContent content = new RecordContent(id, version, TIMES, payload);
    return EnvelopeV1.encode(new StoreRecord(KEY, 1, content));
  }

  private void attack(byte[] envelope) {
    current = envelope;
    begun = System.nanoTime();
    try {
      StoreRecord record = EnvelopeV1.decode(envelope, KEY, "store", "here");
      store.put(KEY, record.content());
      if (archive.get("key") == null) {
        throw new AssertionError("decoded null");
      }
      decoded++;
    } catch (ArchiveException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        fail(e);
      }
      refused++;
    } catch (Throwable e) { // the very thing that is looked for
      fail(e);
    }
  }

  private void fail(Throwable e) {
    errors++;
    System.out.println(codecName + " ended in " + e + " by " + shown());
    if (errors == 1) {
      e.printStackTrace(System.out);
    }
  }

  private String shown() {
    return Base64.getEncoder().encodeToString(current);
  }

  private boolean waitForEnd(Thread thread) throws InterruptedException {
    while (thread.isAlive()) {
      thread.join(TimeUnit.SECONDS.toMillis(1));
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      if (thread.isAlive() && begun != 0 && seconds > HANGS_AFTER_SECONDS) {
        System.out.println(codecName + " does not end for " + seconds + " s by " + shown());
        return false;
      }
    }
    return ended;
  }

  private Map<String, Object> result(boolean isDone) {
    String gadget = System.getProperty("gadget");
    if (gadget != null || !loader.foreign().isEmpty()) {
      System.out.println(codecName + ": gadget " + gadget + ", asked for " + loader.foreign());
    }
    Map<String, Object> result = new HashMap<>();
    int foreign = loader.foreign().size() + (gadget == null ? 0 : 1);
    result.put("line", codecName + " " + cases + " " + decoded + " " + refused + " " + errors);
    result.put("foreign", foreign);
    result.put("hangs", isDone ? 0 : 1);
    return result;
  }

  /**
   * Attacks each codec, and prints a line for each: codec, cases, decoded, refused, errors, hangs,
   * foreign classes.
   *
   * @param arguments the folder of foreign classes, the seed, then each codec and its cases
   */
  public static void main(String[] arguments) throws Exception {
    for (int i = 2; i < arguments.length; i += 2) {
      HostileBytes attack =
          new HostileBytes(
              arguments[i],
              Integer.parseInt(arguments[i + 1]),
              Long.parseLong(arguments[1]),
              Path.of(arguments[0]));
      Thread thread = new Thread(null, attack, "attack", 256 << 10);
      thread.setDaemon(true);
      thread.start();
      Map<String, Object> result = attack.result(attack.waitForEnd(thread));
      System.out.println(
          RESULT
              + " "
              + result.get("line")
              + " "
              + result.get("hangs")
              + " "
              + result.get("foreign"));
    }
    System.exit(0);
  }
}
