package io.klepto.jcache.config.file;

import java.util.Locale;

/**
 * The text of a configuration file. Shows its place alone, since the text may hold secrets.
 *
 * @param place where it was read
 * @param text what it says
 */
record SourceText(Place place, String text) {
  boolean isProperties() {
    return has(".properties");
  }

  boolean isJson() {
    return has(".json");
  }

  private boolean has(String ending) {
    return place.name().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  @Override
  public String toString() {
    return place.name();
  }
}
