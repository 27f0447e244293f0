package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderParametersTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiterString = " -> ",
            value = {
                "form-data -> ||",
                "form-data; name=f -> name=f",
                "form-data; Name = \"a;b\" ; filename*=utf-8''x -> name=a;b filename*=utf-8''x",
                "form-data; name=\"a\\\"; filename=x\" -> name=a\\\"; filename=x",
                "form-data; name=\"open -> name=ope",
                "form-data; name=\"\\ -> name=",
                "text/plain;charset=UTF-8;; ;x -> charset=UTF-8",
                "\"; filename=x\"; charset=y -> charset=y",
                "a; b=; c=d -> b= c=d",
            })
    void readsParameters(String value, String expected) {
        var read = HeaderParameters.of(value).stream()
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining(" "));
        assertThat(read).isEqualTo(expected.strip());
    }
}
