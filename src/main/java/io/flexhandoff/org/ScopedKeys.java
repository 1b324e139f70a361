package io.flexhandoff.org;

import java.util.List;

/**
 * API keys that open what they are for. Configured as {@code handoff.orgs.<name>.api-keys.*}.
 *
 * @param events secrets; keys of {@link KeyScope#EVENTS}
 * @param operate secrets; keys of {@link KeyScope#OPERATE}
 */
public record ScopedKeys(List<String> events, List<String> operate) {

    static final ScopedKeys NONE = new ScopedKeys(null, null);

    public ScopedKeys {
        events = events == null ? List.of() : List.copyOf(events);
        operate = operate == null ? List.of() : List.copyOf(operate);
    }

    List<String> of(KeyScope scope) {
        return scope == KeyScope.EVENTS ? events : operate;
    }

    @Override
    public String toString() {
        return "ScopedKeys[" + events.size() + " for events, " + operate.size() + " to operate]";
    }
}
