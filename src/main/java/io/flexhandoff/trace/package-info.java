/** For which call a thread works, and what may be told of URLs and failures in a log. */
package io.flexhandoff.trace;
