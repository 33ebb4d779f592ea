package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Rounding and keymap together, and the names that archives keep of them. */
final class KeyTransformTest {
  @Test
  void apply_roundsBeforeTheKeymap() {
    KeyTransform transform = new KeyTransform(Keymaps.raw(), Rounding.simple(2));
    assertEquals(1.0, transform.apply(1.001));
    assertEquals("text", transform.apply("text"));
  }

  @Test
  void apply_whatFails_namesKeyAndReason() {
    KeyTransform overflow = new KeyTransform(Keymaps.raw(), Rounding.simple(-308));
    String message =
        assertThrows(KeyEncodingException.class, () -> overflow.apply(Double.MAX_VALUE))
            .getMessage();
    assertTrue(message.contains("1.7976931348623157E308"), message);
    assertTrue(message.contains("simple(-308)"), message);
    KeyTransform none = new KeyTransform(arguments -> null, Rounding.none());
    message = assertThrows(KeyEncodingException.class, () -> none.apply("a")).getMessage();
    assertTrue(message.contains("key a (java.lang.String)"), message);
    assertTrue(message.contains("found null"), message);
  }

  @Test
  void names_areTheSameInEachLocaleAndRun() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals("deep(-12)", Rounding.deep(-12).name());
      assertEquals("none", Rounding.none().name());
      assertEquals("hashmap(SHA-256, typed)", Keymaps.hash().typed(true).name());
      assertEquals("keymap() + stringmap()", Keymaps.raw().then(Keymaps.string()).name());
      Keymap lambda = Arguments::toString;
      assertEquals("a lambda in " + KeyTransformTest.class.getName(), lambda.name());
      assertEquals(
          "a lambda in " + KeyTransformTest.class.getName() + " + keymap()",
          lambda.then(Keymaps.raw()).name());
      assertEquals(Own.class.getName(), new Own().name());
    } finally {
      Locale.setDefault(before);
    }
  }

  /** A keymap of an application. */
  private static final class Own implements Keymap {
    private static final long serialVersionUID = 1L;

    @Override
    public Object key(Arguments arguments) {
      return "always";
    }
  }
}
