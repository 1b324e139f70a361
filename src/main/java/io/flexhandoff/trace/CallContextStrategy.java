package io.flexhandoff.trace;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Lets each step of a route run in the context of its exchange's call: the variables {@code org}, {@code callSid} and {@code trace}. */
public final class CallContextStrategy implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new InContext(target);
    }

    private static final class InContext extends DelegateAsyncProcessor {

        private InContext(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            CallContext.Scope scope = CallContext.of(exchange).enter();
            try {
                return super.process(exchange, callback);
            } finally {
                scope.close();
            }
        }
    }
}
