package io.inferwatt.it.demo;

import java.util.List;

/**
 * How sure it is which part of the energy is a model's.
 *
 * @param uncertainty relative standard uncertainty of the model's joules by the division; NaN if not known
 * @param weak whether the model's own figure is only a hint
 * @param group the models that cannot be told apart, this one among them; empty if it can be told
 * @param groupUncertainty as {@code uncertainty}, of the joules of the group together; NaN without group
 */
record Division(double uncertainty, boolean weak, List<String> group, double groupUncertainty) {

    private static final String UNCERTAINTY = "inferwatt_model_uncertainty_ratio";
    private static final String FLAGS = "inferwatt_model_flags";
    private static final String GROUP_UNCERTAINTY = "inferwatt_model_group_uncertainty_ratio";

    private static final double WEAK = 0.25;

    Division {
        group = List.copyOf(group);
    }

    static Division of(String model, MetricsText text) {
        List<MetricsText.Sample> own = text.all(UNCERTAINTY, "model", model);
        List<MetricsText.Sample> member = text.all(GROUP_UNCERTAINTY, "model", model);
        boolean weak = text.sum(FLAGS, "model", model, "flag", "weak") > 0;
        double ratio = own.isEmpty() ? Double.NaN : own.get(0).value();
        if (member.isEmpty()) {
            return new Division(ratio, weak, List.of(), Double.NaN);
        }
        List<String> group = text.all(GROUP_UNCERTAINTY, "group", member.get(0).label("group")).stream()
                .map(sample -> sample.label("model"))
                .toList();
        return new Division(ratio, weak, group, member.get(0).value());
    }

    boolean isKnown() {
        return !Double.isNaN(uncertainty);
    }

    /** Returns whether the figure is only a hint, though the model can be told apart. */
    boolean isUnsure() {
        return weak && group.isEmpty();
    }

    /** Returns whether not even the joules of the group are more than a hint. */
    boolean isGroupUnsure() {
        return groupUncertainty > WEAK;
    }

    /** Returns in words what a reader must know of the figure of that model; nothing if all is well. */
    String remark(String model) {
        if (group.isEmpty()) {
            return isUnsure() ? "unsure" : "";
        }
        List<String> others = group.stream().filter(name -> !name.equals(model)).toList();
        return "only known together with " + (others.size() == 1 ? others.get(0) : others.size() + " others");
    }
}
