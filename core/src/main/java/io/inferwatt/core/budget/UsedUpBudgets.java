package io.inferwatt.core.budget;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TenantLookup;
import io.inferwatt.core.report.BudgetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The budgets of which nothing is left, nearly always none: what threads of the application look at. Nobody waits here. */
final class UsedUpBudgets {

    private static final UsedUp[] NONE = {};

    private final BudgetLedger.Tenants tenants;
    private volatile UsedUp[] usedUp = NONE;

    UsedUpBudgets(BudgetLedger.Tenants tenants) {
        this.tenants = tenants;
    }

    private record UsedUp(Budget budget, String refusal, LongAdder rejected) {}

    /** Looks through all budgets. Sampler thread. */
    void publish(List<BudgetBook> books) {
        List<UsedUp> found = new ArrayList<>();
        for (BudgetBook book : books) {
            if (book.isUsedUp()) {
                found.add(new UsedUp(book.budget(), book.refusal(), book.rejected()));
            }
        }
        usedUp = found.isEmpty() ? NONE : found.toArray(NONE);
    }

    boolean allows(String name) {
        for (UsedUp each : usedUp) {
            if (each.budget().name().equals(name)) {
                return false;
            }
        }
        return true;
    }

    boolean allowsModel(String model) {
        UsedUp[] all = usedUp;
        if (all.length == 0) {
            return true;
        }
        Tenant tenant = tenants.of(tenants.current());
        for (UsedUp each : all) {
            if (each.budget().kind() != BudgetKind.EFFICIENCY
                    && each.budget().selector().selectsModel(model, tenant)) {
                return false;
            }
        }
        return true;
    }

    /** Returns why a request may not begin, and counts it; null if it may. */
    @Nullable
    String refusal(ModelKey key, TenantLookup lookup) {
        UsedUp[] all = usedUp;
        if (all.length == 0) {
            return null;
        }
        Tenant tenant = tenants.of(lookup.currentHash());
        for (UsedUp each : all) {
            if (each.budget().reject() && each.budget().selector().selects(key, tenant)) {
                each.rejected().increment();
                return each.refusal();
            }
        }
        return null;
    }
}
