package io.klepto.jcache.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;

final class CacheConfigurationBeanTest {
  @Test
  void types_areFullyQualifiedNames() {
    CacheConfigurationBean bean =
        new CacheConfigurationBean(
            () ->
                new MutableConfiguration<Long, BigDecimal>()
                    .setTypes(Long.class, BigDecimal.class));
    assertEquals("java.lang.Long", bean.getKeyType());
    assertEquals("java.math.BigDecimal", bean.getValueType());
  }

  @Test
  void undefinedTypes_areObject() {
    CacheConfigurationBean bean =
        new CacheConfigurationBean(() -> new MutableConfiguration<Object, Object>());
    assertEquals("java.lang.Object", bean.getKeyType());
    assertEquals("java.lang.Object", bean.getValueType());
  }

  @Test
  void eachFlag_followsTheConfigurationAtRunTime() {
    MutableConfiguration<Object, Object> live = new MutableConfiguration<>();
    CacheConfigurationBean bean = new CacheConfigurationBean(() -> live);
    assertFalse(bean.isReadThrough());
    assertFalse(bean.isWriteThrough());
    assertTrue(bean.isStoreByValue());
    assertFalse(bean.isStatisticsEnabled());
    assertFalse(bean.isManagementEnabled());

    live.setReadThrough(true);
    assertTrue(bean.isReadThrough());
    assertFalse(bean.isWriteThrough());
    live.setWriteThrough(true);
    assertTrue(bean.isWriteThrough());
    live.setStoreByValue(false);
    assertFalse(bean.isStoreByValue());
    live.setStatisticsEnabled(true);
    assertTrue(bean.isStatisticsEnabled());
    assertFalse(bean.isManagementEnabled());
    live.setManagementEnabled(true);
    assertTrue(bean.isManagementEnabled());
  }
}
