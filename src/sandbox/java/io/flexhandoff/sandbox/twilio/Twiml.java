package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A TwiML document, as far as it moves a call. Of the first verb that does, the others are not reached.
 *
 * @param enqueue the first {@code <Enqueue>}, {@code null} when there is none
 * @param connect the {@code <Connect>} with a ConversationRelay or a Stream, {@code null} when there is none
 * @param hangsUp whether there is a {@code <Hangup>}
 * @param redirect where the next document is, {@code null} when there is no {@code <Redirect>}
 * @param pauseSeconds how long the caller hears nothing before that
 * @param verbs all of it, in order
 */
record Twiml(Enqueue enqueue, Connect connect, boolean hangsUp, String redirect, int pauseSeconds, List<Verb> verbs) {

    /** Twilio's limit of the {@code Twiml} parameter, in characters. */
    static final int LIMIT = 4000;

    private static final int HEADERS_LIMIT = 1024;

    private static final Set<String> VERBS = Set.of(
            "Connect",
            "Dial",
            "Enqueue",
            "Gather",
            "Hangup",
            "Leave",
            "Pause",
            "Pay",
            "Play",
            "Prompt",
            "Record",
            "Redirect",
            "Refer",
            "Reject",
            "Say",
            "Siprec",
            "Sms",
            "Start",
            "Stop");

    /**
     * An {@code <Enqueue workflowSid>} with its {@code <Task>}.
     *
     * @param attributes the task's JSON as written, {@code {}} when there is no {@code <Task>}
     * @param priority the task's priority, {@code null} for Twilio's default
     * @param timeout seconds, {@code null} for Twilio's default
     * @param waitUrl what is asked for what the caller hears, {@code null} for Twilio's music
     * @param action what is asked when the caller leaves the queue, {@code null} for the next verb
     */
    record Enqueue(
            String workflowSid, String attributes, Integer priority, Integer timeout, String waitUrl, String action) {}

    /** A verb. @param nested the verbs in it */
    record Verb(String name, Map<String, String> attributes, String text, List<Verb> nested) {

        private static Verb of(Element element) {
            Map<String, String> attributes = new HashMap<>();
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Node attribute = element.getAttributes().item(i);
                attributes.put(attribute.getNodeName(), attribute.getNodeValue());
            }
            return new Verb(
                    element.getTagName(),
                    attributes,
                    element.getTextContent().strip(),
                    children(element).stream().map(Verb::of).toList());
        }

        /** A number of seconds. */
        int seconds(String attribute, int otherwise) {
            String value = attributes.getOrDefault(attribute, "");
            return value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise;
        }
    }

    /**
     * A {@code <Connect>} of the call with an application.
     *
     * @param action asked what comes next when that is over, {@code null} when it does not say
     * @param stream whether it is a {@code <Stream>}, not a ConversationRelay
     */
    record Connect(String action, boolean stream) {}

    /**
     * Reads a document.
     *
     * @throws TwilioError 12100 not XML or no TwiML, 12200 a verb or attribute that TwiML does not have, 15004 a URL that is not absolute
     */
    static Twiml parse(String document) {
        Element response = root(document);
        if (!response.getTagName().equals("Response")) {
            throw new TwilioError(400, 12100, "Document parse failure: the root element is not Response");
        }
        Enqueue enqueue = null;
        Connect connect = null;
        boolean hangsUp = false;
        String redirect = null;
        int pauseSeconds = 0;
        for (Element verb : children(response)) {
            if (!VERBS.contains(verb.getTagName())) {
                throw new TwilioError(400, 12200, "Schema validation: TwiML has no verb " + verb.getTagName());
            }
            if (enqueue == null && connect == null && !hangsUp && redirect == null) {
                switch (verb.getTagName()) {
                    case "Enqueue" -> enqueue = enqueue(verb);
                    case "Connect" -> connect = connect(verb);
                    case "Dial" -> checkDial(verb);
                    case "Hangup" -> hangsUp = true;
                    case "Redirect" -> redirect = verb.getTextContent().strip();
                    case "Pause" -> pauseSeconds += pause(verb);
                    default -> {}
                }
            }
        }
        List<Verb> verbs = children(response).stream().map(Verb::of).toList();
        return new Twiml(enqueue, connect, hangsUp, redirect, pauseSeconds, verbs);
    }

    /** Whether it rings somebody else. */
    boolean dials() {
        return verbs.stream().anyMatch(verb -> verb.name().equals("Dial"));
    }

    private static void checkDial(Element verb) {
        absolute(verb, "action");
        List<Element> nouns = children(verb);
        if (given(verb, "action") == null
                || nouns.size() != 1
                || !Set.of("Number", "Sip").contains(nouns.get(0).getTagName())) {
            throw TwilioError.invalid("The sandbox dials one Number or one Sip, and asks an action after that");
        }
        absolute(nouns.get(0), "url");
        absolute(nouns.get(0), "statusCallback");
        if (nouns.get(0).getTextContent().strip().replaceFirst("[^?]*\\??", "").length() >= HEADERS_LIMIT) {
            throw new TwilioError(
                    400, 21227, "Headers portion of SIP URI must be fewer than " + HEADERS_LIMIT + " chars");
        }
    }

    private static int pause(Element verb) {
        Integer length = integer(verb, "length");
        return length == null ? 1 : length;
    }

    private static Connect connect(Element verb) {
        absolute(verb, "action");
        String action = verb.getAttribute("action");
        return children(verb).stream()
                .map(Element::getTagName)
                .filter(Set.of("ConversationRelay", "Stream")::contains)
                .findFirst()
                .map(noun -> new Connect(action.isEmpty() ? null : action, noun.equals("Stream")))
                .orElse(null);
    }

    private static Enqueue enqueue(Element verb) {
        absolute(verb, "action");
        absolute(verb, "waitUrl");
        String workflowSid = verb.getAttribute("workflowSid");
        if (workflowSid.isEmpty()) {
            throw TwilioError.invalid("The sandbox knows Enqueue only with a workflowSid");
        }
        List<Element> tasks = children(verb);
        if (tasks.isEmpty()) {
            return new Enqueue(workflowSid, "{}", null, null, given(verb, "waitUrl"), given(verb, "action"));
        }
        Element task = tasks.get(0);
        if (tasks.size() > 1 || !task.getTagName().equals("Task")) {
            throw new TwilioError(400, 12200, "Schema validation: Enqueue may hold one Task and nothing else");
        }
        return new Enqueue(
                workflowSid,
                task.getTextContent().strip(),
                integer(task, "priority"),
                integer(task, "timeout"),
                given(verb, "waitUrl"),
                given(verb, "action"));
    }

    private static String given(Element verb, String attribute) {
        String value = verb.getAttribute(attribute);
        return value.isEmpty() ? null : value;
    }

    private static void absolute(Element verb, String attribute) {
        String url = verb.getAttribute(attribute);
        boolean absolute;
        try {
            URI uri = URI.create(url);
            absolute = uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            absolute = false;
        }
        if (!url.isEmpty() && !absolute) {
            throw new TwilioError(400, 15004, verb.getTagName() + " " + attribute + " is not an absolute URL");
        }
    }

    private static Integer integer(Element element, String attribute) {
        String value = element.getAttribute(attribute);
        if (value.isEmpty()) {
            return null;
        }
        if (!value.matches("\\d{1,9}")) {
            throw new TwilioError(
                    400, 12200, "Schema validation: " + element.getTagName() + " " + attribute + " is not an integer");
        }
        return Integer.valueOf(value);
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static Element root(String document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            // no document type, so no entity: neither a file of this machine nor an expansion without end
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(document))).getDocumentElement();
        } catch (SAXException e) {
            throw new TwilioError(400, 12100, "Document parse failure: " + e.getMessage());
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
