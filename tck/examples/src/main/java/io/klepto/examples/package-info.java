/**
 * Small programs to copy from. {@link io.klepto.examples.QuickStart} is the shortest: one function
 * remembered on disk. {@link io.klepto.examples.JdkMetrics} is a whole job: hours of computing in
 * miniature, that can be killed at any moment and goes on where it was. {@link
 * io.klepto.examples.jakarta.JakartaApplication} is cached by annotations.
 */
package io.klepto.examples;
