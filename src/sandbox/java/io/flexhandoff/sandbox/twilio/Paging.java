package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One page of a list. A page token names the last item of the page before, so that pages neither repeat nor skip items while the
 * list grows.
 */
final class Paging {

    private static final int DEFAULT_SIZE = 50;

    private final TwilioRequest request;
    private final int size;
    private final int number;

    Paging(TwilioRequest request, int largestPage) {
        this.request = request;
        this.size = request.queryInteger("PageSize", DEFAULT_SIZE);
        this.number = request.queryInteger("Page", 0);
        if (size < 1 || size > largestPage) {
            throw TwilioError.invalid("PageSize is not between 1 and " + largestPage);
        }
        if (number < 0) {
            throw TwilioError.invalid("Page is negative");
        }
    }

    /** The page in the shape of Twilio's v1 APIs, with {@code meta}. */
    <T> Answer v1(String key, List<T> items, Function<T, String> sid, Function<T, JsonObject> json) {
        int from = start(items, sid);
        JsonObject meta = new JsonObject()
                .put("page", number)
                .put("page_size", size)
                .put("first_page_url", request.host() + uri(0, null))
                .put("previous_page_url", number == 0 ? null : request.host() + uri(number - 1, null))
                .put("url", request.host() + uri(number, request.query("PageToken")))
                .put("next_page_url", isLast(items, from) ? null : request.host() + next(items, from, sid))
                .put("key", key);
        return Answer.ok(new JsonObject().put(key, page(items, from, json)).put("meta", meta));
    }

    /** The page in the shape of the 2010-04-01 API. */
    <T> Answer v2010(String key, List<T> items, Function<T, String> sid, Function<T, JsonObject> json) {
        int from = start(items, sid);
        JsonArray page = page(items, from, json);
        return Answer.ok(new JsonObject()
                .put(key, page)
                .put("uri", uri(number, request.query("PageToken")))
                .put("first_page_uri", uri(0, null))
                .put("previous_page_uri", number == 0 ? null : uri(number - 1, null))
                .put("next_page_uri", isLast(items, from) ? null : next(items, from, sid))
                .put("page", number)
                .put("page_size", size)
                .put("start", from)
                .put("end", Math.max(from, from + page.size() - 1)));
    }

    private <T> int start(List<T> items, Function<T, String> sid) {
        String token = request.query("PageToken");
        if (token != null && token.startsWith("PT")) {
            for (int i = 0; i < items.size(); i++) {
                if (sid.apply(items.get(i)).equals(token.substring(2))) {
                    return i + 1;
                }
            }
        }
        return (int) Math.min((long) number * size, items.size());
    }

    private boolean isLast(List<?> items, int from) {
        return from + size >= items.size();
    }

    private <T> JsonArray page(List<T> items, int from, Function<T, JsonObject> json) {
        JsonArray page = new JsonArray();
        items.subList(from, Math.min(items.size(), from + size)).forEach(item -> page.add(json.apply(item)));
        return page;
    }

    private <T> String next(List<T> items, int from, Function<T, String> sid) {
        return uri(number + 1, "PT" + sid.apply(items.get(from + size - 1)));
    }

    private String uri(int page, String token) {
        StringBuilder uri = new StringBuilder(request.path()).append("?");
        for (Map.Entry<String, String> parameter : request.queryParams()) {
            if (!List.of("PageSize", "Page", "PageToken").contains(parameter.getKey())) {
                uri.append(encoded(parameter.getKey()))
                        .append('=')
                        .append(encoded(parameter.getValue()))
                        .append('&');
            }
        }
        uri.append("PageSize=").append(size).append("&Page=").append(page);
        return token == null ? uri.toString() : uri + "&PageToken=" + encoded(token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
