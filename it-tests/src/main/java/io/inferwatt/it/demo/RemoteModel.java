package io.inferwatt.it.demo;

import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.List;

/** A model that somebody else runs, behind a client that knows nothing of Inferwatt. */
final class RemoteModel implements ServedModel {

    /** System property: base address of a server that speaks OpenAI's protocol. Where it is not set there are no remote models. */
    static final String ADDRESS = "demo.provider";

    private static final int ANSWER_TOKENS = 24;

    private final ModelCard card;
    private final OpenAiChatModel model;

    private RemoteModel(String name, String address) {
        card = new ModelCard(name, "remote", 0);
        model = OpenAiChatModel.builder()
                .baseUrl(address)
                .apiKey("none")
                .modelName(name)
                .maxTokens(ANSWER_TOKENS)
                .build();
    }

    /** Returns a large one and a small one of the same provider. */
    static List<RemoteModel> all() {
        String address = System.getProperty(ADDRESS, "");
        return address.isEmpty()
                ? List.of()
                : List.of(new RemoteModel("gpt-4o", address), new RemoteModel("gpt-4o-mini", address));
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public String answer(String text) {
        return "{\"characters\":" + model.chat(text).length() + "}";
    }

    @Override
    public void close() {}
}
