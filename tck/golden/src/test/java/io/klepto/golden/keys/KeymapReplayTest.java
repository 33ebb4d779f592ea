package io.klepto.golden.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.golden.GoldenFiles;
import io.klepto.keymap.KeyMarker;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.StandardKeymap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Replays {@code keymaps.json}: which calls share a key, keymap by keymap.
 *
 * <p>Ours must tell apart exactly what is different ({@link TrueKey}), under every kind and every
 * option. klepto's keys are compared pair by pair, and where they differ it is counted why:
 *
 * <ul>
 *   <li>{@code numbers}: Python takes 1, 1.0 and True for the same; here types of numbers count.
 *   <li>{@code shared}: different calls share a key and get each other's results: colliding hashes
 *       (-1 and -2, "" and 0, text and bytes), texts that look alike.
 *   <li>{@code split}: the same call has several keys: by the order of names, sets and maps, by the
 *       kind of set, and for NaN at each call.
 *   <li>{@code error}: klepto makes no key at all, or one that can't be looked up.
 * </ul>
 */
final class KeymapReplayTest {
  private static final String KNOWN_DEFECTS =
      "{chain error=39, chain numbers=17, chain shared=49, chain split=29, hashmap error=2168,"
          + " hashmap numbers=57, hashmap shared=36, hashmap split=62, keymap numbers=117, keymap"
          + " split=38, picklemap error=2172, picklemap shared=4, picklemap split=64, stringmap"
          + " error=977, stringmap shared=8, stringmap split=43}";

  private final Map<String, Integer> defects = new TreeMap<>();
  private int compared;

  @Test
  void keys_tellApartWhatIsDifferent_andShareWhatIsTheSame() throws IOException {
    JsonNode vectors = GoldenFiles.json("keymaps.json");
    Map<String, JsonNode> groups = new TreeMap<>();
    vectors
        .get("groups")
        .forEach(group -> groups.put(group.get("group").textValue(), group.get("calls")));
    int partitions = 0;
    for (JsonNode recorded : vectors.get("equality")) {
      replay(recorded, groups.get(recorded.get("group").textValue()));
      partitions++;
    }
    System.out.printf(
        "keymaps.json: %d partitions, %d pairs of calls compared, 0 mismatches, pairs with a defect"
            + " of klepto: %s%n",
        partitions, compared, defects);
    assertTrue(partitions > 1_000, "partitions: " + partitions);
    assertEquals(KNOWN_DEFECTS, defects.toString(), "pairs with a defect of klepto");
  }

  private void replay(JsonNode recorded, JsonNode calls) {
    JsonNode config = recorded.get("keymap");
    Keymap keymap = keymap(config);
    boolean flat = config.path("flat").asBoolean(true);
    boolean typed = config.path("typed").asBoolean();
    String sentinel = sentinelText(config);
    List<Object> ours = new ArrayList<>();
    List<String> truth = new ArrayList<>();
    for (JsonNode call : calls) {
      ours.add(keymap.key(Tagged.call(call)));
      truth.add(TrueKey.of(call, flat, typed, sentinel));
    }
    assertEquals(Tagged.classes(truth), Tagged.classes(ours), () -> recorded + "\n" + calls);
    String kind = config.get("cls").textValue();
    for (int i = 0; i < truth.size(); i++) {
      for (int j = 0; j < i; j++) {
        compared++;
        String difference = difference(recorded, calls, truth, i, j);
        if (!difference.isEmpty()) {
          defects.merge(kind + " " + difference, 1, Integer::sum);
        }
      }
    }
  }

  private static String difference(
      JsonNode recorded, JsonNode calls, List<String> truth, int i, int j) {
    JsonNode first = recorded.get("classes").get(j);
    JsonNode second = recorded.get("classes").get(i);
    if (first.isNull() || second.isNull()) {
      return "error";
    }
    boolean same = truth.get(i).equals(truth.get(j));
    if (first.equals(second) == same) {
      return "";
    }
    if (same) {
      return "split";
    }
    return withoutTypes(calls.get(i)).equals(withoutTypes(calls.get(j))) ? "numbers" : "shared";
  }

  private static Object withoutTypes(JsonNode call) {
    Object positional = Tagged.withoutTypesOfNumbers(Tagged.call(call).positional());
    return Keymaps.string()
        .keyOfOne(List.of(positional, Tagged.withoutTypesOfNumbers(named(call))));
  }

  private static List<Object> named(JsonNode call) {
    List<Object> named = new ArrayList<>();
    Tagged.call(call)
        .named()
        .forEach(
            (name, value) -> {
              named.add(name);
              named.add(value);
            });
    return named;
  }

  private static String sentinelText(JsonNode config) {
    JsonNode sentinel = config.path("sentinel");
    if (config.get("cls").textValue().equals("chain")) {
      return "NAMED";
    }
    return sentinel.isNull() ? "" : sentinel.toString();
  }

  private static Keymap keymap(JsonNode config) {
    String kind = config.get("cls").textValue();
    if (kind.equals("chain")) {
      return chain(config.get("chain").textValue());
    }
    StandardKeymap keymap =
        of(kind, config.path("algorithm").asText("SHA-256"))
            .typed(config.path("typed").asBoolean())
            .flat(config.path("flat").asBoolean(true));
    JsonNode sentinel = config.path("sentinel");
    if (sentinel.isNull()) {
      return keymap.sentinel(null);
    }
    return sentinel.textValue().equals("SENTINEL")
        ? keymap.sentinel(KeyMarker.NAMED)
        : keymap.sentinel(sentinel.textValue());
  }

  private static StandardKeymap of(String kind, String algorithm) {
    return switch (kind) {
      case "keymap" -> Keymaps.raw();
      case "hashmap" -> Keymaps.hash(algorithm);
      case "stringmap" -> Keymaps.string();
      case "picklemap" -> Keymaps.serialized();
      default -> throw new IllegalArgumentException("expected a kind of keymap, found " + kind);
    };
  }

  /** Reads {@code stringmap()+hashmap(md5,flat=False)}. */
  private static Keymap chain(String text) {
    Keymap chain = null;
    for (String link : text.split("\\+", -1)) {
      String kind = link.substring(0, link.indexOf('('));
      String options = link.substring(link.indexOf('(') + 1, link.indexOf(')'));
      String algorithm = options.replaceAll(",?(typed|flat=False|pickle)", "");
      Keymap next =
          of(kind, algorithm.isEmpty() ? "SHA-256" : algorithm).typed(options.contains("typed"));
      chain = chain == null ? next : chain.then(next);
    }
    return chain;
  }

  @Test
  void chains_keepEveryLink_howeverTheyAreBuilt() {
    Keymap a = Keymaps.string();
    Keymap b = Keymaps.serialized();
    Keymap c = Keymaps.hash("MD5");
    for (Object argument : List.of(1L, "text", List.of(1, 2))) {
      Object byHand = c.keyOfOne(b.keyOfOne(a.keyOfOne(argument)));
      assertEquals(byHand, a.then(b).then(c).keyOfOne(argument));
      assertEquals(byHand, a.then(b.then(c)).keyOfOne(argument));
    }
  }
}
