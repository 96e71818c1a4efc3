package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/** What is read of requests and answers; all supported versions have it. */
final class UsedMembers {

    private static final String MODELS = "com.openai.models.";
    private static final String JSON = "()Lcom/openai/core/JsonField;";
    private static final String MULTIPART = "()Lcom/openai/core/MultipartField;";
    private static final String OPTIONAL = "()Ljava/util/Optional;";

    private UsedMembers() {}

    static List<Member> list() {
        List<Member> members = new ArrayList<>();
        members.add(new Member("com.openai.core.ClientOptions", "baseUrl", "()Ljava/lang/String;"));
        members.add(new Member("com.openai.core.JsonField", "asKnown", OPTIONAL));
        members.add(new Member("com.openai.core.MultipartField", "value", JSON));
        add(members, "chat.completions.ChatCompletionCreateParams", JSON, "_model");
        add(members, "chat.completions.ChatCompletion", JSON, "_model", "_usage");
        add(members, "chat.completions.ChatCompletionChunk", JSON, "_model", "_usage");
        add(members, "completions.CompletionCreateParams", JSON, "_model");
        add(members, "completions.Completion", JSON, "_model", "_usage");
        add(
                members,
                "completions.CompletionUsage",
                JSON,
                "_promptTokens",
                "_promptTokensDetails",
                "_completionTokens",
                "_completionTokensDetails");
        add(members, "completions.CompletionUsage$PromptTokensDetails", JSON, "_cachedTokens");
        add(members, "completions.CompletionUsage$CompletionTokensDetails", JSON, "_reasoningTokens");
        add(members, "ResponsesModel", OPTIONAL, "chat", "only", "string");
        add(members, "responses.ResponseCreateParams", JSON, "_model");
        add(members, "responses.Response", JSON, "_model", "_usage", "_error");
        add(members, "responses.ResponseStreamEvent", OPTIONAL, "completed", "incomplete", "failed");
        add(members, "responses.ResponseStreamEvent", "()Z", "isCreated", "isInProgress");
        add(
                members,
                "responses.ResponseUsage",
                JSON,
                "_inputTokens",
                "_inputTokensDetails",
                "_outputTokens",
                "_outputTokensDetails");
        add(members, "responses.ResponseUsage$InputTokensDetails", JSON, "_cachedTokens");
        add(members, "responses.ResponseUsage$OutputTokensDetails", JSON, "_reasoningTokens");
        add(members, "embeddings.EmbeddingCreateParams", JSON, "_model", "_input");
        add(members, "embeddings.EmbeddingCreateParams$Input", OPTIONAL, "arrayOfStrings", "arrayOfTokenArrays");
        add(members, "embeddings.CreateEmbeddingResponse", JSON, "_model", "_usage");
        add(members, "embeddings.CreateEmbeddingResponse$Usage", JSON, "_promptTokens");
        add(members, "images.ImageGenerateParams", JSON, "_model", "_n", "_size");
        add(members, "images.ImageEditParams", MULTIPART, "_model", "_n", "_size");
        add(members, "images.ImageCreateVariationParams", MULTIPART, "_model", "_n", "_size");
        add(members, "images.ImagesResponse", JSON, "_usage");
        add(members, "images.ImagesResponse$Usage", JSON, "_inputTokens", "_outputTokens");
        add(members, "audio.speech.SpeechCreateParams", JSON, "_model");
        add(members, "audio.transcriptions.TranscriptionCreateParams", MULTIPART, "_model");
        add(members, "audio.translations.TranslationCreateParams", MULTIPART, "_model");
        add(members, "moderations.ModerationCreateParams", JSON, "_model");
        return members;
    }

    private static void add(List<Member> members, String type, String descriptor, String... names) {
        for (String name : names) {
            members.add(new Member(MODELS + type, name, descriptor));
        }
    }
}
