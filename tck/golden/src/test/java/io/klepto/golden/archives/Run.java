package io.klepto.golden.archives;

import java.util.List;

/**
 * A script, done by one of klepto's archives.
 *
 * @param archive the archive's name in the vectors
 * @param script the script's name
 * @param isCached whether it was done by a cache over the archive
 * @param steps the operations
 * @param answers what klepto answered to each, as texts
 */
record Run(
    String archive, String script, boolean isCached, List<Step> steps, List<String> answers) {
  Run {
    if (steps.size() != answers.size()) {
      throw new IllegalArgumentException(
          archive
              + ", "
              + script
              + ": expected an answer to each of "
              + steps.size()
              + " operations, found "
              + answers.size());
    }
  }

  /** Returns the operations that there are here too. */
  List<Step> comparableSteps() {
    return steps.stream().filter(step -> step.verb().isOurs(isCached)).toList();
  }

  @Override
  public String toString() {
    return archive + ", " + script;
  }
}
