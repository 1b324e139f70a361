package io.flexhandoff.org;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What becomes of a caller whose ConversationRelay session breaks down. Configured as {@code handoff.orgs.<name>.on-relay-failure} and
 * {@code .relay-twiml}.
 *
 * @param choice {@code human}, who takes the call at once, or {@code retry-once}: another session first; {@code human} unless set
 * @param twiml what begins that session: a {@code <Response>} with {@code <Connect><ConversationRelay>}; may be {@code null} for a human
 */
public record RelayFailure(String choice, String twiml) {

    private static final String RETRY = "retry-once";
    private static final List<String> CHOICES = List.of("human", RETRY);

    static final RelayFailure NONE = new RelayFailure(null, null);

    public RelayFailure {
        choice = AiWorker.textOrNull(choice) == null ? CHOICES.get(0) : choice.strip();
        twiml = AiWorker.textOrNull(twiml);
    }

    /** Whether the AI gets a second session. */
    public boolean retries() {
        return choice.equals(RETRY);
    }

    /**
     * The TwiML of the second session.
     *
     * @param action where Twilio asks what comes next when that is over, in place of what its {@code <Connect>} says
     */
    public String again(String action) {
        try {
            Document document = read(twiml);
            connect(document).orElseThrow().setAttribute("action", action);
            Transformer writer = TransformerFactory.newDefaultInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            writer.transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (SAXException | TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    void check(String prefix, List<String> problems) {
        if (!CHOICES.contains(choice)) {
            problems.add(prefix + "on-relay-failure must be human or retry-once");
        }
        if (twiml == null) {
            if (retries()) {
                problems.add(
                        prefix + "relay-twiml is missing: on-relay-failure is retry-once, and it begins that session");
            }
            return;
        }
        try {
            if (connect(read(twiml)).isEmpty()) {
                problems.add(prefix + "relay-twiml needs a <Response> with <Connect><ConversationRelay>");
            }
        } catch (SAXException e) {
            problems.add(prefix + "relay-twiml is not XML: " + e.getMessage());
        }
    }

    /** The element around the session. */
    private static Optional<Element> connect(Document document) {
        NodeList sessions = document.getElementsByTagName("ConversationRelay");
        return sessions.getLength() == 1
                        && document.getDocumentElement().getTagName().equals("Response")
                        && sessions.item(0).getParentNode() instanceof Element parent
                        && parent.getTagName().equals("Connect")
                ? Optional.of(parent)
                : Optional.empty();
    }

    private static Document read(String twiml) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(twiml)));
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
