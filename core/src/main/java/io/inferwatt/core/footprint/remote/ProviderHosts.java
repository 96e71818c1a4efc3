package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.input.Bounded;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows whose a host is and which region its name tells, and the other names that providers go by. */
final class ProviderHosts {

    /**
     * @param region empty where the name tells none
     */
    record Whose(String provider, String region) {}

    private static final Map<String, String> PROVIDERS_BY_DOMAIN = Map.ofEntries(
            Map.entry("api.openai.com", "openai"),
            Map.entry("openai.azure.com", "azure.ai.openai"),
            Map.entry("openai.azure.us", "azure.ai.openai"),
            Map.entry("cognitiveservices.azure.com", "azure.ai.openai"),
            Map.entry("services.ai.azure.com", "azure.ai.inference"),
            Map.entry("models.inference.ai.azure.com", "azure.ai.inference"),
            Map.entry("api.anthropic.com", "anthropic"),
            Map.entry("generativelanguage.googleapis.com", "gcp.gemini"),
            Map.entry("aiplatform.googleapis.com", "gcp.vertex_ai"),
            Map.entry("api.mistral.ai", "mistral_ai"),
            Map.entry("codestral.mistral.ai", "mistral_ai"),
            Map.entry("api.groq.com", "groq"),
            Map.entry("api.deepseek.com", "deepseek"),
            Map.entry("api.cohere.com", "cohere"),
            Map.entry("api.cohere.ai", "cohere"),
            Map.entry("api.x.ai", "x_ai"),
            Map.entry("api.perplexity.ai", "perplexity"),
            Map.entry("api.moonshot.ai", "moonshot_ai"),
            Map.entry("api.moonshot.cn", "moonshot_ai"),
            Map.entry("ml.cloud.ibm.com", "ibm.watsonx.ai"),
            Map.entry("openrouter.ai", "openrouter"),
            Map.entry("models.github.ai", "github"),
            Map.entry("api.together.xyz", "together_ai"),
            Map.entry("api.together.ai", "together_ai"),
            Map.entry("api.fireworks.ai", "fireworks_ai"),
            Map.entry("huggingface.co", "huggingface"),
            Map.entry("endpoints.huggingface.cloud", "huggingface"),
            Map.entry("dashscope.aliyuncs.com", "alibaba_cloud"),
            Map.entry("dashscope-intl.aliyuncs.com", "alibaba_cloud"),
            Map.entry("integrate.api.nvidia.com", "nvidia"),
            Map.entry("api.voyageai.com", "voyage_ai"),
            Map.entry("api.jina.ai", "jina_ai"),
            Map.entry("api.ai21.com", "ai21"),
            Map.entry("api.cerebras.ai", "cerebras"),
            Map.entry("api.deepinfra.com", "deepinfra"),
            Map.entry("open.bigmodel.cn", "zhipu_ai"),
            Map.entry("api.z.ai", "zhipu_ai"),
            Map.entry("api.replicate.com", "replicate"),
            Map.entry("api.stability.ai", "stability_ai"));

    /** What libraries and earlier versions of the semantic conventions call them. */
    private static final Map<String, String> PROVIDERS_BY_OTHER_NAME = Map.ofEntries(
            Map.entry("az.ai.openai", "azure.ai.openai"),
            Map.entry("azure_openai", "azure.ai.openai"),
            Map.entry("azure-openai", "azure.ai.openai"),
            Map.entry("az.ai.inference", "azure.ai.inference"),
            Map.entry("aws_bedrock", "aws.bedrock"),
            Map.entry("bedrock", "aws.bedrock"),
            Map.entry("aws-bedrock", "aws.bedrock"),
            Map.entry("sagemaker", "aws.sagemaker"),
            Map.entry("vertex_ai", "gcp.vertex_ai"),
            Map.entry("vertexai", "gcp.vertex_ai"),
            Map.entry("gemini", "gcp.gemini"),
            Map.entry("google_genai", "gcp.gemini"),
            Map.entry("google", "gcp.gemini"),
            Map.entry("mistral", "mistral_ai"),
            Map.entry("mistralai", "mistral_ai"),
            Map.entry("xai", "x_ai"),
            Map.entry("watsonx", "ibm.watsonx.ai"),
            Map.entry("hugging_face", "huggingface"),
            Map.entry("huggingface_hub", "huggingface"));

    private static final int LONGEST_NAME = 300;

    private ProviderHosts() {}

    /** Returns the provider in the words of the tables. */
    static String canonical(String provider) {
        String name = Bounded.lowerCase(provider, LONGEST_NAME);
        return PROVIDERS_BY_OTHER_NAME.getOrDefault(name, name);
    }

    /** Returns whose a host is, null if nobody known. */
    static @Nullable Whose of(HostName host) {
        String name = host.name();
        if (host.isOrEndsWith("amazonaws.com")
                || host.isOrEndsWith("amazonaws.com.cn")
                || host.isOrEndsWith("api.aws")) {
            return amazon(name);
        }
        if (name.endsWith(".api.cognitive.microsoft.com")) {
            return new Whose("azure.ai.openai", firstLabel(name));
        }
        if (name.endsWith(".models.ai.azure.com") || name.endsWith(".inference.ai.azure.com")) {
            return new Whose("azure.ai.inference", label(name, 1));
        }
        if (name.endsWith("-aiplatform.googleapis.com")) {
            return new Whose("gcp.vertex_ai", name.substring(0, name.length() - "-aiplatform.googleapis.com".length()));
        }
        if (name.startsWith("aiplatform.") && name.endsWith(".rep.googleapis.com")) {
            return new Whose("gcp.vertex_ai", label(name, 1));
        }
        String provider = byDomain(name);
        return provider == null ? null : new Whose(provider, "");
    }

    /** The region follows the service: {@code bedrock-runtime.us-east-1.amazonaws.com}, also below a private endpoint. */
    private static @Nullable Whose amazon(String name) {
        String[] labels = labels(name);
        for (int i = 0; i < labels.length - 1; i++) {
            if (labels[i].startsWith("bedrock")) {
                return new Whose("aws.bedrock", labels[i + 1]);
            }
            if (labels[i].startsWith("sagemaker")) {
                return new Whose("aws.sagemaker", labels[i + 1]);
            }
        }
        return null;
    }

    private static @Nullable String byDomain(String name) {
        String domain = name;
        while (true) {
            String provider = PROVIDERS_BY_DOMAIN.get(domain);
            int dot = domain.indexOf('.');
            if (provider != null || dot < 0) {
                return provider;
            }
            domain = domain.substring(dot + 1);
        }
    }

    private static String firstLabel(String name) {
        return label(name, 0);
    }

    private static String label(String name, int index) {
        String[] labels = labels(name);
        return index < labels.length ? labels[index] : "";
    }

    private static String[] labels(String name) {
        return name.split("\\.", -1);
    }
}
