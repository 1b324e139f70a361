/** The message broker, in this process or elsewhere, and how messages get to it durably. It does not know what is in them. */
package io.flexhandoff.broker;
