package io.inferwatt.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.InferwattConfig.Accelerator;
import io.inferwatt.core.config.InferwattConfig.Remote;
import io.inferwatt.core.config.InferwattConfig.WaterFormula;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RemoteSettingsTest {

    /** Another value for each component, so that none can be forgotten. */
    private static final Map<String, Object> OTHERS = Map.of(
            "method",
            RemoteMethod.ECOLOGITS,
            "accelerator",
            Accelerator.B200,
            "batch",
            OptionalInt.of(8),
            "water",
            WaterFormula.ECOLOGITS,
            "models",
            Optional.of(Path.of("models.csv")),
            "aliases",
            "a=b",
            "hosts",
            "c=d",
            "regions",
            "e=f");

    @Test
    void defaults_areDefault() {
        assertThat(Remote.DEFAULTS.isDefault()).isTrue();
    }

    @Test
    void settings_thatDifferInAnyOne_areNotDefault() throws Exception {
        for (RecordComponent changed : Remote.class.getRecordComponents()) {
            assertThat(with(changed.getName()).isDefault())
                    .as(changed.getName())
                    .isFalse();
        }
    }

    private static Remote with(String changed) throws ReflectiveOperationException {
        RecordComponent[] components = Remote.class.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = components[i].getName().equals(changed)
                    ? OTHERS.get(changed)
                    : components[i].getAccessor().invoke(Remote.DEFAULTS);
        }
        return Remote.class.getDeclaredConstructor(types).newInstance(values);
    }
}
