package io.inferwatt.core.footprint.site;

import io.inferwatt.core.footprint.remote.CloudRegions.Region;
import io.inferwatt.core.footprint.site.CloudVariables.Told;
import io.inferwatt.core.footprint.site.FoundRegion.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code carbon.region} comes to at start.
 *
 * @param found null if no region is known
 * @param asksMetadata whether the cloud's metadata address is to be asked as well
 * @param problem a line for a person if the setting is not allowed, else empty
 * @param findings lines for a person: what is odd about it, the problem included
 */
record RegionSetting(@Nullable FoundRegion found, boolean asksMetadata, String problem, List<String> findings) {

    private static final String ALLOWED =
            "off, environment, metadata, or aws/, azure/ or gcp/ with a region of that cloud";
    private static final int LONGEST_SHOWN = 60;

    RegionSetting {
        findings = List.copyOf(findings);
    }

    static RegionSetting read(String setting, Map<String, String> environment, PlaceTables tables) {
        String text = setting.strip().toLowerCase(Locale.ROOT);
        List<String> findings = new ArrayList<>();
        if (text.equals("off")) {
            return new RegionSetting(null, false, "", findings);
        }
        int slash = text.indexOf('/');
        if (slash > 0) {
            Region region = tables.clouds().find(cloud(text.substring(0, slash)), text.substring(slash + 1));
            if (region != null) {
                return new RegionSetting(
                        new FoundRegion(region, By.SETTING, "carbon.region of the settings"), false, "", findings);
            }
        }
        boolean metadata = text.equals("metadata");
        String problem = "";
        if (!metadata && !text.equals("environment")) {
            problem = "carbon.region: '" + setting + "' is not allowed; allowed: " + ALLOWED
                    + " that the table has; environment is used";
            findings.add(problem);
        }
        return new RegionSetting(fromEnvironment(environment, tables, findings), metadata, problem, findings);
    }

    private static @Nullable FoundRegion fromEnvironment(
            Map<String, String> environment, PlaceTables tables, List<String> findings) {
        Told told = CloudVariables.read(environment);
        if (told == null) {
            return null;
        }
        Region region = tables.clouds().find(told.cloud(), told.region());
        if (region == null) {
            findings.add("region: the table has no region '" + shown(told.region()) + "' of " + told.cloud()
                    + ", which " + told.variable() + " of the environment names; set carbon.zone to its country");
            return null;
        }
        return new FoundRegion(region, By.ENVIRONMENT, told.variable() + " of the environment");
    }

    private static String cloud(String written) {
        return switch (written) {
            case "google", "gce" -> "gcp";
            case "amazon" -> "aws";
            case "microsoft" -> "azure";
            default -> written;
        };
    }

    /** Returns a name from outside as it may stand in a line. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST_SHOWN); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return shown.toString();
    }
}
