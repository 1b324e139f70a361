/** The configured orgs: their names, Twilio accounts, keys and secrets, each checked. It asks nobody. */
package io.flexhandoff.org;
