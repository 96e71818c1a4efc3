package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.footprint.CountryGrids;
import io.inferwatt.core.footprint.remote.Entries.Entry;
import io.inferwatt.core.input.FewLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the user says of places: {@code remote.hosts} and {@code remote.regions}. Immutable. */
final class PlaceSettings {

    private static final String HOSTS_KEY = "remote.hosts";
    private static final String REGIONS_KEY = "remote.regions";
    private static final String PROVIDERS = "those in docs/remote-models.md, such as openai, aws.bedrock or self";
    private static final String HOSTS_FORM =
            "host[:port]=provider[/region], where the host may begin with *. and the provider is one of " + PROVIDERS;
    private static final String REGIONS_FORM =
            "provider=region or provider=cloud/region, where the region is one of the cloud's (aws, azure, gcp) or a"
                    + " country as ISO 3166 code, and the provider is one of "
                    + PROVIDERS;

    /**
     * A place as settings name it.
     *
     * @param provider or cloud
     * @param region empty where only the provider is told
     */
    record Place(String provider, String region) {}

    private record HostRule(HostName host, Place place) {}

    private final List<HostRule> hosts;
    private final Map<String, Place> placesByProvider;

    private PlaceSettings(List<HostRule> hosts, Map<String, Place> placesByProvider) {
        this.hosts = List.copyOf(hosts);
        this.placesByProvider = Map.copyOf(placesByProvider);
    }

    static PlaceSettings read(
            String hosts,
            String regions,
            ProviderFacilities facilities,
            CloudRegions clouds,
            CountryGrids countries,
            List<String> problems) {
        List<HostRule> rules = new ArrayList<>();
        FewLines ofHosts = FewLines.ofEntries(HOSTS_KEY, problems);
        for (Entry entry : Entries.read(HOSTS_KEY, hosts, HOSTS_FORM, ofHosts)) {
            Place place = place(entry.value(), "");
            if (isPlace(place, facilities, clouds, countries)) {
                rules.add(new HostRule(HostName.of(entry.name()), place));
            } else {
                ofHosts.add(Entries.problem(HOSTS_KEY, entry.name() + '=' + entry.value(), HOSTS_FORM));
            }
        }
        ofHosts.end();
        Map<String, Place> places = new HashMap<>();
        FewLines ofRegions = FewLines.ofEntries(REGIONS_KEY, problems);
        for (Entry entry : Entries.read(REGIONS_KEY, regions, REGIONS_FORM, ofRegions)) {
            String provider = ProviderHosts.canonical(entry.name());
            Place place = place(entry.value(), provider);
            if (facilities.knows(provider)
                    && !place.region().isEmpty()
                    && isPlace(place, facilities, clouds, countries)) {
                places.put(provider, place);
            } else {
                ofRegions.add(Entries.problem(REGIONS_KEY, entry.name() + '=' + entry.value(), REGIONS_FORM));
            }
        }
        ofRegions.end();
        return new PlaceSettings(rules, places);
    }

    /** Returns the hosts that a value of {@code remote.hosts} gives to a provider; an entry that is not allowed names none. */
    static List<HostName> hostsOf(String hosts) {
        PlaceSettings settings = read(
                hosts,
                "",
                ProviderFacilities.embedded(),
                CloudRegions.embedded(),
                CountryGrids.embedded(),
                new ArrayList<>());
        return settings.hosts.stream().map(HostRule::host).toList();
    }

    /**
     * Takes {@code provider/region} apart.
     *
     * @param provider whose region a text without a slash is; if empty, such a text is a provider
     */
    private static Place place(String text, String provider) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return new Place(
                    ProviderHosts.canonical(text.substring(0, slash)),
                    text.substring(slash + 1).strip());
        }
        return provider.isEmpty() ? new Place(ProviderHosts.canonical(text), "") : new Place(provider, text);
    }

    private static boolean isPlace(
            Place place, ProviderFacilities facilities, CloudRegions clouds, CountryGrids countries) {
        if (!facilities.knows(place.provider())) {
            return false;
        }
        return place.region().isEmpty()
                || clouds.find(facilities.of(place.provider()).cloud(), place.region()) != null
                || countries.find(place.region()) != null;
    }

    /** Returns what is said of a host, null if nothing; the first entry that names it counts. */
    @Nullable
    Place of(HostName host) {
        for (HostRule rule : hosts) {
            if (host.isNamedBy(rule.host())) {
                return rule.place();
            }
        }
        return null;
    }

    /** Returns where a provider is said to run its models, null if nothing is said. */
    @Nullable
    Place ofProvider(String provider) {
        return placesByProvider.get(provider);
    }
}
