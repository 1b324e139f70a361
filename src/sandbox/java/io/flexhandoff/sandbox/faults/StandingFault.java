package io.flexhandoff.sandbox.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** A fault that strikes, or has struck as often as it should, until it is removed from {@link Faults}. */
public final class StandingFault {

    private static final Pattern STARS = Pattern.compile("\\*+");

    private final String id;
    private final Fault fault;
    private final Pattern path;
    private int letThrough;
    private int hits;

    StandingFault(String id, Fault fault) {
        fault.checkComplete();
        this.id = id;
        this.fault = fault;
        this.path = fault.path == null ? null : glob(fault.path, "[^/]*");
    }

    /** Opaque. */
    public String id() {
        return id;
    }

    /** How often it has struck. */
    public synchronized int hits() {
        return hits;
    }

    /** Whether it has struck as often as it should. */
    public synchronized boolean isSpent() {
        return fault.times != null && hits >= fault.times;
    }

    Fault fault() {
        return fault;
    }

    boolean matches(Traffic traffic) {
        return fault.effect.isOfWebhooks() == traffic.isWebhook()
                && (fault.product == null || fault.product.equals(traffic.product()))
                && (fault.method == null || fault.method.equals(traffic.method()))
                && (fault.account == null || fault.account.equals(traffic.account()))
                && (path == null || path.matcher(traffic.path()).matches())
                && fault.parameters().entrySet().stream().allMatch(wanted -> has(traffic, wanted))
                && (fault.call == null || traffic.aboutCall().test(fault.call));
    }

    private static boolean has(Traffic traffic, Map.Entry<String, String> wanted) {
        List<String> values = traffic.parameters().getAll(wanted.getKey());
        Pattern pattern = glob(wanted.getValue(), ".*");
        return values.stream().anyMatch(value -> pattern.matcher(value).matches());
    }

    /** Whether it strikes this time, which then counts. */
    synchronized boolean strikes() {
        if (letThrough < fault.after) {
            letThrough++;
            return false;
        }
        if (isSpent() || fault.share < 1 && ThreadLocalRandom.current().nextDouble() >= fault.share) {
            return false;
        }
        hits++;
        return true;
    }

    /** Text in which one star stands for {@code one} and several for anything. */
    private static Pattern glob(String text, String one) {
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        for (var stars = STARS.matcher(text); stars.find(); end = stars.end()) {
            pattern.append(Pattern.quote(text.substring(end, stars.start())))
                    .append(stars.group().length() == 1 ? one : ".*");
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(text.substring(end))).toString(), Pattern.DOTALL);
    }
}
