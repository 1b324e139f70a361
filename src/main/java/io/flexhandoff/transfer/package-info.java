/** What is written on a rep's task and asked of Twilio to move a live call into a workflow. */
package io.flexhandoff.transfer;
