package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.enrichment.Budget;
import io.flexhandoff.enrichment.Derivation;
import io.flexhandoff.enrichment.Enrichment;
import io.flexhandoff.enrichment.EnrichmentSteps;
import io.flexhandoff.enrichment.LanguageDetection;
import io.flexhandoff.enrichment.LanguageModel;
import io.flexhandoff.enrichment.ModelBreakers;
import io.flexhandoff.enrichment.ModelHttp;
import io.flexhandoff.enrichment.ModelSettings;
import io.flexhandoff.enrichment.Redaction;
import io.flexhandoff.enrichment.StepResults;
import io.flexhandoff.org.Orgs;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.spi.Registry;

/** The beans that the routes of enrichment call. */
final class EnrichmentBeans {

    private static final String PREFIX = "handoff.enrichment.";

    private final Settings settings;

    private EnrichmentBeans(Settings settings) {
        this.settings = settings;
    }

    static void bind(Registry registry, Settings settings, Orgs orgs, ObjectMapper json, Clock clock) {
        new EnrichmentBeans(settings).bind(registry, orgs, json, clock);
    }

    private void bind(Registry registry, Orgs orgs, ObjectMapper json, Clock clock) {
        Duration budget = settings.duration(PREFIX + "budget");
        Duration timeout = settings.duration(PREFIX + "llm.timeout");
        Redaction redaction = new Redaction(
                settings.flag("handoff.redaction.cards"),
                settings.flag("handoff.redaction.ibans"),
                settings.flag("handoff.redaction.custom-data"),
                settings.items("handoff.redaction.patterns"));
        Derivation derivation = new Derivation(new LanguageDetection(settings.list(PREFIX + "languages")));
        LanguageModel model = new LanguageModel(models(orgs), json);
        String defaultLanguage = settings.language(PREFIX + "default-language")
                .orElseThrow(() -> new IllegalArgumentException(PREFIX + "default-language is not set"));
        Map<String, String> callers = languages(orgs, "default-language");
        registry.bind("redaction", redaction);
        registry.bind("derivation", derivation);
        Budget ofHandoff = new Budget(budget, timeout, clock);
        registry.bind("budget", ofHandoff);
        registry.bind("languageModel", model);
        registry.bind("modelHttp", new ModelHttp(model, timeout));
        registry.bind(
                "modelBreakers",
                new ModelBreakers(
                        registry.lookupByNameAndType("circuits", CircuitBreakerRegistry.class),
                        budget,
                        settings.duration(PREFIX + "llm.breaker-wait")));
        registry.bind("stepResults", new StepResults());
        Enrichment enrichment = new Enrichment(
                settings.list(PREFIX + "steps"),
                org -> callers.getOrDefault(org, defaultLanguage),
                languages(orgs, "note-language")::get,
                derivation,
                redaction);
        registry.bind("enrichment", enrichment);
        EnrichmentSteps steps = new EnrichmentSteps(enrichment, redaction, ofHandoff);
        registry.bind("enrichmentBegins", steps.begins());
        registry.bind("enrichmentGiven", steps.given());
        registry.bind("isContextMissing", steps.missing());
        registry.bind("enrichmentStepCount", steps.stepCount());
        registry.bind("enrichmentStep", steps.step());
        registry.bind("contextOfSteps", steps.context());
        registry.bind("isContextTooLate", steps.tooLate());
        registry.bind("contextInTime", steps.inTime());
    }

    private Map<String, ModelSettings> models(Orgs orgs) {
        Map<String, ModelSettings> models = new HashMap<>();
        orgs.all().forEach(org -> settings.address(ofOrg(org.name(), "llm.base-url"))
                .or(() -> settings.address(PREFIX + "llm.base-url"))
                .ifPresent(url -> models.put(
                        org.name(),
                        new ModelSettings(
                                url,
                                settings.key(ofOrg(org.name(), "llm.api-key"))
                                        .or(() -> settings.key(PREFIX + "llm.api-key"))
                                        .orElse(null),
                                find(org.name(), "llm.model").orElse(null)))));
        return models;
    }

    /** The tags of the orgs that have one. */
    private Map<String, String> languages(Orgs orgs, String name) {
        Map<String, String> tags = new HashMap<>();
        settings.language(PREFIX + name).ifPresent(tag -> orgs.all().forEach(org -> tags.put(org.name(), tag)));
        orgs.all()
                .forEach(org -> settings.language(ofOrg(org.name(), name)).ifPresent(tag -> tags.put(org.name(), tag)));
        return tags;
    }

    /** The org's own setting, or the one for all orgs. */
    private Optional<String> find(String org, String name) {
        return settings.find(ofOrg(org, name)).or(() -> settings.find(PREFIX + name));
    }

    private static String ofOrg(String org, String name) {
        return "handoff.orgs." + org + ".enrichment." + name;
    }
}
