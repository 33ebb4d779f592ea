package io.klepto.jcache.config.file;

import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a value stands, for messages: {@code klepto.conf, line 3}. */
final class Origins {
  private static final String MERGED = "merge of ";
  private static final Pattern LINE = Pattern.compile("(.*): (\\d+)(-\\d+)?");
  private static final Pattern FIRST = Pattern.compile("(.*?: \\d+(-\\d+)?),.*");

  private Origins() {}

  /** Returns the first place of an origin; of what was put together from several, the first. */
  static String of(ConfigOrigin origin) {
    String description = origin.description();
    if (description.startsWith(MERGED)) {
      description = description.substring(MERGED.length());
      Matcher first = FIRST.matcher(description);
      description = first.matches() ? first.group(1) : description;
    }
    Matcher line = LINE.matcher(description);
    return line.matches() ? line.group(1) + ", line " + line.group(2) : description;
  }
}
