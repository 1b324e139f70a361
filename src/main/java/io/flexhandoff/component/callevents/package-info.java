/** The Camel component {@code call-events}: events of a call one after the other, many calls at once, those with an escalation first. It does not know what routes do with them. */
package io.flexhandoff.component.callevents;
