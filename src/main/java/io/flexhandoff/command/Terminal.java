package io.flexhandoff.command;

import java.io.Console;
import java.util.Optional;

/** A person who can be asked. */
interface Terminal {

    /** The answer, without white space around it; empty when there will be none. */
    Optional<String> ask(String question);

    /** The same, and what is typed is not shown. */
    Optional<String> askSecretly(String question);

    /** The terminal that this process has for input and output, {@code null} when there is none. */
    static Terminal ofProcess() {
        Console console = System.console();
        return console == null || !isTerminal(console)
                ? null
                : new Terminal() {
                    @Override
                    public Optional<String> ask(String question) {
                        return Optional.ofNullable(console.readLine("%s", question))
                                .map(String::strip);
                    }

                    @Override
                    public Optional<String> askSecretly(String question) {
                        return Optional.ofNullable(console.readPassword("%s", question))
                                .map(typed -> new String(typed).strip());
                    }
                };
    }

    /** Since Java 22 there is a console where there is no terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
