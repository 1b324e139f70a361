package io.flexhandoff.sandbox.twilio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Resources by SID: all that are open, and the {@value #KEPT} that finished last, so that memory stays bounded.
 *
 * <p>Guarded by the sandbox's lock, like every class that holds state here.
 */
final class Shelf<T> {

    private static final int KEPT = 5000;

    private final Function<T, String> sid;
    private final Map<String, T> open = new LinkedHashMap<>();
    private final Map<String, T> finished = new LinkedHashMap<>();

    Shelf(Function<T, String> sid) {
        this.sid = sid;
    }

    void add(T resource) {
        open.put(sid.apply(resource), resource);
    }

    T get(String wanted) {
        T resource = open.get(wanted);
        return resource != null ? resource : finished.get(wanted);
    }

    /** Marks a resource as finished; if there are too many then, forgets and gives the one that finished first. */
    Optional<T> finish(T resource) {
        if (open.remove(sid.apply(resource)) != null) {
            finished.put(sid.apply(resource), resource);
        }
        if (finished.size() <= KEPT) {
            return Optional.empty();
        }
        Iterator<T> finishedFirst = finished.values().iterator();
        T forgotten = finishedFirst.next();
        finishedFirst.remove();
        return Optional.of(forgotten);
    }

    void remove(String unwanted) {
        open.remove(unwanted);
        finished.remove(unwanted);
    }

    /** The open ones, oldest first. */
    Collection<T> open() {
        return open.values();
    }

    /** Finished ones, then open ones: nearly the order of creation. */
    List<T> all() {
        List<T> all = new ArrayList<>(finished.values());
        all.addAll(open.values());
        return all;
    }

    /** At most so many, open ones first, each group newest first. */
    List<T> newest(int limit) {
        List<T> newest = newestOf(open, limit);
        newest.addAll(newestOf(finished, limit - newest.size()));
        return newest;
    }

    private List<T> newestOf(Map<String, T> resources, int limit) {
        List<T> values = new ArrayList<>(resources.values());
        List<T> last = new ArrayList<>(values.subList(Math.max(0, values.size() - limit), values.size()));
        Collections.reverse(last);
        return last;
    }
}
