package io.flexhandoff.spring;

import org.apache.camel.CamelContext;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Stops what a start that failed has started already, before Spring reports the failure: the cause is what stands last, and no route goes
 * on to ask a broker that is closed.
 */
class FailedStart implements ApplicationListener<ApplicationFailedEvent> {

    @Override
    public void onApplicationEvent(ApplicationFailedEvent event) {
        ConfigurableApplicationContext application = event.getApplicationContext();
        if (application != null && application.isActive()) {
            // Camel takes itself for one that never started, and stops nothing when it is closed
            ConfigurableListableBeanFactory beans = application.getBeanFactory();
            for (String name : beans.getBeanNamesForType(CamelContext.class, false, false)) {
                if (beans.getSingleton(name) instanceof CamelContext camel) {
                    stop(camel);
                }
            }
            application.close();
        }
    }

    /** At once: nothing that was taken in can be finished. */
    private static void stop(CamelContext camel) {
        camel.getShutdownStrategy().setTimeout(1);
        camel.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        camel.shutdown();
    }
}
