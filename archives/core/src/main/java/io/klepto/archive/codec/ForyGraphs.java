package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.lang.invoke.SerializedLambda;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.apache.fory.Fory;
import org.apache.fory.exception.DeserializationException;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.memory.MemoryUtils;
import org.apache.fory.serializer.JdkProxySerializer;
import org.apache.fory.serializer.LambdaSerializer;

/** Makes instances of Fory that keep the promises of {@link Codec}, and tells how they failed. */
final class ForyGraphs {
  private static final int MAX_TYPE_FIELDS = 1 << 12;
  private static final int MAX_TYPE_BYTES = 1 << 16;
  private static final int MAX_VERSIONS = 100;

  private ForyGraphs() {}

  static Fory newFory(ClassNames names, int levels, long heapBytes) {
    Fory fory =
        Fory.builder()
            .withXlang(false)
            .withRefTracking(false)
            .withCompatible(true)
            .requireClassRegistration(false)
            .withTypeChecker((resolver, name) -> check(names, name))
            .withClassLoader(names.loader())
            .withCodegen(false)
            .withAsyncCompilation(false)
            .withDeserializeUnknownClass(false)
            .registerGuavaTypes(false)
            .serializeEnumByName(true)
            .withMaxDepth(levels)
            .withMaxGraphMemoryBytes(heapBytes)
            .withMaxTypeFields(MAX_TYPE_FIELDS)
            .withMaxTypeMetaBytes(MAX_TYPE_BYTES)
            .withMaxSchemaVersionsPerType(MAX_VERSIONS)
            .withMaxAverageSchemaVersionsPerType(MAX_VERSIONS)
            .suppressClassRegistrationWarnings(true)
            .build();
    fory.registerSerializer(
        Locale.class,
        new ForyText<>(fory, Locale.class, ForyGraphs::localeText, ForyGraphs::locale));
    fory.registerSerializer(
        ZonedDateTime.class,
        new ForyText<>(fory, ZonedDateTime.class, Object::toString, ZonedDateTime::parse));
    refuse(fory, LambdaSerializer.ReplaceStub.class);
    refuse(fory, JdkProxySerializer.ReplaceStub.class);
    refuse(fory, SerializedLambda.class);
    return fory;
  }

  private static <T> void refuse(Fory fory, Class<T> type) {
    fory.registerSerializer(type, new ForyRefusal<>(fory, type));
  }

  private static boolean check(ClassNames names, String name) {
    if (name.contains("$$Lambda")) {
      throw ForyRefusal.refusal();
    }
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    if (dimensions == 0) {
      names.check(name);
    } else if (name.startsWith("L", dimensions) && name.endsWith(";")) {
      names.check(name.substring(dimensions + 1, name.length() - 1));
    }
    return true;
  }

  private static String localeText(Locale locale) {
    String tag = locale.toLanguageTag();
    return Locale.forLanguageTag(tag).equals(locale)
        ? tag
        : String.join("_", locale.getLanguage(), locale.getCountry(), locale.getVariant());
  }

  private static Locale locale(String text) {
    String[] parts = text.split("_", 3);
    return parts.length < 3
        ? Locale.forLanguageTag(text)
        : new Locale(parts[0], parts[1], parts[2]);
  }

  /** Returns the object that takes all of some bytes. */
  static Object read(Fory fory, byte[] bytes) {
    MemoryBuffer buffer = MemoryUtils.wrap(bytes);
    Object value = fory.deserialize(buffer);
    if (buffer.readerIndex() != bytes.length) {
      throw new ArchiveException(
          "the record is damaged: expected one object of "
              + bytes.length
              + " bytes, found its end at byte "
              + buffer.readerIndex());
    }
    return value;
  }

  /**
   * Returns, or throws, what a failure of Fory comes from. Fory's own exceptions are left behind:
   * their messages print all objects that were read, which may never end.
   *
   * @throws NestedTooDeepException if the graph has more levels than this attempt may take
   * @throws VirtualMachineError if there was one
   */
  static RuntimeException failure(Throwable failure, int levels) {
    Throwable cause = failure;
    while (cause.getCause() != null && isOfFory(cause)) {
      cause = cause.getCause();
    }
    if (cause instanceof StackOverflowError || isTooDeep(cause)) {
      throw new NestedTooDeepException(levels);
    } else if (cause instanceof VirtualMachineError error) {
      throw error;
    } else if (cause instanceof ArchiveException refusal) {
      return refusal;
    } else if (cause instanceof DeserializationException) {
      return new ArchiveException("the record is damaged, or of a class that has changed");
    }
    return new ArchiveException(cause.toString(), cause);
  }

  private static boolean isOfFory(Throwable failure) {
    return failure.getClass().getName().startsWith("org.apache.fory.");
  }

  private static boolean isTooDeep(Throwable cause) {
    return cause instanceof InsecureException
        && cause.getMessage() != null
        && cause.getMessage().contains("max depth");
  }
}
