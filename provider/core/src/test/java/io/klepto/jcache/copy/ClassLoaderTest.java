package io.klepto.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which class a copy has, and that no class loader is kept alive. */
final class ClassLoaderTest {
  /** Defines {@link TwiceLoaded} anew, and leaves all other classes to the test's loader. */
  private static final class Isolated extends ClassLoader {
    Isolated() {
      super(ClassLoaderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(TwiceLoaded.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
      try (InputStream in = ClassLoaderTest.class.getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static Object make(ClassLoader loader, Class<?> type) throws Exception {
    Constructor<?> constructor = loader.loadClass(type.getName()).getConstructor();
    return constructor.newInstance();
  }

  @Test
  void copy_classUnknownToTheLoader_keepsItsOwnClass() throws Exception {
    Isolated own = new Isolated();
    Copier copier = Copiers.byValue(ClassLoader.getPlatformClassLoader());
    for (Class<?> type :
        List.of(TwiceLoaded.Flat.class, TwiceLoaded.Tree.class, TwiceLoaded.Protocol.class)) {
      Object original = make(own, type);
      Object copy = copier.copy(original);
      assertNotSame(type, copy.getClass());
      assertSame(original.getClass(), copy.getClass());
      assertNotSame(original, copy);
    }
  }

  @Test
  void copy_fieldByField_keepsTheObjectsOwnClass() throws Exception {
    Object original = make(new Isolated(), TwiceLoaded.Flat.class);
    Object copy = Copiers.byValue(new Isolated()).copy(original);
    assertSame(original.getClass(), copy.getClass());
    assertEquals("a", copy.toString());
  }

  @Test
  void copy_serialized_isOfTheLoadersClass() throws Exception {
    Isolated target = new Isolated();
    Copier copier = Copiers.byValue(target);
    Object copy = copier.copy(make(new Isolated(), TwiceLoaded.Protocol.class));
    assertSame(target.loadClass(TwiceLoaded.Protocol.class.getName()), copy.getClass());
    assertEquals("SOME", copy.toString());
  }

  @Test
  void copy_objectsOfALoader_doNotKeepItAlive() throws Exception {
    Copier copier = Copiers.byValue(ClassLoaderTest.class.getClassLoader());
    // Without serialization, in which JDK 17 itself keeps classes until memory is short.
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Isolated loader = new Isolated();
      for (Class<?> type : List.of(TwiceLoaded.Flat.class, TwiceLoaded.Tree.class)) {
        Object original = make(loader, type);
        assertNotSame(original, copier.copy(original));
      }
      loaders.add(new WeakReference<>(loader));
    }
    for (WeakReference<ClassLoader> loader : loaders) {
      for (int attempt = 0; attempt < 50 && loader.get() != null; attempt++) {
        System.gc();
      }
      assertNull(loader.get(), "the class loader is still reachable");
    }
    // The copier itself is alive until here.
    assertEquals("x", copier.copy("x"));
  }
}
