package io.inferwatt.core.call;

import java.util.concurrent.RejectedExecutionException;

/** A request may not begin, because a budget is used up that somebody has asked to be enforced. Its message is for a person. */
public final class CallRejectedException extends RejectedExecutionException {

    private static final long serialVersionUID = 1;

    CallRejectedException(String why) {
        super(why);
    }
}
