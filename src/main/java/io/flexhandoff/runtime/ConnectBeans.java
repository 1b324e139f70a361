package io.flexhandoff.runtime;

import io.flexhandoff.connect.Connect;
import io.flexhandoff.connect.ConnectConsole;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.twilio.TwilioClients;
import java.time.Clock;
import javax.management.JMException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** The bean that the routes of connect call. */
final class ConnectBeans {

    private ConnectBeans() {}

    static void bind(Registry registry, TwilioClients twilio, LedgerDatabase ledger, boolean realTwilio, Clock clock) {
        DoorUrls urls = registry.lookupByNameAndType("doorUrls", DoorUrls.class);
        registry.bind("connect", new Connect(twilio, urls, ledger::dataSource, clock, realTwilio));
    }

    static void show(CamelContext context) throws JMException {
        ConnectConsole.register(context, context.getRegistry().lookupByNameAndType("connect", Connect.class));
    }
}
