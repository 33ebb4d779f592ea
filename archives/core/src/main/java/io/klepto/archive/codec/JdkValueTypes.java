package io.klepto.archive.codec;

import java.util.Set;

/**
 * The names of the JDK's classes that are values: always allowed in archive bytes.
 *
 * <p>Left out on purpose: {@code URL} (its hash resolves host names), {@code InetAddress}, and all
 * that stands for a resource, a class loader, a script or a proxy. Exceptions of the JDK are
 * values, since caches keep them.
 */
final class JdkValueTypes {
  private static final Set<String> LANG =
      Set.of(
          "Object",
          "Number",
          "Enum",
          "Record",
          "Boolean",
          "Byte",
          "Short",
          "Character",
          "Integer",
          "Long",
          "Float",
          "Double",
          "Void",
          "String",
          "String$CaseInsensitiveComparator",
          "StringBuilder",
          "StringBuffer",
          "CharSequence",
          "Comparable",
          "Cloneable",
          "Iterable",
          "Class",
          "StackTraceElement",
          "Throwable");

  private static final Set<String> UTIL =
      Set.of(
          "AbstractCollection",
          "AbstractList",
          "AbstractMap",
          "AbstractMap$SimpleEntry",
          "AbstractMap$SimpleImmutableEntry",
          "AbstractQueue",
          "AbstractSequentialList",
          "AbstractSet",
          "ArrayDeque",
          "ArrayList",
          "Arrays$ArrayList",
          "BitSet",
          "Calendar",
          "CollSer",
          "Collection",
          "Comparator",
          "Comparators$NaturalOrderComparator",
          "Currency",
          "Date",
          "Deque",
          "Dictionary",
          "EnumMap",
          "EnumSet",
          "EnumSet$SerializationProxy",
          "GregorianCalendar",
          "HashMap",
          "HashSet",
          "Hashtable",
          "IdentityHashMap",
          "JumboEnumSet",
          "KeyValueHolder",
          "LinkedHashMap",
          "LinkedHashSet",
          "LinkedList",
          "List",
          "Locale",
          "Map",
          "Map$Entry",
          "NavigableMap",
          "NavigableSet",
          "Optional",
          "OptionalDouble",
          "OptionalInt",
          "OptionalLong",
          "PriorityQueue",
          "Properties",
          "Queue",
          "RegularEnumSet",
          "Set",
          "SimpleTimeZone",
          "SortedMap",
          "SortedSet",
          "Stack",
          "TimeZone",
          "TreeMap",
          "TreeMap$AscendingSubMap",
          "TreeMap$DescendingSubMap",
          "TreeMap$NavigableSubMap",
          "TreeSet",
          "UUID",
          "Vector",
          "regex.Pattern",
          "concurrent.ConcurrentHashMap",
          "concurrent.ConcurrentHashMap$Segment",
          "concurrent.ConcurrentLinkedDeque",
          "concurrent.ConcurrentLinkedQueue",
          "concurrent.ConcurrentSkipListMap",
          "concurrent.ConcurrentSkipListSet",
          "concurrent.CopyOnWriteArrayList",
          "concurrent.CopyOnWriteArraySet",
          "concurrent.TimeUnit",
          "concurrent.locks.AbstractOwnableSynchronizer",
          "concurrent.locks.AbstractQueuedSynchronizer",
          "concurrent.locks.ReentrantLock",
          "concurrent.locks.ReentrantLock$NonfairSync",
          "concurrent.locks.ReentrantLock$Sync",
          "concurrent.atomic.AtomicBoolean",
          "concurrent.atomic.AtomicInteger",
          "concurrent.atomic.AtomicIntegerArray",
          "concurrent.atomic.AtomicLong",
          "concurrent.atomic.AtomicLongArray",
          "concurrent.atomic.AtomicReference",
          "concurrent.atomic.AtomicReferenceArray",
          "concurrent.atomic.DoubleAdder",
          "concurrent.atomic.DoubleAdder$SerializationProxy",
          "concurrent.atomic.LongAdder",
          "concurrent.atomic.LongAdder$SerializationProxy");

  /** The collections without a public class, by the class that they are nested in. */
  private static final Set<String> COLLECTION_FACTORIES =
      Set.of("Collections", "ImmutableCollections");

  private static final Set<String> OTHERS =
      Set.of(
          "java.io.Externalizable",
          "java.io.File",
          "java.io.Serializable",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.math.MathContext",
          "java.math.RoundingMode",
          "java.net.URI",
          "java.sql.Date",
          "java.sql.Time",
          "java.sql.Timestamp",
          "sun.util.calendar.ZoneInfo");

  private static final Set<String> TIME =
      Set.of("java.time", "java.time.chrono", "java.time.temporal", "java.time.zone");

  private static final Set<String> EXCEPTIONS =
      Set.of(
          "java.io",
          "java.lang",
          "java.lang.reflect",
          "java.net",
          "java.nio",
          "java.nio.channels",
          "java.nio.charset",
          "java.nio.file",
          "java.sql",
          "java.text",
          "java.time",
          "java.time.format",
          "java.util",
          "java.util.concurrent",
          "java.util.regex",
          "java.util.zip",
          "javax.cache",
          "javax.cache.integration",
          "javax.cache.processor");

  private JdkValueTypes() {}

  static boolean contains(String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return ClassNames.isPrimitive(name);
    }
    String packageName = name.substring(0, dot);
    String simpleName = name.substring(dot + 1);
    if (packageName.equals("java.lang") && LANG.contains(simpleName)) {
      return true;
    }
    if (name.startsWith("java.util.") && isOfUtil(name.substring("java.util.".length()))) {
      return true;
    }
    return OTHERS.contains(name)
        || TIME.contains(packageName)
        || (EXCEPTIONS.contains(packageName)
            && (simpleName.endsWith("Exception") || simpleName.endsWith("Error")));
  }

  private static boolean isOfUtil(String name) {
    int nested = name.indexOf('$');
    return UTIL.contains(name)
        || (nested > 0 && COLLECTION_FACTORIES.contains(name.substring(0, nested)));
  }
}
