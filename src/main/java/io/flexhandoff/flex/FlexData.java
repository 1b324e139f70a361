package io.flexhandoff.flex;

import java.util.List;
import java.util.Map;

/**
 * What routing put on a call's task, flat, for the AI to read.
 *
 * @param values strings, numbers and booleans by name
 * @param clashes attributes that are not among them, since another one has their flat name
 */
public record FlexData(Map<String, Object> values, List<String> clashes) {}
