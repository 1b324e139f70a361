package io.flexhandoff.door;

import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Under which addresses a request may have been sent: each proxy on its way tells what it was called by, or leaves it out. */
final class Addresses {

    /** More than a chain of proxies tells; each is tried with each scheme, which takes time. */
    private static final int LIMIT = 24;

    private static final Pattern FORWARDED_HOST = Pattern.compile("host=\"?([^\";,\\s]+)", Pattern.CASE_INSENSITIVE);

    private Addresses() {}

    /** Host, port and what stands before the path, each as it is told, and with less of it. */
    static List<String> called(HttpServerRequest request) {
        Set<String> hosts = new LinkedHashSet<>(values(request, "X-Forwarded-Host"));
        hosts.addAll(values(request, "X-Original-Host"));
        request.headers().getAll("Forwarded").forEach(value -> {
            Matcher host = FORWARDED_HOST.matcher(value);
            while (host.find()) {
                hosts.add(host.group(1));
            }
        });
        if (request.authority() != null) {
            hosts.add(request.authority().toString());
        }
        Set<String> ports = new LinkedHashSet<>(values(request, "X-Forwarded-Port"));
        Set<String> prefixes = new LinkedHashSet<>(List.of(""));
        values(request, "X-Forwarded-Prefix").forEach(prefix -> prefixes.add(prefix.replaceFirst("/+$", "")));
        return hosts.stream()
                .flatMap(host -> Stream.concat(
                        Stream.of(host),
                        ports.stream().filter(port -> !host.contains(":")).map(port -> host + ":" + port)))
                .flatMap(host -> prefixes.stream().map(prefix -> host + prefix))
                .distinct()
                .limit(LIMIT)
                .toList();
    }

    /** Proxies in a row each add a value, behind a comma or as a header of its own. */
    private static List<String> values(HttpServerRequest request, String header) {
        return request.headers().getAll(header).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
