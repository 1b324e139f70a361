package io.flexhandoff.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends Hawtio's scripts, some 20 MB, compressed once for all visits, and lets a browser keep them: what is in a file is part of its
 * name. By itself Hawtio's server reads and Tomcat compresses them at each visit, and Spring Security has none of them kept.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 2)
class HawtioFiles extends OncePerRequestFilter {

    private static final Pattern SCRIPT =
            Pattern.compile("/actuator/hawtio(/static/js/\\w+\\.[0-9a-f]{8}(?:\\.chunk)?\\.js)");

    private static final String KEPT = "private, max-age=31536000, immutable";

    /** Given up when memory is short. */
    private final Map<String, SoftReference<byte[]>> compressed = new ConcurrentHashMap<>();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher script = SCRIPT.matcher(
                request.getRequestURI().substring(request.getContextPath().length()));
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        byte[] content =
                request.getMethod().equals("GET") && accepted != null && accepted.contains("gzip") && script.matches()
                        ? content("hawtio-static" + script.group(1))
                        : null;
        if (content == null) {
            chain.doFilter(request, response);
            return;
        }
        response.setContentType("text/javascript");
        response.setCharacterEncoding("utf-8");
        response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.setHeader(HttpHeaders.CACHE_CONTROL, KEPT);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    /** Compressed; {@code null} when there is no such file. */
    private byte[] content(String file) throws IOException {
        SoftReference<byte[]> known = compressed.get(file);
        byte[] content = known == null ? null : known.get();
        if (content == null) {
            content = compress(file);
            if (content != null) {
                compressed.put(file, new SoftReference<>(content));
            }
        }
        return content;
    }

    private static byte[] compress(String file) throws IOException {
        try (InputStream plain = HawtioFiles.class.getClassLoader().getResourceAsStream(file)) {
            if (plain == null) {
                return null;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                plain.transferTo(gzip);
            }
            return bytes.toByteArray();
        }
    }
}
