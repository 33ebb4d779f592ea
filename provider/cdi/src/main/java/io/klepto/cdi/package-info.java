/**
 * The JCache annotations on beans of a CDI 4 container (Jakarta EE 10 and 11, Weld SE,
 * OpenWebBeans): methods with {@code @CacheResult}, {@code @CachePut}, {@code @CacheRemove} and
 * {@code @CacheRemoveAll} behave as JSR-107 says as soon as the jar is there. Start with {@link
 * io.klepto.cdi.CacheExtension}, which says what an application can change; what a call does is
 * {@code CacheInterceptor}, over {@link io.klepto.annotation}.
 */
package io.klepto.cdi;
