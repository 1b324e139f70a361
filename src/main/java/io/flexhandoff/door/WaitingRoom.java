package io.flexhandoff.door;

import io.flexhandoff.waiting.SpokenLanguage;
import io.flexhandoff.waiting.WaitWords;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What a caller hears who waits for a rep: music of the org's, and now and then where they stand. Bound as {@code waitingRoom}.
 *
 * <p>Twilio asks the {@code waitUrl} of an {@code <Enqueue>} when the caller begins to wait, with {@code QueuePosition}, {@code QueueTime},
 * {@code AvgQueueTime} and {@code CurrentQueueSize}, and asks again whenever the TwiML has ended (Twilio documentation, "TwiML Voice:
 * Enqueue"). All that has to be remembered between two requests, the language and when the caller was told last, stands in the URL.
 */
public final class WaitingRoom {

    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    private static final Pattern CALLBACK = Pattern.compile("wait/([A-Za-z0-9-]{1,40})/(\\d{1,7}|first)");
    private static final String FIRST = "first";

    /** Behind the URL of the wait, where a key goes. */
    private static final String KEY = "/key";

    /** Seconds in which a caller who asks for the first time has just come. */
    private static final int JUST_COME = 10;

    /** Seconds of silence where there is no room any more. */
    private static final String SILENCE = "30";

    private final Map<String, Room> rooms;
    private final DoorUrls urls;

    /** @param rooms by org; an org without one leaves the wait to Twilio */
    public WaitingRoom(Map<String, Room> rooms, DoorUrls urls) {
        this.rooms = Map.copyOf(rooms);
        this.urls = urls;
    }

    /** The {@code waitUrl} of a call, if its org has a waiting room. @param language of the call, a BCP-47 tag */
    public Optional<String> url(String org, String language) {
        return rooms.containsKey(org) && urls.isKnown(org) ? Optional.of(url(org, language, FIRST)) : Optional.empty();
    }

    private String url(String org, String language, String told) {
        return urls.voice(
                org, "wait/" + (CALLBACK.matcher("wait/" + language + "/0").matches() ? language : "en") + "/" + told);
    }

    /**
     * What the caller hears next. Whatever is wrong with the request, it is TwiML that goes on.
     *
     * @param callback {@code wait/<language>/<seconds of waiting when the caller was told last, or first>}
     * @param form what Twilio says
     */
    public String twiml(String org, String callback, Map<String, String> form) {
        Room room = rooms.get(org);
        Matcher asked = CALLBACK.matcher(callback);
        String language = asked.matches() ? asked.group(1) : "en";
        Optional<Integer> told = asked.matches() ? number(asked.group(2)) : Optional.empty();
        Optional<Integer> waited = number(form.get("QueueTime"));
        boolean due = room != null
                && waited.isPresent()
                && (told.isPresent()
                        ? waited.get() - told.get() >= room.every().toSeconds()
                        : waited.get() < JUST_COME);
        StringWriter twiml = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(twiml);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Response");
            String last = waited.isEmpty() ? FIRST : Integer.toString(due ? waited.get() : told.orElse(waited.get()));
            boolean asks = room != null && !room.offers().isEmpty();
            if (asks) {
                begin(xml, "Gather", Map.of("input", "dtmf", "numDigits", "1", "timeout", "1"));
                xml.writeAttribute("action", url(org, language, last) + KEY);
            }
            if (due) {
                say(xml, announcement(room, WaitWords.in(language), told.isPresent(), form), language);
            }
            if (room == null) {
                xml.writeEmptyElement("Pause");
                xml.writeAttribute("length", SILENCE);
            } else {
                element(xml, "Play", room.music());
            }
            if (asks) {
                xml.writeEndElement();
            }
            // without what Twilio says of the queue, or a room, there is nothing to remember: then it asks the first
            // URL again
            if (room != null && waited.isPresent()) {
                element(xml, "Redirect", url(org, language, last));
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return twiml.toString();
    }

    /**
     * What a caller who waits has asked for by a key: a step for callers whom nobody answers; {@code null} for nothing that there is.
     *
     * @param form what Twilio says
     */
    public String wish(String org, Map<String, String> form) {
        Room room = rooms.get(org);
        return room == null ? null : room.offer(form.get("Digits"));
    }

    /**
     * What a caller hears after a key: that it was understood, if it was, and then the wait goes on, until the step moves the call.
     *
     * @param callback {@code wait/<language>/<seconds or first>/key}
     * @param wish what was asked for, or {@code null}
     */
    public String pressed(String org, String callback, String wish) {
        Room room = rooms.get(org);
        String asked = callback.endsWith(KEY) ? callback.substring(0, callback.length() - KEY.length()) : callback;
        Matcher wait = CALLBACK.matcher(asked);
        String language = wait.matches() ? wait.group(1) : "en";
        StringWriter twiml = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(twiml);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Response");
            if (wish != null && room != null) {
                say(xml, WaitWords.in(language).of("moment"), language);
                element(xml, "Play", room.music());
            }
            element(xml, "Redirect", url(org, language, wait.matches() ? wait.group(2) : FIRST));
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return twiml.toString();
    }

    private static String announcement(Room room, WaitWords words, boolean again, Map<String, String> form) {
        StringBuilder text = new StringBuilder();
        Optional<Integer> place = number(form.get("QueuePosition")).filter(number -> number > 0);
        if (again || !room.position() || place.isEmpty()) {
            text.append(words.of("hold")).append(' ');
        }
        if (room.position()) {
            place.ifPresent(number -> text.append(words.position(number)).append(' '));
        }
        left(form).ifPresent(seconds -> text.append(words.wait(seconds)).append(' '));
        for (int key = 1; key <= room.offers().size(); key++) {
            text.append(words.press(room.offers().get(key - 1), key)).append(' ');
        }
        return text.toString().strip();
    }

    /**
     * How long it still takes. Twilio's average is of those who wait now; where callers come and go evenly the one who has waited
     * longest has waited twice that, and a place in the line is worth its share of it. Of a caller who waits alone it tells nothing.
     */
    private static Optional<Integer> left(Map<String, String> form) {
        Optional<Integer> place = number(form.get("QueuePosition"));
        Optional<Integer> size = number(form.get("CurrentQueueSize"));
        Optional<Integer> average = number(form.get("AvgQueueTime"));
        if (place.isEmpty() || size.isEmpty() || average.isEmpty() || size.get() < 2 || place.get() < 1) {
            return Optional.empty();
        }
        double share = Math.min(1, (double) place.get() / size.get());
        return Optional.of(average.get()).filter(seconds -> seconds > 0).map(seconds -> (int) (2 * seconds * share));
    }

    private static void begin(XMLStreamWriter xml, String name, Map<String, String> attributes)
            throws XMLStreamException {
        xml.writeStartElement(name);
        for (Map.Entry<String, String> attribute : new TreeMap<>(attributes).entrySet()) {
            xml.writeAttribute(attribute.getKey(), attribute.getValue());
        }
    }

    private static void say(XMLStreamWriter xml, String text, String language) throws XMLStreamException {
        xml.writeStartElement("Say");
        xml.writeAttribute("language", SpokenLanguage.of(language));
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static Optional<Integer> number(String text) {
        return text != null && text.matches("\\d{1,7}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
