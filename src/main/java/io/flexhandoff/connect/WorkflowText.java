package io.flexhandoff.connect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A workflow's configuration as the text that it is. Filters are put in, taken out and moved; every other character stays
 * as it was: unknown fields, number formats, escapes, white space, which reading and writing it as JSON would not keep.
 */
final class WorkflowText {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectMapper TREES = new ObjectMapper();

    /** A value in the text: where it starts, and where it has ended. */
    private record Span(int start, int end) {}

    private final String text;
    private final List<Span> filters = new ArrayList<>();
    private Span routing;
    private boolean emptyRouting = true;
    private Span filterList;
    private Span defaultFilter;
    private List<Span> targets = new ArrayList<>();

    /** @throws IllegalArgumentException if it is not JSON, has no task_routing, or names something twice */
    WorkflowText(String text) {
        this.text = text;
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            readRoot(parser);
        } catch (IOException e) {
            throw new IllegalArgumentException("The workflow's configuration is not valid JSON", e);
        }
        if (routing == null) {
            throw new IllegalArgumentException("The workflow's configuration has no task_routing");
        }
    }

    private void readRoot(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isRouting = parser.currentName().equals("task_routing");
            if (parser.nextToken() == JsonToken.START_OBJECT && isRouting) {
                readRouting(parser);
            } else {
                span(parser);
            }
        }
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("The workflow's configuration goes on after its end");
        }
    }

    private void readRouting(JsonParser parser) throws IOException {
        int start = start(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            emptyRouting = false;
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("filters") && parser.isExpectedStartArrayToken()) {
                readFilters(parser);
            } else if (name.equals("filters")) {
                throw new IllegalArgumentException("task_routing.filters is not an array");
            } else if (name.equals("default_filter")) {
                defaultFilter = span(parser);
            } else {
                span(parser);
            }
        }
        routing = new Span(start, end(parser));
    }

    private void readFilters(JsonParser parser) throws IOException {
        int start = start(parser);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.isExpectedStartObjectToken()) {
                throw new IllegalArgumentException("task_routing.filters[" + filters.size() + "] is not an object");
            }
            int filter = start(parser);
            Span targetsOfFilter = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isTargets = parser.currentName().equals("targets");
                parser.nextToken();
                Span value = span(parser);
                targetsOfFilter = isTargets ? value : targetsOfFilter;
            }
            filters.add(new Span(filter, end(parser)));
            targets.add(targetsOfFilter);
        }
        filterList = new Span(start, end(parser));
    }

    /** The value whose first token is the parser's; the parser is then at its last. */
    private static Span span(JsonParser parser) throws IOException {
        int start = start(parser);
        parser.skipChildren();
        parser.finishToken();
        return new Span(start, end(parser));
    }

    private static int start(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    }

    private static int end(JsonParser parser) {
        return Math.toIntExact(parser.currentLocation().getCharOffset());
    }

    int size() {
        return filters.size();
    }

    /** A filter, as it is written. */
    String filter(int index) {
        Span span = filters.get(index);
        return text.substring(span.start(), span.end());
    }

    /** Where a filter stands that says the same, however it is written; -1 for nowhere. */
    int indexOf(String filter) {
        for (int index = 0; index < filters.size(); index++) {
            if (tree(filter(index)).equals(tree(filter))) {
                return index;
            }
        }
        return -1;
    }

    private static JsonNode tree(String text) {
        try {
            return TREES.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("A filter is not valid JSON", e);
        }
    }

    /** Puts a filter in so that it becomes the one at this index. */
    WorkflowText insert(int index, String filter) {
        if (filterList == null) {
            return insertMember("\"filters\":[" + filter + "]");
        }
        if (filters.isEmpty()) {
            return replace(filterList.start() + 1, filterList.start() + 1, filter);
        }
        return index < filters.size()
                ? replace(filters.get(index).start(), filters.get(index).start(), filter + ",")
                : replace(filters.get(index - 1).end(), filters.get(index - 1).end(), "," + filter);
    }

    /** Takes a filter out, with its comma. */
    WorkflowText remove(int index) {
        if (index < filters.size() - 1) {
            return replace(filters.get(index).start(), filters.get(index + 1).start(), "");
        }
        int start = index == 0 ? filters.get(0).start() : filters.get(index - 1).end();
        return replace(start, filters.get(index).end(), "");
    }

    /** Takes a filter to a place further ahead. */
    WorkflowText move(int from, int to) {
        String filter = filter(from);
        return remove(from).insert(to, filter);
    }

    /** Sends what a filter matches to one queue; the rest of the filter stays. */
    WorkflowText target(int index, String queueSid) {
        String target = "[{\"queue\":\"" + queueSid + "\"}]";
        Span present = targets.get(index);
        return present == null
                ? replace(filters.get(index).start() + 1, filters.get(index).start() + 1, "\"targets\":" + target + ",")
                : replace(present.start(), present.end(), target);
    }

    /** Sends what no filter matches to a queue. */
    WorkflowText defaultQueue(String queueSid) {
        String filter = "{\"queue\":\"" + queueSid + "\"}";
        return defaultFilter == null
                ? insertMember("\"default_filter\":" + filter)
                : replace(defaultFilter.start(), defaultFilter.end(), filter);
    }

    private WorkflowText insertMember(String member) {
        int place = routing.start() + 1;
        return replace(place, place, emptyRouting ? member : member + ",");
    }

    private WorkflowText replace(int start, int end, String by) {
        return new WorkflowText(text.substring(0, start) + by + text.substring(end));
    }

    @Override
    public String toString() {
        return text;
    }
}
