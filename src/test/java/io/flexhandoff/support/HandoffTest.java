package io.flexhandoff.support;

import io.flexhandoff.FlexHandoffApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** A test of the whole application, with its embedded broker, database and sandbox, on ports of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@CamelSpringBootTest
@SpringBootTest(
        classes = FlexHandoffApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {"handoff.http.port=0", "handoff.http.host=127.0.0.1", "handoff.management.port=0"})
@ContextConfiguration(initializers = TemporaryDataDir.class)
public @interface HandoffTest {}
