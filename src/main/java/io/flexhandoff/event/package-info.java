/** The canonical events of a call, and what they carry. Every door makes them, everything behind the queue takes them; they know neither. */
package io.flexhandoff.event;
