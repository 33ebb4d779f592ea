package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class SecretsTest {
  private static final Secrets SECRETS =
      Secrets.of("jdbc:x://me:open%2FSesame@h/d?a=1&PASSWORD=b%C3%A4r;sslkey=k1", "s3cret");

  @Test
  void hide_takesOutPasswordsInEverySpelling() {
    String hidden =
        SECRETS.hide("s3cret, me:open%2FSesame, open/Sesame, PASSWORD=b%C3%A4r, bär, k1, a=1");
    for (String secret : new String[] {"s3cret", "Sesame", "b%C3", "bär", "k1", "PASSWORD="}) {
      assertFalse(hidden.contains(secret), hidden);
    }
    assertTrue(hidden.endsWith("a=1"), hidden);
  }

  @Test
  void hide_ofALongSecretWithAShortOneInIt_leavesNoRest() {
    assertEquals("***", Secrets.of("jdbc:x:d?password=abc&token=zabcz", "").hide("zabcz"));
  }

  @Test
  void hide_ofACleanCause_isThatCause() {
    SQLException clean = new SQLException("no such table", "42S02", 7);
    assertSame(clean, SECRETS.hide(clean));
  }

  @Test
  void hide_ofATellingCause_isACopyWithoutSecretsAnywhere() {
    SQLException telling = new SQLException("outer", "08001", 5, new RuntimeException("s3cret"));
    telling.setNextException(new SQLException("with bär"));
    telling.addSuppressed(new IllegalStateException("k1"));
    Throwable hidden = SECRETS.hide(telling);
    StringWriter text = new StringWriter();
    hidden.printStackTrace(new PrintWriter(text, true));
    for (SQLException next = (SQLException) hidden; next != null; next = next.getNextException()) {
      text.append(next.toString());
    }
    for (String secret : new String[] {"s3cret", "bär", "k1"}) {
      assertFalse(text.toString().contains(secret), text.toString());
    }
    assertEquals("08001", ((SQLException) hidden).getSQLState());
    assertEquals(5, ((SQLException) hidden).getErrorCode());
    assertEquals(telling.getStackTrace().length, hidden.getStackTrace().length);
  }

  @Test
  void toString_showsNothing() {
    assertFalse(SECRETS.toString().contains("s3cret"));
  }
}
