/** What the messages of a call's thread say: turns, note, pointer. How they get there is {@code component.conversations}'s. */
package io.flexhandoff.thread;
