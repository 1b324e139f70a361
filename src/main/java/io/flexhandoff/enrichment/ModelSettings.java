package io.flexhandoff.enrichment;

import java.net.URI;

/**
 * The language model that an org uses.
 *
 * @param baseUrl of an OpenAI-compatible API, such as {@code https://api.openai.com/v1}
 * @param apiKey secret; {@code null} when the endpoint wants none
 * @param model name of the model
 */
public record ModelSettings(URI baseUrl, String apiKey, String model) {

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    public ModelSettings {
        if (baseUrl.getHost() == null || !("http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme()))) {
            throw new IllegalArgumentException(
                    "handoff.enrichment.llm.base-url must be a URL such as https://api.openai.com/v1");
        }
        if (model == null || model.isBlank()) {
            throw new IllegalArgumentException("handoff.enrichment.llm.model is not set, but llm.base-url is");
        }
    }

    @Override
    public String toString() {
        return "ModelSettings[" + model + " at " + baseUrl.getHost() + "]";
    }
}
