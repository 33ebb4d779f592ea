package io.klepto.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class PlotTest {
  @Test
  void svg_twoLines_isWellFormedWithTitlesLegendAndPoints() throws Exception {
    Document svg =
        parsed(
            new Plot("A < B & C", "entries", "ms", 10)
                .line("first", List.of(new Plot.Point(1_000, 1), new Plot.Point(10_000, 10)))
                .line("second", List.of(new Plot.Point(100_000, 100)))
                .line("left out", List.of()));

    assertEquals("svg", svg.getDocumentElement().getTagName());
    assertEquals("http://www.w3.org/2000/svg", svg.getDocumentElement().getAttribute("xmlns"));
    List<String> texts = texts(svg);
    assertTrue(
        texts.containsAll(List.of("A < B & C", "entries", "ms", "first", "second")),
        texts::toString);
    assertTrue(
        texts.containsAll(List.of("1,000", "10,000", "100,000", "1", "100")), texts::toString);
    assertEquals(2, svg.getElementsByTagName("polyline").getLength());
    assertEquals(3, svg.getElementsByTagName("circle").getLength());
  }

  @Test
  void svg_points_lieWhereTheLogarithmsSay() throws Exception {
    Document svg =
        parsed(
            new Plot("t", "x", "y", 10)
                .line(
                    "line",
                    List.of(
                        new Plot.Point(1_000, 1),
                        new Plot.Point(10_000, 10),
                        new Plot.Point(100_000, 100))));

    // Between 80 and 540 across, and 380 and 50 up: the picture without its margins.
    assertEquals("80.0,380.0 310.0,215.0 540.0,50.0", polyline(svg));
  }

  @Test
  void svg_baseOfTwo_marksEachDoubling() throws Exception {
    Document svg =
        parsed(
            new Plot("t", "threads", "y", 2)
                .line("line", List.of(new Plot.Point(1, 5), new Plot.Point(16, 5))));

    assertTrue(texts(svg).containsAll(List.of("1", "2", "4", "8", "16")), () -> texts(svg) + "");
  }

  @Test
  void number_ofEachSize_isShort() {
    assertEquals("0.01", Plot.number(0.01));
    assertEquals("1,000", Plot.number(1_000));
    assertEquals("10 M", Plot.number(1e7));
  }

  @Test
  void plot_withoutLinesOrWithZero_isRefused() {
    assertThrows(IllegalStateException.class, () -> new Plot("t", "x", "y", 10).svg());
    assertThrows(IllegalArgumentException.class, () -> new Plot.Point(0, 1));
  }

  private static Document parsed(Plot plot) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)));
  }

  private static String polyline(Document svg) {
    return ((Element) svg.getElementsByTagName("polyline").item(0)).getAttribute("points");
  }

  private static List<String> texts(Document svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
