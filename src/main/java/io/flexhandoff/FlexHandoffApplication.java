package io.flexhandoff;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs Flex Handoff as a Spring Boot application. */
@SpringBootApplication
public class FlexHandoffApplication {

    public static void main(String[] args) {
        SpringApplication.run(FlexHandoffApplication.class, args);
    }
}
