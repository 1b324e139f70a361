package io.flexhandoff.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Globals;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * The management port behind a proxy that takes off a prefix: redirects and Hawtio lead to the address that {@code X-Forwarded-Host},
 * {@code X-Forwarded-Proto} and {@code X-Forwarded-Prefix} of a trusted proxy name. Not while nobody has to log in: then the name by which a page was called
 * is all that keeps pages of other sites out, and a script could name another.
 */
@Configuration(proxyBeanMethods = false)
class BehindProxy {

    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> addressBeforeProxy(ManagementLogin login) {
        return registration(new OfTrustedProxies(), login, Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> hawtioBelowPrefix(ManagementLogin login) {
        return registration(new HawtioBelowPrefix(), login, SecurityProperties.DEFAULT_FILTER_ORDER + 1);
    }

    private static <T extends OncePerRequestFilter> FilterRegistrationBean<T> registration(
            T filter, ManagementLogin login, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setEnabled(!login.open());
        return registration;
    }

    /** Who is no proxy of ours says what it likes. Tomcat tells, by {@code server.tomcat.remoteip}, and makes the session's cookie secure. */
    private static final class OfTrustedProxies extends ForwardedHeaderFilter {

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) != Boolean.TRUE
                    || super.shouldNotFilter(request);
        }
    }

    /**
     * Hawtio 5 takes paths and the addresses in its page for what they were when it started. It gets the paths without the prefix,
     * and what it answers gets the prefix.
     */
    private static final class HawtioBelowPrefix extends OncePerRequestFilter {

        private static final Pattern OWN = Pattern.compile("((?:src|href)=[\"']?)(?=/actuator/hawtio)");

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            String prefix = request.getContextPath();
            return prefix.isEmpty() || !request.getRequestURI().startsWith(prefix + "/actuator/hawtio");
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String prefix = request.getContextPath();
            Redirecting redirecting = new Redirecting(response, prefix);
            if (request.getRequestURI().contains("/static/")) {
                chain.doFilter(new WithoutPrefix(request), redirecting);
                return;
            }
            ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(redirecting);
            chain.doFilter(new WithoutPrefix(request), kept);
            String type = kept.getContentType();
            if (type != null && type.startsWith(MediaType.TEXT_HTML_VALUE)) {
                String page = new String(kept.getContentAsByteArray(), StandardCharsets.UTF_8);
                kept.resetBuffer();
                kept.getOutputStream()
                        .write(OWN.matcher(page)
                                .replaceAll("$1" + Matcher.quoteReplacement(prefix))
                                .getBytes(StandardCharsets.UTF_8));
            }
            kept.copyBodyToResponse();
        }
    }

    private static final class WithoutPrefix extends HttpServletRequestWrapper {

        WithoutPrefix(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContextPath() {
            return "";
        }

        /** Another one after a forward. */
        @Override
        public String getRequestURI() {
            String prefix = super.getContextPath();
            String path = super.getRequestURI();
            return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
        }
    }

    private static final class Redirecting extends HttpServletResponseWrapper {

        private final String prefix;

        Redirecting(HttpServletResponse response, String prefix) {
            super(response);
            this.prefix = prefix;
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            super.sendRedirect(location.startsWith("/") ? prefix + location : location);
        }
    }
}
