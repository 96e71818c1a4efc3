package io.inferwatt.core.budget;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Tenant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Which requests a budget is charged with: those whose model, operation and tenant are all selected. Immutable.
 *
 * @param tenantHashes of the tenants that are selected by their full name, which need not be on the list of those told apart
 */
record BudgetSelector(
        List<NamePattern> models, List<NamePattern> operations, List<NamePattern> tenants, List<Long> tenantHashes) {

    BudgetSelector {
        models = List.copyOf(models);
        operations = List.copyOf(operations);
        tenants = List.copyOf(tenants);
        tenantHashes = List.copyOf(tenantHashes);
    }

    /** @param hashes turns a tenant's name into its hash */
    static BudgetSelector of(
            List<NamePattern> models,
            List<NamePattern> operations,
            List<NamePattern> tenants,
            ToLongFunction<String> hashes) {
        return new BudgetSelector(
                models,
                operations,
                tenants,
                tenants.stream()
                        .filter(NamePattern::isExact)
                        .map(pattern -> hashes.applyAsLong(pattern.text()))
                        .toList());
    }

    boolean selects(ModelKey key, Tenant tenant) {
        return any(operations, key.operation()) && selectsModel(key.model(), tenant);
    }

    /** Whatever is done with the model. */
    boolean selectsModel(String model, Tenant tenant) {
        return any(models, model) && selectsTenant(tenant);
    }

    private boolean selectsTenant(Tenant tenant) {
        for (NamePattern pattern : tenants) {
            if (pattern.isAny() || (!tenant.name().isEmpty() && pattern.matches(tenant.name()))) {
                return true;
            }
        }
        return tenant.isKnown() && tenantHashes.contains(tenant.hash());
    }

    private static boolean any(List<NamePattern> patterns, String name) {
        for (NamePattern pattern : patterns) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }
}
