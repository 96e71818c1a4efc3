package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Turns the per-model part of a snapshot into series. Keys that share their folded labels are summed. */
final class ModelFigures {

    /** Operations exported by name, {@value BoundedNames#OTHER} included; there are three today. */
    private static final int MAX_OPERATIONS = 6;

    private final BoundedNames models;
    private final BoundedNames operations = new BoundedNames(MAX_OPERATIONS);
    private final SeriesTable table;
    private final CallTable calls;
    private final ConfidenceFigures confidence;
    private final RemoteFigures remote;
    private final FootprintFigures footprint;

    ModelFigures(int maxModels, SeriesTable table, CallTable calls, RemoteFigures remote) {
        this.models = new BoundedNames(maxModels);
        this.table = table;
        this.calls = calls;
        this.confidence = new ConfidenceFigures(table);
        this.remote = remote;
        this.footprint = new FootprintFigures(table);
    }

    /** Returns the meters of the calls of a key. Safe from all threads. */
    CallMeters callMeters(ModelKey key) {
        return calls.of(models.fold(key.model()), operations.fold(key.operation()));
    }

    void apply(MeterSnapshot snapshot) {
        Set<String> exportedOperations = new HashSet<>();
        Set<String> remoteOperations = new HashSet<>();
        Set<ModelKey> folded = new HashSet<>();
        Map<ModelKey, String> labels = new HashMap<>();
        for (ModelTotals totals : snapshot.models()) {
            ModelKey key = totals.key();
            String model = models.fold(key.model());
            String operation = operations.fold(key.operation());
            exportedOperations.add(operation);
            labels.put(key, model);
            if (!model.equals(key.model()) || !operation.equals(key.operation())) {
                folded.add(new ModelKey(key.model(), key.operation()));
            }
            open(model, operation, snapshot);
            add(model, operation, totals);
            if (RemoteFigures.concern(totals)) {
                remoteOperations.add(operation);
                openRemote(model, operation);
                remote.add(model, operation, totals.remote());
            }
        }
        if (models.full()) {
            exportedOperations.forEach(operation -> open(BoundedNames.OTHER, operation, snapshot));
            remoteOperations.forEach(operation -> openRemote(BoundedNames.OTHER, operation));
        }
        remote.gauge(snapshot.models());
        footprint.apply(snapshot.tenants());
        confidence.apply(snapshot.models(), labels);
        table.count(Catalogue.DROPPED_SERIES, folded.size() + snapshot.foldedKeys());
    }

    // A counter that is born above 0 hides its first increase from rate(), so all that can come is there from the
    // start.
    private void open(String model, String operation, MeterSnapshot snapshot) {
        calls.of(model, operation);
        for (Outcome outcome : Outcome.values()) {
            table.open(Catalogue.REQUESTS, model, operation, outcome.label());
        }
        table.open(Catalogue.ITEMS, model, operation);
        table.open(Catalogue.TAIL_ENERGY, model);
        table.open(Catalogue.CO2E, model, "operational");
        table.open(Catalogue.CO2E, model, "embodied");
        footprint.open(model);
        table.open(Catalogue.TOKENS, model, "input");
        table.open(Catalogue.TOKENS, model, "output");
        for (DomainTotals domain : snapshot.domains()) {
            String component = domain.domain().component().label();
            String quality = domain.quality().label();
            table.open(Catalogue.ENERGY, model, operation, component, quality);
            table.open(Catalogue.IDLE_SHARE, model, operation, component, quality);
            if (snapshot.facility().isWaterKnown()) {
                table.open(Catalogue.WATER, model, component);
            }
        }
    }

    private void openRemote(String model, String operation) {
        remote.open(model, operation);
        calls.of(model, operation).openFirstToken();
    }

    private void add(String model, String operation, ModelTotals totals) {
        totals.requests()
                .forEach((outcome, count) -> table.count(Catalogue.REQUESTS, count, model, operation, outcome.label()));
        table.count(Catalogue.ITEMS, totals.items(), model, operation);
        table.add(Catalogue.TAIL_ENERGY, totals.tailJoules(), model);
        table.add(Catalogue.CO2E, totals.footprint().dynamicGrams(), model, "operational");
        table.add(Catalogue.CO2E, totals.footprint().embodiedGrams(), model, "embodied");
        footprint.add(model, totals.footprint(), totals.remote());
        table.count(Catalogue.TOKENS, totals.tokens().input(), model, "input");
        table.count(Catalogue.TOKENS, totals.tokens().output(), model, "output");
        addTold(Catalogue.TOKENS_CACHED, totals.tokens().cachedInput(), model);
        addTold(Catalogue.TOKENS_REASONING, totals.tokens().reasoning(), model);
        for (ModelEnergy part : totals.energy()) {
            String component = part.component().label();
            String quality = part.quality().label();
            table.add(Catalogue.ENERGY, part.joules(), model, operation, component, quality);
            table.add(Catalogue.IDLE_SHARE, part.idleShareJoules(), model, operation, component, quality);
            if (!Double.isNaN(part.liters())) {
                table.add(Catalogue.WATER, part.liters(), model, component);
            }
        }
    }

    // Engines that know nothing of such tokens should not say that there are none.
    private void addTold(Family family, long tokens, String model) {
        if (tokens > 0) {
            table.count(family, tokens, model);
        }
    }
}
