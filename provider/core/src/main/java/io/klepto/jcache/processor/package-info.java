/** What an entry processor sees and leaves behind (JSR-107 chapter 9). */
package io.klepto.jcache.processor;
