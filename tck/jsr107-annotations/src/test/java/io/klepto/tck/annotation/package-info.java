/**
 * The annotation tests of JSR-107's TCK. Start with {@code AnnotationTckTest}: each way to run the
 * annotations is a {@code BeanProvider} there, and {@code AnnotationTck} runs the tests with one.
 */
package io.klepto.tck.annotation;
