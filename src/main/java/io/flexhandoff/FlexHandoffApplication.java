package io.flexhandoff;

import io.flexhandoff.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs Flex Handoff as a Spring Boot application, or one of its commands. */
@SpringBootApplication
public class FlexHandoffApplication {

    public static void main(String[] args) {
        if (Commands.isMeant(args)) {
            System.exit(Commands.run(args));
        }
        try {
            SpringApplication.run(FlexHandoffApplication.class, args);
        } catch (RuntimeException reported) {
            // a thread of what had been started already would keep the process alive
            System.exit(1);
        }
    }
}
