/** What the virtual machine that runs us can't do. */
package io.klepto.jcache.jvm;
