package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceApiTest extends SandboxTest {

    @Test
    void anEnqueuedCallWaitsWithATaskThatHasItsAttributesAndTwilios() {
        String callSid = placeCall();
        Call call = redirect(callSid, enqueue("{\"handedOff\":true,\"handoffSummary\":\"a < b & c \\\"d\\\"\"}"));

        assertThat(call.getStatus()).isEqualTo(Call.Status.IN_PROGRESS);
        Task task = task(callSid);
        JsonObject attributes = new JsonObject(task.getAttributes());
        assertThat(attributes.getBoolean("handedOff")).isTrue();
        assertThat(attributes.getString("handoffSummary")).isEqualTo("a < b & c \"d\"");
        assertThat(attributes.fieldNames())
                .hasSize(2 + 25)
                .contains("call_sid", "account_sid", "direction", "caller_zip", "called_city", "api_version");
        assertThat(attributes.getString("call_sid")).isEqualTo(callSid);
        assertThat(attributes.getString("from")).isEqualTo("+14155550123");
        assertThat(task.getPriority()).isEqualTo(3);
        assertThat(task.getTimeout()).isEqualTo(600);
        assertThat(task.getWorkflowSid()).isEqualTo(account.workflowSid());
        assertThat(task.getTaskChannelUniqueName()).isEqualTo("voice");
    }

    @Test
    void anotherRedirectLeavesTheQueueAndMakesAnotherTask() {
        String callSid = placeCall();
        redirect(callSid, enqueue("{\"handedOff\":true,\"n\":1}"));
        redirect(callSid, enqueue("{\"handedOff\":true,\"n\":2}"));

        assertThat(sandbox.tasksOf(callSid)).hasSize(2);
        assertThat(fetch(sandbox.tasksOf(callSid).get(0)).getAssignmentStatus()).isEqualTo(Task.Status.CANCELED);
        assertThat(fetch(sandbox.tasksOf(callSid).get(1)).getAssignmentStatus()).isEqualTo(Task.Status.RESERVED);
    }

    @Test
    void aCallerWhoHangsUpIsGone() {
        String callSid = placeCall();
        redirect(callSid, enqueue("{\"handedOff\":true}"));
        sandbox.hangUp(callSid);

        assertThat(task(callSid).getAssignmentStatus()).isEqualTo(Task.Status.CANCELED);
        assertThat(task(callSid).getReason()).isEqualTo("hangup");
        assertThat(call(callSid).getStatus()).isEqualTo(Call.Status.COMPLETED);
        assertThat(call(callSid).getEndTime()).isNotNull();
        assertRefused(() -> redirect(callSid, enqueue("{}")), 400, 21220);
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    void aCallIsEndedByStatusOrByHangup() {
        String byStatus = placeCall();
        Call.updater(account.accountSid(), byStatus)
                .setStatus(Call.UpdateStatus.COMPLETED)
                .update(twilio);
        String byTwiml = placeCall();
        redirect(byTwiml, "<Response><Say>Goodbye</Say><Hangup/></Response>");

        assertThat(call(byStatus).getStatus()).isEqualTo(Call.Status.COMPLETED);
        assertThat(call(byTwiml).getStatus()).isEqualTo(Call.Status.COMPLETED);
        assertThat(Call.reader(account.accountSid())
                        .setStatus(Call.Status.COMPLETED)
                        .read(twilio))
                .extracting(Call::getSid)
                .containsExactly(byTwiml, byStatus);
    }

    @Test
    void twimlHasALimitOf4000Characters() {
        String callSid = placeCall();
        String shell = enqueue("{\"handedOff\":true}");
        String fits = shell + " ".repeat(4000 - shell.length());

        assertRefused(() -> redirect(callSid, fits + " "), 400, 32018);
        assertThat(sandbox.tasksOf(callSid)).isEmpty();
        redirect(callSid, fits);
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    void attributesHaveALimitOf4096CharactersWithThoseThatTwilioAdds() {
        String callSid = placeCall();
        assertRefused(() -> redirect(callSid, enqueue("{\"x\":\"" + "x".repeat(3700) + "\"}")), 400, 20001);
        redirect(callSid, enqueue("{\"x\":\"" + "x".repeat(3200) + "\"}"));
        assertThat(task(callSid).getAttributes().length()).isBetween(3700, 4096);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[1]", "\"text\"", "{\"a\":}", "{} {}"})
    void theTasksBodyIsAJsonObject(String attributes) {
        assertRefused(() -> redirect(placeCall(), enqueue(attributes)), 400, 14221);
    }

    @Test
    void twimlIsRefusedThatTwilioWouldNotRun() {
        String callSid = placeCall();
        assertRefused(() -> redirect(callSid, "<Response><Enqueue>"), 400, 12100);
        assertRefused(() -> redirect(callSid, "<Answer/>"), 400, 12100);
        assertRefused(() -> redirect(callSid, "<Response><Transfer/></Response>"), 400, 12200);
        assertRefused(
                () -> redirect(callSid, enqueue("{}").replace(account.workflowSid(), "WW" + "0".repeat(32))),
                400,
                20001);
        for (String url : new String[] {"action=\"/next\"", "waitUrl=\"wait.xml\"", "action=\"http://\""}) {
            assertRefused(() -> redirect(callSid, enqueue("{}").replace("<Enqueue", "<Enqueue " + url)), 400, 15004);
        }
        redirect(callSid, enqueue("{}").replace("<Enqueue", "<Enqueue action=\"https://example.com/next\""));
        assertThat(sandbox.tasksOf(callSid)).hasSize(1);
    }

    @Test
    void twimlCannotReadFilesOfThisMachine() {
        String document = "<!DOCTYPE Response [<!ENTITY file SYSTEM \"file:///etc/hostname\">]>"
                + enqueue("{\"x\":\"ENTITY\"}").replace("ENTITY", "&file;");
        assertRefused(() -> redirect(placeCall(), document), 400, 12100);
    }

    @Test
    void urlIsRefusedBecauseNothingIsFetched() {
        assertRefused(
                () -> Call.updater(account.accountSid(), placeCall())
                        .setUrl(URI.create("https://example.com/twiml"))
                        .update(twilio),
                400,
                20001);
    }

    @Test
    void anUnknownCallIsNotFound() {
        assertRefused(() -> redirect("CA" + "0".repeat(32), enqueue("{}")), 404, 20404);
    }

    private Call call(String callSid) {
        return Call.fetcher(account.accountSid(), callSid).fetch(twilio);
    }
}
