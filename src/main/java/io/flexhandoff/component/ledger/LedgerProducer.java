package io.flexhandoff.component.ledger;

import io.flexhandoff.component.OpenWork;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.ledger.LedgerFailure;
import io.flexhandoff.ledger.LedgerWork;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a query for each exchange, and waits for its answer, or leaves that to the consumer that began the exchange. */
final class LedgerProducer extends DefaultProducer {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerProducer.class);

    private final LedgerDatabase database;
    private final LedgerConfiguration configuration;
    private final LedgerQuery query;

    LedgerProducer(Endpoint endpoint, LedgerDatabase database, LedgerConfiguration configuration, LedgerQuery query) {
        super(endpoint);
        if (database == null) {
            throw new IllegalArgumentException(
                    "No ledger: bind one bean of type " + LedgerDatabase.class.getName() + " to the registry");
        }
        this.database = database;
        this.configuration = configuration;
        this.query = query;
    }

    /** @throws IllegalArgumentException if the database does not understand the query; when it does not answer, so be it */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        try (Connection connection = database.dataSource().getConnection()) {
            query.check(connection);
        } catch (SQLException e) {
            LOG.warn("{} is not checked: the ledger does not answer", getEndpoint());
        }
    }

    @Override
    public void process(Exchange exchange) {
        LedgerWork<Object> work = query.bind(exchange);
        if (OpenWork.of(exchange) != null) {
            // an event of a call, which holds up the next one
            database.writer().requireAnswers();
        }
        OpenWork open = configuration.isWaitForCompletion() ? null : OpenWork.of(exchange);
        if (open != null) {
            open.add(database.writer().submit(work));
        } else {
            exchange.getMessage()
                    .setBody(
                            configuration.getOperation() == LedgerOperation.read
                                    ? read(work)
                                    : database.writer().write(work));
        }
    }

    private Object read(LedgerWork<Object> work) {
        try (Connection connection = database.dataSource().getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw LedgerFailure.of(e);
        }
    }
}
