package io.inferwatt.core.footprint.live;

import io.inferwatt.core.footprint.site.Site;
import io.inferwatt.core.net.HttpAnswer;
import io.inferwatt.core.net.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the cloud that this machine runs in for its region, at the address that reaches nobody beyond the machine's own host: AWS with a
 * token (IMDSv2), Google Cloud, Azure. Only where {@code carbon.region=metadata} says so. One thread.
 */
public final class MetadataSearch {

    /** The same in all three clouds. */
    private static final URI ADDRESS = URI.create("http://169.254.169.254");

    /** Another address, for tests. */
    private static final String ADDRESS_PROPERTY = "inferwatt.internal.metadata.address";

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LATER = Duration.ofHours(1);
    private static final int TRIES_BEFORE_TOLD = 3;
    private static final int LONGEST_REGION = 60;

    private final URI address;
    private final Site site;
    private final Consumer<String> warnings;
    private int tries;

    /** @param warnings receives one line if nobody answers */
    public MetadataSearch(Site site, Consumer<String> warnings) {
        this(address(), site, warnings);
    }

    MetadataSearch(URI address, Site site, Consumer<String> warnings) {
        this.address = address;
        this.site = site;
        this.warnings = warnings;
    }

    private static URI address() {
        String other = System.getProperty(ADDRESS_PROPERTY, "");
        return other.isEmpty() ? ADDRESS : URI.create(other);
    }

    /** Asks all clouds once; returns after how long to ask again, nothing if the region is known. */
    public Optional<Duration> look() {
        if (tell("aws", this::aws) || tell("gcp", this::google) || tell("azure", this::azure)) {
            return Optional.empty();
        }
        tries++;
        if (tries == TRIES_BEFORE_TOLD) {
            warnings.accept("carbon.region=metadata: no cloud tells its region at " + address.getHost()
                    + "; the choice by settings and environment stays in force; set carbon.region to a cloud and its region, "
                    + "for instance aws/eu-west-1");
        }
        return Optional.of(tries < TRIES_BEFORE_TOLD ? SOON : LATER);
    }

    @FunctionalInterface
    private interface Question {

        /** Returns the region, empty if this is not the cloud. */
        String ask() throws IOException;
    }

    private boolean tell(String cloud, Question question) {
        String region;
        try {
            region = question.ask();
        } catch (IOException nobody) {
            return false;
        }
        if (region.isEmpty() || region.length() > LONGEST_REGION || region.indexOf('<') >= 0) {
            return false;
        }
        if (!site.found(cloud, region)) {
            warnings.accept("carbon.region=metadata: the table of regions does not have the one that " + cloud
                    + " names; the choice by settings and environment stays in force; set carbon.zone to its country");
        }
        return true;
    }

    private String aws() throws IOException {
        HttpAnswer token = HttpRequest.put(at("/latest/api/token"))
                .with("X-aws-ec2-metadata-token-ttl-seconds", "60")
                .withoutProxy()
                .send(DEADLINE);
        String text = token.body().strip();
        if (!token.isOk() || text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            return "";
        }
        return text(HttpRequest.get(at("/latest/meta-data/placement/region")).with("X-aws-ec2-metadata-token", text));
    }

    /** Answers with {@code projects/<number>/zones/<region>-<letter>}. */
    private String google() throws IOException {
        String zone =
                text(HttpRequest.get(at("/computeMetadata/v1/instance/zone")).with("Metadata-Flavor", "Google"));
        String name = zone.substring(zone.lastIndexOf('/') + 1);
        int letter = name.lastIndexOf('-');
        return zone.startsWith("projects/") && letter > 0 ? name.substring(0, letter) : "";
    }

    private String azure() throws IOException {
        return text(HttpRequest.get(at("/metadata/instance/compute/location?api-version=2021-02-01&format=text"))
                .with("Metadata", "true"));
    }

    private URI at(String path) {
        return URI.create(address + path);
    }

    private static String text(HttpRequest request) throws IOException {
        HttpAnswer answer = request.withoutProxy().send(DEADLINE);
        return answer.isOk() ? answer.body().strip() : "";
    }
}
