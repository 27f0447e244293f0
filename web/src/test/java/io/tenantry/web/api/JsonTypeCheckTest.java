package io.tenantry.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.text.JsonText;
import io.tenantry.web.problem.Problem.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTypeCheckTest {
    private static List<FieldError> errors(String body) {
        return JsonTypeCheck.errors(VpsResource.NewVps.class, JsonText.object(body));
    }

    @Test
    void acceptsValuesOfRecordTypesAndUnknownFields() {
        assertThat(errors("""
                        {"name": "web-1", "volume_gib": 10, "additional_addresses": null, "ssh_key_ids": ["a", "b"], "script_answers": {"port": "80"},
                         "unheard_of": {"a": [1]}}
                        """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': {}}                       | name                | object",
                "{'name': 1}                        | name                | number",
                "{'volume_gib': '10'}               | volume_gib          | string",
                "{'volume_gib': 1.5}                | volume_gib          | number",
                "{'volume_gib': 99999999999}        | volume_gib          | number",
                "{'volume_gib': true}               | volume_gib          | true",
                "{'ssh_key_ids': 'a'}               | ssh_key_ids         | string",
                "{'ssh_key_ids': [1]}               | ssh_key_ids         | number",
                "{'ssh_key_ids': [null]}            | ssh_key_ids         | null",
                "{'script_answers': []}             | script_answers      | array",
                "{'script_answers': {'port': 80}}   | script_answers.port | number",
            })
    void reportsFieldWithWrongType(String body, String field, String found) {
        assertThat(errors(body.replace('\'', '"'))).containsExactly(new FieldError(field, "type", found));
    }

    @Test
    void reportsAllFieldsWithWrongType() {
        assertThat(errors("{\"name\": [], \"region\": false, \"image\": 1}"))
                .extracting(FieldError::field)
                .containsExactly("name", "region", "image");
    }
}
