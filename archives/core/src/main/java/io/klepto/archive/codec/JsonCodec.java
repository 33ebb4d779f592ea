package io.klepto.archive.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Values as JSON that people and other programs read, in UTF-8; needs Jackson's streaming part.
 *
 * <pre>
 * object, record   {"@class":"app.Point","x":1,"y":2.5}          fields by name, inherited first
 * where the declaration of the field does not tell the class of another value:
 *                  {"@class":"java.time.LocalDate","@value":"2024-02-29"}
 * text, int, double, boolean       as JSON has them, double with a point; "NaN", "Infinity"
 * other numbers, java.time, UUID … number or text, where the declaration tells the class
 * byte[]           base64           Optional    [] or [value]
 * enum constant    its name         collection  [ … ]        array  [ … ]
 * map              {"key": …} if each key is a text, or of the declared class and has a text;
 *                  else [[key, value], …]
 * EnumSet          {"@class":"java.util.EnumSet","@value":{"app.Color":["RED"]}}, EnumMap alike
 * </pre>
 *
 * <p>What comes back is equal to what was written and of its class, apart from collections of
 * hidden classes, see {@link JsonContainer}. Refused by name: objects that hold themselves, classes
 * that say by themselves how they are serialized, JDK classes without a form (throwables, atomics,
 * comparators). An object that stands in several places comes back as several.
 *
 * <p>A changed class reads old text by the names of its fields, a number as a wider one; a value
 * that the field's new type has no place for is refused by the field's name. Texts are texts: a
 * date is readable for a field that became a {@code String}.
 *
 * <p>No class is looked up but by a name in {@code @class} that is allowed, and nothing is made by
 * setters, factories or annotations of other libraries: Jackson reads tokens, and no more.
 *
 * <p>Any number of threads may call at once.
 */
final class JsonCodec extends GraphCodec {
  private static final int VERSION = 1;

  /** The JSON levels of one level of a graph: an object, its value, a pair. */
  private static final int LEVELS_EACH = 4;

  /** Chars beyond are escaped, so that half a surrogate pair survives. */
  private static final int LAST_PLAIN_CHAR = 0xD7FF;

  private final JsonFactory factory;
  private final JsonShapes shapes;

  JsonCodec(CodecOptions options) {
    super(Codecs.JSON, VERSION, "json");
    this.shapes = new JsonShapes(new ClassNames(options));
    int maxLevels = LEVELS_EACH * (DeepStack.DEEP_LEVELS + 1);
    this.factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxLevels)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(maxLevels).build())
            // Names are keys of maps as well: nothing to keep beyond the call.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .highestNonEscapedChar(LAST_PLAIN_CHAR)
            .build();
  }

  @Override
  byte[] write(Object value, int maxLevels) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = factory.createGenerator(text)) {
      LongSupplier written = () -> text.getBuffer().length() + (long) out.getOutputBuffered();
      new JsonWriter(shapes, out, written, maxLevels).write(value, JsonType.UNKNOWN);
    } catch (IOException e) {
      throw new ArchiveException("codec json can't encode: " + e.getMessage(), e);
    }
    return text.toString().getBytes(UTF_8);
  }

  @Override
  Object read(byte[] bytes, int offset, int length, int maxLevels) {
    String text = RawText.decode(ByteBuffer.wrap(bytes, offset, length), name());
    try (JsonParser in = factory.createParser(text)) {
      return new JsonReader(shapes, in, text.length(), maxLevels).readAll();
    } catch (IOException e) {
      throw new ArchiveException("codec json can't decode: " + e.getMessage(), e);
    }
  }
}
