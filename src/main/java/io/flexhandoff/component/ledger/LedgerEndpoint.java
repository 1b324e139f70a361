package io.flexhandoff.component.ledger;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/** Read and write the handoff ledger in SQL. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "ledger",
        title = "Ledger",
        syntax = "ledger:operation",
        producerOnly = true,
        category = {Category.DATABASE})
public class LedgerEndpoint extends DefaultEndpoint {

    @UriParam
    private final LedgerConfiguration configuration;

    private LedgerQuery query;

    public LedgerEndpoint(String uri, LedgerComponent component, LedgerConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        query = LedgerQuery.parse(configuration, new ParameterReaders(getCamelContext()));
    }

    @Override
    public Producer createProducer() {
        return new LedgerProducer(this, getComponent().getDatabase(), configuration, query);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("Consumer not supported");
    }

    @Override
    public LedgerComponent getComponent() {
        return (LedgerComponent) super.getComponent();
    }

    public LedgerConfiguration getConfiguration() {
        return configuration;
    }
}
