package io.flexhandoff.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Message;

/** Reads the bytes of a request as JSON text: UTF-8 (RFC 8259), with or without a byte order mark, plain or compressed with gzip. */
final class RequestText {

    private static final Pattern JSON_TYPE =
            Pattern.compile("application/([\\w.-]+\\+)?json\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\"';\\s]*)", Pattern.CASE_INSENSITIVE);

    /** What a text in UTF-8 may truly be called. */
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");

    private static final Set<String> PLAIN = Set.of("", "identity");
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private final int limit;

    /** @param limit bytes of a request, inflated */
    RequestText(int limit) {
        this.limit = limit;
    }

    /**
     * @throws Problem 415 for a type, character set or encoding that is not taken, 413 for more than the limit once inflated, 400 for bytes
     *     that are not what the headers say
     */
    String of(Message request) {
        expectJson(request.getHeader("Content-Type", "", String.class));
        String encoding =
                request.getHeader("Content-Encoding", "", String.class).strip().toLowerCase(Locale.ROOT);
        byte[] bytes = request.getBody(byte[].class);
        if (bytes == null) {
            return "";
        }
        if (GZIP.contains(encoding)) {
            return text(inflated(bytes));
        }
        if (!PLAIN.contains(encoding)) {
            throw new Problem(415, "Unsupported media type", "Content-Encoding: must be gzip, or none");
        }
        return text(bytes);
    }

    private static void expectJson(String contentType) {
        if (!contentType.isEmpty() && !JSON_TYPE.matcher(contentType).lookingAt()) {
            throw new Problem(415, "Unsupported media type", "Content-Type: must be application/json");
        }
        Matcher charset = CHARSET.matcher(contentType);
        if (charset.find() && !UTF_8.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
            throw new Problem(415, "Unsupported media type", "Content-Type: charset must be UTF-8");
        }
    }

    private byte[] inflated(byte[] bytes) {
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] inflated = gzip.readNBytes(limit + 1);
            if (inflated.length > limit) {
                throw new Problem(413, "Content too large", "body: more than " + limit + " bytes, inflated");
            }
            return inflated;
        } catch (IOException e) {
            throw new Problem(400, "Bad request", "body: is not gzip, as Content-Encoding says");
        }
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // JSON has no NUL; UTF-16 and UTF-32 have one beside each character of ASCII
        if (text.indexOf('\0') >= 0 || text.indexOf(REPLACEMENT) >= 0 && !isUtf8(bytes)) {
            throw new Problem(400, "Bad request", "body: is not UTF-8");
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
