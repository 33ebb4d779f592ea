package io.klepto.jcache.config.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.CacheException;

/**
 * Parses a text as HOCON, JSON or properties, by the ending of its name.
 *
 * <p>No message shows the text, which may hold secrets: of what the parser quotes, only single
 * characters stay.
 */
final class HoconText {
  private static final Pattern QUOTED = Pattern.compile("'([^']{2,})'");
  private static final Pattern POSITION = Pattern.compile("^.*?: \\d+(-\\d+)?: ");

  private HoconText() {}

  /** Returns what a text says, its substitutions not yet resolved. */
  static Config parse(SourceText source) {
    if (source.isProperties()) {
      return PropertyText.parse(source);
    }
    try {
      return ConfigFactory.parseString(
          source.text(),
          ConfigParseOptions.defaults()
              .setSyntax(source.isJson() ? ConfigSyntax.JSON : ConfigSyntax.CONF)
              .setOriginDescription(source.place().name())
              .setIncluder(new Siblings(source.place())));
    } catch (ConfigException e) {
      throw refused(source, e);
    }
  }

  /** Keeps no cause: it would show what the message hides. */
  private static CacheException refused(SourceText source, ConfigException failure) {
    String line = failure.origin() == null ? "" : ", line " + failure.origin().lineNumber();
    String said = POSITION.matcher(failure.getMessage()).replaceFirst("");
    if (said.contains("end of file") || said.contains("End of input")) {
      said = "the file ends within braces, brackets or quotes"; // the parser speaks of parentheses
    }
    int advice = said.indexOf(" (if you");
    return new CacheException(
        "%s%s: expected %s, found otherwise: %s"
            .formatted(
                source.place().name(),
                line,
                source.isJson() ? "JSON" : "HOCON",
                withoutText(advice < 0 ? said : said.substring(0, advice), source)));
  }

  private static String withoutText(String said, SourceText source) {
    return QUOTED
        .matcher(said)
        .replaceAll(quoted -> source.text().contains(quoted.group(1)) ? "'…'" : shown(quoted));
  }

  private static String shown(MatchResult quoted) {
    return Matcher.quoteReplacement(quoted.group());
  }

  /** Reads what {@code include "name"} names beside the file that says so. */
  private record Siblings(Place place) implements ConfigIncluder {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this; // names are looked for beside the file, and nowhere else
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      Place sibling = place.sibling(what);
      Optional<SourceText> found = Locator.read(sibling);
      if (found.isPresent()) {
        return parse(found.get()).root();
      }
      if (context.parseOptions().getAllowMissing()) {
        return ConfigFactory.empty().root();
      }
      throw new CacheException(
          "%s: expected the file that it includes by %s, found none at %s"
              .formatted(place.name(), ConfigUtil.quoteString(what), sibling.name()));
    }
  }
}
