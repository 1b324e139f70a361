/** What is done for a caller whom nobody answers. */
package io.flexhandoff.unanswered;
