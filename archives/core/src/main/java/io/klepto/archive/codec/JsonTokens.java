package io.klepto.archive.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.klepto.archive.ArchiveException;
import java.io.IOException;

/** The token at hand of a JSON text, checked to be what a place needs. Not thread-safe. */
final class JsonTokens {
  private final JsonParser in;

  JsonTokens(JsonParser in) {
    this.in = in;
  }

  /** Returns the failure of a place that needs something else. */
  ArchiveException found(String expected) throws IOException {
    JsonToken token = in.currentToken();
    return new ArchiveException(
        "expected "
            + expected
            + ", found "
            + (token == null
                ? "the end of the text"
                : token.isScalarValue() ? Failures.shown(in.getText()) : token.toString()));
  }

  /** Checks that the token is the given one. */
  void expect(JsonToken token) throws IOException {
    if (in.currentToken() != token) {
      throw found(token.toString());
    }
  }

  /** Returns the value that the token is for a class. */
  Object readScalar(JsonScalar scalar) throws IOException {
    boolean isText = in.currentToken() == JsonToken.VALUE_STRING;
    boolean isNumber =
        in.currentToken() == JsonToken.VALUE_NUMBER_INT
            || in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
    boolean fits = scalar.isNumber() ? isNumber || (isText && isNotFinite(in.getText())) : isText;
    if (!fits) {
      throw found("a value of " + scalar.name());
    }
    return scalar.read(in.getText());
  }

  private static boolean isNotFinite(String text) {
    return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
  }

  /** Returns the constant that the token names. */
  Object constant(Class<?> type) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw found("a constant of enum " + type.getName());
    }
    return constant(type, in.getText());
  }

  /** Returns the constant of a name. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // checked to be an enum
  static Enum<?> constant(Class<?> type, String name) {
    try {
      return Enum.valueOf((Class) type, name);
    } catch (IllegalArgumentException e) {
      throw new ArchiveException(
          "enum "
              + type.getName()
              + " has no constant "
              + Failures.shown(name)
              + ", which the record holds",
          e);
    }
  }
}
