package io.klepto.keymap;

/**
 * Format 1 of canonical bytes: its tags and its layout. What is here is persisted; it never
 * changes. Another layout is another format with another first byte.
 *
 * <pre>
 * key       01 value                     the first byte is the format; other first bytes are free
 *                                        for other formats
 * value     tag payload                  self-delimiting, so that no value is a prefix of another
 * count     1 to 5 bytes                 unsigned, 7 bits a byte, lowest first, high bit: more
 * name      a string value               tag included
 *
 * 00 null
 * 01 Boolean          byte 0 or 1        All numbers are big-endian two's complement.
 * 02 Byte             byte
 * 03 Short            short
 * 04 Character        short
 * 05 Integer          int
 * 06 Long             long
 * 07 Float            int                floatToIntBits: one NaN, two zeros
 * 08 Double           long               doubleToLongBits
 * 09 BigInteger       count byte*        shortest two's complement
 * 0a BigDecimal       int count byte*    scale, unscaled value
 * 10 String           count byte*        UTF-8
 * 11 String           count short*       UTF-16, if a surrogate is unpaired; UTF-8 otherwise
 *
 * 18 UUID             long long
 * 19 URI              scheme userinfo host int(port) authority path query fragment opaque
 *                                        each a name or null, case as URI.equals ignores it
 * 1a Locale           language script country variant count (short name)*
 * 1b Currency         name               code
 * 1c Date             long               milliseconds
 * 1d BitSet           count long*
 * 1e Pattern          name int           regular expression, flags
 *
 * 20 Duration         long int           seconds, nanoseconds
 * 21 Instant          long int           seconds, nanoseconds
 * 22 LocalDate        int byte byte      year, month, day
 * 23 LocalTime        long               nanosecond of the day
 * 24 LocalDateTime    date time          as in 22 and 23
 * 25 ZoneOffset       int                seconds
 * 26 ZoneId           name               region
 * 27 OffsetTime       time int
 * 28 OffsetDateTime   date time int
 * 29 ZonedDateTime    date time int zone zone: a value, 25 or 26
 * 2a Year             int
 * 2b YearMonth        int byte
 * 2c MonthDay         byte byte
 * 2d Period           int int int        years, months, days
 *
 * 30 boolean[]        count byte*        31 byte[]   count byte*
 * 32 short[]          count short*       33 char[]   count short*
 * 34 int[]            count int*         35 long[]   count long*
 * 36 float[]          count int*         37 double[] count long*
 * 38 object array     count value*       whatever the component type
 *
 * 40 List             count value*
 * 41 Set              count value*             ascending by unsigned bytes
 * 42 Map              count (value value)*     key and value, ascending by unsigned bytes
 * 43 Map.Entry        value value
 * 44 Optional         byte value               0, or 1 and the value
 * 45 OptionalInt      byte int                 0, or 1 and the value
 * 46 OptionalLong     byte long
 * 47 OptionalDouble   byte long
 *
 * 50 Class            name
 * 51 enum constant    name name                declaring class, constant
 * 52 other object     name count (name value)* class; its fields by name, then its superclass's
 *                                              as "superclass#field", and so on upwards
 * 53 registered       name value               type registered, parts
 * 54 KeyBytes         count byte*              the key that another key was turned into
 * </pre>
 */
final class CanonicalFormatV1 {
  static final byte VERSION = 0x01;

  static final byte NULL = 0x00;
  static final byte BOOLEAN = 0x01;
  static final byte BYTE = 0x02;
  static final byte SHORT = 0x03;
  static final byte CHARACTER = 0x04;
  static final byte INTEGER = 0x05;
  static final byte LONG = 0x06;
  static final byte FLOAT = 0x07;
  static final byte DOUBLE = 0x08;
  static final byte BIG_INTEGER = 0x09;
  static final byte BIG_DECIMAL = 0x0a;
  static final byte STRING = 0x10;
  static final byte STRING_UTF16 = 0x11;

  static final byte UUID = 0x18;
  static final byte URI = 0x19;
  static final byte LOCALE = 0x1a;
  static final byte CURRENCY = 0x1b;
  static final byte DATE = 0x1c;
  static final byte BIT_SET = 0x1d;
  static final byte PATTERN = 0x1e;

  static final byte DURATION = 0x20;
  static final byte INSTANT = 0x21;
  static final byte LOCAL_DATE = 0x22;
  static final byte LOCAL_TIME = 0x23;
  static final byte LOCAL_DATE_TIME = 0x24;
  static final byte ZONE_OFFSET = 0x25;
  static final byte ZONE_REGION = 0x26;
  static final byte OFFSET_TIME = 0x27;
  static final byte OFFSET_DATE_TIME = 0x28;
  static final byte ZONED_DATE_TIME = 0x29;
  static final byte YEAR = 0x2a;
  static final byte YEAR_MONTH = 0x2b;
  static final byte MONTH_DAY = 0x2c;
  static final byte PERIOD = 0x2d;

  static final byte BOOLEANS = 0x30;
  static final byte BYTES = 0x31;
  static final byte SHORTS = 0x32;
  static final byte CHARACTERS = 0x33;
  static final byte INTEGERS = 0x34;
  static final byte LONGS = 0x35;
  static final byte FLOATS = 0x36;
  static final byte DOUBLES = 0x37;
  static final byte OBJECTS = 0x38;

  static final byte LIST = 0x40;
  static final byte SET = 0x41;
  static final byte MAP = 0x42;
  static final byte ENTRY = 0x43;
  static final byte OPTIONAL = 0x44;
  static final byte OPTIONAL_INT = 0x45;
  static final byte OPTIONAL_LONG = 0x46;
  static final byte OPTIONAL_DOUBLE = 0x47;

  static final byte CLASS = 0x50;
  static final byte ENUM = 0x51;
  static final byte OBJECT = 0x52;
  static final byte REGISTERED = 0x53;
  static final byte KEY_BYTES = 0x54;

  private CanonicalFormatV1() {}

  /** Returns whether a tag begins a value that may be a key but holds other values or classes. */
  static boolean isComposite(byte tag) {
    return switch (tag) {
      case OBJECTS, LIST, SET, MAP, ENTRY, OPTIONAL, CLASS, ENUM, OBJECT, REGISTERED -> true;
      default -> false;
    };
  }
}
