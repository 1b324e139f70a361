/** What has become of a handoff, told to the AI phone platform. */
package io.flexhandoff.outcome;
