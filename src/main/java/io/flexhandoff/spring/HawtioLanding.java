package io.flexhandoff.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leads who opens Hawtio to the table of routes: by itself it draws all of them in one diagram, which takes long and tells nothing. Behind
 * Spring Security, and before Hawtio's own filters, which answer the page at once.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 1)
class HawtioLanding extends OncePerRequestFilter {

    private static final String HAWTIO = "/actuator/hawtio";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (request.getMethod().equals("GET") && (path.equals(HAWTIO) || path.equals(HAWTIO + "/"))) {
            response.sendRedirect(request.getContextPath() + HAWTIO + "/camel/routes");
        } else {
            chain.doFilter(request, response);
        }
    }
}
