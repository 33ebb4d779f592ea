package io.klepto.archive.jdbc;

import static io.klepto.archive.jdbc.Samples.content;
import static io.klepto.archive.jdbc.Samples.key;
import static io.klepto.archive.jdbc.Samples.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.ChildJvm;
import io.klepto.archive.testkit.StoresByUri;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** H2's own way of letting other processes in. */
final class AutoServerTest {
  private static final int CONNECT_MILLIS = 1_000;

  /** The program of another process: puts a record. */
  public static final class Putting {
    private Putting() {}

    public static void main(String[] arguments) {
      try (Store store = StoresByUri.open(URI.create(arguments[0]), options("orders"))) {
        store.put(key("theirs"), store.get(key("ours")).content());
      }
    }
  }

  /** The program of the process that others come in through: opens, waits, and finds a record. */
  public static final class Serving {
    private Serving() {}

    public static void main(String[] arguments) throws IOException {
      PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
      try (Store store = StoresByUri.open(URI.create(arguments[0]), options("orders"))) {
        store.put(key("ours"), content("one"));
        out.println("many processes: " + store.capabilities().contains(Capability.MANY_PROCESSES));
        while (System.in.read() != '\n') {
          // the test sends one line
        }
        out.println("equal: " + store.get(key("theirs")).content().equals(content("one")));
      }
    }
  }

  /** In processes of their own, as H2 reads the address once, when it is first used. */
  @Test
  void anotherProcess_comesInThroughTheLoopbackInterface() throws IOException {
    try (FileFixture database = FileFixture.h2AutoServer();
        ChildJvm first = ChildJvm.start(Serving.class, database.uri().toString())) {
      first.awaitLines(1);
      requireLoopbackAlone(portIn(Files.readString(database.folder().resolve("database.lock.db"))));
      try (ChildJvm other = ChildJvm.start(Putting.class, database.uri().toString())) {
        other.awaitSuccess();
      }
      first.send("go on");
      assertEquals(List.of("many processes: false", "equal: true"), first.awaitSuccess());
    }
  }

  private static int portIn(String lock) {
    Matcher server = Pattern.compile("server=(localhost|127\\.0\\.0\\.1)\\\\:(\\d+)").matcher(lock);
    assertTrue(server.find(), lock);
    return Integer.parseInt(server.group(2));
  }

  /** Tries the port on every address of this machine. */
  private static void requireLoopbackAlone(int port) throws IOException {
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(network.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          assertThrows(
              IOException.class,
              () -> {
                try (Socket socket = new Socket()) {
                  socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                }
              },
              () -> "H2 listens on " + address);
        }
      }
    }
  }
}
