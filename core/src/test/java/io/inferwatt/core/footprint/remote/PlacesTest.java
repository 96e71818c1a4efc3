package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.config.InferwattConfig.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "bedrock-runtime.us-east-1.amazonaws.com, aws.bedrock, us-east-1, 327.17, 1.15",
        "bedrock-runtime-fips.us-gov-west-1.amazonaws.com, aws.bedrock, us-gov-west-1, 184.02, 1.14",
        "vpce-0a1b-c2d3.bedrock-runtime.eu-north-1.vpce.amazonaws.com, aws.bedrock, eu-north-1, 35.26, 1.1",
        "bedrock-runtime.cn-north-1.amazonaws.com.cn, aws.bedrock, cn-north-1, 525.34, 1.25",
        "runtime.sagemaker.eu-west-3.amazonaws.com, aws.sagemaker, eu-west-3, 41.44, 1.11",
        "us-central1-aiplatform.googleapis.com:443, gcp.vertex_ai, us-central1, 400.49, 1.1",
        "aiplatform.europe-west4.rep.googleapis.com, gcp.vertex_ai, europe-west4, 253.56, 1.07",
        "swedencentral.api.cognitive.microsoft.com, azure.ai.openai, swedencentral, 35.26, 1.16",
        "mymodel.eastus2.models.ai.azure.com, azure.ai.inference, eastus2, 327.17, 1.16",
    })
    void hostWithARegion_tellsThePlace(String host, String provider, String region, double grams, double pue) {
        RemotePlace place = place(Remote.DEFAULTS, target("", host, ""));

        assertThat(place.provider()).isEqualTo(provider);
        assertThat(place.region()).isEqualTo(region);
        assertThat(place.grid().gramsPerKwh()).isEqualTo(grams);
        assertThat(place.pue()).isEqualTo(Range.exactly(pue));
        assertThat(place.providerMean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "api.openai.com, openai, 384.4",
        "eu.api.openai.com, openai, 384.4",
        "api.anthropic.com, anthropic, 384.4",
        "generativelanguage.googleapis.com, gcp.gemini, 384.4",
        "aiplatform.googleapis.com, gcp.vertex_ai, 384.4",
        "acme.openai.azure.com, azure.ai.openai, 384.4",
        "acme.services.ai.azure.com, azure.ai.inference, 384.4",
        "api.mistral.ai, mistral_ai, 35.26",
        "api.deepseek.com, deepseek, 525.34",
        "api.cohere.com, cohere, 384.4",
        "api.groq.com, groq, 458.29",
        "openrouter.ai, openrouter, 458.29",
        "api.x.ai, x_ai, 458.29",
        "router.huggingface.co, huggingface, 384.4",
        "eu-de.ml.cloud.ibm.com, ibm.watsonx.ai, 458.29",
        "llm.internal, unknown, 458.29",
        "notopenai.com, unknown, 458.29",
        "s3.us-east-1.amazonaws.com, unknown, 458.29",
        "'', unknown, 458.29",
    })
    void hostWithoutARegion_givesTheMeanOfTheProvider(String host, String provider, double grams) {
        RemotePlace place = place(Remote.DEFAULTS, target("", host, ""));

        assertThat(place.provider()).isEqualTo(provider);
        assertThat(place.region()).isEmpty();
        assertThat(place.grid().gramsPerKwh()).isEqualTo(grams);
        assertThat(place.providerMean()).isTrue();
        assertThat(place.facilitySource()).isNotBlank();
    }

    @Test
    void unknownProvider_isOfTheWorldAndAnyCloud_andSaysSo() {
        RemotePlace place = place(Remote.DEFAULTS, target("acme", "", ""));

        assertThat(place.provider()).isEqualTo("acme");
        assertThat(place.grid().isWorldAverage()).isTrue();
        assertThat(place.pue()).isEqualTo(Range.exactly(1.25));
        assertThat(place.wueLitersPerKwh().isKnown()).isFalse();
        assertThat(place.ewifLitersPerKwh()).isNaN();
        assertThat(place.facilitySource()).contains("IDC").contains("who runs the model is not known");
    }

    @Test
    void meanOfAProvider_hasTheRangeOfItsSources() {
        RemotePlace place = place(Remote.DEFAULTS, target("anthropic", "", ""));

        assertThat(place.pue().low()).isEqualTo(1.09);
        assertThat(place.pue().high()).isEqualTo(1.14);
        assertThat(place.pue().central()).isCloseTo(1.1147, within(1e-4));
        assertThat(place.wueLitersPerKwh().low()).isEqualTo(0.13);
        assertThat(place.wueLitersPerKwh().high()).isEqualTo(0.999);
        assertThat(place.ewifLitersPerKwh()).isEqualTo(3.1321);
    }

    @Test
    void regionOfTheTarget_winsOverTheHost() {
        RemotePlace place =
                place(Remote.DEFAULTS, target("aws.bedrock", "bedrock-runtime.us-east-1.amazonaws.com", "eu-west-1"));

        assertThat(place.region()).isEqualTo("eu-west-1");
        assertThat(place.ewifSource()).startsWith("WRI");
    }

    @ParameterizedTest
    @CsvSource({
        "aws_bedrock, US-EAST-1, aws.bedrock, us-east-1",
        "az.ai.openai, Sweden Central, azure.ai.openai, swedencentral",
        "vertex_ai, europe-west4, gcp.vertex_ai, europe-west4",
    })
    void otherSpellings_areUnderstood(String provider, String region, String known, String found) {
        RemotePlace place = place(Remote.DEFAULTS, target(provider, "", region));

        assertThat(place.provider()).isEqualTo(known);
        assertThat(place.region()).isEqualTo(found);
    }

    @Test
    void country_isARegion() {
        RemotePlace sweden = place(Remote.DEFAULTS, target("openai", "", "SE"));
        RemotePlace iceland = place(Remote.DEFAULTS, target("openai", "", "IS"));
        RemotePlace usa = place(Remote.DEFAULTS, target("openai", "", "usa"));

        assertThat(sweden.region()).isEqualTo("SE");
        assertThat(sweden.grid().gramsPerKwh()).isEqualTo(35.26);
        assertThat(sweden.grid().year()).isPresent();
        assertThat(sweden.pue().high()).isEqualTo(1.20);
        assertThat(sweden.ewifLitersPerKwh()).isEqualTo(6.03151);
        assertThat(sweden.providerMean()).isFalse();
        assertThat(iceland.ewifLitersPerKwh()).isNaN();
        assertThat(iceland.ewifSource()).isEmpty();
        assertThat(usa.ewifLitersPerKwh()).isEqualTo(3.1321);
    }

    @Test
    void regionThatNobodyKnows_givesTheMean() {
        RemotePlace place = place(Remote.DEFAULTS, target("gcp.vertex_ai", "", "global"));

        assertThat(place.providerMean()).isTrue();
        assertThat(place.region()).isEmpty();
    }

    @Test
    void hosts_sayWhoRunsAModelAndWhere() {
        Remote settings = settings(
                "localhost:4000=openai;llm.internal=aws.bedrock/eu-west-1;*.lab.example=self/SE;proxy=azure/swedencentral",
                "");

        assertThat(place(settings, target("", "localhost:4000", "")).provider()).isEqualTo("openai");
        RemotePlace internal = place(settings, target("openai", "llm.internal", "us-east-1"));
        assertThat(internal.provider()).isEqualTo("aws.bedrock");
        assertThat(internal.region()).isEqualTo("eu-west-1");
        RemotePlace lab = place(settings, target("openai", "gpu7.lab.example:8000", ""));
        assertThat(lab.provider()).isEqualTo("self");
        assertThat(lab.pue()).isEqualTo(Range.exactly(1.63));
        assertThat(lab.grid().gramsPerKwh()).isEqualTo(35.26);
        assertThat(place(settings, target("openai", "proxy", "")).region()).isEqualTo("swedencentral");
        assertThat(problems).isEmpty();
    }

    @Test
    void regions_sayWhereAProviderIs_ifNothingElseDoes() {
        Remote settings = settings("", "openai=azure/swedencentral;mistral=FR;aws.bedrock=eu-west-1");

        RemotePlace openai = place(settings, target("", "api.openai.com", ""));
        assertThat(openai.provider()).isEqualTo("openai");
        assertThat(openai.region()).isEqualTo("swedencentral");
        assertThat(openai.pue()).isEqualTo(Range.exactly(1.16));
        assertThat(openai.providerMean()).isFalse();
        assertThat(place(settings, target("mistral_ai", "", "")).region()).isEqualTo("FR");
        assertThat(place(settings, target("aws.bedrock", "", "")).region()).isEqualTo("eu-west-1");
        assertThat(place(settings, target("aws.bedrock", "", "us-east-2")).region())
                .isEqualTo("us-east-2");
        assertThat(problems).isEmpty();
    }

    @Test
    void badEntries_areOneLineEach_andTheOthersCount() {
        Remote settings = settings(
                "a=opnai;b=aws/eu-nowhere-1;c;d=openai",
                "openai=;opnai=SE;openai=azure/nowhere;openai=azure;cohere=CA");

        assertThat(place(settings, target("", "d", "")).provider()).isEqualTo("openai");
        assertThat(place(settings, target("", "a", "")).provider()).isEqualTo("unknown");
        problems.clear();
        assertThat(place(settings, target("cohere", "", "")).region()).isEqualTo("CA");
        assertThat(problems).hasSize(7);
        assertThat(problems)
                .filteredOn(line -> line.startsWith("remote.hosts: "))
                .hasSize(3);
        assertThat(problems)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("remote.hosts: 'a=opnai' is not allowed; allowed: host[:port]=provider[/region]")
                        .contains("the provider is one of those in docs/remote-models.md")
                        .endsWith("; this entry is ignored"));
        assertThat(problems)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("remote.regions: 'openai=azure/nowhere' is not allowed; allowed: provider=region"));
    }

    private RemotePlace place(Remote settings, RemoteTarget target) {
        return Places.read(settings, problems).of(target).now();
    }

    private static RemoteTarget target(String provider, String host, String region) {
        return new RemoteTarget("test", provider, host, region, "gpt-4o", Work.TEXT, "");
    }

    private static Remote settings(String hosts, String regions) {
        Remote defaults = Remote.DEFAULTS;
        return new Remote(
                defaults.method(),
                defaults.accelerator(),
                defaults.batch(),
                defaults.water(),
                Optional.empty(),
                "",
                hosts,
                regions);
    }
}
