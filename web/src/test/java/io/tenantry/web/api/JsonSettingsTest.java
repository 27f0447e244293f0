package io.tenantry.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the API writes, where a field's name is not that of the record's component. */
class JsonSettingsTest {
    @Test
    void writesFieldsInSnakeCase() {
        assertThat(JsonSettings.JSONB.toJson(new VpsResource.ScriptField("port", "Port", true, "80")))
                .isEqualTo("{\"default_value\":\"80\",\"label\":\"Port\",\"name\":\"port\",\"required\":true}");
    }

    @Test
    void writesAFieldThatIsAWordOfJava() {
        assertThat(JsonSettings.JSONB.toJson(new VpsResource.Image("Debian 13", "debian", true, false)))
                .isEqualTo("{\"default\":true,\"deprecated\":false,\"family\":\"debian\",\"name\":\"Debian 13\"}");
    }
}
