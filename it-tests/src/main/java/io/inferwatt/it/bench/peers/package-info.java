/**
 * Other agents that a platform team may compare with, each attached as its own documentation says and with nowhere to send what it
 * collects. Knows command lines and files; measures nothing.
 */
@NullMarked
package io.inferwatt.it.bench.peers;

import org.jspecify.annotations.NullMarked;
