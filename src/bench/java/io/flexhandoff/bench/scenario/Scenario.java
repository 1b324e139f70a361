package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that is measured, and the table that shows it. */
public interface Scenario {

    void run(Lab lab) throws Exception;

    /** All there are, by name. */
    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("closed", new Closed());
        all.put("open-half", Open.half());
        all.put("overload", Open.overload());
        all.put("ack-300", Open.acknowledgement());
        all.put("live-2000", new Live());
        all.put("curve", new Curve());
        all.put("stalled-org", new StalledOrg());
        all.put("waiting-10000", new Waiting());
        all.put("relay", new Relay());
        all.put("backlog", new Backlog());
        all.put("functions", new Functions());
        return all;
    }
}
