package io.inferwatt.core.simulation;

import io.inferwatt.core.call.CallRecord;

/** What a meter gets to see of an ended call, and what it does not: its true joules. */
record EndedCall(CallRecord record, int model, double beginSeconds, double endSeconds, double trueJoules) {}
