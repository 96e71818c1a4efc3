package io.inferwatt.core.budget;

import io.inferwatt.core.call.Admission;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TenantLookup;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.net.Background;
import io.inferwatt.core.report.BudgetTotals;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.SettledCall;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The books of all budgets. A request is charged when its energy is final, about a second after its end, to every budget that selects it.
 * {@link #settled} and {@link #totals} belong to the sampler thread; all else is safe from all threads and never waits for it.
 */
public final class BudgetLedger implements CallListener, Admission, AutoCloseable {

    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(30);

    private final List<BudgetBook> books = new ArrayList<>();
    private final UsedUpBudgets usedUp;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final String service;
    private final Consumer<String> warnings;
    private final Consumer<String> lines;
    private final List<BudgetListener> listeners = new CopyOnWriteArrayList<>();
    private final @Nullable StateFile file;
    private final @Nullable Webhook webhook;
    private final List<SavedBudget> others = new ArrayList<>();

    /** Takes what may wait for the place where lines are written, which the sampler must not. */
    private final Consumer<Runnable> aside;

    private final Queue<Runnable> unsaid = new ConcurrentLinkedQueue<>();
    private boolean changed;
    private boolean listenerFailed;
    private volatile List<SavedBudget> state = List.of();

    /** Who is who among tenants, as the budgets need to know it. */
    public interface Tenants {

        /** Returns the hash of a name. */
        long hash(String name);

        Tenant of(long hash);

        /** Returns the hash of the tenant that the calling thread works for, 0 for nobody. */
        long current();
    }

    BudgetLedger(
            List<Budget> budgets,
            Tenants tenants,
            Clock clock,
            LongSupplier nanoTime,
            String service,
            @Nullable StateFile file,
            @Nullable Webhook webhook,
            Consumer<String> warnings,
            Consumer<String> lines,
            Consumer<Runnable> aside) {
        this.aside = aside;
        this.usedUp = new UsedUpBudgets(tenants);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.service = service.isBlank() ? "default" : service;
        this.file = file;
        this.webhook = webhook;
        this.warnings = warnings;
        this.lines = lines;
        for (Budget budget : budgets) {
            books.add(new BudgetBook(budget, clock.millis(), nanoTime.getAsLong()));
        }
        restore();
    }

    /**
     * Reads the budgets of the settings and what an earlier JVM has consumed. Never throws; a budget that is not understood is left out.
     * May wait for the disk.
     *
     * @param background writes the state from time to time and tells the webhook
     * @param warnings receives a line for each problem and each budget that is used up
     * @param lines receives a line for each other threshold that is reached
     */
    public static BudgetLedger open(
            InferwattConfig config,
            Tenants tenants,
            Background background,
            Consumer<String> warnings,
            Consumer<String> lines) {
        List<String> problems = new ArrayList<>();
        List<Budget> budgets = new BudgetReader(tenants::hash, ZoneId.systemDefault(), problems)
                .read(config.budgets().properties());
        problems.forEach(warnings);
        Clock clock = Clock.systemUTC();
        StateFile file = budgets.isEmpty() ? null : stateFile(config, clock, warnings);
        Webhook webhook = budgets.isEmpty()
                ? null
                : config.budgets()
                        .webhook()
                        .map(url -> Webhook.of(url, background, warnings))
                        .orElse(null);
        BudgetLedger ledger = new BudgetLedger(
                budgets,
                tenants,
                clock,
                System::nanoTime,
                config.serviceName(),
                file,
                webhook,
                warnings,
                lines,
                task -> background.once("line of a budget", Duration.ZERO, task));
        if (file != null && file.isOpen()) {
            background.again("state of budgets", ledger::writeNowAndAgain);
        }
        return ledger;
    }

    /** Returns a line for each budget, or property of one, that {@link #open} would not understand. Opens nothing. */
    public static List<String> problems(InferwattConfig config) {
        List<String> problems = new ArrayList<>();
        new BudgetReader(tenant -> 0, ZoneId.systemDefault(), problems)
                .read(config.budgets().properties());
        return problems;
    }

    private static StateFile stateFile(InferwattConfig config, Clock clock, Consumer<String> warnings) {
        Path configured = config.budgets().stateFile().orElse(null);
        return configured != null
                ? StateFile.open(configured, false, clock, warnings)
                : StateFile.open(
                        StateFolder.defaultFile(
                                Path.of(System.getProperty("java.io.tmpdir", ".")),
                                System.getProperty("user.name", "unknown"),
                                config.serviceName()),
                        true,
                        clock,
                        warnings);
    }

    private void restore() {
        List<SavedBudget> kept = file == null ? List.of() : file.read();
        long now = clock.millis();
        for (SavedBudget saved : kept) {
            BudgetBook book = book(saved.name());
            if (book == null) {
                // Of a rolling window that is the end of its newest part: it counts for as long again.
                if (2 * saved.endMillis() - saved.startMillis() > now) {
                    others.add(saved); // it may come back: a typing error in the settings must not cost its consumption
                }
            } else if (saved.kind().equals(book.budget().kind().label())
                    && saved.window().equals(book.budget().window().text())) {
                book.restore(saved, now);
            } else {
                lines.accept("budget " + saved.name()
                        + ": its quantity or window is another one than before; it begins with nothing consumed");
            }
        }
        changed = true;
        publishState();
        usedUp.publish(books);
    }

    private @Nullable BudgetBook book(String name) {
        for (BudgetBook book : books) {
            if (book.budget().name().equals(name)) {
                return book;
            }
        }
        return null;
    }

    @Override
    public void settled(SettledCall call) {
        boolean newlyUsedUp = false;
        for (BudgetBook book : books) {
            if (book.budget().selector().selects(call.key(), call.tenant())) {
                long now = clock.millis();
                boolean before = book.isUsedUp();
                book.moveTo(now);
                book.charge(call, nanoTime.getAsLong());
                changed = true;
                tellCrossings(book, now);
                newlyUsedUp |= before != book.isUsedUp();
            }
        }
        if (newlyUsedUp) {
            usedUp.publish(books);
        }
    }

    /** Moves all windows to the present and returns how far the budgets are used up. Once a second. */
    public List<BudgetTotals> totals() {
        if (books.isEmpty()) {
            return List.of();
        }
        long now = clock.millis();
        long nanos = nanoTime.getAsLong();
        List<BudgetTotals> totals = new ArrayList<>(books.size());
        for (BudgetBook book : books) {
            changed |= book.moveTo(now);
            tellCrossings(book, now);
            totals.add(book.totals(now, nanos));
        }
        usedUp.publish(books);
        publishState();
        return totals;
    }

    private void say(Consumer<String> log, String line) {
        unsaid.add(() -> log.accept(line));
        aside.accept(this::sayAll);
    }

    private void sayAll() {
        for (Runnable line = unsaid.poll(); line != null; line = unsaid.poll()) {
            line.run();
        }
    }

    private void tellCrossings(BudgetBook book, long nowMillis) {
        for (BudgetCrossing crossing = book.nextCrossing(nowMillis);
                crossing != null;
                crossing = book.nextCrossing(nowMillis)) {
            changed = true;
            Consumer<String> log = crossing.thresholdPercent() < 100 ? lines : warnings;
            say(log, crossing.text());
            for (BudgetListener listener : listeners) {
                tell(listener, crossing);
            }
            if (webhook != null) {
                webhook.tell(crossing, service);
            }
        }
    }

    private void tell(BudgetListener listener, BudgetCrossing crossing) {
        try {
            listener.crossed(crossing);
        } catch (RuntimeException | LinkageError failed) {
            if (!listenerFailed) {
                listenerFailed = true;
                warnings.accept("a listener of budgets failed: " + failed + "; further failures are not logged");
            }
        }
    }

    private void publishState() {
        if (changed && file != null) {
            List<SavedBudget> saved = new ArrayList<>(others);
            for (BudgetBook book : books) {
                saved.add(book.saved());
            }
            state = saved;
        }
        changed = false;
    }

    private Duration writeNowAndAgain() {
        writeState();
        return BETWEEN_WRITES;
    }

    void writeState() {
        if (file != null) {
            file.write(state);
        }
    }

    /** Adds somebody who hears of thresholds from now on. */
    public void addListener(BudgetListener listener) {
        listeners.add(listener);
    }

    /** Returns whether there is any budget. */
    public boolean isEmpty() {
        return books.isEmpty();
    }

    /** Returns whether any budget asks for calls to be rejected. */
    public boolean mayReject() {
        return books.stream().anyMatch(book -> book.budget().reject());
    }

    /** Returns whether something of a budget is left; true for one that is not known. */
    public boolean allows(String name) {
        return usedUp.allows(name);
    }

    /**
     * Returns whether something is left of all budgets that select a model on behalf of the calling thread's tenant, whatever is done
     * with it. Limits of {@code J/request} do not count here: they are never used up.
     */
    public boolean allowsModel(String model) {
        return usedUp.allowsModel(model);
    }

    @Override
    public @Nullable String refusal(ModelKey key, TenantLookup lookup) {
        return usedUp.refusal(key, lookup);
    }

    /** Returns attempts to tell the webhook that failed; never falls. */
    public long webhookFailures() {
        return webhook == null ? 0 : webhook.failures();
    }

    /** Returns whether there is a webhook to tell. */
    public boolean hasWebhook() {
        return webhook != null;
    }

    /** Returns how often the state could not be read or written; never falls. */
    public long stateFailures() {
        return file == null ? 0 : file.failures();
    }

    /** Returns lines for a person: what budgets there are and where they are kept. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (BudgetBook book : books) {
            Budget budget = book.budget();
            findings.add("budget " + budget.name() + ": " + budget.describe()
                    + (budget.reject() ? "; calls are rejected once it is used up" : ""));
        }
        if (file != null) {
            findings.add(
                    file.isOpen()
                            ? "budgets: consumption is kept in " + file.path()
                            : "budgets: consumption is lost at a restart, " + file.path() + " cannot be used");
        }
        return findings;
    }

    /** Writes the state a last time; the sampler should have ended before. */
    @Override
    public void close() {
        sayAll();
        writeState();
        if (file != null) {
            file.close();
        }
    }
}
