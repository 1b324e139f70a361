/** The component {@code call-events:}: the durable events of calls, in order of a call, many calls at once. */
package io.flexhandoff.component.callevents;
