/** The application in Spring Boot: its settings, the management port, Hawtio and how a start that failed is told. All that a handoff needs is in {@code runtime}. */
package io.flexhandoff.spring;
