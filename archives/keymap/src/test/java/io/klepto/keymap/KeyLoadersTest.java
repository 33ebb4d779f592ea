package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys whose classes come from elsewhere: other loaders, other modules. */
class KeyLoadersTest {
  private static final int COLLECTIONS = 100;

  /** Loads the class Guest itself, and leaves all others to its parent. */
  private static final class GuestLoader extends ClassLoader {
    GuestLoader() {
      super(KeyLoadersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(Guest.class.getName()) ? define(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** A key, and the rule for keys of its class. */
  public static final class Guest implements KeyEncoder<Object> {
    /** Held by the class and so by its loader, as in an application's constant. */
    public static Object constant;

    private final int number;

    public Guest(int number) {
      this.number = number;
    }

    @Override
    public Object parts(Object key) {
      return number + key.toString();
    }
  }

  private static Object guestOfAnotherLoader() throws ReflectiveOperationException {
    Class<?> type = new GuestLoader().loadClass(Guest.class.getName());
    assertNotEquals(Guest.class, type);
    return type.getConstructor(int.class).newInstance(7);
  }

  @Test
  void encode_sameClassOfAnotherLoader_givesTheSameBytes() throws ReflectiveOperationException {
    CanonicalEncoder encoder = CanonicalEncoder.standard();
    assertEquals(encoder.encode(new Guest(7)), encoder.encode(guestOfAnotherLoader()));
  }

  @Test
  void encode_keysOfALoader_doNotHoldIt() throws Exception {
    Object guest = guestOfAnotherLoader();
    assertNotNull(CanonicalEncoder.standard().encode(List.of(guest)));
    WeakReference<ClassLoader> loader = new WeakReference<>(guest.getClass().getClassLoader());
    guest = null;
    awaitCleared(loader);
  }

  @Test
  void encode_encoderWithARuleOfALoader_doesNotHoldIt() throws Exception {
    @SuppressWarnings("unchecked")
    KeyEncoder<Object> rule = (KeyEncoder<Object>) guestOfAnotherLoader();
    WeakReference<ClassLoader> loader = new WeakReference<>(rule.getClass().getClassLoader());
    CanonicalEncoder encoder =
        CanonicalEncoder.builder().register(AtomicInteger.class, rule).build();
    assertNotNull(encoder.encode(new AtomicInteger(1)));
    rule.getClass().getField("constant").set(null, encoder);
    encoder = null;
    rule = null;
    awaitCleared(loader);
  }

  private static void awaitCleared(WeakReference<ClassLoader> loader) throws Exception {
    for (int i = 0; i < COLLECTIONS && loader.get() != null; i++) {
      System.gc();
    }
    assertTrue(loader.refersTo(null), "the loader is held");
  }

  @Test
  void encode_closedModule_isRefusedWithTheRemedy(@TempDir Path folder) throws Exception {
    Path source = Files.createDirectories(folder.resolve("source"));
    Path info = source.resolve("module-info.java");
    Path type = source.resolve("Key.java");
    Files.writeString(info, "module closed.keys { exports closed; }");
    Files.writeString(type, "package closed; public class Key { private int a = 1; }");
    Path classes = folder.resolve("classes");
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), info.toString(), type.toString());
    assertEquals(0, errors, "compiler errors");

    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("closed.keys"));
    ClassLoader loader =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
            .findLoader("closed.keys");
    Constructor<?> constructor = loader.loadClass("closed.Key").getConstructor();
    Object key = constructor.newInstance();

    KeyEncodingException e =
        assertThrows(
            KeyEncodingException.class, () -> CanonicalEncoder.standard().encode(List.of(key)));
    assertTrue(e.getMessage().contains("element 0: class closed.Key: "), e::toString);
    String option = "start with --add-opens closed.keys/closed=ALL-UNNAMED";
    assertTrue(e.getMessage().contains(option), e::toString);
    assertTrue(e.getMessage().contains("register a KeyEncoder"), e::toString);
  }
}
