package io.flexhandoff.runtime;

import io.flexhandoff.trace.CallContextStrategy;
import io.flexhandoff.trace.CallContextThreads;
import io.flexhandoff.twilio.TwilioClients;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.twilio.TwilioComponent;
import org.apache.camel.spi.ThreadPoolProfile;

/** The Camel components that need more than their defaults: broker, ledger, Kamelets, calls. */
final class CamelComponents {

    private static final String TWILIO_THREADS = "CamelTwilio";

    private CamelComponents() {}

    static void add(CamelContext context, Settings settings, TwilioClients twilio) {
        KameletComponent kamelets = new KameletComponent();
        // Camel K puts the cluster's own where it says
        String folders = settings.find("camel.component.kamelet.location")
                        .map(folder -> folder + ",")
                        .orElse("") + "file:" + settings.text("handoff.routes-dir")
                + "/kamelets,classpath:routes/kamelets";
        kamelets.setLocation(folders);
        context.addComponent("kamelet", kamelets);

        TwilioComponent calls = new TwilioComponent();
        calls.setRestClient(twilio.forAnyAccount());
        context.addComponent("twilio", calls);

        // camel-twilio runs each request on this pool: each event may wait for an update of its call and for its
        // recording
        int requests = 2 * settings.number("handoff.events.workers");
        context.getExecutorServiceManager().setThreadPoolFactory(new CallContextThreads(TWILIO_THREADS));
        context.getCamelContextExtension().addInterceptStrategy(new CallContextStrategy());
        ThreadPoolProfile profile = new ThreadPoolProfile(TWILIO_THREADS);
        profile.setPoolSize(requests);
        profile.setMaxPoolSize(requests);
        profile.setMaxQueueSize(requests);
        context.getExecutorServiceManager().registerThreadPoolProfile(profile);
    }
}
