package io.inferwatt.core.report;

/**
 * What the requests of one tenant come to, this machine and others together; boundary {@code with_idle}. None decreases.
 *
 * @param name as in the settings; {@code other} for all that are not named there, {@code none} for requests of nobody
 * @param requests ended root calls
 * @param joules IT energy, central values where estimated
 * @param grams operational and embodied CO2e, location-based
 * @param liters water of those requests for which it is known
 * @param unknownRequests those of {@link #requests} whose joules are not known in full
 */
public record TenantTotals(
        String name, long requests, double joules, double grams, double liters, long unknownRequests) {}
