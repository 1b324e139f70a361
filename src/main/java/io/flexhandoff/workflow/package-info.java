/** TaskRouter's expressions and workflow configurations, read and evaluated. It knows no account and asks nothing. */
package io.flexhandoff.workflow;
