package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import java.util.List;

/**
 * Sensors whose sum is the energy of one domain.
 *
 * @param domain what they meter together
 * @param what the same for a person
 * @param sensors at least one, all of one kind
 * @param relativeUncertainty relative standard uncertainty, as a ratio
 * @param module whether they cover processors and a GPU in one
 */
record Metered(Domain domain, String what, List<Sensor> sensors, double relativeUncertainty, boolean module) {

    EnergyCounter open(double ceilingWatts) {
        return sensors.get(0).kind() == Sensor.Kind.ENERGY
                ? new EnergySensorsCounter(this, ceilingWatts)
                : new PowerSensorsCounter(this, ceilingWatts);
    }

    /** Returns a line for a person. */
    String described() {
        StringBuilder text = new StringBuilder(what).append(": ");
        for (int i = 0; i < sensors.size(); i++) {
            text.append(i == 0 ? "" : " + ").append(sensors.get(i).described());
        }
        return text.toString();
    }
}
