package io.flexhandoff.event;

/**
 * The task and the reservation by which the AI itself has a call that came through Flex. Neither is ever a rep's.
 *
 * @param taskSid {@code WT…}
 * @param reservationSid {@code WR…}, or {@code null} while nobody knows it
 * @param status of the reservation when it was last looked at: {@code pending}, {@code accepted} or {@code wrapping};
 *     {@code null} when the AI has no live reservation, or nobody has looked
 */
public record AiTask(String taskSid, String reservationSid, String status) {}
