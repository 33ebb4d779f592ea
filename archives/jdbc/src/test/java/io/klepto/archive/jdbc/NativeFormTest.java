package io.klepto.archive.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NativeFormTest {
  private static final List<Object> VALUES =
      List.of(
          true,
          (byte) -128,
          (short) 300,
          -7,
          Long.MIN_VALUE,
          1.5f,
          Float.MIN_VALUE,
          0.1,
          0.0,
          Double.MAX_VALUE,
          'ä',
          "",
          "\uD83D\uDE00 text",
          new BigInteger("123456789012345678901234567890"),
          new BigDecimal("1.500"),
          new BigDecimal("1E+40"));

  @Test
  void everyValue_comesBackFromItsColumnAndFromText() {
    for (Object value : VALUES) {
      NativeForm form = NativeForm.ofValue(value).orElseThrow();
      assertEquals(form, NativeForm.of(value.getClass(), "value", "x"));
      assertEquals(form, NativeForm.named(form.formName()).orElseThrow());
      assertEquals(value, form.fromColumn(form.toColumn(value).orElseThrow()));
      assertEquals(value, form.fromText(form.toText(value).orElseThrow()));
    }
    byte[] bytes = {1, 0};
    assertArrayEquals(bytes, (byte[]) NativeForm.BYTES.toColumn(bytes).orElseThrow());
    assertEquals(Optional.empty(), NativeForm.BYTES.toText(bytes));
  }

  @Test
  void valuesThatSomeEngineWouldChange_haveNoColumn() {
    for (double number :
        new double[] {-0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE}) {
      assertEquals(Optional.empty(), NativeForm.DOUBLE.toColumn(number));
    }
    assertEquals(Optional.empty(), NativeForm.FLOAT.toColumn(Float.NaN));
    assertEquals(Optional.empty(), NativeForm.STRING.toColumn("a\0b"));
    assertEquals(Optional.empty(), NativeForm.STRING.toColumn("\uD800"));
    assertEquals(Optional.empty(), NativeForm.CHARACTER.toColumn('\uDC00'));
    assertEquals(Optional.empty(), NativeForm.LONG.toColumn(7));
  }

  @Test
  void textsOfNoValue_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> NativeForm.BOOLEAN.fromText("TRUE"));
    assertThrows(IllegalArgumentException.class, () -> NativeForm.BYTE.fromText("128"));
    assertThrows(IllegalArgumentException.class, () -> NativeForm.CHARACTER.fromText("ab"));
    assertThrows(IllegalArgumentException.class, () -> NativeForm.ANY.fromText("a"));
    assertThrows(IllegalArgumentException.class, () -> NativeForm.BYTE.fromColumn((short) 128));
  }

  @Test
  void typesOfSeveralForms_areAny() {
    for (Class<?> type :
        List.of(Object.class, Number.class, Serializable.class, CharSequence.class)) {
      assertEquals(NativeForm.ANY, NativeForm.of(type, "value", "x"));
    }
  }

  @Test
  void typeWithoutForm_isRefusedByName() {
    for (Class<?> type : List.of(double[].class, Map.class, int.class)) {
      ArchiveException refused =
          assertThrows(ArchiveException.class, () -> NativeForm.of(type, "value", "archive x"));
      assertTrue(refused.getMessage().contains("archive x"), refused.getMessage());
      assertTrue(refused.getMessage().contains(type.getTypeName()), refused.getMessage());
      assertTrue(refused.getMessage().contains("serialized"), refused.getMessage());
    }
  }
}
