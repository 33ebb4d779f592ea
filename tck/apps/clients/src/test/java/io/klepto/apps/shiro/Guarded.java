package io.klepto.apps.shiro;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.authc.credential.SimpleCredentialsMatcher;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.cache.CacheManager;
import org.apache.shiro.mgt.DefaultSecurityManager;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.subject.Subject;

/** An application whose users Shiro knows, with what each may do; it counts what Shiro asks. */
final class Guarded extends AuthorizingRealm {
  private static final Map<String, Set<String>> RIGHTS =
      Map.of("ada", Set.of("engine:*"), "bob", Set.of("engine:read"));

  private final AtomicInteger asked = new AtomicInteger();
  private final DefaultSecurityManager security;

  Guarded(CacheManager caches) {
    super(caches, new SimpleCredentialsMatcher());
    setName("guarded");
    setAuthorizationCacheName("rights of users");
    security = new DefaultSecurityManager(this);
  }

  /** How often Shiro asked for the rights of a user. */
  int asked() {
    return asked.get();
  }

  Subject login(String user) {
    Subject subject = new Subject.Builder(security).buildSubject();
    subject.login(new UsernamePasswordToken(user, "secret of " + user));
    return subject;
  }

  @Override
  protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
    return new SimpleAuthenticationInfo(
        token.getPrincipal(), "secret of " + token.getPrincipal(), getName());
  }

  @Override
  protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
    asked.incrementAndGet();
    SimpleAuthorizationInfo info = new SimpleAuthorizationInfo();
    RIGHTS
        .getOrDefault(String.valueOf(principals.getPrimaryPrincipal()), Set.of())
        .forEach(info::addStringPermission);
    return info;
  }
}
