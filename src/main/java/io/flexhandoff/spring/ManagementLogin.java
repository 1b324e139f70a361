package io.flexhandoff.spring;

import io.flexhandoff.runtime.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Who may operate: {@code handoff.management.user} with {@code handoff.management.password}. Without a password the management
 * port is open to this machine while the sandbox runs, and in any other case closed.
 *
 * @param operator the one user there is, {@code null} when there is none
 * @param open whether no login is asked for
 */
record ManagementLogin(UserDetails operator, boolean open) {

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    static ManagementLogin of(Settings settings, boolean sandbox, PasswordEncoder encoder) {
        Optional<String> password = settings.password("handoff.management.password");
        if (password.isEmpty()) {
            boolean open = sandbox && isThisMachine(settings.find("handoff.management.address"));
            return new ManagementLogin(null, open);
        }
        UserDetails operator = User.withUsername(settings.password("handoff.management.user")
                        .orElseThrow(() -> new IllegalArgumentException("handoff.management.user is not set")))
                .password(encoded(password.get(), encoder))
                .roles("OPERATOR")
                .build();
        return new ManagementLogin(operator, false);
    }

    /** What begins with {@code {bcrypt}} and the like is encoded already; of any other password only a hash stays. */
    private static String encoded(String password, PasswordEncoder encoder) {
        if (!password.matches("(?s)\\{[A-Za-z0-9@_-]+}.*")) {
            return encoder.encode(password);
        }
        try {
            encoder.matches("", password);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "handoff.management.password begins with the name of an encoding that is not known: "
                            + "one that is plain must not begin with {…}");
        }
        return password;
    }

    private static boolean isThisMachine(Optional<String> address) {
        try {
            return address.isPresent() && InetAddress.getByName(address.get()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
