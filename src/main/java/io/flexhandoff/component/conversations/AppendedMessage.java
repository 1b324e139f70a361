package io.flexhandoff.component.conversations;

/**
 * A message that stands in its thread.
 *
 * @param sid its SID ({@code IM…})
 * @param index its place in the thread, from 0
 * @param existed whether it was there before, and nothing was posted
 */
public record AppendedMessage(String sid, int index, boolean existed) {}
