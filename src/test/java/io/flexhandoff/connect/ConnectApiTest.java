package io.flexhandoff.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Connect over the API and JMX, on the account of the sandbox, which the application has pointed at itself. */
@HandoffTest
@DisableJmx(false)
@TestPropertySource(properties = "camel.main.name=connect-console")
class ConnectApiTest {

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext camel;

    private ApiClient api;

    @BeforeEach
    void client() {
        api = new ApiClient(runtime.port(), "demo", "demo-key");
    }

    @Test
    void plansAppliesAndRollsBack() throws Exception {
        JsonNode plan = api.read("/connect");
        assertThat(plan.path("applied").booleanValue()).isFalse();
        assertThat(plan.path("changes")).hasSize(1);
        assertThat(plan.at("/changes/0/resource").textValue()).isEqualTo("TaskRouter webhook");
        assertThat(plan.at("/changes/0/to").textValue()).contains("/webhooks/demo/***#rc=3&rp=all");

        assertThat(ok(api.post("/connect", "")).path("applied").booleanValue()).isTrue();
        assertThat(api.read("/connect").path("changes")).isEmpty();

        JsonNode back = ok(api.delete("/connect"));
        assertThat(back.at("/changes/0/change").textValue()).isEqualTo("restore");
        assertThat(api.read("/connect")).isEqualTo(plan);

        HttpResponse<String> wrong = api.post("/connect?replace=perhaps", "");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(ApiClient.tree(wrong.body()).path("detail").textValue()).isEqualTo("replace: must be true or false");
    }

    @Test
    void operatorsPlanInHawtio() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name =
                new ObjectName("org.apache.camel:context=" + camel.getManagementName() + ",type=services,name=Connect");

        Object plan = server.invoke(name, "plan", new Object[] {"demo"}, new String[] {String.class.getName()});

        assertThat(plan).isInstanceOf(Map.class).asString().contains("TaskRouter webhook", "/webhooks/demo/***");
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ApiClient.tree(response.body());
    }
}
