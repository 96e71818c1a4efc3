package io.inferwatt.core.energy.battery;

import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.NumberFile;
import io.inferwatt.core.input.OneLine;
import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One battery: what it is doing, and how much power it gives by its own gauge. */
final class Battery implements AutoCloseable {

    private static final int LONGEST_ID = 60;

    private final Path folder;
    private final @Nullable NumberFile microwatts;
    private final @Nullable NumberFile microamperes;
    private final @Nullable NumberFile microvolts;

    /** @param folder {@code BAT0} or the like, with {@code power_now}, or {@code current_now} and {@code voltage_now} */
    Battery(Path folder) {
        this.folder = folder;
        if (Files.exists(folder.resolve("power_now"))) {
            microwatts = new NumberFile(folder.resolve("power_now"));
            microamperes = null;
            microvolts = null;
        } else {
            microwatts = null;
            microamperes = new NumberFile(folder.resolve("current_now"));
            microvolts = new NumberFile(folder.resolve("voltage_now"));
        }
    }

    String id() {
        return OneLine.of(String.valueOf(folder.getFileName()), LONGEST_ID);
    }

    /** Returns {@code Discharging}, {@code Charging}, {@code Not charging}, {@code Full} or {@code Unknown}. */
    String status() throws EnergyReadException {
        Path file = folder.resolve("status");
        try {
            return SmallFile.readWord(file);
        } catch (NoSuchFileException gone) {
            throw new EnergyReadException(Reason.IO, file + " does not exist", gone);
        } catch (AccessDeniedException denied) {
            throw new EnergyReadException(Reason.PERMISSION, "cannot read " + file + ": permission denied", denied);
        } catch (IOException unreadable) {
            throw new EnergyReadException(Reason.IO, "cannot read " + file + ": " + unreadable, unreadable);
        }
    }

    /** Returns the power that flows, in whichever direction. */
    double microwatts(long nowNanos) throws EnergyReadException {
        if (microwatts != null) {
            return microwatts.read(nowNanos);
        }
        if (microamperes == null || microvolts == null) {
            throw new EnergyReadException(Reason.IO, folder + " has neither power nor current");
        }
        return microamperes.read(nowNanos) * 1e-6 * microvolts.read(nowNanos);
    }

    @Override
    public void close() {
        close(microwatts);
        close(microamperes);
        close(microvolts);
    }

    private static void close(@Nullable NumberFile file) {
        if (file != null) {
            file.close();
        }
    }
}
