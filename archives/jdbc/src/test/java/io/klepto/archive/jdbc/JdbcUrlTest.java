package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JdbcUrlTest {
  private static JdbcUrl of(String location) {
    return JdbcUrl.of(URI.create(location), Optional.empty());
  }

  @Test
  void embeddedEngine_getsThePathDecoded() {
    assertEquals("jdbc:h2:file:/a b/c;X=1", of("jdbc:h2:file:/a%20b/c;X=1").text());
    assertEquals("jdbc:sqlite:/a b.db?x=1", of("jdbc:sqlite:/a%20b.db?x=1").text());
  }

  @Test
  void server_getsTheUrlAsItStands() {
    String url = "jdbc:postgresql://h:1/d%20b?user=a%40b";
    assertEquals(url, of(url).text());
    assertEquals(Engine.POSTGRESQL, of(url).engine());
    assertEquals("jdbc:postgresql://h:1/d%20b…", of(url).name());
  }

  @Test
  void schemeInCapitals_isTheSame() {
    assertEquals("jdbc:h2:mem:x", of("JDBC:h2:mem:x").text());
  }

  @Test
  void absolutePath_isAFileOfH2() {
    JdbcUrl url = of("jdbc:/data/some%20cache");
    assertEquals(Engine.H2, url.engine());
    assertTrue(url.text().startsWith("jdbc:h2:file:"), url.text());
    assertTrue(url.text().endsWith("some cache"), url.text());
  }

  @Test
  void setting_givesAnyUrl() {
    JdbcUrl url =
        JdbcUrl.of(
            URI.create("jdbc:url"), Optional.of("jdbc:mariadb://address=(host=a b)/d?password=x"));
    assertEquals("jdbc:mariadb://address=(host=a b)/d?password=x", url.text());
    assertFalse(url.name().contains("password"), url.name());
    assertEquals(url.name(), url.toString());
  }

  @Test
  void settingAndLocation_areRefusedTogether() {
    ArchiveException both =
        assertThrows(
            ArchiveException.class,
            () -> JdbcUrl.of(URI.create("jdbc:h2:mem:a"), Optional.of("jdbc:h2:mem:b")));
    assertTrue(both.getMessage().contains("found both"), both.getMessage());
    assertThrows(ArchiveException.class, () -> of("jdbc:url"));
  }

  @Test
  void unknownEngine_isRefusedNamingThoseKnown() {
    ArchiveException refused =
        assertThrows(ArchiveException.class, () -> of("jdbc:oracle:thin:scott/tiger@h;password=x"));
    assertTrue(refused.getMessage().contains("jdbc:sqlite:"), refused.getMessage());
    assertFalse(refused.getMessage().contains("tiger"), refused.getMessage());
    assertFalse(refused.getMessage().contains("password"), refused.getMessage());
  }

  @Test
  void parameters_areFoundInAnyCase() {
    JdbcUrl url = of("jdbc:h2:file:/a;WRITE_delay=5;X=");
    assertEquals(Optional.of("5"), url.parameter("WRITE_DELAY"));
    assertEquals(Optional.of(""), url.parameter("x"));
    assertEquals(Optional.empty(), url.parameter("file"));
    assertEquals("file:/a", url.path());
  }
}
