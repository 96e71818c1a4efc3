package io.inferwatt.core.footprint.site;

import io.inferwatt.core.input.Bounded;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables by which a cloud's own services tell the region. People set some of them elsewhere too, {@code AWS_REGION}
 * on their laptops for instance, so each counts only beside another one that nothing but the cloud sets.
 */
final class CloudVariables {

    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    "aws",
                    List.of("AWS_REGION", "AWS_DEFAULT_REGION"),
                    List.of(
                            "AWS_EXECUTION_ENV",
                            "AWS_LAMBDA_FUNCTION_NAME",
                            "ECS_CONTAINER_METADATA_URI_V4",
                            "ECS_CONTAINER_METADATA_URI")),
            new Sign(
                    "gcp",
                    List.of("GOOGLE_CLOUD_REGION", "FUNCTION_REGION"),
                    List.of("K_SERVICE", "CLOUD_RUN_JOB", "GAE_SERVICE")),
            new Sign("azure", List.of("REGION_NAME"), List.of("WEBSITE_SITE_NAME")));

    /** Names the default domain of Azure's Container Apps: a unique part, the region, and this. */
    private static final String CONTAINER_APPS = ".azurecontainerapps.io";

    private static final String CONTAINER_APPS_DOMAIN = "CONTAINER_APP_ENV_DNS_SUFFIX";

    private CloudVariables() {}

    private record Sign(String cloud, List<String> regions, List<String> witnesses) {}

    /**
     * What a variable tells.
     *
     * @param variable its name
     */
    record Told(String cloud, String region, String variable) {}

    /** Returns what the first cloud tells that shows itself, null if none does. */
    static @Nullable Told read(Map<String, String> environment) {
        for (Sign sign : SIGNS) {
            if (firstSet(sign.witnesses(), environment) == null) {
                continue;
            }
            String variable = firstSet(sign.regions(), environment);
            if (variable != null) {
                return new Told(sign.cloud(), value(variable, environment), variable);
            }
        }
        return containerApps(Bounded.lowerCase(value(CONTAINER_APPS_DOMAIN, environment), LONGEST_DOMAIN));
    }

    private static final int LONGEST_DOMAIN = 300;

    private static @Nullable Told containerApps(String domain) {
        if (!domain.endsWith(CONTAINER_APPS)) {
            return null;
        }
        String rest = domain.substring(0, domain.length() - CONTAINER_APPS.length());
        String region = rest.substring(rest.lastIndexOf('.') + 1);
        return region.isEmpty() ? null : new Told("azure", region, CONTAINER_APPS_DOMAIN);
    }

    private static @Nullable String firstSet(List<String> variables, Map<String, String> environment) {
        for (String variable : variables) {
            if (!value(variable, environment).isEmpty()) {
                return variable;
            }
        }
        return null;
    }

    private static String value(String variable, Map<String, String> environment) {
        return environment.getOrDefault(variable, "").strip();
    }
}
