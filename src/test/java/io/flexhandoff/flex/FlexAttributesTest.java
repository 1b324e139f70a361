package io.flexhandoff.flex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.taskrouter.TaskView;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlexAttributesTest {

    private final FlexAttributes flex = new FlexAttributes(new ObjectMapper());

    private FlexData read(String attributes) {
        return flex.read(new TaskView("WT1", "assigned", null, Attributes.read(attributes), "WW1", "WQ1", null));
    }

    @Test
    void namesAreFlatAndCanStandInAWorkflowExpression() {
        FlexData data = read("""
                {"ivrSelection": "2", "account-tier": "gold", "visits": [3, {"a": null}], "vip": true, "limit": 12.50,
                 "address": {"street name": "High St", "geo": {"lat": 1}}, "nothing": null, "empty": {}, "größe": "L"}""");

        assertThat(data.values())
                .isEqualTo(Map.of(
                        "flex_ivrSelection", "2",
                        "flex_account_tier", "gold",
                        "flex_visits", "[3,{\"a\":null}]",
                        "flex_vip", true,
                        "flex_limit", new java.math.BigDecimal("12.50"),
                        "flex_address_street_name", "High St",
                        "flex_address_geo_lat", 1,
                        "flex_gr__e", "L"));
        assertThat(data.clashes()).isEmpty();
    }

    @Test
    void aClashIsReportedAndTheUnchangedNameKeepsItsValue() {
        FlexData data = read("{\"a-b\": 1, \"a\": {\"b\": 2}, \"a_b\": 3, \"x y\": 4, \"x-y\": 5}");

        assertThat(data.values()).isEqualTo(Map.of("flex_a_b", 3, "flex_x_y", 4));
        assertThat(data.clashes()).containsExactly("a-b", "a.b", "x-y");
        assertThat(flex.header(new FlexData(Map.of(), java.util.List.of("a-b", "é\r\n"))))
                .isEqualTo("a-b, %C3%A9%0D%0A");
    }

    @Test
    void aCallWithoutATaskHasNone() {
        assertThat(flex.read(null).values()).isEmpty();
    }
}
