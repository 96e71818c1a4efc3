/**
 * Servers that speak what clients of remote models understand, over real HTTP. For tests and the demo; part of the test-jar.
 */
package io.inferwatt.core.testservers;
