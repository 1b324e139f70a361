/** Tries that failed: when an event comes again, when it is a dead letter, and how it comes back from there. It does not know what an event is about. */
package io.flexhandoff.late;
