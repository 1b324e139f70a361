package io.flexhandoff.component.conversations;

import java.util.Map;

/**
 * One message to be appended to a thread.
 *
 * @param author whom the rep sees as its author
 * @param key unique in the thread; a message with this key is never appended twice. Kept as the message attribute {@code key}
 * @param attributes message attributes
 * @param text at most 1,600 characters
 */
public record ThreadText(String author, String key, Map<String, Object> attributes, String text) {}
