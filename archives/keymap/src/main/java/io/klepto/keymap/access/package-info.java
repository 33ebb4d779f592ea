/** What our modules share about classes that they read by reflection. Not for others. */
package io.klepto.keymap.access;
