package io.flexhandoff.late;

import io.flexhandoff.support.HandoffTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/** The whole application with the orgs acme, whose AI gets a second session, and globex; the second try of an event is its last. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.sandbox.enabled=true",
            "handoff.late.delays=100ms",
            "handoff.orgs.acme.account-sid=AC00000000000000000000000000000001",
            "handoff.orgs.acme.auth-token=acme-token-8f3a",
            "handoff.orgs.acme.workspace-sid=WS00000000000000000000000000000001",
            "handoff.orgs.acme.workflow-sid=WW00000000000000000000000000000001",
            "handoff.orgs.acme.conversations-service-sid=IS00000000000000000000000000000001",
            "handoff.orgs.acme.ai-queue-sid=WQ00000000000000000000000000000011",
            "handoff.orgs.acme.human-queue-sid=WQ00000000000000000000000000000012",
            "handoff.orgs.acme.api-keys=acme-key",
            "handoff.orgs.acme.webhook-token=acme",
            "handoff.orgs.acme.on-relay-failure=retry-once",
            "handoff.orgs.acme.relay-twiml=<Response><Connect action='https://ai.example.com/over'>"
                    + "<ConversationRelay url='wss://ai.example.com/relay?a=1&amp;b=2' ttsProvider='Google'/></Connect></Response>",
            "handoff.orgs.globex.account-sid=AC00000000000000000000000000000002",
            "handoff.orgs.globex.auth-token=globex-token-2b7c",
            "handoff.orgs.globex.workspace-sid=WS00000000000000000000000000000002",
            "handoff.orgs.globex.workflow-sid=WW00000000000000000000000000000002",
            "handoff.orgs.globex.conversations-service-sid=IS00000000000000000000000000000002",
            "handoff.orgs.globex.ai-queue-sid=WQ00000000000000000000000000000021",
            "handoff.orgs.globex.human-queue-sid=WQ00000000000000000000000000000022",
            "handoff.orgs.globex.api-keys=globex-key"
        })
public @interface TwoOrgs {}
