/**
 * The JCache annotations without a container: methods with {@code @CacheResult}, {@code @CachePut},
 * {@code @CacheRemove} and {@code @CacheRemoveAll} behave as JSR-107 says, over the caches of any
 * provider. Start with {@link io.klepto.annotation.Annotations}; a container's interceptors, with
 * {@link io.klepto.annotation.Interpreter#method}. Keys are what {@link
 * io.klepto.annotation.StandardKeyGenerator} makes, or with more to say about them, {@link
 * io.klepto.annotation.KeymapKeyGenerator}, which works under Spring and others too.
 *
 * <p>To read the code: {@code MethodReader} finds the annotations, {@code MethodPlanner} makes a
 * {@link io.klepto.annotation.CachedMethod} of them, and {@code ResultOperation} and {@code
 * UpdateOperation} are what it runs.
 */
package io.klepto.annotation;
