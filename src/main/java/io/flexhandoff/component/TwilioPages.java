package io.flexhandoff.component;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.twilio.TwilioAnswer;
import io.flexhandoff.twilio.TwilioRequest;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A list of Twilio's: the next page is asked for when somebody wants what is on it. */
final class TwilioPages implements Iterator<JsonNode> {

    private final TwilioCall call;
    private final String key;
    private TwilioRequest next;
    private Iterator<JsonNode> page = Collections.emptyIterator();

    TwilioPages(TwilioCall call, TwilioRequest first, String key) {
        this.call = call;
        this.next = first;
        this.key = key;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && next != null) {
            TwilioAnswer answer = call.send(next);
            page = answer.list(key).iterator();
            String link = answer.json().path("meta").path("next_page_url").textValue();
            next = link == null || link.isEmpty() ? null : next.page(link);
        }
        return page.hasNext();
    }

    @Override
    public JsonNode next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
