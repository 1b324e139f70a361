/** What operators see and do over JMX: handoffs, late segments, orgs. It calls routes, and has no way of its own around them. */
package io.flexhandoff.operate;
