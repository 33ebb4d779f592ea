package io.klepto.apps.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small application, compiled as its user would, and run twice in each deployment, each time in a
 * JVM of its own: the second run finds what the first one left.
 */
final class DeploymentTest {
  private static final String SHOP = "com.example.shop.Shop";
  private static final String NOTHING = "null";
  private static final String ORDER = "Order[customer=ada, items=[engine, cards]]";

  private static final String MODEL = "com.example.model.Model";
  private static final long LIMIT_BYTES = 2 << 20;

  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void compile() throws Exception {
    classes = Files.createDirectory(folder.resolve("classes"));
    javac("-d", classes.toString(), "-cp", joined(PlainProvider.classPath()), source("shop", SHOP));
  }

  @Test
  void classPath_findsProviderAndArchive() throws Exception {
    String classPath = joined(Stream.concat(Stream.of(classes), plain()).toList());
    runTwice("-cp", classPath, SHOP);
  }

  @Test
  void modulePath_findsProviderAndArchive() throws Exception {
    runTwice(onModulePath(module("io.klepto.jcache, io.klepto.archive")));
  }

  @Test
  void modulePath_withAPackageThatIsClosed_isToldHowToOpenIt() throws Exception {
    String declared =
        "\"opens com.example.shop to io.klepto.keymap, io.klepto.archive, io.klepto.jcache;\"";
    String option =
        "--add-opens"
            + " com.example.shop/com.example.shop=io.klepto.keymap,io.klepto.archive,io.klepto.jcache";
    String[] unopened = {};
    for (String openTo : List.of("java.logging", "io.klepto.archive", "io.klepto.jcache")) {
      unopened = onModulePath(module(openTo));
      String printed = String.join("\n", run(1, unopened, folder.resolve(openTo).toString()));
      assertTrue(printed.contains(declared) && printed.contains(option), printed);
    }
    runTwice(Stream.of(option.split(" "), unopened).flatMap(Stream::of).toArray(String[]::new));
  }

  /** Compiles the application as a module that opens its package to the modules named. */
  private Path module(String openTo) throws Exception {
    Path module = Files.createTempDirectory(folder, "module");
    Path declaration = module.resolve("module-info.java");
    String ours = Files.readString(Path.of(source("shop", "module-info")));
    Files.writeString(declaration, ours.replace("io.klepto.jcache, io.klepto.archive", openTo));
    javac(
        "-d",
        module.toString(),
        "--module-path",
        joined(PlainProvider.classPath()),
        declaration.toString(),
        source("shop", SHOP));
    return module;
  }

  private static String[] onModulePath(Path module) {
    String modules = module + File.pathSeparator + joined(PlainProvider.classPath());
    return new String[] {"--module-path", modules, "--module", "com.example.shop/" + SHOP};
  }

  @Test
  void fatJar_findsProviderAndArchive() throws Exception {
    runTwice("-jar", PlainProvider.fatJar(folder.resolve("shop.jar"), classes, SHOP).toString());
  }

  @Test
  void classLoaderOfEachApplication_overASharedProvider_keepsThemApart() throws Exception {
    Path container = container();
    String shared = joined(Stream.concat(Stream.of(container), plain()).toList());
    runContainer("-cp", shared, "Container", classes.toString());
  }

  @Test
  void classLoaderOfEachApplication_withAProviderOfItsOwn_keepsThemApart() throws Exception {
    String own = joined(Stream.concat(Stream.of(classes), plain()).toList());
    runContainer("-cp", container().toString(), "Container", own);
  }

  @Test
  void versionsOfCode_onTheClassPath_nameTheMissingLibrary() throws Exception {
    javac(
        "-d", classes.toString(), "-cp", joined(PlainProvider.classPath()), source("model", MODEL));
    String classPath = joined(Stream.concat(Stream.of(classes), plain()).toList());
    assertModel(run(0, new String[] {"-cp", classPath, MODEL}, folder.resolve("model").toString()));
  }

  @Test
  void versionsOfCode_onTheModulePath_nameTheMissingLibrary() throws Exception {
    String modules = joined(PlainProvider.classPath());
    Path module = Files.createDirectory(folder.resolve("module"));
    javac(
        "-d",
        module.toString(),
        "--module-path",
        modules,
        source("model", "module-info"),
        source("model", MODEL));
    String[] command = {
      "--module-path",
      module + File.pathSeparator + modules,
      "--module",
      "com.example.model/" + MODEL
    };
    assertModel(run(0, command, folder.resolve("model").toString()));
  }

  /** What is not versioned works; what is says what to add. */
  private static void assertModel(List<String> printed) {
    assertEquals(List.of("4", "4", "computed once"), printed.subList(0, 3));
    assertEquals(
        "code versions of the function's package: expected ASM, which reads class files, found"
            + " none; add org.ow2.asm:asm-tree:9.9 to the dependencies of the application, on the"
            + " module path also with --add-modules org.objectweb.asm.tree",
        String.join("\n", printed.subList(3, printed.size())));
  }

  @Test
  void allJars_together_areUnderTheLimit() throws IOException {
    Path jar = PlainProvider.fatJar(folder.resolve("shop.jar"), classes, SHOP);
    long found = Files.size(jar);
    assertTrue(
        found < LIMIT_BYTES,
        () ->
            "expected under %d bytes, found %d, of %s"
                .formatted(LIMIT_BYTES, found, PlainProvider.classPath()));
  }

  @Test
  void ourJars_holdNothingOfTheStandard() throws IOException {
    for (Path entry : PlainProvider.classPath()) {
      if (entry.toString().contains("klepto-") && Files.isRegularFile(entry)) {
        try (ZipFile jar = new ZipFile(entry.toFile())) {
          assertEquals(
              List.of(), jar.stream().filter(part -> part.getName().startsWith("javax/")).toList());
        }
      }
    }
  }

  private Path container() throws Exception {
    Path container = Files.createDirectory(folder.resolve("container"));
    javac("-d", container.toString(), source("container", "Container"));
    return container;
  }

  private void runTwice(String... command) throws Exception {
    String archive = folder.resolve("orders").toString();
    assertEquals(List.of(NOTHING), run(0, command, archive));
    assertEquals(List.of(ORDER), run(0, command, archive));
  }

  /** Runs two applications, the first of them a second time as well. */
  private void runContainer(String... command) throws Exception {
    String first = folder.resolve("first").toString();
    String second = folder.resolve("second").toString();
    assertEquals(List.of(NOTHING, NOTHING, ORDER), run(0, command, first, second, first));
  }

  private static List<String> run(int exitValue, String[] command, String... arguments)
      throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.addAll(List.of(command));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().remove("CLASSPATH");
    Process process = builder.start();
    List<String> printed =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still running: " + line);
    assertEquals(exitValue, process.exitValue(), () -> String.join("\n", printed));
    return printed;
  }

  private static void javac(String... arguments) {
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(0, javac.run(System.out, System.err, arguments), () -> Arrays.toString(arguments));
  }

  private static String source(String root, String className) throws URISyntaxException {
    String name = "/" + root + "/" + className.replace('.', '/') + ".java";
    URL resource = DeploymentTest.class.getResource(name);
    return Path.of(resource.toURI()).toString();
  }

  private static Stream<Path> plain() {
    return PlainProvider.classPath().stream();
  }

  private static String joined(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
