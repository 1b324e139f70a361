package io.flexhandoff.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.component.conversations.ConversationsConstants;
import io.flexhandoff.component.conversations.ConversationsOperations;
import io.flexhandoff.component.taskrouter.TaskRouterConstants;
import io.flexhandoff.component.taskrouter.TaskRouterOperations;
import io.flexhandoff.twilio.StubTwilio;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools and routes see of the components. */
class ComponentMetadataTest {

    private static final Map<String, Class<?>> CONSTANTS = Map.of(
            "twilio-conversations", ConversationsConstants.class, "twilio-taskrouter", TaskRouterConstants.class);
    private static final Map<String, Enum<?>[]> OPERATIONS = Map.of(
            "twilio-conversations",
            ConversationsOperations.values(),
            "twilio-taskrouter",
            TaskRouterOperations.values());

    private final StubTwilio twilio = new StubTwilio();
    private final TwilioCamel camel = new TwilioCamel(twilio.clients());

    @AfterEach
    void stop() {
        camel.close();
        twilio.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio-conversations", "twilio-taskrouter"})
    void theCatalogKnowsEveryOperationOptionAndHeader(String scheme) throws Exception {
        JsonNode schema = schema(scheme);

        assertThat(schema.at("/component/producerOnly").asBoolean()).isTrue();
        assertThat(schema.at("/properties/operation/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        Arrays.stream(OPERATIONS.get(scheme)).map(Enum::name).toList());
        List<String> options = new ArrayList<>(List.of("operation", "lazyStartProducer"));
        declared(CONSTANTS.get(scheme)).forEach((header, description) -> {
            String option = TwilioOptions.optionOf(header);
            assertThat(description).isEqualTo("Wins over the option " + option + ".");
            options.add(option);
        });
        assertThat(fields(schema.get("properties"))).containsExactlyInAnyOrderElementsOf(options);
        assertThat(schema.at("/componentProperties/clients/autowired").asBoolean())
                .isTrue();
        assertThat(headers(schema)).isEqualTo(declared(CONSTANTS.get(scheme)));
    }

    @Test
    void theCatalogKnowsWhatTheLedgerTakes() throws Exception {
        JsonNode schema = schema("ledger");

        assertThat(schema.at("/component/producerOnly").asBoolean()).isTrue();
        assertThat(schema.at("/properties/operation/enum"))
                .extracting(JsonNode::asText)
                .containsExactly("write", "read");
        assertThat(schema.at("/properties/outputType/enum"))
                .extracting(JsonNode::asText)
                .containsExactly("SelectList", "SelectOne");
        assertThat(fields(schema.get("properties")))
                .containsOnly("operation", "query", "outputType", "batch", "waitForCompletion", "lazyStartProducer");
        assertThat(schema.at("/properties/query/required").asBoolean()).isTrue();
        assertThat(schema.at("/componentProperties/database/autowired").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ledger:update?query=select 1, write",
        "ledger:read?query=select 1&outputTipe=SelectOne, outputTipe",
        "ledger:read, The option query is missing",
        "twilio-conversations:appendMesage?org=acme, appendMessage",
        "twilio-conversations:appendMessage?orgg=acme, orgg",
        "twilio-taskrouter:findTask?workflow=x, workflow",
        "twilio-taskrouter:openThread, mergeAttributes"
    })
    void aTypoIsReported(String uri, String hint) {
        assertThatThrownBy(() -> camel.context().getEndpoint(uri)).hasStackTraceContaining(hint);
    }

    @Test
    void thereIsNoConsumer() {
        Endpoint endpoint = camel.context().getEndpoint("twilio-conversations:readThread?org=acme");
        assertThatThrownBy(() -> endpoint.createConsumer(exchange -> {})).hasMessage("Consumer not supported");
        Endpoint ledger = camel.context().getEndpoint("ledger:read?query=select 1");
        assertThatThrownBy(() -> ledger.createConsumer(exchange -> {})).hasMessage("Consumer not supported");
    }

    @Test
    void withoutALedgerTheContextSaysWhatIsMissing() {
        Endpoint ledger = camel.context().getEndpoint("ledger:read?query=select 1");
        assertThatThrownBy(ledger::createProducer)
                .hasMessage("No ledger: bind one bean of type io.flexhandoff.ledger.LedgerDatabase to the registry");
    }

    @Test
    void urisAreBuiltFromOptions() throws Exception {
        EndpointUriFactory factory =
                camel.context().getCamelContextExtension().getEndpointUriFactory("twilio-taskrouter");
        assertThat(factory.buildUri("twilio-taskrouter", new HashMap<>(Map.of("operation", "findTask", "org", "acme"))))
                .isEqualTo("twilio-taskrouter:findTask?org=acme");
    }

    private JsonNode schema(String scheme) throws Exception {
        String json = ((CatalogCamelContext) camel.context()).getComponentParameterJsonSchema(scheme);
        assertThat(json).as("metadata of " + scheme).isNotNull();
        return new ObjectMapper().readTree(json);
    }

    private static Map<String, String> headers(JsonNode schema) {
        Map<String, String> headers = new HashMap<>();
        fields(schema.get("headers"))
                .forEach(name -> headers.put(
                        name, schema.get("headers").get(name).get("description").asText()));
        return headers;
    }

    private static Map<String, String> declared(Class<?> constants) throws IllegalAccessException {
        Map<String, String> declared = new HashMap<>();
        for (Field field : constants.getFields()) {
            declared.put(
                    (String) field.get(null),
                    field.getAnnotation(Metadata.class).description());
        }
        return declared;
    }

    private static List<String> fields(JsonNode node) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(node.fieldNames(), 0), false)
                .toList();
    }
}
