package io.inferwatt.core.sampling;

import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.LocalServer;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.TargetTable;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.DeferredEstimates;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemoteEstimate;
import io.inferwatt.core.footprint.remote.RemotePlace;
import io.inferwatt.core.footprint.remote.RemoteResult;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.input.OneLine;
import io.inferwatt.core.report.RemoteTotals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The books of what calls draw on other machines, and the advice that would fill their gaps. Sampler thread only. */
final class RemoteLedger {

    /** So many different places are told apart for people; a table of regions has more than anybody uses. */
    private static final int MAX_PLACES = 32;

    private static final int LONGEST_NAME = 120;

    /** So many models that are not in the table are named, each once. */
    private static final int MAX_LINES = 5;

    private final Calls calls;
    private final DeferredEstimates estimates;
    private final LocalServers servers;
    private final Consumer<String> advice;
    private final @Nullable RemoteAccount[] accounts = new RemoteAccount[KeyTable.CAPACITY];
    private final Set<RemotePlace> places = new LinkedHashSet<>();
    private final Set<String> advised = new LinkedHashSet<>();
    private boolean prepared;
    private double joules;
    private Range band = Range.exactly(0);
    private Footprint footprint = Footprint.NOTHING;
    private String method = "";
    private boolean whole = true;

    /**
     * Opens empty books.
     *
     * @param servers those on this machine, whose energy is measured or modelled and not estimated
     * @param advice receives a line for a person, a few in all
     */
    RemoteLedger(Calls calls, DeferredEstimates estimates, LocalServers servers, Consumer<String> advice) {
        this.calls = calls;
        this.estimates = estimates;
        this.servers = servers;
        this.advice = advice;
    }

    /** Reads the tables as soon as a call asks another machine: before it ends, as a rule, and others want its figure then. */
    void tick() {
        if (!prepared && calls.targets().isAny()) {
            prepared = true;
            estimates.get();
        }
    }

    /** Books a call that has ended; {@link #joules} are those of this one then. */
    void settle(CallRecord record) {
        joules = 0;
        band = Range.exactly(0);
        footprint = Footprint.NOTHING;
        method = "";
        whole = record.isWhole();
        if (record.target() == TargetTable.NONE) {
            return;
        }
        LocalServer here = calls.targets().server(record.target());
        if (record.target() == TargetTable.ELSEWHERE) {
            whole = false; // what it drew is with calls recorded apart
            account(record).addDivided(record.requests());
            return;
        }
        whole = record.isWhole();
        if (here != null && !servers.ended(here, record.requests())) {
            unknown(); // it is with other processes
            return;
        }
        if (here != null) {
            return;
        }
        RemoteTarget target = calls.targets().target(record.target());
        TokenUsage tokens = new TokenUsage(
                record.inputTokens(), record.cachedTokens(), record.outputTokens(), record.reasoningTokens());
        boolean failed = record.outcome() == Outcome.ERROR || record.outcome() == Outcome.ABANDONED;
        long images = target.work() == RemoteTarget.Work.IMAGE ? record.units() : 0;
        RemoteResult result = estimates
                .get()
                .estimate(target, tokens, images, (record.endNanos() - record.beginNanos()) / 1e9, failed);
        RemoteAccount account = account(record);
        if (result instanceof RemoteEstimate estimate) {
            account.add(estimate);
            account.addRequests(record.requests());
            band = estimate.joules();
            joules = band.central() * estimate.dynamicPart();
            method = estimate.method();
            footprint = new Footprint(
                    estimate.operationalGrams().central(),
                    estimate.embodiedGrams().central(),
                    Double.NaN,
                    estimate.liters().central());
            if (places.size() < MAX_PLACES) {
                places.add(estimates.get().place(target));
            }
        } else if (result instanceof Unestimated unestimated) {
            account.add(unestimated, tokens);
            account.addUnestimatedRequests(record.requests());
            unknown();
            boolean streamed = record.outcome() == Outcome.OK && record.firstTokenNanos() != 0;
            advise(unestimated.reason(), target, streamed);
        }
    }

    private RemoteAccount account(CallRecord record) {
        RemoteAccount account = accounts[record.key()];
        if (account == null) {
            account = new RemoteAccount();
            accounts[record.key()] = account;
        }
        return account;
    }

    private void unknown() {
        joules = Double.NaN;
        band = Range.UNKNOWN;
        footprint = Footprint.UNKNOWN;
    }

    /** @param streamed whether it was read to its end in pieces */
    private void advise(Unestimated.Reason reason, RemoteTarget target, boolean streamed) {
        String option = calls.usageOption(target.client());
        if (reason == Unestimated.Reason.NO_USAGE
                && streamed
                && option != null
                && advised.add("usage " + target.client())) {
            advice.accept("a streamed answer of " + shown(target) + " told " + target.client()
                    + " no token usage, so its energy is not estimated; to have it estimated, set " + option);
        } else if (reason == Unestimated.Reason.UNKNOWN_MODEL
                && !target.equals(RemoteTarget.OTHER)
                && advised.size() < MAX_LINES
                && advised.add("model " + target.model())) {
            advice.accept("the remote model '" + shown(target)
                    + "' is not in the table of models, so its energy is not estimated; to have it estimated, name the"
                    + " model it is in remote.aliases, or give its size in a file named by remote.models");
        }
    }

    private static String shown(RemoteTarget target) {
        return OneLine.of(target.model(), LONGEST_NAME);
    }

    /** Returns what the call just settled drew on other machines, boundary {@code dynamic}; 0 if none or if it is measured here, NaN if not known. */
    double joules() {
        return joules;
    }

    /** Returns the same with the share of idle machines, and its 95 % band. */
    Range band() {
        return band;
    }

    /** Returns grams and litres of that; market-based grams are not known of other machines. */
    Footprint footprint() {
        return footprint;
    }

    /** Returns whether that is all its requests drew on other machines. */
    boolean whole() {
        return whole;
    }

    /** Returns what made the estimate, empty without one. */
    String method() {
        return method;
    }

    RemoteTotals totals(int key) {
        RemoteAccount account = accounts[key];
        return account == null ? RemoteTotals.NONE : account.totals();
    }

    /** Returns where models ran that were estimated, in order of appearance. */
    List<RemotePlace> places() {
        return List.copyOf(places);
    }
}
