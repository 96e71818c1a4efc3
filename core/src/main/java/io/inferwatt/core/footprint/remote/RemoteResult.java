package io.inferwatt.core.footprint.remote;

/** What is known of the energy of a remote call: an estimate, or why there is none. */
public sealed interface RemoteResult permits RemoteEstimate, Unestimated {}
