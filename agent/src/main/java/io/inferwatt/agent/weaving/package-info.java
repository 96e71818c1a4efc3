/**
 * How advice gets into the classes of an application: one name look-up for each class, Byte Buddy at the first that
 * matches, call sites that are linked late and can be switched off. Whatever fails here leaves the class as it was.
 */
@NullMarked
package io.inferwatt.agent.weaving;

import org.jspecify.annotations.NullMarked;
