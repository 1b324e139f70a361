package io.flexhandoff.door;

import java.time.Duration;

/**
 * The waiting room of an org.
 *
 * @param music URL of what is played between announcements, again and again
 * @param every the least time between two announcements
 * @param position whether the caller is told their place: Twilio counts the callers of a whole workflow
 */
public record Room(String music, Duration every, boolean position) {}
