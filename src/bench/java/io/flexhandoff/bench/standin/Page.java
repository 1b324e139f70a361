package io.flexhandoff.bench.standin;

import java.util.function.IntFunction;

/** One page of a list in the shape of Twilio's v1 APIs. */
record Page(String key, String host, Asked asked) {

    private static final int DEFAULT_SIZE = 50;

    /** @param item the JSON of the item at a place of the whole list */
    Answer of(int count, IntFunction<String> item) {
        int size = asked.number("PageSize", DEFAULT_SIZE);
        int page = asked.number("Page", 0);
        int from = Math.min(count, page * size);
        int to = Math.min(count, from + size);
        StringBuilder items = new StringBuilder("[");
        for (int place = from; place < to; place++) {
            items.append(place == from ? "" : ",").append(item.apply(place));
        }
        String url = url(size, page);
        String meta = new Json()
                .put("page", page)
                .put("page_size", size)
                .put("first_page_url", url(size, 0))
                .put("previous_page_url", page == 0 ? null : url(size, page - 1))
                .put("url", url)
                .put("next_page_url", to == count ? null : url(size, page + 1))
                .put("key", key)
                .end();
        return Answer.ok(new Json()
                .raw(key, items.append(']').toString())
                .raw("meta", meta)
                .end());
    }

    private String url(int size, int page) {
        String path = asked.path().substring(asked.path().indexOf('/', 1));
        StringBuilder url = new StringBuilder(host).append(path).append('?');
        if (asked.query() != null) {
            for (String pair : asked.query().split("&")) {
                if (!pair.startsWith("Page")) {
                    url.append(pair).append('&');
                }
            }
        }
        return url.append("PageSize=")
                .append(size)
                .append("&Page=")
                .append(page)
                .toString();
    }
}
