/** What a rep gets to know in a glance: summary, mood, reason and language, from the AI, the turns or a language model. It knows no task and no request of Twilio. */
package io.flexhandoff.enrichment;
