package io.klepto.golden.dicts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import io.klepto.memoize.Access;
import io.klepto.memoize.CacheDict;
import io.klepto.memoize.CacheDictBuilder;
import io.klepto.memoize.SingleValueCache;
import io.klepto.memoize.SingleValueCacheBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file of one recorded case, as our dictionary: values and keys are the texts of the recorded
 * ones, null is null.
 *
 * @param folder where it lies
 */
record StoredDict(Path folder) {
  private static final String NAME = "case";
  private static final String GARBAGE = "no pickle, and no archive either: nothing can read this";

  /** What stands for a file that can't be read. */
  static final Map<String, Object> UNREADABLE = Map.of("this file", "is unreadable");

  private Path file() {
    return folder.resolve(NAME + ".klepto");
  }

  CacheDictBuilder<String, String> dict(Access access) {
    return CacheDict.builder(NAME, String.class, String.class).directory(folder).access(access);
  }

  SingleValueCacheBuilder<String> single(Access access) {
    return SingleValueCache.builder(NAME, String.class).directory(folder).access(access);
  }

  /** Puts an entry there; a value that is no string is one of the wrong type. */
  void put(String key, Object value) {
    try (CacheDict<String, Object> dict = everything().open()) {
      dict.put(key, value);
    }
  }

  /** Makes a file with no entry in it. */
  void makeEmpty() {
    put("", "");
    try (CacheDict<String, Object> dict = everything().open()) {
      dict.clear();
    }
  }

  void corrupt() {
    try {
      Files.writeString(file(), GARBAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the entries that are stored; none if there is no file. */
  Map<String, Object> content() {
    try {
      if (Files.exists(file())
          && new String(Files.readAllBytes(file()), ISO_8859_1).equals(GARBAGE)) {
        return UNREADABLE;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (CacheDict<String, Object> dict = everything().access(Access.of("r")).open()) {
      return new LinkedHashMap<>(dict);
    }
  }

  private CacheDictBuilder<String, Object> everything() {
    return CacheDict.builder(NAME, String.class, Object.class).directory(folder);
  }

  /** Returns a recorded value as the text that stands for it; null for null. */
  static String textOf(JsonNode value) {
    return value.isNull() ? null : value.toString();
  }

  /** Returns whether a recorded value is pecapiku's mark for no value. */
  static boolean isNoValue(JsonNode value) {
    return value.has("NoCache");
  }
}
