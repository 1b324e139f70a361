package io.flexhandoff.checkup;

import java.util.List;

/**
 * What a kind of call has as an attribute.
 *
 * @param value put on the task, {@code null} for nothing
 * @param shown it, and whatever else the workflow does not tell from it, in words
 */
record Choice(Object value, List<String> shown) {}
