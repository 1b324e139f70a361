package io.flexhandoff.component.ledger;

import io.flexhandoff.ledger.LedgerDatabase;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Reads and writes the handoff ledger in SQL. */
@Component("ledger")
public class LedgerComponent extends DefaultComponent {

    @Metadata(label = "advanced", autowired = true)
    private LedgerDatabase database;

    /** SQL as a route file has it: Camel would take a plus sign for a space. */
    @Override
    public boolean useRawUri() {
        return true;
    }

    @Override
    public Endpoint createEndpoint(String uri, Map<String, Object> properties) throws Exception {
        // Camel takes no raw one without any option
        return super.createEndpoint(uri.contains("?") ? uri : uri + "?query=", properties);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        LedgerConfiguration configuration = new LedgerConfiguration();
        configuration.setOperation(operation(remaining));
        LedgerEndpoint endpoint = new LedgerEndpoint(uri, this, configuration);
        parameters.computeIfPresent("query", (name, query) -> decoded(query.toString()));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** In an encoded URI, which is not what route files become, no space is left. */
    private static String decoded(String query) {
        return query.contains(" ") ? query : URLDecoder.decode(query, StandardCharsets.UTF_8);
    }

    private static LedgerOperation operation(String name) {
        return Arrays.stream(LedgerOperation.values())
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown operation '" + name + "'; there are " + Arrays.toString(LedgerOperation.values())));
    }

    public LedgerDatabase getDatabase() {
        return database;
    }

    /** The ledger; a single bean of this type is found by itself. */
    public void setDatabase(LedgerDatabase database) {
        this.database = database;
    }
}
