package io.flexhandoff.connect;

import com.twilio.exception.TwilioException;
import io.flexhandoff.api.Problem;
import io.flexhandoff.connect.ConnectLedger.Entry;
import io.flexhandoff.connect.ConnectPlan.Change;
import io.flexhandoff.connect.Part.Wish;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.twilio.TwilioClients;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Sets an org's Twilio account up for handoffs: the AI worker, the webhooks of TaskRouter and Conversations, the filters of
 * the workflow. What it changes it can take back. Bound as {@code connect}.
 *
 * <p>Every method throws a {@link Problem}: 409 when something stands in the way, with nothing changed; 502 when Twilio
 * refuses, 503 when Twilio or the ledger does not answer, saying what was done by then. All can be repeated.
 */
public final class Connect {

    private static final int UNAVAILABLE = 503;

    private final TwilioClients clients;
    private final DoorUrls urls;
    private final Supplier<DataSource> ledger;
    private final Clock clock;
    private final boolean realTwilio;

    /**
     * @param ledger asked for when something is changed, or seems to be another system's, not before
     * @param realTwilio whether the accounts are Twilio's own, which calls URLs of the internet only
     */
    public Connect(TwilioClients clients, DoorUrls urls, Supplier<DataSource> ledger, Clock clock, boolean realTwilio) {
        this.realTwilio = realTwilio;
        this.clients = clients;
        this.urls = urls;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What {@link #apply} would change now; a change that cannot be made, or not without {@code replace}, says why. */
    public ConnectPlan plan(String orgName) {
        return plan(orgName, TaskEventsWay.AS_IT_IS);
    }

    /** @param events by which way TaskRouter's events are to come */
    public ConnectPlan plan(String orgName, TaskEventsWay events) {
        return plan(wishes(account(orgName), events, false).values());
    }

    /**
     * {@link #plan} as a request asks for it.
     *
     * @param events {@code callback}, {@code stream} or {@code null}
     * @throws Problem 400 for any other
     */
    public ConnectPlan planAsked(String orgName, String events) {
        return plan(orgName, TaskEventsWay.of(events));
    }

    private static ConnectPlan plan(Iterable<Wish> wishes) {
        List<Change> changes = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        wishes.forEach(wish -> {
            changes.addAll(wish.changes());
            notes.addAll(wish.notes());
        });
        return new ConnectPlan(changes.isEmpty(), changes, notes);
    }

    /**
     * Makes the changes of the plan: all of them, or none when one cannot be made.
     *
     * @param replace whether a webhook or filter of somebody else may be displaced
     * @return what was changed
     */
    public ConnectPlan apply(String orgName, boolean replace) {
        return apply(orgName, TaskEventsWay.AS_IT_IS, replace);
    }

    /** @param events by which way TaskRouter's events are to come */
    public ConnectPlan apply(String orgName, TaskEventsWay events, boolean replace) {
        OrgAccount account = account(orgName);
        Map<Part, Wish> wishes = wishes(account, events, replace);
        ConnectPlan plan = plan(wishes.values());
        if (!plan.problems().isEmpty()) {
            throw new Problem(409, "Conflict", String.join("; ", plan.problems()) + ". Nothing was changed");
        }
        Journey journey = new Journey(
                "apply",
                account.url(),
                wishes.values().stream()
                        .filter(wish -> !wish.changes().isEmpty())
                        .flatMap(wish -> wish.changes().stream().map(Change::resource))
                        .toList());
        wishes.forEach((part, wish) -> {
            if (!wish.changes().isEmpty()) {
                journey.step(wish.changes().stream().map(Change::resource).toList(), () -> {
                    String present = part.state();
                    if (!Objects.equals(present, wish.present())) {
                        throw new Problem(409, "Conflict", "it was changed by somebody else meanwhile");
                    }
                    account.keep(part, present, wish.state());
                    part.write(wish.state());
                    account.written(part);
                });
            }
        });
        ConnectPlan after = plan(orgName, events);
        return new ConnectPlan(after.changes().isEmpty(), plan.changes(), after.notes());
    }

    /**
     * {@link #apply} as a request asks for it.
     *
     * @param replace {@code true}, {@code false} or {@code null}
     * @param events {@code callback}, {@code stream} or {@code null}
     * @throws Problem 400 for any other
     */
    public ConnectPlan applyAsked(String orgName, String replace, String events) {
        if (replace != null && !replace.equals("true") && !replace.equals("false")) {
            throw new Problem(400, "Bad request", "replace: must be true or false");
        }
        return apply(orgName, TaskEventsWay.of(events), Boolean.parseBoolean(replace));
    }

    /**
     * Restores what stood there before. What was changed since, by anybody else, stays as it is and says so; so does what Twilio refuses to
     * take back. It stops only when Twilio cannot be read, or the ledger.
     *
     * @return what was restored, removed or left
     */
    public ConnectPlan rollback(String orgName) {
        OrgAccount account = account(orgName);
        List<Part> parts = new ArrayList<>(account.parts());
        // the workflow first: no call goes to an AI that is being taken away
        Collections.reverse(parts);
        Map<Part, Entry> entries = new LinkedHashMap<>();
        parts.forEach(part -> account.find(part).ifPresent(entry -> entries.put(part, entry)));
        Journey journey = new Journey(
                "roll back",
                account.url(),
                entries.keySet().stream().map(Part::resource).toList());
        List<Change> changes = new ArrayList<>();
        entries.forEach((part, entry) -> journey.step(List.of(part.resource()), () -> {
            try {
                restore(account, part, entry).ifPresent(changes::add);
            } catch (TwilioException refusal) {
                changes.add(left(account, part, refusal.getMessage()));
            } catch (Problem problem) {
                if (problem.getStatus() == UNAVAILABLE) {
                    throw problem;
                }
                changes.add(left(account, part, problem.getMessage()));
            }
        }));
        return new ConnectPlan(changes.stream().allMatch(change -> change.problem() == null), changes, List.of());
    }

    /** One that cannot be taken back keeps no other from it. */
    private static Change left(OrgAccount account, Part part, String why) {
        return new Change(
                part.resource(),
                "leave",
                null,
                null,
                "it is left as it is: " + account.url().quiet(why)
                        + "; mend it in the Console, or roll back again when that is over");
    }

    private static Optional<Change> restore(OrgAccount account, Part part, Entry entry) {
        String present = part.state();
        String before = account.url().unhide(entry.before());
        String from = present == null ? null : part.shown(present);
        String to = before == null ? null : part.shown(before);
        boolean stands = before == null ? present == null : before.equals(present);
        if (stands) {
            account.forget(part);
            return Optional.empty();
        }
        if (!entry.isWritten(present)) {
            return Optional.of(takeOut(account, part, before));
        }
        part.write(before);
        account.forget(part);
        return Optional.of(Change.of(part.resource(), to == null ? "remove" : "restore", from, to));
    }

    /** What somebody else has changed since is not ours to restore: what connect put in goes, where that can be told. */
    private static Change takeOut(OrgAccount account, Part part, String before) {
        String present = part.state();
        Optional<String> rest = before == null || present == null ? Optional.empty() : part.takenOut(present, before);
        if (rest.isPresent()) {
            part.write(rest.get());
            account.forget(part);
            return Change.of(part.resource(), "remove", part.shown(present), part.shown(rest.get()));
        }
        return new Change(
                part.resource(),
                "leave",
                present == null ? null : part.shown(present),
                before == null ? null : part.shown(before),
                "it was changed since connect wrote it, and is left as it is; mend it in the Console");
    }

    private static Map<Part, Wish> wishes(OrgAccount account, TaskEventsWay events, boolean replace) {
        try {
            return wishesOfParts(account, events, replace);
        } catch (UnknownSid first) {
            throw account.unknown(first);
        }
    }

    private static Map<Part, Wish> wishesOfParts(OrgAccount account, TaskEventsWay events, boolean replace) {
        Map<Part, Wish> wishes = new LinkedHashMap<>();
        account.partsFor(events).forEach(part -> {
            Wish wish = part.wish(replace);
            boolean inTheWay = wish.changes().stream().anyMatch(change -> change.problem() != null);
            wishes.put(part, inTheWay && account.wrote(part, wish.present()) ? part.wish(true) : wish);
        });
        return wishes;
    }

    private OrgAccount account(String orgName) {
        return new OrgAccount(
                clients.org(orgName), clients, urls, realTwilio, () -> new ConnectLedger(ledger.get(), clock));
    }
}
