package io.inferwatt.core.call;

import io.inferwatt.core.input.Bounded;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks of a model that is not computed in this process. Texts are empty where not known.
 *
 * @param client name of the library that makes the call, as in its switch, for instance {@code openai-java}
 * @param provider who runs the model, in the words of OpenTelemetry's {@code gen_ai.provider.name}, for instance {@code openai},
 *     {@code aws.bedrock}, {@code azure.ai.openai}; empty where only {@link #host} tells
 * @param host host name or address that the client is set to, with a port unless that is the scheme's own, in lower case
 * @param region the provider's name of the place, for instance {@code us-east-1}, as far as the client knows it
 * @param model name in the answer if that tells one, else as asked for
 * @param work what it does
 * @param imageSize width and height of the images it makes, for instance {@code 1024x1024}
 */
public record RemoteTarget(
        String client, String provider, String host, String region, String model, Work work, String imageSize) {

    /** Of calls for which there was no number left: nothing is known but their tokens. */
    public static final RemoteTarget OTHER = new RemoteTarget("other", "", "", "", "other", Work.TEXT, "");

    /** Of a request that asked other machines by calls inside it which are recorded, and estimated, apart. */
    static final RemoteTarget ELSEWHERE = new RemoteTarget("", "", "", "", "", Work.OTHER, "");

    /** What a table of them keeps of a text: names of models may come from those who use the application, of any length. */
    private static final int LONGEST = 300;

    public RemoteTarget {
        provider = Bounded.text(provider, LONGEST);
        host = Bounded.text(host, LONGEST);
        region = Bounded.text(region, LONGEST);
        model = Bounded.text(model, LONGEST);
        imageSize = Bounded.text(imageSize, LONGEST);
    }

    // Written out: what the compiler makes for a record costs tens of milliseconds at the first use, on an
    // application's thread.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RemoteTarget target
                && client.equals(target.client)
                && provider.equals(target.provider)
                && host.equals(target.host)
                && region.equals(target.region)
                && model.equals(target.model)
                && work == target.work
                && imageSize.equals(target.imageSize);
    }

    @Override
    public int hashCode() {
        int hash = client.hashCode();
        hash = 31 * hash + provider.hashCode();
        hash = 31 * hash + host.hashCode();
        hash = 31 * hash + region.hashCode();
        hash = 31 * hash + model.hashCode();
        hash = 31 * hash + work.hashCode();
        return 31 * hash + imageSize.hashCode();
    }

    /** Kinds of work that are estimated differently. */
    public enum Work {
        /** Reads tokens and writes tokens. */
        TEXT,
        /** Reads tokens and returns vectors. */
        EMBEDDING,
        /** Makes images; a call's units are their number. */
        IMAGE,
        /** Anything else, such as sound. */
        OTHER
    }
}
