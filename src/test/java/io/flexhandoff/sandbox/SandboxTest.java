package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox with its demo account, and the official Twilio SDK to talk to it. */
abstract class SandboxTest {

    final SandboxAccount account = SandboxAccount.demo();
    SandboxServer server;
    Sandbox sandbox;
    TwilioRestClient twilio;

    @BeforeEach
    void startServer() {
        server = new SandboxServer(0);
        sandbox = server.sandbox();
        twilio = SandboxClient.of(server, account);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    String placeCall() {
        return sandbox.placeCall("+14155550123", "+14155550100");
    }

    Call redirect(String callSid, String twiml) {
        return Call.updater(account.accountSid(), callSid)
                .setTwiml(new com.twilio.type.Twiml(twiml))
                .update(twilio);
    }

    String enqueue(String attributes) {
        return "<Response><Enqueue workflowSid=\"" + account.workflowSid() + "\"><Task priority=\"3\" timeout=\"600\">"
                + attributes.replace("&", "&amp;").replace("<", "&lt;") + "</Task></Enqueue></Response>";
    }

    /** Calls, enqueues the call with these attributes, and gives the task. */
    Task enqueued(String attributes) {
        String callSid = placeCall();
        redirect(callSid, enqueue(attributes));
        return task(callSid);
    }

    /** The task of a call. */
    Task task(String callSid) {
        return fetch(sandbox.tasksOf(callSid).get(0));
    }

    Task fetch(String taskSid) {
        return Task.fetcher(account.workspaceSid(), taskSid).fetch(twilio);
    }

    static void assertRefused(ThrowingCallable request, int status, int code) {
        ApiException refused = catchThrowableOfType(ApiException.class, request);
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.getCode()).as(refused.getMessage()).isEqualTo(code);
        assertThat(refused.getStatusCode()).isEqualTo(status);
        assertThat(refused.getMoreInfo()).isEqualTo("https://www.twilio.com/docs/errors/" + code);
    }
}
