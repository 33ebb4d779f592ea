package io.klepto.archive.store;

import java.net.URI;

/**
 * Locations as they stand in messages: without user, password and parameters. For every back-end.
 *
 * <p>Rather too short than telling: parameters are cut off whole, since some back-ends pass
 * passwords in them, and where it is not clear what belongs to a password, only the scheme is left.
 */
public final class LocationName {
  private LocationName() {}

  /** Returns the location without its secrets. */
  public static String of(URI location) {
    String scheme = location.getScheme() == null ? "" : location.getScheme() + ":";
    String rest = location.getRawSchemeSpecificPart();
    int cut = firstParameter(rest);
    boolean cutOff = cut < rest.length() || location.getRawFragment() != null;
    String path = rest.substring(0, cut) + (cutOff ? "…" : "");
    if (isPlainPath(rest)) {
      return scheme + path;
    }
    int at = rest.lastIndexOf('@');
    if (at < 0) {
      return scheme + path;
    }
    if (at > cut) {
      return scheme + "…";
    }
    return scheme + (rest.startsWith("//") ? "//" : "") + "***" + path.substring(at);
  }

  /** Returns whether there is no authority in which a user could stand. */
  private static boolean isPlainPath(String rest) {
    return rest.startsWith("///") || (rest.startsWith("/") && !rest.startsWith("//"));
  }

  private static int firstParameter(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c == '?' || c == ';') {
        return i;
      }
    }
    return rest.length();
  }
}
