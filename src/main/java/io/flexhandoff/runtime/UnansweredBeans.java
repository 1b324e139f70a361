package io.flexhandoff.runtime;

import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.unanswered.FollowUps;
import io.flexhandoff.unanswered.Ladder;
import io.flexhandoff.unanswered.UnansweredSteps;
import io.flexhandoff.unanswered.UnansweredTwiml;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;

/** The beans of what is done for callers whom nobody answers. */
final class UnansweredBeans {

    private static final String DEPLOYMENT = "handoff.transfer.unanswered.";

    private static final String OFFERS = ".waiting.offers";

    /** An org that has no ladder though the deployment has one. */
    private static final String NONE = "none";

    private UnansweredBeans() {}

    /**
     * @param hasTasks the orgs whose callers wait as tasks of TaskRouter: a ladder is for them
     * @param sandbox whether Twilio is on this machine, which finds the URLs without being told the address
     * @param ofCalls the ladder of a call whose org has none, by its SID
     * @throws IllegalArgumentException naming the setting that makes no sense
     */
    static UnansweredTwiml bind(
            Registry registry,
            Orgs orgs,
            Settings settings,
            Predicate<String> hasTasks,
            boolean sandbox,
            Function<String, Optional<Ladder>> ofCalls,
            Clock clock) {
        orgs.all().stream().filter(org -> !hasTasks.test(org.name())).forEach(org -> refuse(org, settings));
        Map<String, Ladder> ladders = new HashMap<>();
        orgs.all().stream().filter(org -> hasTasks.test(org.name())).forEach(org -> ladder(org, settings, sandbox)
                .ifPresent(ladder -> ladders.put(org.name(), ladder)));
        UnansweredSteps steps = new UnansweredSteps(ladders, ofCalls, clock);
        UnansweredTwiml twiml =
                new UnansweredTwiml(orgs, registry.lookupByNameAndType("doorUrls", DoorUrls.class), steps);
        registry.bind("unanswered", steps);
        registry.bind("unansweredClaimed", steps.claimed());
        registry.bind("unansweredTwiml", twiml);
        registry.bind("unansweredRequest", twiml.request());
        registry.bind("followUps", new FollowUps());
        return twiml;
    }

    private static void refuse(Org org, Settings settings) {
        Stream.of("after", "steps")
                .map(name -> prefix(org) + name)
                .filter(name -> isSet(settings, name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(name
                            + " is set, and the org's transfer-target is not flex: its callers wait in no workflow");
                });
    }

    /** The routes {@code direct:<name>} that ladders name, by setting. */
    static Map<String, List<String>> routes(Orgs orgs, Settings settings) {
        Map<String, List<String>> routes = new HashMap<>();
        orgs.all().forEach(org -> setting(org, settings, "steps").ifPresent(name -> {
            if (!settings.list(name).equals(List.of(NONE))) {
                routes.put(
                        name,
                        settings.list(name).stream()
                                .map(step -> "unanswered-" + step)
                                .toList());
            }
        }));
        return routes;
    }

    /** The name of the setting that counts for an org, its own before the deployment's; empty when neither is set. */
    private static Optional<String> setting(Org org, Settings settings, String name) {
        String own = prefix(org) + name;
        return isSet(settings, own)
                ? Optional.of(own)
                : Optional.of(DEPLOYMENT + name).filter(shared -> isSet(settings, shared));
    }

    private static boolean isSet(Settings settings, String name) {
        return settings.find(name).isPresent() || !settings.items(name).isEmpty();
    }

    private static String prefix(Org org) {
        return "handoff.orgs." + org.name() + ".unanswered.";
    }

    private static Optional<Ladder> ladder(Org org, Settings settings, boolean sandbox) {
        Optional<String> after = setting(org, settings, "after");
        Optional<String> steps = setting(org, settings, "steps");
        List<String> named = steps.map(settings::list).orElse(List.of());
        List<String> offers = offers(org, settings);
        check(org, settings, "handoff.orgs." + org.name() + OFFERS, offers, sandbox);
        if (named.equals(List.of(NONE)) || after.isEmpty() && steps.isEmpty()) {
            return offers.isEmpty() ? Optional.empty() : Optional.of(ladder(org, settings, List.of(), List.of()));
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException(after.get() + " is set, and " + sibling(after.get(), "steps")
                    + " is missing: what is done for a caller who has waited so long?");
        }
        if (after.isEmpty()) {
            throw new IllegalArgumentException(steps.get() + " is set, and " + sibling(steps.get(), "after")
                    + " is missing: how long does a caller wait before the first step?");
        }
        List<Duration> waits = settings.durations(after.get());
        if (waits.isEmpty() || waits.stream().anyMatch(Duration::isZero)) {
            throw new IllegalArgumentException(after.get() + " must be durations longer than nothing, such as 45s,2m");
        }
        requireOrder(steps.get(), named);
        check(org, settings, steps.get(), named, sandbox);
        return Optional.of(ladder(org, settings, waits, named));
    }

    private static Ladder ladder(Org org, Settings settings, List<Duration> after, List<String> steps) {
        return new Ladder(
                after,
                steps,
                settings.url(prefix(org) + "ai-url").map(Object::toString).orElse(null),
                settings.find(prefix(org) + "queue").orElse(null),
                settings.find(prefix(org) + "workflow-sid")
                        .map(sid -> workflow(prefix(org) + "workflow-sid", sid))
                        .orElse(org.workflowSid()),
                settings.find(prefix(org) + "task-channel").orElse("default"));
    }

    private static String workflow(String setting, String sid) {
        if (!sid.matches("WW[0-9a-f]{32}")) {
            throw new IllegalArgumentException(
                    setting + ": '" + sid + "' is no SID of a workflow (WW and 32 hex digits)");
        }
        return sid;
    }

    /** What a waiting caller may have by a key, in order. @throws IllegalArgumentException naming the setting that makes no sense */
    static List<String> offers(Org org, Settings settings) {
        String name = "handoff.orgs." + org.name() + OFFERS;
        List<String> offers = isSet(settings, name) ? settings.list(name) : List.of();
        offers.stream()
                .filter(offer -> !Ladder.LAST.contains(offer))
                .findFirst()
                .ifPresent(offer -> {
                    throw new IllegalArgumentException(name + ": '" + offer + "' is none of "
                            + Ladder.LAST.stream().sorted().toList());
                });
        return offers;
    }

    private static String sibling(String setting, String name) {
        return setting.substring(0, setting.lastIndexOf('.') + 1) + name;
    }

    private static void requireOrder(String setting, List<String> steps) {
        for (int i = 0; i < steps.size() - 1; i++) {
            if (Ladder.LAST.contains(steps.get(i))) {
                throw new IllegalArgumentException(
                        setting + ": nothing can follow " + steps.get(i) + ", which takes the caller out of the queue");
            }
        }
    }

    private static void check(Org org, Settings settings, String setting, List<String> steps, boolean sandbox) {
        if (steps.contains(Ladder.OTHER_QUEUE)) {
            require(settings, setting, Ladder.OTHER_QUEUE, prefix(org) + "queue");
        }
        if (steps.contains(Ladder.BACK_TO_AI)) {
            require(settings, setting, Ladder.BACK_TO_AI, prefix(org) + "ai-url");
        }
        steps.stream().filter(Ladder.LAST::contains).findFirst().ifPresent(step -> {
            if (org.webhookToken() == null) {
                throw missing(setting, step, "handoff.orgs." + org.name() + ".webhook-token");
            }
            if (!sandbox && settings.publicUrl().isEmpty()) {
                throw missing(setting, step, "handoff.public-url");
            }
        });
    }

    private static void require(Settings settings, String setting, String step, String needed) {
        if (settings.find(needed).isEmpty()) {
            throw missing(setting, step, needed);
        }
    }

    private static IllegalArgumentException missing(String setting, String step, String needed) {
        return new IllegalArgumentException(setting + ": " + step + " needs " + needed + ", which is missing");
    }
}
