/** What the Twilio components share. */
package io.flexhandoff.component;
