package io.flexhandoff.spring;

import java.util.List;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Keeps loggers at WARN that would write whole requests and answers below that, with their credentials and addresses, whatever {@code
 * logging.level} says: a log that is turned up while one looks for a fault must hold no secret.
 */
public final class QuietLoggers implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final List<String> NAMES = List.of(
            // requests to Twilio and to language models, with the header Authorization
            "org.apache.hc.client5.http.headers",
            "org.apache.hc.client5.http.wire",
            // requests to the API port, whose path may hold a webhook token
            "io.vertx.ext.web.impl.RouterImpl",
            // requests to the management port, with login and session
            "org.apache.coyote.http11.Http11InputBuffer",
            // the checkup's request to the public address
            "jdk.internal.httpclient.debug",
            // what a route gets from a bean, such as the address of an AI phone
            "org.apache.camel.component.bean.BeanInfo",
            "org.apache.camel.component.bean.MethodInfo");

    /** As soon as Boot has set the levels that are configured. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        LoggingSystem logging = LoggingSystem.get(event.getSpringApplication().getClassLoader());
        for (String name : NAMES) {
            LoggerConfiguration configured = logging.getLoggerConfiguration(name);
            if (configured == null || configured.getEffectiveLevel().ordinal() < LogLevel.WARN.ordinal()) {
                logging.setLogLevel(name, LogLevel.WARN);
            }
        }
    }
}
