package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Twilio's Event Streams API: sinks, and the subscriptions that fill them. A sink is active from the first moment. */
final class EventsApi {

    private static final String SINKS = "/v1/Sinks";
    private static final String SINK = SINKS + "/:sid";
    private static final String SUBSCRIPTIONS = "/v1/Subscriptions";
    private static final String SUBSCRIPTION = SUBSCRIPTIONS + "/:sid";
    private static final String SUBSCRIBED = SUBSCRIPTION + "/SubscribedEvents";
    private static final Set<String> KINDS = Set.of("kinesis", "webhook", "segment");
    private static final int LARGEST_PAGE = 1000;

    private EventsApi() {}

    static void mount(TwilioApi.Product api) {
        api.get(SINKS, EventsApi::listSinks)
                .post(SINKS, EventsApi::createSink)
                .get(SINK, request -> Answer.ok(json(request, sink(request))))
                .post(SINK, EventsApi::updateSink)
                .delete(SINK, EventsApi::deleteSink)
                .post(SINK + "/Test", EventsApi::test)
                .post(SINK + "/Validate", EventsApi::validate)
                .get(SUBSCRIPTIONS, EventsApi::listSubscriptions)
                .post(SUBSCRIPTIONS, EventsApi::createSubscription)
                .get(SUBSCRIPTION, request -> Answer.ok(json(request, subscription(request))))
                .post(SUBSCRIPTION, EventsApi::updateSubscription)
                .delete(SUBSCRIPTION, EventsApi::deleteSubscription)
                .get(SUBSCRIBED, EventsApi::listTypes)
                .post(SUBSCRIBED, EventsApi::addType)
                .get(SUBSCRIBED + "/:type", request -> Answer.ok(json(request, subscription(request), type(request))))
                .delete(SUBSCRIBED + "/:type", EventsApi::removeType);
    }

    private static EventStreams streams(TwilioRequest request) {
        return request.state().streams();
    }

    private static EventSink sink(TwilioRequest request) {
        return request.found(streams(request).sinks.get(request.pathParam("sid")));
    }

    private static EventSubscription subscription(TwilioRequest request) {
        return request.found(streams(request).subscriptions.get(request.pathParam("sid")));
    }

    private static String type(TwilioRequest request) {
        String type = request.pathParam("type");
        return request.found(subscription(request).types.containsKey(type) ? type : null);
    }

    private static Answer listSinks(TwilioRequest request) {
        String inUse = request.query("InUse");
        List<EventSink> sinks = streams(request).sinks.values().stream()
                .filter(sink -> inUse == null
                        || Boolean.parseBoolean(inUse)
                                != streams(request).of(sink).isEmpty())
                .filter(sink -> request.query("Status") == null
                        || request.query("Status").equals("active"))
                .toList();
        return new Paging(request, LARGEST_PAGE).v1("sinks", sinks, sink -> sink.sid, sink -> json(request, sink));
    }

    private static Answer createSink(TwilioRequest request) {
        String type = request.required("SinkType");
        if (!KINDS.contains(type)) {
            throw TwilioError.invalid("SinkType is none of " + KINDS);
        }
        JsonObject configuration = TwilioRequest.object("SinkConfiguration", request.required("SinkConfiguration"));
        EventSink sink = new EventSink(type, configuration, request.required("Description"));
        if (sink.isWebhook()) {
            checkWebhook(configuration);
        }
        streams(request).sinks.put(sink.sid, sink);
        return Answer.created(json(request, sink));
    }

    private static void checkWebhook(JsonObject configuration) {
        boolean absolute;
        try {
            URI destination = URI.create(configuration.getString("destination", ""));
            absolute = destination.getHost() != null
                    && Set.of("http", "https").contains(destination.getScheme())
                    && destination.getFragment() == null;
        } catch (IllegalArgumentException | ClassCastException e) {
            absolute = false;
        }
        if (!absolute) {
            throw TwilioError.invalid("SinkConfiguration: destination is not an absolute URL, without a fragment");
        }
        if (!Set.of("POST", "GET").contains(configuration.getString("method", ""))) {
            throw TwilioError.invalid("SinkConfiguration: method is neither POST nor GET");
        }
    }

    private static Answer updateSink(TwilioRequest request) {
        EventSink sink = sink(request);
        sink.description = request.required("Description");
        sink.updated = Instant.now();
        return Answer.ok(json(request, sink));
    }

    private static Answer deleteSink(TwilioRequest request) {
        EventSink sink = sink(request);
        if (!streams(request).of(sink).isEmpty()) {
            throw TwilioError.invalid("The sink has subscriptions");
        }
        streams(request).sinks.remove(sink.sid);
        return Answer.noContent();
    }

    private static Answer test(TwilioRequest request) {
        streams(request).test(sink(request));
        return Answer.created(new JsonObject().put("result", "submitted"));
    }

    /** Twilio says so of every sink, since none needs it any more. */
    private static Answer validate(TwilioRequest request) {
        sink(request);
        request.required("TestId");
        return Answer.created(new JsonObject().put("result", "valid"));
    }

    private static Answer listSubscriptions(TwilioRequest request) {
        String sink = request.query("SinkSid");
        List<EventSubscription> subscriptions = streams(request).subscriptions.values().stream()
                .filter(subscription -> sink == null || sink.equals(subscription.sinkSid))
                .toList();
        return new Paging(request, LARGEST_PAGE)
                .v1("subscriptions", subscriptions, each -> each.sid, each -> json(request, each));
    }

    private static Answer createSubscription(TwilioRequest request) {
        request.required("Types");
        EventSubscription subscription =
                new EventSubscription(request.required("Description"), knownSink(request, request.required("SinkSid")));
        for (String text : request.formAll("Types")) {
            JsonObject type = TwilioRequest.object("Types", text);
            subscription.types.put(known(type.getString("type")), type.getInteger("schema_version", 1));
        }
        streams(request).subscriptions.put(subscription.sid, subscription);
        return Answer.created(json(request, subscription));
    }

    private static String knownSink(TwilioRequest request, String sid) {
        if (!streams(request).sinks.containsKey(sid)) {
            throw TwilioError.invalid("SinkSid is no sink of this account");
        }
        return sid;
    }

    private static String known(String type) {
        if (type == null || !type.matches("com\\.twilio\\.[a-z.-]+")) {
            throw TwilioError.invalid("Types: there is no event type " + type);
        }
        return type;
    }

    private static Answer updateSubscription(TwilioRequest request) {
        EventSubscription subscription = subscription(request);
        subscription.description = request.form("Description", subscription.description);
        subscription.sinkSid = knownSink(request, request.form("SinkSid", subscription.sinkSid));
        subscription.updated = Instant.now();
        return Answer.ok(json(request, subscription));
    }

    private static Answer deleteSubscription(TwilioRequest request) {
        streams(request).subscriptions.remove(subscription(request).sid);
        return Answer.noContent();
    }

    private static Answer listTypes(TwilioRequest request) {
        EventSubscription subscription = subscription(request);
        return new Paging(request, LARGEST_PAGE)
                .v1(
                        "types",
                        List.copyOf(subscription.types.keySet()),
                        type -> type,
                        type -> json(request, subscription, type));
    }

    private static Answer addType(TwilioRequest request) {
        EventSubscription subscription = subscription(request);
        String type = known(request.required("Type"));
        subscription.types.put(type, request.integer("SchemaVersion", 1));
        return Answer.created(json(request, subscription, type));
    }

    private static Answer removeType(TwilioRequest request) {
        subscription(request).types.remove(type(request));
        return Answer.noContent();
    }

    private static JsonObject json(TwilioRequest request, EventSink sink) {
        String url = request.host() + SINKS + "/" + sink.sid;
        return new JsonObject()
                .put("date_created", ConversationsJson.date(sink.created))
                .put("date_updated", ConversationsJson.date(sink.updated))
                .put("description", sink.description)
                .put("sid", sink.sid)
                .put("sink_configuration", sink.configuration)
                .put("sink_type", sink.type)
                .put("status", "active")
                .put("url", url)
                .put("links", new JsonObject().put("sink_test", url + "/Test").put("sink_validate", url + "/Validate"));
    }

    private static JsonObject json(TwilioRequest request, EventSubscription subscription) {
        String url = request.host() + SUBSCRIPTIONS + "/" + subscription.sid;
        return new JsonObject()
                .put("account_sid", request.state().account().accountSid())
                .put("sid", subscription.sid)
                .put("date_created", ConversationsJson.date(subscription.created))
                .put("date_updated", ConversationsJson.date(subscription.updated))
                .put("description", subscription.description)
                .put("sink_sid", subscription.sinkSid)
                .put("receive_events_from_subaccounts", false)
                .put("url", url)
                .put("links", new JsonObject().put("subscribed_events", url + "/SubscribedEvents"));
    }

    private static JsonObject json(TwilioRequest request, EventSubscription subscription, String type) {
        return new JsonObject()
                .put("account_sid", request.state().account().accountSid())
                .put("type", type)
                .put("schema_version", subscription.types.get(type))
                .put("subscription_sid", subscription.sid)
                .put("url", request.host() + SUBSCRIPTIONS + "/" + subscription.sid + "/SubscribedEvents/" + type);
    }
}
