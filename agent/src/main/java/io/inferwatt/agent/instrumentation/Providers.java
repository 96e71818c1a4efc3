package io.inferwatt.agent.instrumentation;

import java.util.Locale;
import java.util.Map;

/** Who runs remote models: the words that frameworks have for them, in those of OpenTelemetry's {@code gen_ai.provider.name}. */
public final class Providers {

    private static final Map<String, String> BY_WORD = Map.ofEntries(
            Map.entry("anthropic", "anthropic"),
            Map.entry("amazon_bedrock", "aws.bedrock"),
            Map.entry("bedrock", "aws.bedrock"),
            Map.entry("azure_open_ai", "azure.ai.openai"),
            Map.entry("azure", "azure.ai.openai"),
            Map.entry("microsoft_foundry", "azure.ai.inference"),
            Map.entry("google_ai_gemini", "gcp.gemini"),
            Map.entry("google_genai", "gcp.gemini"),
            Map.entry("googleai", "gcp.gemini"),
            Map.entry("google", "gcp.gemini"),
            Map.entry("google_vertex_ai_gemini", "gcp.vertex_ai"),
            Map.entry("google_vertex_ai_anthropic", "gcp.vertex_ai"),
            Map.entry("vertexai", "gcp.vertex_ai"),
            Map.entry("mistral_ai", "mistral_ai"),
            Map.entry("mistralai", "mistral_ai"),
            Map.entry("open_ai", "openai"),
            Map.entry("openai", "openai"),
            Map.entry("openaiofficial", "openai"),
            Map.entry("watsonx", "ibm.watsonx.ai"),
            Map.entry("cohere", "cohere"),
            Map.entry("voyage_ai", "voyage_ai"),
            Map.entry("voyageai", "voyage_ai"),
            Map.entry("jina", "jina_ai"),
            Map.entry("github_models", "github"),
            Map.entry("github", "github"),
            Map.entry("deepseek", "deepseek"),
            Map.entry("zhipuai", "zhipu_ai"),
            Map.entry("huggingface", "huggingface"),
            Map.entry("stabilityai", "stability_ai"));

    /** Of those whose protocol others speak too: at another address it is not they who run the model. */
    private static final Map<String, String> DOMAINS = Map.of(
            "openai", "openai.com",
            "anthropic", "anthropic.com",
            "mistral_ai", "mistral.ai",
            "gcp.gemini", "googleapis.com",
            "deepseek", "deepseek.com");

    private Providers() {}

    /**
     * Returns the provider that a framework means; empty where it means none, as with servers of one's own.
     *
     * @param word a constant such as {@code OPEN_AI}, or the part of a package's name
     */
    public static String named(String word) {
        return BY_WORD.getOrDefault(word.toLowerCase(Locale.ROOT), "");
    }

    /**
     * Returns the provider that the package of a client tells; empty if none.
     *
     * @param before what comes before the part that tells, with its dot
     */
    public static String ofPackage(String className, String before) {
        int end = className.startsWith(before) ? className.indexOf('.', before.length()) : -1;
        return end < 0 ? "" : named(className.substring(before.length(), end));
    }

    /** Tells whether a client made for a provider talks to that one; also if its host is not known. */
    static boolean isAt(String provider, String host) {
        String domain = DOMAINS.get(provider);
        if (domain == null || host.isEmpty()) {
            return true;
        }
        int port = host.lastIndexOf(':');
        String name = port < 0 ? host : host.substring(0, port);
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
