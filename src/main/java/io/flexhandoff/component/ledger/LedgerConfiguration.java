package io.flexhandoff.component.ledger;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/** Options of the {@code ledger:} component. */
@UriParams
public class LedgerConfiguration {

    @UriPath(
            description = "write: the statements are one transaction, which is committed together with others;"
                    + " read: one select, at once.")
    @Metadata(required = true)
    private LedgerOperation operation;

    @UriParam
    @Metadata(required = true)
    private String query;

    @UriParam(defaultValue = "SelectList")
    private LedgerOutputType outputType = LedgerOutputType.SelectList;

    @UriParam
    private boolean batch;

    @UriParam(defaultValue = "true")
    private boolean waitForCompletion = true;

    public LedgerOperation getOperation() {
        return operation;
    }

    public void setOperation(LedgerOperation operation) {
        this.operation = operation;
    }

    public String getQuery() {
        return query;
    }

    /**
     * SQL statements, separated by semicolons. :#name is the variable of that name, :#name.part something of it,
     * :#body.part of the body, :#bean:name.part of a bean, :#updated.1 how many rows the first statement changed, and
     * :#${...} an expression of the Simple language. The answer is the rows of the last statement, if it is a select, or
     * the number of rows that it changed.
     */
    public void setQuery(String query) {
        this.query = query;
    }

    public LedgerOutputType getOutputType() {
        return outputType;
    }

    /** What a select answers: a list of rows, or the one row; that is its value when it has one column. */
    public void setOutputType(LedgerOutputType outputType) {
        this.outputType = outputType;
    }

    public boolean isBatch() {
        return batch;
    }

    /**
     * Whether the body is a list, for each element of which the statements are run, all in one transaction. :#body.part is
     * then something of the element, and the answer the number of rows that the last statement changed in all.
     */
    public void setBatch(boolean batch) {
        this.batch = batch;
    }

    public boolean isWaitForCompletion() {
        return waitForCompletion;
    }

    /**
     * Whether the route waits until what it writes is committed. Without, a route behind the call-events consumer goes on at once
     * and gets no answer, and the event that it handles is not acknowledged before; any other route waits all the same.
     */
    public void setWaitForCompletion(boolean waitForCompletion) {
        this.waitForCompletion = waitForCompletion;
    }
}
