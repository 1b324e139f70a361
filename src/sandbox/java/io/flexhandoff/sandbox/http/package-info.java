/** Bodies, errors and answers, as all parts of the sandbox read and write them. It knows no part. */
package io.flexhandoff.sandbox.http;
