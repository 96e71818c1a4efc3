/** The truth that attribution is judged by, itself put to the test. Needs no agent. */
@NullMarked
package io.inferwatt.it.live;

import org.jspecify.annotations.NullMarked;
