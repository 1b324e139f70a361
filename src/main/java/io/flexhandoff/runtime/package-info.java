/** Puts everything together in any runtime: settings, beans, route files, the API port. It decides nothing about a call. */
package io.flexhandoff.runtime;
