/** What callers and their AI are told about waiting for a rep. */
package io.flexhandoff.waiting;
