package io.klepto.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Opens the recorded files for the packages below. */
public final class GoldenFiles {
  private GoldenFiles() {}

  /** Reads a JSON file of the vectors. */
  public static JsonNode json(String fileName) throws IOException {
    return Vectors.json(fileName);
  }
}
