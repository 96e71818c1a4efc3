package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns how sure the division of energy among models is into series of model labels. Keys are models with operation and
 * tenant; those that share a label are put together, weighted by joules. Keys that cannot be told apart but share a label
 * are as sure as their sum, since the sum is what the label shows.
 */
final class ConfidenceFigures {

    private final SeriesTable table;

    ConfidenceFigures(SeriesTable table) {
        this.table = table;
    }

    /** Says nothing of labels whose uncertainty is not known. */
    void apply(List<ModelTotals> models, Map<ModelKey, String> labels) {
        LabelGroups groups = new LabelGroups();
        models.forEach(model -> groups.join(labelsOfGroup(model, labels)));
        Map<String, PooledUncertainty> byLabel = new LinkedHashMap<>();
        Map<Set<String>, Group> byGroup = new LinkedHashMap<>();
        for (ModelTotals model : models) {
            String label = label(model.key(), labels);
            double joules = model.joules();
            double ofGroup = ratioOfGroup(model.confidence(), labels);
            boolean groupIsLabel = labelsOfGroup(model, labels).size() == 1;
            byLabel.computeIfAbsent(label, ignored -> new PooledUncertainty())
                    .add(joules, groupIsLabel ? ofGroup : model.confidence().relativeStandardError());
            byGroup.computeIfAbsent(groups.of(label), ignored -> new Group(label, new PooledUncertainty()))
                    .uncertainty()
                    .add(joules, ofGroup);
        }
        byLabel.forEach((label, uncertainty) -> show(label, uncertainty.ratio(), groups.of(label)));
        byGroup.forEach(this::show);
    }

    private record Group(String firstLabel, PooledUncertainty uncertainty) {}

    private void show(String label, double ratio, Set<String> group) {
        if (PooledUncertainty.isKnown(ratio)) {
            boolean weak = new Confidence(ratio, List.of(), ratio).weak();
            table.add(Catalogue.MODEL_UNCERTAINTY, ratio, label);
            table.count(Catalogue.MODEL_FLAGS, weak ? 1 : 0, label, "weak");
            table.count(Catalogue.MODEL_FLAGS, group.size() > 1 ? 1 : 0, label, "collinear");
        }
    }

    private void show(Set<String> labels, Group group) {
        double ratio = group.uncertainty().ratio();
        if (labels.size() > 1 && PooledUncertainty.isKnown(ratio)) {
            labels.forEach(label -> table.add(Catalogue.GROUP_UNCERTAINTY, ratio, label, group.firstLabel()));
        }
    }

    private static String label(ModelKey key, Map<ModelKey, String> labels) {
        return labels.getOrDefault(key, BoundedNames.OTHER);
    }

    private static Set<String> labelsOfGroup(ModelTotals model, Map<ModelKey, String> labels) {
        Set<String> ofGroup = new HashSet<>(Set.of(label(model.key(), labels)));
        for (ModelKey member : model.confidence().group()) {
            String label = labels.get(member);
            if (label != null) {
                ofGroup.add(label);
            }
        }
        return ofGroup;
    }

    // Without all members in sight their sum is not in sight either.
    private static double ratioOfGroup(Confidence confidence, Map<ModelKey, String> labels) {
        double ofGroup = confidence.groupRelativeStandardError();
        return PooledUncertainty.isKnown(ofGroup) && labels.keySet().containsAll(confidence.group())
                ? ofGroup
                : confidence.relativeStandardError();
    }
}
