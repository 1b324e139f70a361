package io.flexhandoff.sandbox.twilio;

/**
 * One request to the sandbox's Twilio API, as kept in {@link Sandbox#requests()}.
 *
 * @param method HTTP method
 * @param product {@code api}, {@code conversations} or {@code taskrouter}
 * @param path path as Twilio knows it, without query
 * @param status status of the answer, 0 when none was sent
 */
public record SandboxRequest(String method, String product, String path, int status) {}
