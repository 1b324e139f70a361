package io.flexhandoff.sandbox.twilio;

import java.time.Instant;

/** What a worker is doing; tasks are offered only in an available activity. */
record Activity(String sid, String friendlyName, boolean available, Instant created) {}
