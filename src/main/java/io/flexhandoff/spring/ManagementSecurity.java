package io.flexhandoff.spring;

import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.function.Supplier;
import org.jolokia.server.core.service.api.Restrictor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The management port's door: health, info and metrics for probes and Prometheus, all else for the operator. The API port is not
 * Spring's and not touched.
 */
@Configuration(proxyBeanMethods = false)
class ManagementSecurity {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementSecurity.class);

    /** A page of another site may have its own name lead here: on this machine alone, names are those of this machine. */
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private static final String CLOSED = "Closed: set handoff.management.password, and log in.\n";

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    ManagementLogin managementLogin(Environment environment, PasswordEncoder encoder) {
        Settings settings = new Settings(environment::getProperty);
        boolean sandbox = HandoffRuntime.isSandbox(settings, CommandSettings.orgs(environment));
        return ManagementLogin.of(settings, sandbox, encoder);
    }

    @Bean
    UserDetailsService operators(ManagementLogin login) {
        InMemoryUserDetailsManager operators = new InMemoryUserDetailsManager();
        if (login.operator() != null) {
            operators.createUser(login.operator());
        }
        return operators;
    }

    @Bean
    Restrictor operatorRestrictor() {
        return new OperatorRestrictor();
    }

    /** Who is logged in, for the log and for what a pause says of itself. */
    @Bean
    Supplier<String> operatorName() {
        return () -> {
            Authentication login = SecurityContextHolder.getContext().getAuthentication();
            return login == null || login instanceof AnonymousAuthenticationToken ? null : login.getName();
        };
    }

    @Bean
    HttpFirewall managementFirewall(ManagementLogin login) {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        if (login.open()) {
            firewall.setAllowedHostnames(THIS_MACHINE::contains);
        }
        return firewall;
    }

    @Bean
    SecurityFilterChain managementPort(HttpSecurity http, ManagementLogin login) throws Exception {
        if (login.open()) {
            http.csrf(AbstractHttpConfigurer::disable)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        } else {
            http.authorizeHttpRequests(
                    requests -> requests.requestMatchers(EndpointRequest.to("health", "info", "prometheus"))
                            .permitAll()
                            .anyRequest()
                            .authenticated());
            if (login.operator() == null) {
                LOG.warn("Hawtio and Jolokia are closed: handoff.management.password is not set");
                http.csrf(AbstractHttpConfigurer::disable)
                        .exceptionHandling(failures -> failures.authenticationEntryPoint(closed()));
            } else {
                askToLogIn(http);
            }
        }
        return http.build();
    }

    /** A person gets a page to log in on, a script names its user in each request. */
    private static void askToLogIn(HttpSecurity http) throws Exception {
        AuthenticationEntryPoint unauthorized = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
        http.exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(unauthorized, byScript()))
                .formLogin(form -> form.defaultSuccessUrl("/actuator/hawtio"))
                // no WWW-Authenticate: a browser would keep the password, and send it for pages of other sites too
                .httpBasic(basic -> basic.authenticationEntryPoint(unauthorized))
                .csrf(csrf -> {
                    CsrfTokenRequestAttributeHandler token = new CsrfTokenRequestAttributeHandler();
                    token.setCsrfRequestAttributeName(null); // with every answer, for Hawtio to read
                    csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                            .csrfTokenRequestHandler(token)
                            .requireCsrfProtectionMatcher(new AndRequestMatcher(
                                    CsrfFilter.DEFAULT_CSRF_MATCHER,
                                    new NegatedRequestMatcher(
                                            new RequestHeaderRequestMatcher(HttpHeaders.AUTHORIZATION))));
                });
    }

    private static RequestMatcher byScript() {
        return request -> {
            String accept = request.getHeader(HttpHeaders.ACCEPT);
            return accept == null || !accept.contains(MediaType.TEXT_HTML_VALUE);
        };
    }

    private static AuthenticationEntryPoint closed() {
        return (request, response, failure) -> {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType(MediaType.TEXT_PLAIN_VALUE);
            response.getWriter().write(CLOSED);
        };
    }
}
