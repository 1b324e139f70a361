/**
 * What is measured, as Micrometer meters: they go into the {@link io.micrometer.core.instrument.MeterRegistry} that the runtime has (Spring
 * Boot's actuator, or one that is bound in Camel's registry), or nowhere. Tags are orgs and small closed sets, never a call.
 */
package io.flexhandoff.metrics;
