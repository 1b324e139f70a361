package io.flexhandoff.component.conversations;

/**
 * A thread that is open.
 *
 * @param conversationSid its SID ({@code CH…})
 * @param noteMessageSid SID ({@code IM…}) of its first message, which is reserved for the note
 * @param existed whether it was there before
 */
public record OpenedThread(String conversationSid, String noteMessageSid, boolean existed) {}
