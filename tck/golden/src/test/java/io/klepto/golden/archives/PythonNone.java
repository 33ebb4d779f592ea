package io.klepto.golden.archives;

/** Stands for Python's None where it is a whole value: ours are never null. */
enum PythonNone {
  NONE
}
